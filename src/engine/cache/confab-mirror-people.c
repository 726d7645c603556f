/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-private.h"
#include "confab-mirror-reader.h"
#include "confab-mirror-rows.h"

#include "confab-limits.h"
#include "confab-text.h"

typedef struct
{
  gint64 id; /* the conversation, the other user or the user */
  gint64 own_id;
  char *query;
} PeopleArguments;

static void
people_arguments_free (gpointer data)
{
  PeopleArguments *self = data;

  g_free (self->query);
  g_free (self);
}

static void
run (ConfabMirror *self, GTask *task, ConfabMirrorFunc func, gint64 id, const char *query)
{
  PeopleArguments *arguments = g_new0 (PeopleArguments, 1);
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                                .func = func,
                                .arguments = arguments,
                                .free_arguments = people_arguments_free,
                                .free_result = (GDestroyNotify)g_ptr_array_unref };

  arguments->id = id;
  arguments->own_id = confab_mirror_get_self_user_id (self);
  arguments->query = g_strdup (query);
  confab_mirror_run (self, task, &job);
}

static GPtrArray *
collect_users (ConfabResult *result, GError **error)
{
  return confab_mirror_rows_collect (result, (ConfabMirrorRowsFunc)confab_mirror_rows_user,
                                     (GDestroyNotify)confab_user_row_free, error);
}

/* ---- members ---- */

static gpointer
read_members (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  PeopleArguments *arguments = data;
  g_autoptr (ConfabResult) result =
      confab_database_query (database,
                             "SELECT DISTINCT " CONFAB_MIRROR_USER_COLUMNS
                             " FROM conversation_users k JOIN users u ON u.id = k.user_id"
                             " WHERE k.conversation_id = $1 AND k.left_at IS NULL",
                             sql_int (arguments->id));

  return collect_users (result, error);
}

void
confab_mirror_read_members_async (ConfabMirror *self,
                                  gint64 conversation_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_read_members_async, cancellable, callback,
                               user_data),
       read_members, conversation_id, NULL);
}

GPtrArray *
confab_mirror_read_members_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- shared groups ---- */

static gpointer
read_groups_with (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  PeopleArguments *arguments = data;
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT DISTINCT c.id FROM conversations c"
      " JOIN conversation_users k ON k.conversation_id = c.id AND k.left_at IS NULL"
      " JOIN conversation_users own ON own.conversation_id = c.id AND own.left_at IS NULL"
      " WHERE k.user_id = $1 AND own.user_id = $2 AND c.kind = 'group'",
      sql_int (arguments->id), sql_int (arguments->own_id));

  return confab_mirror_rows_ids (result, error);
}

void
confab_mirror_read_groups_with_async (ConfabMirror *self,
                                      gint64 user_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_read_groups_with_async, cancellable, callback,
                               user_data),
       read_groups_with, user_id, NULL);
}

GPtrArray *
confab_mirror_read_groups_with_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- searching known users ---- */

static gpointer
find_people (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  PeopleArguments *arguments = data;
  g_autofree char *prefix = confab_text_key (arguments->query);
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT " CONFAB_MIRROR_USER_COLUMNS " FROM users u WHERE u.id <> $1 ORDER BY u.username",
      sql_int (arguments->id));

  known = collect_users (result, error);
  if (known == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);
  for (guint i = 0; i < known->len && found->len < CONFAB_PEOPLE_MAX_ROWS; i++)
    {
      const ConfabUserRow *row = g_ptr_array_index (known, i);
      g_autofree char *key = confab_text_key (row->username);

      if (g_str_has_prefix (key, prefix))
        g_ptr_array_add (found, confab_user_row_copy (row));
    }
  return g_steal_pointer (&found);
}

void
confab_mirror_find_people_async (ConfabMirror *self,
                                 const char *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_find_people_async, cancellable, callback,
                               user_data),
       find_people, confab_mirror_get_self_user_id (self), query);
}

GPtrArray *
confab_mirror_find_people_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
