/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-keyring"

#include "confab-keyring-private.h"

#include <string.h>

void
confab_keyring_reset_free (ConfabKeyringReset *self)
{
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->server);
  g_free (self);
}

static GHashTable *
make_attributes (const char *server)
{
  return secret_attributes_build (&confab_keyring_schema, "kind", "reset", "server", server,
                                  "version", "1", NULL);
}

static char *
dup_attribute (SecretRetrievable *item, const char *name)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item);
  const char *value = g_hash_table_lookup (attributes, name);

  return g_strdup (value != NULL ? value : "");
}

/* ---- job queue ---- */

/* Run calls one after the other: one call must not find an entry that another removes, and the
 * last one must win. Also, libsecret (0.21) completes a call twice if an item that it deletes is
 * gone. */

typedef void (*Run) (GTask *task);

typedef struct
{
  GTask *task; /* (transfer full): completed with end() */
  Run run;
} Job;

static GQueue jobs = G_QUEUE_INIT; /* Job: the first is running */

static void
run_first (void)
{
  Job *job = g_queue_peek_head (&jobs);

  job->run (job->task);
}

static void
enqueue (GTask *task, Run run)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->run = run;
  g_queue_push_tail (&jobs, job);
  if (g_queue_get_length (&jobs) == 1)
    run_first ();
}

/* The first job has ended. */
static void
end_first (void)
{
  Job *job = g_queue_pop_head (&jobs);

  g_object_unref (job->task);
  g_free (job);
  if (!g_queue_is_empty (&jobs))
    run_first ();
}

static void
clear_one (SecretRetrievable *item, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *server = dup_attribute (item, "server");
  g_autofree char *expires = dup_attribute (item, "expires");
  g_autoptr (GHashTable) attributes = make_attributes (server);

  g_hash_table_insert (attributes, g_strdup ("expires"), g_steal_pointer (&expires));
  confab_keyring_clear_entries_async (attributes, callback, user_data);
}

/* ---- storing ---- */

typedef struct
{
  char *server;
  char *expires;
  char *secret;
  GList *found; /* SecretRetrievable: the server's entries still to be examined */
  ConfabKeyringState state;
} Store;

static void
store_free (gpointer data)
{
  Store *store = data;

  explicit_bzero (store->secret, strlen (store->secret));
  g_free (store->secret);
  g_free (store->server);
  g_free (store->expires);
  g_list_free_full (store->found, g_object_unref);
  g_free (store);
}

static void
store_end (GTask *task)
{
  Store *store = g_task_get_task_data (task);

  g_task_return_int (task, store->state);
  end_first ();
}

static void remove_next (GTask *task);

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  confab_keyring_clear_finish (result);
  remove_next (user_data);
}

static void
remove_next (GTask *task)
{
  Store *store = g_task_get_task_data (task);

  while (store->found != NULL)
    {
      g_autoptr (GObject) item = store->found->data;
      g_autofree char *expires = dup_attribute (SECRET_RETRIEVABLE (item), "expires");

      store->found = g_list_delete_link (store->found, store->found);
      if (!g_str_equal (expires, store->expires))
        {
          clear_one (SECRET_RETRIEVABLE (item), removed_cb, task);
          return;
        }
    }
  store_end (task);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);

  store->found = secret_password_search_finish (result, NULL);
  remove_next (task);
}

/* Delete the older entry only after the new one is stored, so that there always is one. */
static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = make_attributes (store->server);

  store->state = confab_keyring_store_finish (result);
  if (store->state == CONFAB_KEYRING_AVAILABLE)
    secret_password_searchv (&confab_keyring_schema, attributes, SECRET_SEARCH_ALL, NULL, found_cb,
                             task);
  else
    store_end (task);
}

static void
run_store (GTask *task)
{
  Store *store = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = make_attributes (store->server);

  g_hash_table_insert (attributes, g_strdup ("expires"), g_strdup (store->expires));
  confab_keyring_store_entry_async (attributes, store->secret, NULL, stored_cb, task);
}

void
confab_keyring_store_reset_async (const char *server,
                                  gint64 expires_at,
                                  const char *secret,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;
  Store *store;

  g_return_if_fail (server != NULL && secret != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_keyring_store_reset_async);
  store = g_new0 (Store, 1);
  store->server = g_strdup (server);
  store->expires = g_strdup_printf ("%" G_GINT64_FORMAT, expires_at);
  store->secret = g_strdup (secret);
  g_task_set_task_data (task, store, store_free);
  enqueue (task, run_store);
}

