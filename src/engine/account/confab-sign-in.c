/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-sign-in"

#include "confab-sign-in.h"

#include <glib/gstdio.h>

#include "confab-account-folder.h"
#include "confab-address.h"
#include "confab-client-private.h"
#include "confab-engine-error.h"
#include "confab-server-call.h"
#include "confab-session-end.h"
#include "confab-worker.h"

/* ---- finding a server ---- */

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabTransport *transport = CONFAB_TRANSPORT (source);
  ConfabServerInfo *info;
  gpointer answer = NULL;
  GError *error = NULL;

  if (!confab_transport_call_finish (transport, result, &answer, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  info = answer;
  info->origin = g_strdup (confab_transport_get_origin (transport));
  info->insecure = g_str_has_prefix (info->origin, "http:");
  g_task_return_pointer (task, info, (GDestroyNotify)confab_server_info_free);
}

void
confab_server_probe_async (ConfabEnvironment *environment,
                           const char *address,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (ConfabTransport) transport = NULL;
  g_autofree char *origin = NULL;
  GError *error = NULL;

  g_return_if_fail (environment != NULL && address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_server_probe_async);
  origin = confab_address_normalize (address, NULL, &error);
  if (origin == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  transport = confab_transport_new (environment, origin);
  confab_transport_call_async (transport, "GET", "/v1/server", NULL, confab_server_info_decode,
                               (GDestroyNotify)confab_server_info_free, cancellable, probed_cb,
                               g_steal_pointer (&task));
}

ConfabServerInfo *
confab_server_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- opening a client for a new session ---- */

typedef struct
{
  ConfabAccountStore *store;
  char *origin;
  ConfabAccount *account;
  ConfabClient *client;
  ConfabSignedIn *signed_in;
  GError *error;
  gboolean is_new; /* @account is not in @store's list yet */
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *op = data;

  g_clear_object (&op->store);
  g_free (op->origin);
  g_clear_object (&op->account);
  g_clear_object (&op->client);
  g_clear_pointer (&op->signed_in, confab_signed_in_free);
  g_clear_error (&op->error);
  g_free (op);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *op = g_task_get_task_data (task);

  confab_session_end_finish (CONFAB_TRANSPORT (source), result);
  g_task_return_error (task, g_steal_pointer (&op->error));
}

/* The session that has begun is useless, so end it on the server. Takes ownership of @error. */
static void
fail (GTask *task, GError *error)
{
  SignIn *op = g_task_get_task_data (task);
  g_autoptr (ConfabTransport) transport = NULL;

  transport = confab_transport_new (confab_account_store_get_environment (op->store),
                                    confab_account_get_server (op->account));
  confab_transport_set_token (transport, op->signed_in->token);
  op->error = error;
  confab_session_end_async (transport, ended_cb, g_object_ref (task));
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  confab_client_take_token_finish (CONFAB_CLIENT (source), result);
  g_task_return_pointer (task, g_object_ref (source), g_object_unref);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) ignored = NULL;
  SignIn *op = g_task_get_task_data (task);

  if (!confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &ignored))
    g_message ("An account's folder stays behind: %s", ignored->message);
  fail (task, g_steal_pointer (&op->error));
}

/* Fail with op->error. A new account's folder must not stay. */
static void
give_up (GTask *task)
{
  SignIn *op = g_task_get_task_data (task);

  g_clear_object (&op->client);
  if (op->is_new)
    confab_account_store_save_async (op->store, op->account, removed_cb, g_object_ref (task));
  else
    fail (task, g_steal_pointer (&op->error));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *op = g_task_get_task_data (task);

  if (confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &op->error))
    confab_client_take_token_async (op->client, op->signed_in->token, taken_cb,
                                    g_object_ref (task));
  else
    give_up (task);
}

static void open_account (GTask *task);

static void
use_new_account (SignIn *op)
{
  g_autofree char *id = g_uuid_string_random ();
  const ConfabUserRow *user = op->signed_in->user;

  g_clear_object (&op->account);
  op->account = confab_account_new (id, op->origin, user->username, user->id);
  confab_account_set_created_at (op->account, user->created_at);
  op->is_new = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_close_finish (CONFAB_CLIENT (source), result, &error))
    g_warning ("The mirror could not be closed well: %s", error->message);
  use_new_account (g_task_get_task_data (task));
  open_account (task);
}

