/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the parts of confab_mirror_apply_async(). On the writer's thread, within its
 * transaction. */

#pragma once

#include "confab-query.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

typedef struct
{
  ConfabDatabase *database;
  ConfabChanges *changes;
  ConfabRows *rows;
  gint64 self_user_id;
  GHashTable *known;    /* set of gint64*: open conversations in the mirror */
  GHashTable *suspects; /* set of gint64*: users who may have no membership any more */
  gboolean fresh;       /* the first page of a new file */
  GHashTable *expected; /* set of gint64*: users known to have a row */
} ConfabApply;

/* Return whether to accept a row with that revision that belongs to the conversation: the
 * conversation must be in the mirror and, if it is closed, the row must be older than that. */
gboolean confab_apply_takes (ConfabApply *self,
                             gint64 conversation_id,
                             gint64 rev,
                             gboolean *takes,
                             GError **error);
/* Like confab_database_run(), for a statement about one row. @changed: (out): whether the row is
 * new or newer. */
#define confab_apply_run(self, changed, error, sql, ...)                                           \
  confab_apply_run_values (self, changed, "" sql, CONFAB_VALUES (__VA_ARGS__), error)

gboolean confab_apply_run_values (ConfabApply *self,
                                  gboolean *changed,
                                  const char *sql,
                                  const ConfabValue *values,
                                  GError **error);

/* Call this first: it decides which conversations' rows are accepted. */
gboolean confab_apply_own_memberships (ConfabApply *self, GError **error);
/* Call these before storing a row with a reference: they create a placeholder if the row referred
 * to is missing. */
gboolean confab_apply_expect_role (ConfabApply *self, gint64 role_id, GError **error);
gboolean confab_apply_expect_user (ConfabApply *self, gint64 user_id, GError **error);
gboolean confab_apply_messages (ConfabApply *self, GError **error);

G_END_DECLS
