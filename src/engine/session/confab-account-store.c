/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-accounts"

#include <errno.h>
#include <glib/gstdio.h>

#include "confab-account-private.h"
#include "confab-engine-error.h"
#include "confab-reset.h"
#include "confab-worker.h"

struct _ConfabAccountStore
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  GPtrArray *accounts;
  GListStore *resets;
  GQueue saves; /* GTask: what is to be written; the first is being written */
};

static void confab_account_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabAccountStore,
                               confab_account_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      confab_account_store_list_model_init))

/* ---- the list ---- */

static GType
confab_account_store_get_item_type (GListModel *model)
{
  return CONFAB_TYPE_ACCOUNT;
}

static guint
confab_account_store_get_n_items (GListModel *model)
{
  return CONFAB_ACCOUNT_STORE (model)->accounts->len;
}

static gpointer
confab_account_store_get_item (GListModel *model, guint position)
{
  ConfabAccountStore *self = CONFAB_ACCOUNT_STORE (model);

  if (position >= self->accounts->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->accounts, position));
}

static void
confab_account_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = confab_account_store_get_item_type;
  iface->get_n_items = confab_account_store_get_n_items;
  iface->get_item = confab_account_store_get_item;
}

static void
confab_account_store_finalize (GObject *object)
{
  ConfabAccountStore *self = CONFAB_ACCOUNT_STORE (object);

  g_ptr_array_unref (self->accounts);
  g_list_store_remove_all (self->resets); /* each refers to the list it is in */
  g_object_unref (self->resets);
  confab_environment_unref (self->environment);

  G_OBJECT_CLASS (confab_account_store_parent_class)->finalize (object);
}

static void
confab_account_store_class_init (ConfabAccountStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_account_store_finalize;
}

static void
confab_account_store_init (ConfabAccountStore *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->resets = g_list_store_new (CONFAB_TYPE_RESET);
  g_queue_init (&self->saves);
}

ConfabAccountStore *
confab_account_store_new (ConfabEnvironment *environment)
{
  ConfabAccountStore *self;

  g_return_val_if_fail (environment != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_ACCOUNT_STORE, NULL);
  self->environment = confab_environment_ref (environment);

  return self;
}

ConfabEnvironment *
confab_account_store_get_environment (ConfabAccountStore *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  return self->environment;
}

GListStore *
confab_account_store_get_resets (ConfabAccountStore *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  return self->resets;
}

char *
confab_account_store_get_directory (ConfabAccountStore *self, ConfabAccount *account)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  return g_build_filename (self->environment->data_dir, "accounts", confab_account_get_id (account),
                           NULL);
}

ConfabAccount *
confab_account_store_find (ConfabAccountStore *self, const char *server, gint64 user_id)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      ConfabAccount *account = g_ptr_array_index (self->accounts, i);

      if (confab_account_get_user_id (account) == user_id
          && g_str_equal (confab_account_get_server (account), server))
        return account;
    }

  return NULL;
}

void
confab_account_store_add (ConfabAccountStore *self, ConfabAccount *account)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));

  g_ptr_array_add (self->accounts, g_object_ref (account));
  g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
}

/* ---- loading ---- */

static char *
get_path (ConfabAccountStore *self)
{
  return g_build_filename (self->environment->data_dir, "accounts.ini", NULL);
}

static ConfabAccount *
read_account (GKeyFile *file, const char *id)
{
  g_autofree char *server = g_key_file_get_string (file, id, "server", NULL);
  g_autofree char *username = g_key_file_get_string (file, id, "username", NULL);
  gint64 user_id = g_key_file_get_int64 (file, id, "user-id", NULL);
  ConfabAccount *account;

  /* The id becomes a folder's name, which may one day be deleted. */
  if (!g_uuid_string_is_valid (id) || server == NULL || username == NULL || user_id <= 0)
    {
      g_warning ("Passing over the damaged account “%s”", id);
      return NULL;
    }
  account = confab_account_new (id, server, username, user_id);
  confab_account_set_signed_out (account, g_key_file_get_boolean (file, id, "signed-out", NULL));

  return account;
}

static void
load_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    {
      if (error->domain == G_FILE_ERROR
          && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE, "%s",
                                   error->message);
          return;
        }
      if (error->domain == G_KEY_FILE_ERROR)
        {
          /* The accounts' folders stay; signing in again makes new ones beside them. */
          g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

          g_warning ("Setting aside the damaged list of accounts: %s", error->message);
          if (g_rename (path, aside) != 0)
            g_warning ("Cannot rename “%s”", path);
        }
    }

  ids = g_key_file_get_groups (file, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      ConfabAccount *account = read_account (file, ids[i]);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  g_task_return_pointer (task, g_steal_pointer (&accounts), (GDestroyNotify)g_ptr_array_unref);
}