/* Return whether the account that was found is another person's. If its list entry had no time of
 * creation, it has that of its mirror since it was opened. */
static gboolean
is_anothers (SignIn *op)
{
  gint64 created_at = confab_account_get_created_at (op->account);
  const ConfabUserRow *user = op->signed_in->user;

  return created_at != 0 ? created_at != user->created_at
                         : !g_str_equal (confab_account_get_username (op->account), user->username);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *op = g_task_get_task_data (task);

  op->client = confab_client_open_finish (result, &op->error);
  if (op->client == NULL)
    {
      give_up (task);
      return;
    }
  if (is_anothers (op))
    {
      g_autoptr (ConfabClient) anothers = g_steal_pointer (&op->client);

      confab_client_close_async (anothers, closed_cb, g_object_ref (task));
      return;
    }
  confab_account_set_created_at (op->account, op->signed_in->user->created_at);
  confab_account_set_signed_out (op->account, FALSE);
  confab_account_set_forgotten (op->account, FALSE);
  if (op->is_new)
    confab_account_store_add (op->store, op->account);
  confab_account_store_save_async (op->store, NULL, saved_cb, g_object_ref (task));
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *op = g_task_get_task_data (task);

  confab_client_open_async (confab_account_store_get_environment (op->store), op->store,
                            op->account, g_task_get_cancellable (task), opened_cb,
                            g_object_ref (task));
}

/* A failure is that of opening, too. */
static void
prepare_thread (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 && !confab_account_folder_forget (folder, &error))
    g_debug ("A new folder could not be marked: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

/* Until the list has the new account, its folder is marked: if Confab ends meanwhile, the next
 * start removes it. */
static void
open_account (GTask *task)
{
  SignIn *op = g_task_get_task_data (task);
  g_autoptr (GTask) preparing = g_task_new (NULL, NULL, prepared_cb, g_object_ref (task));

  g_task_set_source_tag (preparing, open_account);
  if (!op->is_new)
    {
      g_task_return_boolean (preparing, TRUE);
      return;
    }
  g_task_set_task_data (preparing, confab_account_store_get_directory (op->store, op->account),
                        g_free);
  confab_worker_run_task (preparing, prepare_thread);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabTransport *transport = CONFAB_TRANSPORT (source);
  SignIn *op = g_task_get_task_data (task);
  GError *error = NULL;

  op->signed_in = confab_signed_in_request_finish (transport, result, &error);
  if (op->signed_in == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  op->origin = g_strdup (confab_transport_get_origin (transport));
  g_set_object (&op->account,
                confab_account_store_find (op->store, op->origin, op->signed_in->user->id,
                                           op->signed_in->user->created_at));
  if (op->account == NULL)
    use_new_account (op);
  open_account (task);
}

static void
sign_in (ConfabAccountStore *store,
         gpointer source_tag,
         const char *address,
         const char *name,
         const char *email,
         const char *password,
         const char *invitation,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (ConfabTransport) transport = NULL;
  g_autofree char *origin = NULL;
  SignIn *op = g_new0 (SignIn, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, source_tag);
  op->store = g_object_ref (store);
  g_task_set_task_data (task, op, sign_in_free);
  origin = confab_address_normalize (address, NULL, &error);
  if (origin == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  transport = confab_transport_new (confab_account_store_get_environment (store), origin);
  confab_signed_in_request_async (store, transport, name, email, password, invitation, cancellable,
                                  signed_in_cb, g_steal_pointer (&task));
}

void
confab_register_async (ConfabAccountStore *store,
                       const char *origin,
                       const char *username,
                       const char *email,
                       const char *password,
                       const char *invitation,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (store));
  g_return_if_fail (origin != NULL && username != NULL && email != NULL && password != NULL);

  sign_in (store, confab_register_async, origin, username, email, password, invitation, cancellable,
           callback, user_data);
}

ConfabClient *
confab_register_finish (GAsyncResult *result, GError **error)
{
  return confab_sign_in_finish (result, error);
}

void
confab_sign_in_async (ConfabAccountStore *store,
                      const char *origin,
                      const char *login,
                      const char *password,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (store));
  g_return_if_fail (origin != NULL && login != NULL && password != NULL);

  sign_in (store, confab_sign_in_async, origin, login, NULL, password, NULL, cancellable, callback,
           user_data);
}

ConfabClient *
confab_sign_in_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
