/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Stores a reset in the account store's list, and in the keyring as {"login","token","code"}. */

#define G_LOG_DOMAIN "confab-reset"

#include "confab-reset-private.h"

#include <string.h>

#include "confab-account-private.h"
#include "confab-json.h"
#include "confab-keyring.h"

/* How long a reset waits for the keyring, which may still be asking the user to unlock it. */
#define KEEP_TIMEOUT_S 3

#define SECRET_MAX_BYTES 4096

ConfabReset *
confab_reset_find (GListStore *kept, const char *server)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (kept));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabReset) reset = g_list_model_get_item (G_LIST_MODEL (kept), i);

      if (g_str_equal (reset->server, server))
        return reset; /* the list holds a reference */
    }

  return NULL;
}

static void
remove_of_server (GListStore *kept, const char *server)
{
  ConfabReset *other = confab_reset_find (kept, server);
  guint position;

  if (other != NULL && g_list_store_find (kept, other, &position))
    g_list_store_remove (kept, position);
}

/* ---- encoding ---- */

static char *
write_secret (ConfabReset *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (self->login != NULL)
    json_object_set_string_member (object, "login", self->login);
  if (self->token != NULL)
    json_object_set_string_member (object, "token", self->token);
  if (self->code != NULL)
    json_object_set_string_member (object, "code", self->code);

  return confab_json_object_to_string (object, NULL);
}

/* Anyone who can open the keyring can edit it, so check everything. Returns: (transfer full)
 * (nullable) */
static ConfabReset *
read_reset (ConfabAccountStore *store, ConfabKeyringReset *entry)
{
  g_autoptr (ConfabReset) reset = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *login;
  const char *token;
  const char *code;

  object = confab_json_parse_answer (entry->secret, strlen (entry->secret), SECRET_MAX_BYTES, NULL);
  if (object == NULL || !confab_json_get_string_opt (object, "login", &login, NULL)
      || !confab_json_get_string_opt (object, "token", &token, NULL)
      || !confab_json_get_string_opt (object, "code", &code, NULL)
      || (login == NULL && token == NULL))
    return NULL;

  reset = confab_reset_new (store, entry->server, login);
  confab_reset_set_secret (&reset->token, token);
  confab_reset_set_secret (&reset->code, code);
  reset->expires_at = entry->expires_at;

  return g_steal_pointer (&reset);
}

/* ---- storing ---- */

/* @task: (transfer full) (nullable): completes when the keyring has answered or @timer fires */
typedef struct
{
  GTask *task;
  guint timer;
} Keep;

static void
keep_end (Keep *keep)
{
  g_autoptr (GTask) task = g_steal_pointer (&keep->task);

  g_clear_handle_id (&keep->timer, g_source_remove);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static gboolean
keep_timeout_cb (gpointer user_data)
{
  Keep *keep = user_data;

  keep->timer = 0;
  keep_end (keep);

  return G_SOURCE_REMOVE;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Keep *keep = user_data;

  confab_keyring_store_reset_finish (result);
  keep_end (keep);
  g_free (keep);
}

void
confab_reset_keep_async (ConfabReset *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *secret = NULL;
  Keep *keep;

  g_task_set_source_tag (task, confab_reset_keep_async);
  if (confab_reset_find (self->kept, self->server) != self)
    {
      remove_of_server (self->kept, self->server);
      g_list_store_append (self->kept, self);
    }
  if (!self->environment->use_keyring)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  secret = write_secret (self);
  keep = g_new0 (Keep, 1);
  keep->task = g_steal_pointer (&task);
  keep->timer = g_timeout_add_seconds (KEEP_TIMEOUT_S, keep_timeout_cb, keep);
  confab_keyring_store_reset_async (self->server, self->expires_at, secret, stored_cb, keep);
  explicit_bzero (secret, strlen (secret));
}

void
confab_reset_keep_finish (ConfabReset *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
confab_reset_forget (ConfabReset *self)
{
  g_return_if_fail (CONFAB_IS_RESET (self));

  if (confab_reset_find (self->kept, self->server) != self)
    return;

  g_object_ref (self);
  remove_of_server (self->kept, self->server);
  if (self->environment->use_keyring)
    confab_keyring_clear_reset_async (self->server, NULL, NULL);
  g_object_unref (self);
}

/* ---- loading ---- */

/* Returns: (transfer full) (nullable) */
static ConfabReset *
choose (GListStore *kept, gint64 now)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (kept));
  g_autoptr (ConfabReset) best = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabReset) reset = g_list_model_get_item (G_LIST_MODEL (kept), i);

      if (reset->expires_at > (best != NULL ? best->expires_at : now))
        g_set_object (&best, reset);
    }

  return g_steal_pointer (&best);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const ConfabKeyringReset *first = a;
  const ConfabKeyringReset *second = b;

  return (first->expires_at < second->expires_at) - (first->expires_at > second->expires_at);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) entries = confab_keyring_list_resets_finish (result);
  ConfabAccountStore *store = g_task_get_source_object (task);
  GListStore *kept = confab_account_store_get_resets (store);

  if (entries != NULL)
    g_ptr_array_sort_values (entries, newest_first);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      g_autoptr (ConfabReset) reset = read_reset (store, g_ptr_array_index (entries, i));

      /* A reset in memory is newer. */
      if (reset != NULL && confab_reset_find (kept, reset->server) == NULL)
        g_list_store_append (kept, reset);
    }
  g_task_return_pointer (
      task, choose (kept, confab_environment_now (confab_account_store_get_environment (store))),
      g_object_unref);
}

void
confab_reset_load_async (ConfabAccountStore *store,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ConfabEnvironment *environment;
  gint64 now;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_reset_load_async);
  environment = confab_account_store_get_environment (store);
  now = confab_environment_now (environment);
  if (environment->use_keyring)
    confab_keyring_list_resets_async (now, cancellable, listed_cb, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, choose (confab_account_store_get_resets (store), now),
                           g_object_unref);
}

ConfabReset *
confab_reset_load_finish (ConfabAccountStore *store, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