void
confab_account_store_load_async (ConfabAccountStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_account_store_load_async);
  g_task_set_task_data (task, get_path (self), g_free);
  confab_worker_run_task (task, load_thread);
}

gboolean
confab_account_store_load_finish (ConfabAccountStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) loaded = NULL;
  guint before;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  loaded = g_task_propagate_pointer (G_TASK (result), error);
  if (loaded == NULL)
    return FALSE;

  before = self->accounts->len;
  g_ptr_array_unref (self->accounts);
  self->accounts = g_steal_pointer (&loaded);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->accounts->len);

  return TRUE;
}

/* ---- saving ---- */

typedef struct
{
  char *data_dir;
  char *path;
  char *text;
  char *removed; /* (nullable): a folder */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->data_dir);
  g_free (save->path);
  g_free (save->text);
  g_free (save->removed);
  g_free (save);
}

/* Everything in an account's folder is a file; a folder in it is not ours and makes the removal
 * fail. */
static gboolean
remove_folder (const char *path, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFileEnumerator) files = NULL;

  files = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                     G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (files != NULL)
    {
      GFile *file = NULL;

      if (!g_file_enumerator_iterate (files, NULL, &file, NULL, error))
        return FALSE;
      if (file == NULL)
        break;
      if (!g_file_delete (file, NULL, error))
        return FALSE;
    }

  return files == NULL || g_file_delete (folder, NULL, error);
}

static void
save_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (save->data_dir, 0700) != 0)
    g_set_error (&error, G_FILE_ERROR, g_file_error_from_errno (errno), "Cannot make “%s”: %s",
                 save->data_dir, g_strerror (errno));
  else
    g_file_set_contents_full (save->path, save->text, -1,
                              G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                              &error);
  if (error == NULL && save->removed != NULL)
    remove_folder (save->removed, &error);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, CONFAB_ENGINE_ERROR,
                             g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                                 ? CONFAB_ENGINE_ERROR_DISK_FULL
                                 : CONFAB_ENGINE_ERROR_STORAGE,
                             "%s", error->message);
}

static void saved_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
write_first (ConfabAccountStore *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, saved_cb, NULL);

  g_task_set_source_tag (task, write_first);
  g_task_set_task_data (task, g_task_get_task_data (g_queue_peek_head (&self->saves)), NULL);
  confab_worker_run_task (task, save_thread);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabAccountStore *self = CONFAB_ACCOUNT_STORE (source);
  g_autoptr (GTask) outer = g_queue_pop_head (&self->saves);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, error);

  if (!g_queue_is_empty (&self->saves))
    write_first (self);
}

static char *
write_text (ConfabAccountStore *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint i = 0; i < self->accounts->len; i++)
    {
      ConfabAccount *account = g_ptr_array_index (self->accounts, i);
      const char *id = confab_account_get_id (account);

      g_key_file_set_string (file, id, "server", confab_account_get_server (account));
      g_key_file_set_string (file, id, "username", confab_account_get_username (account));
      g_key_file_set_int64 (file, id, "user-id", confab_account_get_user_id (account));
      if (confab_account_get_signed_out (account))
        g_key_file_set_boolean (file, id, "signed-out", TRUE);
    }

  return g_key_file_to_data (file, NULL, NULL);
}

void
confab_account_store_save_async (ConfabAccountStore *self,
                                 ConfabAccount *removed,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Save *save;
  guint position;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));

  save = g_new0 (Save, 1);
  if (removed != NULL)
    {
      save->removed = confab_account_store_get_directory (self, removed);
      if (g_ptr_array_find (self->accounts, removed, &position))
        {
          g_ptr_array_remove_index (self->accounts, position);
          g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
        }
    }
  save->data_dir = g_strdup (self->environment->data_dir);
  save->path = get_path (self);
  save->text = write_text (self);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_account_store_save_async);
  g_task_set_task_data (task, save, save_free);

  /* One after the other, so that the last text wins. */
  g_queue_push_tail (&self->saves, g_object_ref (task));
  if (g_queue_get_length (&self->saves) == 1)
    write_first (self);
}

gboolean
confab_account_store_save_finish (ConfabAccountStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
