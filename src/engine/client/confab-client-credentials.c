/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Password and email, and deleting the account, which also needs the password. */

#include "confab-client-account.h"
#include "confab-client-call-private.h"
#include "confab-codec.h"
#include "confab-client-private.h"
#include "confab-json.h"
#include "confab-limits.h"

/* ---- password ---- */

void
confab_client_change_password_async (ConfabClient *self,
                                     const char *current,
                                     const char *password,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;
  JsonObject *body = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (current != NULL && password != NULL);

  task = confab_client_task_new (self, confab_client_change_password_async, cancellable, callback,
                                 user_data);
  body = json_object_new ();
  json_object_set_string_member (body, "current_password", current);
  json_object_set_string_member (body, "password", password);
  confab_client_call (task, "PUT", "/v1/users/me/password", body, NULL);
}

gboolean
confab_client_change_password_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}

/* ---- the email ---- */

/* One of the two is set. */
typedef struct
{
  ConfabRows *rows; /* (nullable): the user's row, if the server changed the address at once */
  gint64 expires_at;
} EmailAnswer;

static void
email_answer_free (gpointer data)
{
  EmailAnswer *answer = data;

  g_clear_pointer (&answer->rows, confab_rows_unref);
  g_free (answer);
}

static gpointer
decode_email_answer (JsonObject *object, GError **error)
{
  g_autofree EmailAnswer *answer = g_new0 (EmailAnswer, 1);
  gboolean good;

  if (json_object_has_member (object, "user"))
    good = (answer->rows = confab_codec_decode_user_answer (object, error)) != NULL;
  else
    good =
        confab_json_get_int (object, "expires_at", 1, CONFAB_TIME_MAX, &answer->expires_at, error);

  return good ? g_steal_pointer (&answer) : NULL;
}

/* The task's data is the code's expiry; without it no code is needed. */
static void
email_answered (GTask *task, gpointer data)
{
  EmailAnswer *answer = data;

  if (answer->rows != NULL)
    confab_client_apply (task, g_steal_pointer (&answer->rows));
  else
    {
      g_task_set_task_data (task, g_memdup2 (&answer->expires_at, sizeof answer->expires_at),
                            g_free);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  email_answer_free (answer);
}

static const ConfabClientAnswer email_answer = {
  .decode = decode_email_answer,
  .free = email_answer_free,
  .use = email_answered,
};

void
confab_client_change_email_async (ConfabClient *self,
                                  const char *email,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;
  JsonObject *body = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (email != NULL && password != NULL);

  task = confab_client_task_new (self, confab_client_change_email_async, cancellable, callback,
                                 user_data);
  body = json_object_new ();
  json_object_set_string_member (body, "email", email);
  json_object_set_string_member (body, "password", password);
  confab_client_call (task, "PUT", "/v1/users/me/email", body, &email_answer);
}

gboolean
confab_client_change_email_finish (ConfabClient *self,
                                   GAsyncResult *result,
                                   gint64 *expires_at,
                                   GError **error)
{
  gint64 *kept;

  if (!confab_client_call_finish (self, result, error))
    return FALSE;
  kept = g_task_get_task_data (G_TASK (result));
  *expires_at = kept != NULL ? *kept : 0;

  return TRUE;
}

void
confab_client_confirm_email_async (ConfabClient *self,
                                   const char *code,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;
  JsonObject *body = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (code != NULL);

  task = confab_client_task_new (self, confab_client_confirm_email_async, cancellable, callback,
                                 user_data);
  body = json_object_new ();
  json_object_set_string_member (body, "code", code);
  confab_client_call (task, "POST", "/v1/users/me/email/confirm", body, &confab_client_user_answer);
}

gboolean
confab_client_confirm_email_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}

/* ---- deletion ---- */

void
confab_client_delete_account_async (ConfabClient *self,
                                    const char *password,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;
  JsonObject *body = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (password != NULL);

  task = confab_client_task_new (self, confab_client_delete_account_async, cancellable, callback,
                                 user_data);
  body = json_object_new ();
  json_object_set_string_member (body, "password", password);
  confab_client_call (task, "POST", "/v1/users/me/deletion", body, NULL);
}

gboolean
confab_client_delete_account_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
