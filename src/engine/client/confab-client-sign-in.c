/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-client"

#include "confab-client-private.h"

#include <string.h>

#include "confab-device-secret.h"
#include "confab-engine-error.h"
#include "confab-keyring.h"
#include "confab-server-call.h"
#include "confab-session-end.h"

/* How long signing in waits for the keyring, which may still be asking the user to unlock it. */
#define KEEP_TIMEOUT_S 3

static void
start_with (ConfabClient *self, const char *token)
{
  confab_transport_set_token (self->transport, token);
  confab_sync_start (self->sync);
}

/* ---- storing a token ---- */

/* @task: (transfer full) (nullable): ends when the keyring has answered or @timer fires */
typedef struct
{
  ConfabClient *client;
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
  if (keep->client->keyring_state != CONFAB_KEYRING_SILENT)
    confab_client_set_keyring_state (keep->client, CONFAB_KEYRING_LOCKED);
  keep_end (keep);

  return G_SOURCE_REMOVE;
}

/* The keyring has the token, so it is unlocked for other entries, too. */
static void
kept (ConfabClient *self)
{
  confab_account_set_token (self->account, NULL);
  confab_device_secret_save (self->store, confab_account_get_server (self->account));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Keep *keep = user_data;
  ConfabKeyringState state = confab_keyring_store_finish (result);

  if (state == CONFAB_KEYRING_AVAILABLE)
    kept (keep->client);
  if (state != CONFAB_KEYRING_UNKNOWN)
    confab_client_set_keyring_state (keep->client, state);
  keep_end (keep);
  g_object_unref (keep->client);
  g_free (keep);
}

/* Until the keyring has stored the token, it stays with the account, as long as the program
 * runs. */
static void
keep_token (ConfabClient *self, GTask *task)
{
  Keep *keep = g_new0 (Keep, 1);

  keep->client = g_object_ref (self);
  keep->task = task;
  keep->timer = g_timeout_add_seconds (KEEP_TIMEOUT_S, keep_timeout_cb, keep);
  confab_keyring_store_async (self->account, confab_account_get_token (self->account),
                              self->cancellable, kept_cb, keep);
}

void
confab_client_take_token_async (ConfabClient *self,
                                const char *token,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, confab_client_take_token_async);
  confab_account_set_token (self->account, token);
  if (self->environment->use_keyring)
    {
      keep_token (self, g_steal_pointer (&task));
      return;
    }
  confab_client_set_keyring_state (self, CONFAB_KEYRING_ABSENT);
  g_task_return_boolean (task, TRUE);
}

void
confab_client_take_token_finish (ConfabClient *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* ---- starting ---- */

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabClient) self = user_data;
  g_autofree char *token = NULL;
  ConfabKeyringState state;

  token = confab_keyring_lookup_finish (result, &state);
  if (state == CONFAB_KEYRING_UNKNOWN)
    return;
  confab_client_set_keyring_state (self, state);
  if (state == CONFAB_KEYRING_SILENT && self->keyring_watch != NULL)
    confab_keyring_watch_silent (self->keyring_watch);
  /* The user may have signed in with the password meanwhile. */
  if (token != NULL && confab_transport_get_token (self->transport) == NULL)
    start_with (self, token);
}

static void
look_up (ConfabClient *self)
{
  confab_keyring_lookup_async (self->account, FALSE, self->cancellable, looked_up_cb,
                               g_object_ref (self));
}

/* A keyring that was unavailable may be available now. */
static void
keyring_appeared_cb (gpointer user_data)
{
  ConfabClient *self = user_data;

  if (self->closed
      || (self->keyring_state != CONFAB_KEYRING_ABSENT
          && self->keyring_state != CONFAB_KEYRING_SILENT))
    return;
  if (confab_account_get_token (self->account) != NULL)
    keep_token (self, NULL);
  else if (confab_transport_get_token (self->transport) == NULL
           && !confab_account_get_signed_out (self->account))
    look_up (self);
}

void
confab_client_start (ConfabClient *self)
{
  const char *token;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (!self->closed);

  if (self->environment->use_keyring && self->keyring_watch == NULL)
    self->keyring_watch = confab_keyring_watch_new (self->environment, keyring_appeared_cb, self);
  token = confab_account_get_token (self->account);
  if (confab_account_get_signed_out (self->account))
    confab_sync_stop (self->sync, CONFAB_CONNECTION_SIGNED_OUT);
  else if (token != NULL || confab_transport_get_token (self->transport) != NULL)
    {
      if (self->keyring_state == CONFAB_KEYRING_UNKNOWN)
        confab_client_set_keyring_state (
            self, self->environment->use_keyring ? CONFAB_KEYRING_LOCKED : CONFAB_KEYRING_ABSENT);
      start_with (self, token != NULL ? token : confab_transport_get_token (self->transport));
    }
  else if (!self->environment->use_keyring)
    confab_client_set_keyring_state (self, CONFAB_KEYRING_ABSENT);
  else
    look_up (self);
}

/* ---- unlocking ---- */

static void
return_unlocked (GTask *task, ConfabKeyringState state)
{
  if (state == CONFAB_KEYRING_AVAILABLE)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_KEYRING,
                             "The keyring gave no token (%d)", (int)state);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);
  g_autofree char *token = NULL;
  ConfabKeyringState state;

  token = confab_keyring_lookup_finish (result, &state);
  if (state != CONFAB_KEYRING_UNKNOWN)
    confab_client_set_keyring_state (self, state);
  if (token != NULL && !self->closed)
    start_with (self, token);
  return_unlocked (task, state);
}

