/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-reset"

#include "confab-reset-private.h"

#include <string.h>

#include "confab-account-private.h"
#include "confab-json.h"
#include "confab-limits.h"
#include "confab-transport.h"

/* The longest countdown, in case a server's answer is absurd. */
#define RETRY_MAX_S 3600

G_DEFINE_FINAL_TYPE (ConfabReset, confab_reset, G_TYPE_OBJECT)

void
confab_reset_set_secret (char **place, const char *secret)
{
  char *copy = g_strdup (secret);

  if (*place != NULL)
    explicit_bzero (*place, strlen (*place));
  g_free (*place);
  *place = copy;
}

static void
confab_reset_finalize (GObject *object)
{
  ConfabReset *self = CONFAB_RESET (object);

  confab_reset_set_secret (&self->token, NULL);
  confab_reset_set_secret (&self->code, NULL);
  g_free (self->server);
  g_free (self->login);
  g_free (self->username);
  g_object_unref (self->kept);
  confab_environment_unref (self->environment);

  G_OBJECT_CLASS (confab_reset_parent_class)->finalize (object);
}

static void
confab_reset_class_init (ConfabResetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_reset_finalize;
}

static void
confab_reset_init (ConfabReset *self)
{
}

ConfabReset *
confab_reset_new (ConfabAccountStore *store, const char *server, const char *login)
{
  ConfabReset *self;

  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (store), NULL);
  g_return_val_if_fail (server != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_RESET, NULL);
  self->environment = confab_environment_ref (confab_account_store_get_environment (store));
  self->kept = g_object_ref (confab_account_store_get_resets (store));
  self->server = g_strdup (server);
  self->login = g_strdup (login);

  return self;
}

ConfabReset *
confab_reset_new_for_link (ConfabAccountStore *store, const ConfabResetLink *link)
{
  ConfabReset *self = confab_reset_new (store, link->server, NULL);
  ConfabReset *asked = confab_reset_find (self->kept, self->server);

  if (asked != NULL)
    {
      self->login = g_strdup (asked->login);
      self->retry_at = asked->retry_at;
    }
  confab_reset_set_secret (&self->token, link->token);
  /* No link is valid longer; the server will tell this one's expiry. */
  self->expires_at = confab_environment_now (self->environment)
                     + CONFAB_RESET_ADMIN_SECONDS * G_GINT64_CONSTANT (1000);
  confab_reset_keep_async (self, NULL, NULL);

  return self;
}

const char *
confab_reset_get_server (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), NULL);

  return self->server;
}

const char *
confab_reset_get_email (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), NULL);

  return self->login != NULL && strchr (self->login, '@') != NULL ? self->login : NULL;
}

const char *
confab_reset_get_login (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), NULL);

  return self->login;
}

const char *
confab_reset_get_username (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), NULL);

  return self->username;
}

gint64
confab_reset_get_expires_at (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), 0);

  return self->expires_at;
}

gint64
confab_reset_get_retry_at (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), 0);

  return self->retry_at;
}

gboolean
confab_reset_has_proof (ConfabReset *self)
{
  g_return_val_if_fail (CONFAB_IS_RESET (self), FALSE);

  return self->token != NULL || self->code != NULL;
}

/* ---- answers ---- */

typedef struct
{
  gint64 expires_at;
  gint64 retry_after;
  char *username; /* (nullable) */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->username);
  g_free (answer);
}

static gpointer
decode_requested (JsonObject *object, GError **error)
{
  gint64 expires_at;
  gint64 retry_after;
  Answer *answer;

  if (!confab_json_get_int (object, "expires_at", 1, G_MAXINT64 - 1, &expires_at, error)
      || !confab_json_get_int (object, "retry_after", 0, G_MAXINT, &retry_after, error))
    return NULL;

  answer = g_new0 (Answer, 1);
  answer->expires_at = expires_at;
  answer->retry_after = retry_after;

  return answer;
}

static gpointer
decode_checked (JsonObject *object, GError **error)
{
  const char *username;
  gint64 expires_at;
  Answer *answer;

  if (!confab_json_get_line (object, "username", CONFAB_USERNAME_MAX_CHARS, &username, error)
      || !confab_json_get_int (object, "expires_at", 1, G_MAXINT64 - 1, &expires_at, error))
    return NULL;

  answer = g_new0 (Answer, 1);
  answer->expires_at = expires_at;
  answer->username = g_strdup (username);

  return answer;
}

/* Convert @expires_at from the server's clock to this computer's. The Date header is truncated to a
 * second, so assume the next one, so that nothing seems valid longer than it is. */
static gint64
to_our_clock (ConfabReset *self, gint64 expires_at, GAsyncResult *result)
{
  const gint64 longest = CONFAB_RESET_ADMIN_SECONDS * G_GINT64_CONSTANT (1000);
  gint64 now = confab_environment_now (self->environment);
  gint64 theirs = confab_transport_get_server_time (result);
  gint64 from = theirs > 0 ? theirs + 1000 : now;

  return now + (expires_at > from ? MIN (expires_at - from, longest) : 0);
}

static void
set_retry_after (ConfabReset *self, gint64 seconds)
{
  self->retry_at =
      confab_environment_now (self->environment) + CLAMP (seconds, 0, RETRY_MAX_S) * 1000;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  confab_reset_keep_finish (CONFAB_RESET (source), result);
  g_task_return_boolean (task, TRUE);
}

