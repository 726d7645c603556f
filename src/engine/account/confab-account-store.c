/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-accounts"

#include <errno.h>
#include <glib/gstdio.h>

#include "confab-account-folder.h"
#include "confab-account-private.h"
#include "confab-engine-error.h"
#include "confab-left-session.h"
#include "confab-reset.h"
#include "confab-worker.h"

struct _ConfabAccountStore
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  GPtrArray *accounts;
  GPtrArray *strays; /* filename: folders without an account */
  GListStore *resets;
  GHashTable *device_secrets; /* the server's origin → DeviceSecret */
  GQueue saves;               /* GTask: the saves queued; the first is running */
};

typedef struct
{
  char *text;
  gboolean saved;
} DeviceSecret;

static void
device_secret_free (gpointer data)
{
  DeviceSecret *secret = data;

  g_free (secret->text);
  g_free (secret);
}

typedef struct
{
  char *data_dir;
  char *path;
  char *text;
  char *removed;         /* (nullable): a folder */
  GHashTable *labels;    /* an account's id → its folder's label */
  GHashTable *forgotten; /* a folder → whether the next start is to remove it */
} Save;

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
  g_ptr_array_unref (self->strays);
  g_hash_table_unref (self->device_secrets);
  g_list_store_remove_all (self->resets); /* each holds a reference to its list */
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
  self->strays = g_ptr_array_new ();
  self->resets = g_list_store_new (CONFAB_TYPE_RESET);
  self->device_secrets =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, device_secret_free);
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

const char *
confab_account_store_get_device_secret (ConfabAccountStore *self,
                                        const char *server,
                                        gboolean *saved)
{
  const DeviceSecret *secret;

  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  secret = g_hash_table_lookup (self->device_secrets, server);
  if (saved != NULL)
    *saved = secret != NULL && secret->saved;

  return secret != NULL ? secret->text : NULL;
}

void
confab_account_store_set_device_secret (ConfabAccountStore *self,
                                        const char *server,
                                        const char *secret,
                                        gboolean saved)
{
  DeviceSecret *kept;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));

  if (secret == NULL)
    {
      g_hash_table_remove (self->device_secrets, server);
      return;
    }
  kept = g_new0 (DeviceSecret, 1);
  kept->text = g_strdup (secret);
  kept->saved = saved;
  g_hash_table_replace (self->device_secrets, g_strdup (server), kept);
}

char *
confab_account_store_get_directory (ConfabAccountStore *self, ConfabAccount *account)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  return g_build_filename (self->environment->data_dir, "accounts", confab_account_get_id (account),
                           NULL);
}

ConfabAccount *
confab_account_store_find (ConfabAccountStore *self,
                           const char *server,
                           gint64 user_id,
                           gint64 created_at)
{
  ConfabAccount *found = NULL;

  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      ConfabAccount *account = g_ptr_array_index (self->accounts, i);

      if (!confab_account_is_of (account, server, user_id, created_at))
        continue;
      if (confab_account_get_created_at (account) == created_at)
        return account;
      if (found == NULL)
        found = account;
    }

  return found;
}

gboolean
confab_account_store_has_server (ConfabAccountStore *self, const char *server)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), FALSE);

  for (guint i = 0; i < self->accounts->len; i++)
    if (g_str_equal (confab_account_get_server (g_ptr_array_index (self->accounts, i)), server))
      return TRUE;

  return FALSE;
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

/* What a load starts from. */
typedef struct
{
  char *data_dir;
  GHashTable *known; /* the ids of the accounts in the list, and of those being removed */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->data_dir);
  g_hash_table_unref (load->known);
  g_free (load);
}

static void
load_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Load *load = task_data;

  g_task_return_pointer (task, confab_account_folders_read (load->data_dir, load->known),
                         (GDestroyNotify)confab_account_folders_free);
}

static GHashTable *
collect_known (ConfabAccountStore *self)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    g_hash_table_add (known, g_strdup (confab_account_get_id (self->accounts->pdata[i])));
  for (GList *item = self->saves.head; item != NULL; item = item->next)
    {
      const Save *save = g_task_get_task_data (item->data);

      if (save->removed != NULL)
        g_hash_table_add (known, g_path_get_basename (save->removed));
    }

  return known;
}

void
confab_account_store_load_async (ConfabAccountStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (self));

  load = g_new0 (Load, 1);
  *load = (Load){ g_strdup (self->environment->data_dir), collect_known (self) };
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_account_store_load_async);
  g_task_set_task_data (task, load, load_free);
  confab_worker_run_task (task, load_thread);
}

static void
mended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The next start repairs the list again. */
  if (!confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_message ("The list of accounts could not be written: %s", error->message);
}

static gboolean
is_listed (ConfabAccountStore *self, const char *id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (g_str_equal (confab_account_get_id (self->accounts->pdata[i]), id))
      return TRUE;

  return FALSE;
}

/* Add what was unknown. Clients use the accounts that were loaded before, signing in may have added
 * others meanwhile, and those that have left the list since the load began stay away. */
