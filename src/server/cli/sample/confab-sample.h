/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Fills an empty server with people who talk, for trying things out and for pictures. Everything
 * goes through the writer's commands, as it would if they had really said it. */

#pragma once

#include "confab-sample-plan.h"
#include "confab-writer.h"

G_BEGIN_DECLS

/* Everyone's password. */
#define CONFAB_SAMPLE_PASSWORD "correct horse battery staple"

/* @password_hash is that of CONFAB_SAMPLE_PASSWORD. Blocking; the first person becomes the
 * administrator. */
gboolean confab_sample_write (ConfabWriter *writer,
                              const ConfabSamplePlan *plan,
                              const char *password_hash,
                              GError **error);

G_END_DECLS