static void
unlocked_to_keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);
  ConfabKeyringState state = confab_keyring_store_finish (result);

  if (state != CONFAB_KEYRING_UNKNOWN)
    confab_client_set_keyring_state (self, state);
  if (state == CONFAB_KEYRING_AVAILABLE)
    kept (self);
  return_unlocked (task, state);
}

void
confab_client_unlock_async (ConfabClient *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *token;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_unlock_async);
  token = confab_account_get_token (self->account);
  if (token != NULL) /* signed in, but the keyring lacks the token */
    confab_keyring_store_async (self->account, token, cancellable, unlocked_to_keep_cb,
                                g_steal_pointer (&task));
  else
    confab_keyring_lookup_async (self->account, TRUE, cancellable, unlocked_cb,
                                 g_steal_pointer (&task));
}

gboolean
confab_client_unlock_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- signing in again ---- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  confab_client_take_token_finish (CONFAB_CLIENT (source), result);
  g_task_return_boolean (task, TRUE);
}

static void
saved_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The next start asks again. */
  if (!confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_warning ("The list of accounts could not be written: %s", error->message);
}

static void
another_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  confab_session_end_finish (CONFAB_TRANSPORT (source), result);
  g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ANOTHER_ACCOUNT,
                           "The server has another account under this username");
}

/* The username belongs to another account since the server was installed anew. End the session that
 * has begun: it must not see this account's messages. @task: (transfer full) */
static void
refuse_another (ConfabTransport *transport, const ConfabSignedIn *signed_in, GTask *task)
{
  confab_transport_set_token (transport, signed_in->token);
  confab_session_end_async (transport, another_ended_cb, task);
}

static void
signed_in_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (ConfabSignedIn) signed_in = NULL;
  ConfabClient *self = g_task_get_source_object (task);
  GError *error = NULL;

  signed_in = confab_signed_in_request_finish (CONFAB_TRANSPORT (source), result, &error);
  if (signed_in == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->closed
      || !confab_account_is_of (self->account, confab_account_get_server (self->account),
                                signed_in->user->id, signed_in->user->created_at))
    {
      refuse_another (CONFAB_TRANSPORT (source), signed_in, g_steal_pointer (&task));
      return;
    }

  if (confab_account_get_signed_out (self->account))
    {
      confab_account_set_signed_out (self->account, FALSE);
      confab_account_set_forgotten (self->account, FALSE);
      confab_account_store_save_async (self->store, NULL, saved_again_cb, NULL);
    }
  start_with (self, signed_in->token);
  confab_client_take_token_async (self, signed_in->token, taken_cb, g_steal_pointer (&task));
}

void
confab_client_sign_in_again_async (ConfabClient *self,
                                   const char *password,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (ConfabTransport) transport = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_sign_in_again_async);
  /* Use a separate transport, because the client's may have an invalid token. */
  transport = confab_transport_new (self->environment, confab_account_get_server (self->account));
  confab_signed_in_request_async (self->store, transport,
                                  confab_account_get_username (self->account), NULL, password, NULL,
                                  cancellable, signed_in_again_cb, g_steal_pointer (&task));
}

gboolean
confab_client_sign_in_again_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- signing out: the server, the keyring, the mirror, the list of accounts ---- */

static void
sign_out_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sign_out_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ConfabClient *self = CONFAB_CLIENT (source);
  gboolean wipe = GPOINTER_TO_INT (g_task_get_task_data (task));
  const char *server = confab_account_get_server (self->account);

  if (!confab_client_close_finish (self, result, &error))
    g_warning ("The mirror could not be closed well: %s", error->message);
  confab_account_store_save_async (self->store, wipe ? self->account : NULL, sign_out_saved_cb,
                                   g_steal_pointer (&task));
  if (wipe && !confab_account_store_has_server (self->store, server))
    confab_device_secret_forget (self->store, server);
}

static void
sign_out_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);

  confab_keyring_clear_finish (result);
  confab_client_close_async (self, sign_out_closed_cb, g_steal_pointer (&task));
}

static void
sign_out_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);

  confab_session_end_finish (CONFAB_TRANSPORT (source), result);
  confab_transport_set_token (self->transport, NULL);
  if (self->environment->use_keyring)
    confab_keyring_clear_async (self->account, sign_out_cleared_cb, g_steal_pointer (&task));
  else
    confab_client_close_async (self, sign_out_closed_cb, g_steal_pointer (&task));
}

/* What the user decided is on the disk before anything that takes time: if Confab ends meanwhile,
 * the next start does what is missing. */
static void
sign_out_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* The save at the end, which tries again, tells the user. */
  if (!confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_message ("The list of accounts could not be written: %s", error->message);
  confab_session_end_async (self->transport, sign_out_ended_cb, g_steal_pointer (&task));
}

void
confab_client_sign_out_async (ConfabClient *self,
                              gboolean wipe,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_client_sign_out_async);
  g_task_set_task_data (task, GINT_TO_POINTER (wipe), NULL);

  confab_client_stop (self, CONFAB_CONNECTION_SIGNED_OUT);
  confab_account_set_signed_out (self->account, TRUE);
  confab_account_set_forgotten (self->account, wipe);
  if (confab_account_get_token (self->account) != NULL
      && confab_transport_get_token (self->transport) == NULL)
    confab_transport_set_token (self->transport, confab_account_get_token (self->account));
  confab_account_set_token (self->account, NULL);
  confab_account_store_save_async (self->store, NULL, sign_out_recorded_cb,
                                   g_steal_pointer (&task));
}

gboolean
confab_client_sign_out_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
