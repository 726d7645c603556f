/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Fills an empty server with users and messages, for trial and screenshots. All data goes through
 * the writer's commands, as real messages do. */

#pragma once

#include "confab-sample-plan.h"
#include "confab-writer.h"

G_BEGIN_DECLS

/* The password of all sample users. */
#define CONFAB_SAMPLE_PASSWORD "correct horse battery staple"

/* @password_hash is the hash of CONFAB_SAMPLE_PASSWORD. Blocks. The first user becomes the
 * administrator. */
gboolean confab_sample_write (ConfabWriter *writer,
                              const ConfabSamplePlan *plan,
                              const char *password_hash,
                              GError **error);

G_END_DECLS
