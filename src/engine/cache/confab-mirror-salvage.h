/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a person wrote and nobody else has: out of one file into another. Blocks. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

/* As many outbox rows and drafts of the damaged file at @path as can be read, into @target; how
 * many could not is not known. Errors are @target's alone. */
gboolean confab_mirror_salvage (const char *path, ConfabDatabase *target, GError **error);
/* The outbox rows and drafts alone. */
gboolean confab_mirror_salvage_unsent (const char *path, ConfabDatabase *target, GError **error);

/* All of them, and the untold read positions of conversations that @target has, out of the sound
 * file at @path. Messages that @target has already do not return to the outbox. */
gboolean confab_mirror_carry_over (const char *path, ConfabDatabase *target, GError **error);

G_END_DECLS
