/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Copies data that only exists on this computer from one file to another. Blocks. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

/* Copy as many outbox rows and drafts of the damaged file at @path as can be read; how many cannot
 * is unknown. Errors are @target's. */
gboolean confab_mirror_salvage (const char *path, ConfabDatabase *target, GError **error);
/* The same, without closed conversations. */
gboolean confab_mirror_salvage_unsent (const char *path, ConfabDatabase *target, GError **error);

/* Copy all of them, and the unsent read positions of conversations in @target, from the intact file
 * at @path. Messages that @target has already are not added to the outbox. */
gboolean confab_mirror_carry_over (const char *path, ConfabDatabase *target, GError **error);

G_END_DECLS
