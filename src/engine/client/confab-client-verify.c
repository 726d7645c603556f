/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Confirming the user's password, and issuing reset codes, which needs that. The server decides how
 * long it is valid: callers try, and are told if the password is needed. */

#include "confab-admin-private.h"

#include <string.h>

#include "confab-json.h"
#include "confab-limits.h"

void
confab_client_verify_async (ConfabClient *self,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;
  JsonObject *body = json_object_new ();

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (password != NULL);

  task =
      confab_client_task_new (self, confab_client_verify_async, cancellable, callback, user_data);
  json_object_set_string_member (body, "password", password);
  confab_client_call (task, "POST", "/v1/sessions/current/verification", body, NULL);
}

gboolean
confab_client_verify_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}

/* ---- reset codes for other users ---- */

void
confab_reset_code_free (ConfabResetCode *self)
{
  if (self->code != NULL)
    explicit_bzero (self->code, strlen (self->code));
  if (self->link != NULL)
    explicit_bzero (self->link, strlen (self->link));
  g_free (self->code);
  g_free (self->link);
  g_free (self);
}

static gpointer
decode_reset_code (JsonObject *object, GError **error)
{
  g_autoptr (ConfabResetCode) reset = g_new0 (ConfabResetCode, 1);
  const char *code;
  const char *link;

  if (!confab_json_get_line (object, "code", CONFAB_SERVER_TEXT_MAX_CHARS, &code, error)
      || !confab_json_get_line (object, "link", CONFAB_LINK_MAX_CHARS, &link, error)
      || !confab_json_get_int (object, "expires_at", 0, CONFAB_TIME_MAX, &reset->expires_at, error))
    return NULL;
  reset->code = g_strdup (code);
  reset->link = g_strdup (link);

  return g_steal_pointer (&reset);
}

static const ConfabClientAnswer reset_code_answer = {
  .decode = decode_reset_code,
  .free = (GDestroyNotify)confab_reset_code_free,
};

void
confab_client_issue_reset_code_async (ConfabClient *self,
                                      ConfabPerson *person,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task;
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));

  task = confab_client_task_new (self, confab_client_issue_reset_code_async, cancellable, callback,
                                 user_data);
  path = g_strdup_printf ("/v1/admin/users/%" G_GINT64_FORMAT "/reset-codes",
                          confab_person_get_id (person));
  confab_client_call (task, "POST", path, json_object_new (), &reset_code_answer);
}

ConfabResetCode *
confab_client_issue_reset_code_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish_value (self, result, error);
}
