/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-sign-in"

#include "confab-server-call.h"

#include <string.h>

#include "confab-codec.h"
#include "confab-device-name.h"
#include "confab-device-secret.h"
#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-text.h"
#include "confab-worker.h"

/* ---- server information ---- */

void
confab_server_info_free (ConfabServerInfo *self)
{
  g_free (self->origin);
  g_free (self->name);
  g_free (self->version);
  g_free (self);
}

ConfabServerInfo *
confab_server_info_copy (const ConfabServerInfo *self)
{
  ConfabServerInfo *copy = g_new0 (ConfabServerInfo, 1);

  *copy = *self;
  copy->origin = g_strdup (self->origin);
  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);

  return copy;
}

gpointer
confab_server_info_decode (JsonObject *answer, GError **error)
{
  ConfabServerInfo *info;
  const char *name;
  const char *version;
  const char *registration;
  gint64 protocol;
  gint64 password_min;
  gboolean mail = FALSE;

  if (!confab_json_get_int (answer, "protocol", 1, G_MAXINT, &protocol, error))
    return NULL;
  /* Check this first, because a newer protocol may change the other members. */
  if (protocol != CONFAB_PROTOCOL_VERSION)
    {
      g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NEWER_SERVER,
                   "The server speaks protocol %d", (int)protocol);
      return NULL;
    }
  if (!confab_json_get_line (answer, "name", CONFAB_SERVER_TEXT_MAX_CHARS, &name, error)
      || !confab_json_get_line (answer, "version", CONFAB_SERVER_TEXT_MAX_CHARS, &version, error)
      || !confab_json_get_string (answer, "registration", &registration, error)
      || !confab_json_get_int (answer, "password_min", 1, CONFAB_PASSWORD_MAX_BYTES, &password_min,
                               error)
      || (json_object_has_member (answer, "mail")
          && !confab_json_get_bool (answer, "mail", &mail, error)))
    return NULL;

  info = g_new0 (ConfabServerInfo, 1);
  info->name = g_strdup (name);
  info->version = g_strdup (version);
  if (!confab_registration_from_string (registration, &info->registration))
    info->registration = CONFAB_REGISTRATION_CLOSED;
  info->password_min = (guint)password_min;
  info->mail = mail;

  return info;
}

/* ---- signing in ---- */

void
confab_signed_in_free (ConfabSignedIn *self)
{
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self->device_secret);
  g_clear_pointer (&self->user, confab_user_row_free);
  g_free (self);
}

static gpointer
decode_signed_in (JsonObject *answer, GError **error)
{
  g_autoptr (ConfabUserRow) user = NULL;
  ConfabSignedIn *signed_in;
  JsonObject *object;
  const char *token;
  const char *device_secret;
  gint64 session_id;

  if (!confab_json_get_line (answer, "token", CONFAB_SERVER_TEXT_MAX_CHARS, &token, error)
      || !confab_json_get_line_opt (answer, "device_secret", CONFAB_SERVER_TEXT_MAX_CHARS,
                                    &device_secret, error)
      || !confab_json_get_int (answer, "session_id", 1, G_MAXINT64, &session_id, error)
      || !confab_json_get_object (answer, "user", &object, error))
    return NULL;
  user = confab_codec_decode_user (object, error);
  if (user == NULL)
    return NULL;
  /* The token becomes part of a header, so check it. */
  for (const char *at = token; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      {
        g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "token");
        return NULL;
      }

  signed_in = g_new0 (ConfabSignedIn, 1);
  signed_in->token = g_strdup (token);
  signed_in->device_secret = g_strdup (device_secret);
  signed_in->session_id = session_id;
  signed_in->user = g_steal_pointer (&user);

  return signed_in;
}

typedef struct
{
  ConfabAccountStore *store;
  const char *path;
  JsonObject *body;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  json_object_unref (request->body);
  g_free (request);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabTransport *transport = CONFAB_TRANSPORT (source);
  Request *request = g_task_get_task_data (task);
  gpointer answer = NULL;
  ConfabSignedIn *signed_in;
  GError *error = NULL;

  if (!confab_transport_call_finish (transport, result, &answer, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  signed_in = answer;
  if (signed_in->device_secret != NULL)
    confab_device_secret_take (request->store, confab_transport_get_origin (transport),
                               signed_in->device_secret);
  g_task_return_pointer (task, signed_in, (GDestroyNotify)confab_signed_in_free);
}

static void
device_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *secret = confab_device_secret_lookup_finish (result);
  Request *request = g_task_get_task_data (task);
  ConfabTransport *transport = g_task_get_source_object (task);

  if (secret != NULL)
    json_object_set_string_member (request->body, "device_secret", secret);
  confab_transport_call_async (transport, "POST", request->path, request->body, decode_signed_in,
                               (GDestroyNotify)confab_signed_in_free, g_task_get_cancellable (task),
                               called_cb, g_object_ref (task));
}

static void
device_named_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *name = g_task_propagate_pointer (G_TASK (result), NULL);
  Request *request = g_task_get_task_data (task);
  ConfabTransport *transport = g_task_get_source_object (task);

  json_object_set_string_member (request->body, "device_name", name);
  confab_device_secret_lookup_async (request->store, confab_transport_get_origin (transport),
                                     g_task_get_cancellable (task), device_known_cb,
                                     g_object_ref (task));
}

/* In a thread, because this reads files. */
static void
name_device (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, confab_device_name_new (NULL, g_get_host_name ()), g_free);
}

void
confab_signed_in_request_async (ConfabAccountStore *store,
                                ConfabTransport *transport,
                                const char *name,
                                const char *email,
                                const char *password,
                                const char *invitation,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (transport, cancellable, callback, user_data);
  g_autoptr (GTask) naming = g_task_new (NULL, NULL, device_named_cb, task);
  g_autofree char *valid_name = g_utf8_make_valid (name, -1);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, confab_signed_in_request_async);
  /* Not cancellable: a session that began must be known, so that it can be ended. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, request_free);
  request->store = g_object_ref (store);
  request->path = email != NULL ? "/v1/users" : "/v1/sessions";
  request->body = json_object_new ();
  json_object_set_string_member (request->body, email != NULL ? "username" : "login", valid_name);
  if (email != NULL)
    {
      g_autofree char *valid_email = g_utf8_make_valid (email, -1);

      json_object_set_string_member (request->body, "email", valid_email);
    }
  if (invitation != NULL)
    json_object_set_string_member (request->body, "invitation", invitation);
  json_object_set_string_member (request->body, "password", password);

  g_task_set_source_tag (naming, name_device);
  confab_worker_run_task (naming, name_device);
}

ConfabSignedIn *
confab_signed_in_request_finish (ConfabTransport *transport, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