static void
merge (ConfabAccountStore *self, GPtrArray *loaded, GHashTable *known)
{
  guint before = self->accounts->len;

  for (guint i = 0; i < loaded->len; i++)
    {
      const char *id = confab_account_get_id (loaded->pdata[i]);

      if (!g_hash_table_contains (known, id) && !is_listed (self, id))
        g_ptr_array_add (self->accounts, g_object_ref (loaded->pdata[i]));
    }
  if (self->accounts->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->accounts->len - before);
}

/* The folder of an account that was added meanwhile may have had no label yet. */
static void
take_strays (ConfabAccountStore *self, GPtrArray *strays)
{
  g_ptr_array_unref (self->strays);
  self->strays = g_ptr_array_ref (strays);
  for (guint i = strays->len; i-- > 0;)
    {
      g_autofree char *id = g_path_get_basename (strays->pdata[i]);

      if (is_listed (self, id))
        g_ptr_array_remove_index (strays, i);
    }
}

/* Signing out ends the session and clears the keyring, but may have been interrupted. */
static void
end_left_sessions (ConfabAccountStore *self, GPtrArray *accounts)
{
  for (guint i = 0; i < accounts->len && self->environment->use_keyring; i++)
    {
      ConfabAccount *account = accounts->pdata[i];

      if (confab_account_get_signed_out (account) && !confab_account_get_open (account))
        confab_left_session_end (self->environment, account);
    }
}

gboolean
confab_account_store_load_finish (ConfabAccountStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ConfabAccountFolders) loaded = NULL;
  const Load *load;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  load = g_task_get_task_data (G_TASK (result));
  loaded = g_task_propagate_pointer (G_TASK (result), error);
  if (loaded == NULL)
    return FALSE;

  merge (self, loaded->accounts, load->known);
  take_strays (self, loaded->strays);
  if (loaded->mended)
    confab_account_store_save_async (self, NULL, mended_cb, NULL);
  end_left_sessions (self, loaded->left);
  end_left_sessions (self, self->accounts);

  return TRUE;
}

GPtrArray *
confab_account_store_get_strays (ConfabAccountStore *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (self), NULL);

  return self->strays;
}

/* ---- saving ---- */

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->data_dir);
  g_free (save->path);
  g_free (save->text);
  g_free (save->removed);
  g_hash_table_unref (save->forgotten);
  g_hash_table_unref (save->labels);
  g_free (save);
}

static gboolean
label_folders (Save *save, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  gpointer text;

  g_hash_table_iter_init (&iter, save->labels);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      if (!confab_account_folder_label (save->data_dir, id, text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mark_forgotten (Save *save, GError **error)
{
  GHashTableIter iter;
  gpointer path;
  gpointer forgotten;

  g_hash_table_iter_init (&iter, save->forgotten);
  while (g_hash_table_iter_next (&iter, &path, &forgotten))
    if (GPOINTER_TO_INT (forgotten) && !confab_account_folder_forget (path, error))
      return FALSE;

  return TRUE;
}

static void
unmark_remembered (Save *save)
{
  GHashTableIter iter;
  gpointer path;
  gpointer forgotten;

  g_hash_table_iter_init (&iter, save->forgotten);
  while (g_hash_table_iter_next (&iter, &path, &forgotten))
    if (!GPOINTER_TO_INT (forgotten))
      confab_account_folder_remember (path);
}

static gboolean
write_list (Save *save, GError **error)
{
  return g_file_set_contents_full (save->path, save->text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static void
save_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  g_autoptr (GError) error = NULL;

  /* Begin the removal first: if Confab ends now, the next start would add the folder to the list
   * again. */
  if (g_mkdir_with_parents (save->data_dir, 0700) != 0)
    g_set_error (&error, G_FILE_ERROR, g_file_error_from_errno (errno), "Cannot make “%s”: %s",
                 save->data_dir, g_strerror (errno));
  else if ((save->removed == NULL || confab_account_folder_begin_removal (save->removed, &error))
           && mark_forgotten (save, &error) && label_folders (save, &error)
           && write_list (save, &error))
    {
      unmark_remembered (save);
      if (save->removed != NULL)
        confab_account_folder_end_removal (save->removed, &error);
    }

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

  /* Before the callback, which may save again. */
  if (!g_queue_is_empty (&self->saves))
    write_first (self);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, error);
}

/* Copy the contents for the list and each label into @save. */
static void
describe_accounts (ConfabAccountStore *self, Save *save)
{
  g_autoptr (GKeyFile) list = g_key_file_new ();

  save->forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  save->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      ConfabAccount *account = g_ptr_array_index (self->accounts, i);
      const char *id = confab_account_get_id (account);
      g_autoptr (GKeyFile) label = g_key_file_new ();

      g_hash_table_replace (save->forgotten, confab_account_store_get_directory (self, account),
                            GINT_TO_POINTER (confab_account_get_forgotten (account)));
      confab_account_folder_describe (account, list, id);
      confab_account_folder_describe (account, label, CONFAB_ACCOUNT_FOLDER_GROUP);
      g_hash_table_replace (save->labels, g_strdup (id), g_key_file_to_data (label, NULL, NULL));
    }
  save->text = g_key_file_to_data (list, NULL, NULL);
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
  describe_accounts (self, save);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_account_store_save_async);
  g_task_set_task_data (task, save, save_free);

  /* Run saves one after the other, so that the last one wins. */
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
