/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-accounts"

#include "confab-strays.h"

#include <glib/gstdio.h>

#include "confab-account-folder.h"
#include "confab-account-private.h"
#include "confab-engine-error.h"
#include "confab-mirror-rows.h"
#include "confab-mirror-salvage.h"
#include "confab-mirror-schema.h"
#include "confab-unsent-file.h"
#include "confab-unsent-record.h"
#include "confab-unsent.h"
#include "confab-user.h"
#include "confab-worker.h"

/* An unsent file is written again long before it is so large. */
#define MAX_BYTES (256 * 1024 * 1024)

static void
stray_text_free (gpointer data)
{
  ConfabStrayText *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

void
confab_stray_free (ConfabStray *self)
{
  g_free (self->path);
  g_free (self->username);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

char *
confab_stray_join (const ConfabStray *self)
{
  GString *joined = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->texts->len; i++)
    {
      const ConfabStrayText *text = g_ptr_array_index (self->texts, i);

      g_string_append_printf (joined, "%s%s", i > 0 ? "\n\n" : "", text->text);
    }
  return g_string_free_and_steal (joined);
}

/* ---- reading a folder, in a thread ---- */

/* The sources of a folder's texts. */
typedef struct
{
  ConfabDatabase *mirror; /* (nullable): opened without repair */
  ConfabUnsent *unsent;
  gint64 self_user_id; /* 0 if unknown */
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->mirror, confab_database_close);
  g_clear_pointer (&self->unsent, confab_unsent_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* Only regular files: reading a named pipe would block. */
static gboolean
is_readable (const char *path)
{
  GStatBuf buffer;

  return g_stat (path, &buffer) == 0 && S_ISREG (buffer.st_mode);
}

/* Read the unsent texts from the mirror's tables, as far as possible. (nullable) */
static ConfabUnsent *
read_tables (const char *path)
{
  g_autoptr (ConfabDatabase) copy = confab_database_open_memory (NULL);

  if (copy == NULL || !confab_mirror_schema_prepare (copy, NULL)
      || !confab_mirror_salvage_unsent (path, copy, NULL))
    return NULL;
  return confab_unsent_read (copy, NULL);
}

static void
open_mirror (Reading *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "mirror.db", NULL);

  if (is_readable (path))
    {
      self->mirror = confab_database_open (path, CONFAB_DATABASE_READ_DAMAGED, FALSE, NULL);
      self->unsent = read_tables (path);
    }
  if (self->unsent == NULL)
    self->unsent = confab_unsent_new ();
  if (self->mirror != NULL)
    confab_database_query_int (self->mirror, &self->self_user_id, NULL,
                               "SELECT CAST (value AS INTEGER) FROM meta"
                               " WHERE key = 'self_user_id'");
}

static void
replay_file (Reading *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, CONFAB_UNSENT_FILE_NAME, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GPtrArray) records = NULL;
  GStatBuf buffer;
  gsize length;
  guint n_damaged;

  if (!is_readable (path) || g_stat (path, &buffer) != 0 || buffer.st_size > MAX_BYTES
      || !g_file_get_contents (path, &data, &length, NULL))
    return;
  records = confab_unsent_record_parse (data, length, &n_damaged);
  for (guint i = 0; i < records->len; i++)
    {
      const ConfabUnsentRecord *record = g_ptr_array_index (records, i);

      if (record->kind == CONFAB_UNSENT_HEADER && record->sound)
        self->self_user_id = record->id;
    }
  confab_unsent_replay (self->unsent, records, 0, n_damaged > 0, FALSE);
}

