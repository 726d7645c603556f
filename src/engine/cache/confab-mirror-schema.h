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
 * Makes the tables in an empty @database, or brings those that are there up to date.
 *
 * Errors: CONFAB_STORE_ERROR: NEWER if a newer Confab made them; CORRUPT if they are not what the
 * scripts make: a table is missing, say, or the two copies of the version differ
 */
gboolean confab_mirror_schema_prepare (ConfabDatabase *database, GError **error);

G_END_DECLS
