/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-window-state.h"

#define GROUP "window"
#define CONVERSATIONS "conversations"
#define DEFAULT_WIDTH 980
#define DEFAULT_HEIGHT 680
#define LARGEST_SIDE 16384

struct _ConfabWindowState
{
  GObject parent_instance;
  GFile *file;
  int width;
  int height;
  gboolean maximized;
  char *account;
  GHashTable *conversations; /* (element-type utf8 gint64): by account */
};

G_DEFINE_FINAL_TYPE (ConfabWindowState, confab_window_state, G_TYPE_OBJECT)

static void
confab_window_state_finalize (GObject *object)
{
  ConfabWindowState *self = CONFAB_WINDOW_STATE (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->conversations, g_hash_table_unref);

  G_OBJECT_CLASS (confab_window_state_parent_class)->finalize (object);
}

static void
confab_window_state_class_init (ConfabWindowStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_window_state_finalize;
}

static void
confab_window_state_init (ConfabWindowState *self)
{
  self->width = DEFAULT_WIDTH;
  self->height = DEFAULT_HEIGHT;
  self->conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

ConfabWindowState *
confab_window_state_new (GFile *file)
{
  ConfabWindowState *self = g_object_new (CONFAB_TYPE_WINDOW_STATE, NULL);

  self->file = g_object_ref (file);
  return self;
}

GFile *
confab_window_state_dup_file (void)
{
  return g_file_new_build_filename (g_get_user_state_dir (), CONFAB_DIRECTORY, "window.ini", NULL);
}

static int
read_side (GKeyFile *keys, const char *key, int fallback)
{
  int side = g_key_file_get_integer (keys, GROUP, key, NULL);

  return side > 0 && side <= LARGEST_SIDE ? side : fallback;
}

static void
remember (ConfabWindowState *self, const char *account_id, gint64 conversation_id)
{
  if (conversation_id > 0)
    g_hash_table_insert (self->conversations, g_strdup (account_id),
                         g_memdup2 (&conversation_id, sizeof conversation_id));
  else
    g_hash_table_remove (self->conversations, account_id);
}

static void
take_contents (ConfabWindowState *self, const char *contents, gsize length)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_auto (GStrv) accounts = NULL;

  if (!g_key_file_load_from_data (keys, contents, length, G_KEY_FILE_NONE, NULL))
    return;

  self->width = read_side (keys, "width", DEFAULT_WIDTH);
  self->height = read_side (keys, "height", DEFAULT_HEIGHT);
  self->maximized = g_key_file_get_boolean (keys, GROUP, "maximized", NULL);
  g_free (self->account);
  self->account = g_key_file_get_string (keys, GROUP, "account", NULL);
  accounts = g_key_file_get_keys (keys, CONVERSATIONS, NULL, NULL);
  for (guint i = 0; accounts != NULL && accounts[i] != NULL; i++)
    remember (self, accounts[i], g_key_file_get_int64 (keys, CONVERSATIONS, accounts[i], NULL));
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *contents = NULL;
  gsize length = 0;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, NULL))
    take_contents (g_task_get_source_object (task), contents, length);
  g_task_return_boolean (task, TRUE);
}

void
confab_window_state_load_async (ConfabWindowState *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CONFAB_IS_WINDOW_STATE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_window_state_load_async);
  g_file_load_contents_async (self->file, NULL, load_cb, task);
}

void
confab_window_state_load_finish (ConfabWindowState *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

static GBytes *
dup_contents (ConfabWindowState *self)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  GHashTableIter iter;
  gpointer account = NULL, conversation = NULL;
  gsize length = 0;
  char *contents = NULL;

  g_key_file_set_integer (keys, GROUP, "width", self->width);
  g_key_file_set_integer (keys, GROUP, "height", self->height);
  g_key_file_set_boolean (keys, GROUP, "maximized", self->maximized);
  if (self->account != NULL)
    g_key_file_set_string (keys, GROUP, "account", self->account);
  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, &account, &conversation))
    g_key_file_set_int64 (keys, CONVERSATIONS, account, *(gint64 *)conversation);
  contents = g_key_file_to_data (keys, &length, NULL);

  return g_bytes_new_take (contents, length);
}

/* Runs in a pool thread because creating the folder has no asynchronous call. */
static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ConfabWindowState *self = source;
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (self->file));
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *contents = g_bytes_get_data (task_data, &length);

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (g_file_peek_path (self->file), contents, length,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
confab_window_state_save_async (ConfabWindowState *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CONFAB_IS_WINDOW_STATE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_window_state_save_async);
  g_task_set_task_data (task, dup_contents (self), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, save_thread);
}

gboolean
confab_window_state_save_finish (ConfabWindowState *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
confab_window_state_get_size (ConfabWindowState *self, int *width, int *height, gboolean *maximized)
{
  *width = self->width;
  *height = self->height;
  *maximized = self->maximized;
}

void
confab_window_state_set_size (ConfabWindowState *self, int width, int height, gboolean maximized)
{
  self->maximized = maximized;
  if (width > 0 && height > 0)
    {
      self->width = width;
      self->height = height;
    }
}

const char *
confab_window_state_get_account (ConfabWindowState *self)
{
  return self->account;
}

void
confab_window_state_set_account (ConfabWindowState *self, const char *account_id)
{
  g_set_str (&self->account, account_id);
}

gint64
confab_window_state_get_conversation (ConfabWindowState *self)
{
  gint64 *conversation =
      self->account != NULL ? g_hash_table_lookup (self->conversations, self->account) : NULL;

  return conversation != NULL ? *conversation : 0;
}

void
confab_window_state_set_conversation (ConfabWindowState *self, gint64 conversation_id)
{
  if (self->account != NULL)
    remember (self, self->account, conversation_id);
}
