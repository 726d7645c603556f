/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the files of this folder. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

struct _ConfabDatabase
{
  sqlite3 *handle;
  GHashTable *prepared; /* by the address of the SQL: what confab-query.c keeps */
  gboolean writable;
};

/* Set @error from the last failure on @handle. Return FALSE. */
gboolean confab_database_set_error (sqlite3 *handle, int result, GError **error);

void confab_prepared_free (gpointer data);

G_END_DECLS
