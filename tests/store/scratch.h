/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A folder of its own for each test, removed with everything in it. */

#pragma once

#include <glib.h>

#include "confab-database.h"

typedef struct
{
  char *folder;
  char *path; /* of a database that does not exist yet */
} Scratch;

void scratch_set_up (Scratch *self, gconstpointer data);
void scratch_tear_down (Scratch *self, gconstpointer data);

/* Opens scratch->path for writing, migrated to @resource_path if that is not NULL. */
ConfabDatabase *scratch_open (Scratch *self, const char *resource_path);

/* The one number that @sql selects. */
gint64 query_int (ConfabDatabase *database, const char *sql);

#define scratch_add(path, func)                                                                    \
  g_test_add (path, Scratch, NULL, scratch_set_up, func, scratch_tear_down)