static void
call (GTask *task,
      const char *path,
      JsonObject *body,
      ConfabTransportDecoder decoder,
      GAsyncReadyCallback callback)
{
  ConfabReset *self = g_task_get_source_object (task);
  g_autoptr (ConfabTransport) transport = confab_transport_new (self->environment, self->server);

  confab_transport_call_async (transport, "POST", path, body, decoder,
                               decoder != NULL ? answer_free : NULL, g_task_get_cancellable (task),
                               callback, g_object_ref (task));
}

/* ---- requesting a mail ---- */

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabReset *self = g_task_get_source_object (task);
  gpointer data = NULL;
  Answer *answer;
  GError *error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &data, &error))
    {
      if (confab_transport_get_retry_after (result) > 0)
        set_retry_after (self, confab_transport_get_retry_after (result));
      g_task_return_error (task, error);
      return;
    }

  answer = data;
  g_free (self->login);
  self->login = g_strdup (g_task_get_task_data (task));
  /* A new link and code replace the earlier ones. */
  confab_reset_set_secret (&self->token, NULL);
  confab_reset_set_secret (&self->code, NULL);
  g_clear_pointer (&self->username, g_free);
  self->expires_at = to_our_clock (self, answer->expires_at, result);
  set_retry_after (self, answer->retry_after);
  answer_free (answer);
  confab_reset_keep_async (self, kept_cb, g_steal_pointer (&task));
}

void
confab_reset_request_async (ConfabReset *self,
                            const char *email,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_return_if_fail (CONFAB_IS_RESET (self));
  g_return_if_fail (email != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_reset_request_async);
  g_task_set_task_data (task, g_utf8_make_valid (email, -1), g_free);
  body = json_object_new ();
  json_object_set_string_member (body, "email", g_task_get_task_data (task));
  call (task, "/v1/password-resets", body, decode_requested, requested_cb);
}

gboolean
confab_reset_request_finish (ConfabReset *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- checking ---- */

typedef struct
{
  char *login;
  char *code;
} Typed;

static void
typed_free (gpointer data)
{
  Typed *typed = data;

  confab_reset_set_secret (&typed->code, NULL);
  g_free (typed->login);
  g_free (typed);
}

static JsonObject *
make_proof (ConfabReset *self, const Typed *typed)
{
  JsonObject *body = json_object_new ();

  if (typed == NULL && self->token != NULL)
    {
      json_object_set_string_member (body, "token", self->token);
      return body;
    }
  json_object_set_string_member (body, "login", typed != NULL ? typed->login : self->login);
  json_object_set_string_member (body, "code", typed != NULL ? typed->code : self->code);

  return body;
}

/* A reset that is invalid now stays invalid, so delete it. A code just typed was not stored yet. */
static void
forget_if_invalid (ConfabReset *self, const GError *error)
{
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_RESET_INVALID))
    confab_reset_forget (self);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabReset *self = g_task_get_source_object (task);
  Typed *typed = g_task_get_task_data (task);
  gpointer data = NULL;
  Answer *answer;
  GError *error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &data, &error))
    {
      if (typed == NULL)
        forget_if_invalid (self, error);
      g_task_return_error (task, error);
      return;
    }

  answer = data;
  if (typed != NULL)
    {
      g_set_str (&self->login, typed->login);
      confab_reset_set_secret (&self->code, typed->code);
      confab_reset_set_secret (&self->token, NULL);
    }
  g_set_str (&self->username, answer->username);
  self->expires_at = to_our_clock (self, answer->expires_at, result);
  answer_free (answer);
  confab_reset_keep_async (self, kept_cb, g_steal_pointer (&task));
}

void
confab_reset_check_async (ConfabReset *self,
                          const char *login,
                          const char *code,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_return_if_fail (CONFAB_IS_RESET (self));
  g_return_if_fail ((login == NULL) == (code == NULL));
  g_return_if_fail (login != NULL || confab_reset_has_proof (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_reset_check_async);
  if (login != NULL)
    {
      Typed *typed = g_new0 (Typed, 1);

      typed->login = g_utf8_make_valid (login, -1);
      typed->code = g_utf8_make_valid (code, -1);
      g_task_set_task_data (task, typed, typed_free);
    }
  body = make_proof (self, g_task_get_task_data (task));
  call (task, "/v1/password-resets/check", body, decode_checked, checked_cb);
}

gboolean
confab_reset_check_finish (ConfabReset *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- setting the password ---- */

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabReset *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, NULL, &error))
    {
      forget_if_invalid (self, error);
      g_task_return_error (task, error);
      return;
    }
  confab_reset_forget (self);
  g_task_return_boolean (task, TRUE);
}

void
confab_reset_complete_async (ConfabReset *self,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_return_if_fail (CONFAB_IS_RESET (self));
  g_return_if_fail (password != NULL);
  g_return_if_fail (confab_reset_has_proof (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_reset_complete_async);
  body = make_proof (self, NULL);
  json_object_set_string_member (body, "password", password);
  call (task, "/v1/password-resets/complete", body, NULL, completed_cb);
}

gboolean
confab_reset_complete_finish (ConfabReset *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