/* Return the names of the other members. (transfer full) (nullable) */
static char *
read_people (const Reading *self, gint64 conversation_id)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      self->mirror,
      "SELECT u.username, u.deleted FROM conversation_users k JOIN users u ON u.id = k.user_id"
      " WHERE k.conversation_id = $1 AND k.user_id <> $2 ORDER BY u.username LIMIT 10",
      sql_int (conversation_id), sql_int (self->self_user_id));
  g_autoptr (GString) names = g_string_new (NULL);

  while (confab_result_next (result))
    {
      g_autofree char *name = confab_mirror_rows_text (result, 0, NULL);

      if (name != NULL)
        g_string_append_printf (
            names, "%s%s", names->len > 0 ? ", " : "",
            confab_user_choose_name (name, confab_result_get_int (result, 1) != 0));
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

/* Return the text of the first row of @sql, a literal with one parameter. (transfer full)
 * (nullable) */
static char *
read_text (const Reading *self, const char *sql, gint64 id)
{
  g_autoptr (ConfabResult) result = NULL;
  char *text = NULL;

  if (self->mirror == NULL)
    return NULL;
  result = confab_database_query_values (self->mirror, sql, CONFAB_VALUES (sql_int (id)));
  if (confab_result_next (result))
    confab_mirror_rows_optional_text (result, 0, &text, NULL);
  return text;
}

/* (transfer full) (nullable) */
static char *
read_name (const Reading *self, gint64 conversation_id)
{
  char *title = read_text (self, "SELECT title FROM conversations WHERE id = $1", conversation_id);

  if (title != NULL || self->mirror == NULL)
    return title;
  return read_people (self, conversation_id);
}

static void
add_text (GPtrArray *texts,
          const Reading *reading,
          gint64 conversation_id,
          const char *content,
          gboolean draft)
{
  ConfabStrayText *text = g_new0 (ConfabStrayText, 1);

  text->name = read_name (reading, conversation_id);
  text->text = g_strdup (content);
  text->draft = draft;
  g_ptr_array_add (texts, text);
}

/* Return NULL if the folder has no unsent text. (nullable) */
static ConfabStray *
read_stray (const char *folder)
{
  g_auto (Reading) reading = { 0 };
  g_autoptr (GPtrArray) rows = NULL;
  ConfabStray *stray;
  GHashTableIter iter;
  gpointer id;
  gpointer text;

  open_mirror (&reading, folder);
  replay_file (&reading, folder);
  if (reading.mirror != NULL)
    confab_unsent_drop_arrived (reading.unsent, reading.mirror, reading.self_user_id, NULL);
  rows = confab_unsent_list (reading.unsent);
  if (rows->len == 0 && g_hash_table_size (reading.unsent->drafts) == 0)
    return NULL;

  stray = g_new0 (ConfabStray, 1);
  stray->path = g_strdup (folder);
  stray->username =
      read_text (&reading, "SELECT username FROM users WHERE id = $1", reading.self_user_id);
  stray->texts = g_ptr_array_new_with_free_func (stray_text_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const ConfabOutboxRow *row = g_ptr_array_index (rows, i);

      add_text (stray->texts, &reading, row->conversation_id, row->content, FALSE);
    }
  g_hash_table_iter_init (&iter, reading.unsent->drafts);
  while (g_hash_table_iter_next (&iter, &id, &text))
    add_text (stray->texts, &reading, *(gint64 *)id, text, TRUE);
  return stray;
}

/* ---- reading all folders ---- */

static void
read_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *paths = task_data;
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_stray_free);

  for (guint i = 0; i < paths->len; i++)
    {
      ConfabStray *stray = read_stray (g_ptr_array_index (paths, i));

      if (stray != NULL)
        g_ptr_array_add (found, stray);
    }
  g_task_return_pointer (task, found, (GDestroyNotify)g_ptr_array_unref);
}

void
confab_account_store_read_strays_async (ConfabAccountStore *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GPtrArray *strays;
  GPtrArray *paths;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));

  strays = confab_account_store_get_strays (self);
  paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < strays->len; i++)
    g_ptr_array_add (paths, g_strdup (g_ptr_array_index (strays, i)));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_account_store_read_strays_async);
  g_task_set_task_data (task, paths, (GDestroyNotify)g_ptr_array_unref);
  confab_worker_run_task (task, read_thread);
}

GPtrArray *
confab_account_store_read_strays_finish (ConfabAccountStore *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* ---- removing a folder ---- */

static void
remove_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (confab_account_folder_begin_removal (task_data, &error)
      && confab_account_folder_end_removal (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE,
                                     error->message);
}

void
confab_account_store_remove_stray_async (ConfabAccountStore *self,
                                         const char *path,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GPtrArray *strays;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));
  g_return_if_fail (path != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_account_store_remove_stray_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  strays = confab_account_store_get_strays (self);
  if (g_ptr_array_find_with_equal_func (strays, path, g_str_equal, NULL))
    confab_worker_run_task (task, remove_thread);
  else
    g_task_return_boolean (task, TRUE); /* already removed, in a dialog that has been closed */
}

gboolean
confab_account_store_remove_stray_finish (ConfabAccountStore *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  GPtrArray *strays;
  guint position;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  strays = confab_account_store_get_strays (self);
  if (g_ptr_array_find_with_equal_func (strays, g_task_get_task_data (G_TASK (result)), g_str_equal,
                                        &position))
    g_ptr_array_remove_index (strays, position);
  return TRUE;
}