ConfabKeyringState
confab_keyring_store_reset_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), CONFAB_KEYRING_UNKNOWN);

  return (ConfabKeyringState)g_task_propagate_int (G_TASK (result), NULL);
}

/* ---- clearing ---- */

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  confab_keyring_clear_finish (result);
  g_task_return_pointer (user_data, NULL, NULL);
  end_first ();
}

static void
run_clear (GTask *task)
{
  g_autoptr (GHashTable) attributes = make_attributes (g_task_get_task_data (task));

  confab_keyring_clear_entries_async (attributes, cleared_cb, task);
}

void
confab_keyring_clear_reset_async (const char *server,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (server != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_keyring_clear_reset_async);
  g_task_set_task_data (task, g_strdup (server), g_free);
  enqueue (task, run_clear);
}

/* ---- listing ---- */

typedef struct
{
  gint64 now;
  GList *found; /* SecretRetrievable: still to be examined */
  GPtrArray *resets;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_list_free_full (list->found, g_object_unref);
  g_clear_pointer (&list->resets, g_ptr_array_unref);
  g_free (list);
}

static List *
get_list (GTask *task)
{
  return g_object_get_data (G_OBJECT (task), "confab-list");
}

static gint64
get_expires_at (SecretRetrievable *item)
{
  g_autofree char *expires = dup_attribute (item, "expires");

  return g_ascii_strtoll (expires, NULL, 10);
}

static void look_at_next (GTask *task);

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  confab_keyring_clear_finish (result);
  look_at_next (user_data);
}

static void
retrieved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (SecretValue) value = NULL;
  SecretRetrievable *item = SECRET_RETRIEVABLE (source);
  const char *secret;
  ConfabKeyringReset *reset;

  value = secret_retrievable_retrieve_secret_finish (item, result, NULL);
  secret = value != NULL ? secret_value_get_text (value) : NULL;
  if (secret != NULL)
    {
      reset = g_new0 (ConfabKeyringReset, 1);
      reset->server = dup_attribute (item, "server");
      reset->expires_at = get_expires_at (item);
      reset->secret = g_strdup (secret);
      g_ptr_array_add (get_list (task)->resets, reset);
    }
  look_at_next (task);
}

static void
look_at_next (GTask *task)
{
  List *list = get_list (task);

  while (list->found != NULL)
    {
      g_autoptr (GObject) item = list->found->data;

      list->found = g_list_delete_link (list->found, list->found);
      if (get_expires_at (SECRET_RETRIEVABLE (item)) <= list->now)
        {
          clear_one (SECRET_RETRIEVABLE (item), purged_cb, task);
          return;
        }
      if (!SECRET_IS_ITEM (item) || !secret_item_get_locked (SECRET_ITEM (item)))
        {
          secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (item),
                                              confab_keyring_operation_get_cancellable (task),
                                              retrieved_cb, task);
          return;
        }
    }
  confab_keyring_operation_end (task);
  g_task_return_pointer (task, g_steal_pointer (&list->resets), (GDestroyNotify)g_ptr_array_unref);
  end_first ();
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  get_list (user_data)->found = secret_password_search_finish (result, &error);
  if (error != NULL)
    g_debug ("No resets from the keyring: %s", error->message);
  look_at_next (user_data);
}

static void
run_list (GTask *task)
{
  g_autoptr (GHashTable) attributes =
      secret_attributes_build (&confab_keyring_schema, "kind", "reset", "version", "1", NULL);

  secret_password_searchv (&confab_keyring_schema, attributes,
                           SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS,
                           confab_keyring_operation_get_cancellable (task), listed_cb, task);
}

void
confab_keyring_list_resets_async (gint64 now,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      confab_keyring_operation_new (CONFAB_KEYRING_SILENT_S, cancellable, callback, user_data);
  List *list = g_new0 (List, 1);

  g_task_set_source_tag (task, confab_keyring_list_resets_async);
  list->now = now;
  list->resets = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_keyring_reset_free);
  g_object_set_data_full (G_OBJECT (task), "confab-list", list, list_free);
  enqueue (task, run_list);
}

GPtrArray *
confab_keyring_list_resets_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
