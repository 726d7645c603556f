/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creates the mirror's tables, and checks that they are complete. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

/**
 * confab_mirror_schema_prepare:
 *
 * Creates the tables in an empty @database, or migrates existing ones.
 *
 * Errors: CONFAB_STORE_ERROR: NEWER if a newer Confab created them; CORRUPT if they differ from
 * those of the scripts, for example because a table is missing or the two copies of the version
 * differ
 */
gboolean confab_mirror_schema_prepare (ConfabDatabase *database, GError **error);

G_END_DECLS
