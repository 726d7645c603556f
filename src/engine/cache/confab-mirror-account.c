/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-account.h"

#include "confab-mirror-private.h"
#include "confab-mirror-rows.h"

static GPtrArray *
read_all (ConfabDatabase *database,
          const char *sql,
          ConfabMirrorRowsFunc read,
          GDestroyNotify free_row,
          GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query_values (database, sql, CONFAB_VALUES ());

  return confab_mirror_rows_collect (result, read, free_row, error);
}

static void
run_reader (ConfabMirror *self, GTask *task, ConfabMirrorFunc func)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                                .func = func,
                                .free_result = (GDestroyNotify)g_ptr_array_unref };

  confab_mirror_run (self, task, &job);
}

/* ---- roles ---- */

static gpointer
read_role (ConfabResult *result, GError **error)
{
  g_autoptr (ConfabRoleRow) row = g_new0 (ConfabRoleRow, 1);
  const char *base = confab_result_get_text (result, 3);

  row->id = confab_result_get_int (result, 0);
  row->rolename = confab_mirror_rows_text (result, 1, error);
  if (row->rolename == NULL || !confab_mirror_rows_optional_text (result, 2, &row->label, error))
    return NULL;
  if (confab_role_base_from_string (base, &row->base))
    return g_steal_pointer (&row);
  g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT,
                       "A role in the mirror is damaged");
  return NULL;
}

static gpointer
read_roles (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  return read_all (database, "SELECT id, rolename, label, base FROM roles WHERE id > 0 ORDER BY id",
                   read_role, (GDestroyNotify)confab_role_row_free, error);
}

void
confab_mirror_read_roles_async (ConfabMirror *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run_reader (self,
              confab_mirror_task_new (self, confab_mirror_read_roles_async, cancellable, callback,
                                      user_data),
              read_roles);
}

GPtrArray *
confab_mirror_read_roles_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- notices ---- */

void
confab_kept_notice_free (ConfabKeptNotice *self)
{
  g_clear_pointer (&self->row, confab_notice_row_free);
  g_free (self);
}

static gpointer
read_notice (ConfabResult *result, GError **error)
{
  g_autoptr (ConfabKeptNotice) kept = g_new0 (ConfabKeptNotice, 1);
  ConfabNoticeRow *row = g_new0 (ConfabNoticeRow, 1);

  kept->row = row;
  kept->shown = confab_result_get_int (result, 7) != 0;
  row->id = confab_result_get_int (result, 0);
  row->at = confab_result_get_int (result, 1);
  row->by_self = confab_result_get_int (result, 6) != 0;
  row->action = confab_mirror_rows_text (result, 2, error);
  if (row->action == NULL || !confab_mirror_rows_optional_text (result, 3, &row->actor, error)
      || !confab_mirror_rows_optional_text (result, 4, &row->old_value, error)
      || !confab_mirror_rows_optional_text (result, 5, &row->new_value, error))
    return NULL;
  return g_steal_pointer (&kept);
}

static gpointer
read_notices (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  return read_all (database,
                   "SELECT id, at, action, actor, old_value, new_value, by_self, shown FROM notices"
                   " ORDER BY id DESC LIMIT " G_STRINGIFY (CONFAB_MIRROR_MAX_NOTICES),
                   read_notice, (GDestroyNotify)confab_kept_notice_free, error);
}

void
confab_mirror_read_notices_async (ConfabMirror *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run_reader (self,
              confab_mirror_task_new (self, confab_mirror_read_notices_async, cancellable, callback,
                                      user_data),
              read_notices);
}

GPtrArray *
confab_mirror_read_notices_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
mark_notices_shown (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  if (!confab_database_run (database, error,
                            "UPDATE notices SET shown = 1 WHERE id <= $1 AND shown = 0",
                            sql_int (*(gint64 *)data)))
    return NULL;
  changes->notices = confab_database_changes (database) > 0;
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_mark_notices_shown_async (ConfabMirror *self,
                                        gint64 id,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_WRITER,
                                .func = mark_notices_shown,
                                .arguments = g_memdup2 (&id, sizeof id),
                                .free_arguments = g_free };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  confab_mirror_run (self,
                     confab_mirror_task_new (self, confab_mirror_mark_notices_shown_async, NULL,
                                             callback, user_data),
                     &job);
}
