/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api.h"

#include <string.h>

#include "confab-budget.h"
#include "confab-limits.h"
#include "confab-network.h"
#include "confab-text.h"
#include "confab-token.h"

#define STREAM_PATH "/v1/stream"
#define STREAM_PROTOCOL CONFAB_SOCKET_PROTOCOL
/* Longer than any name or address, however it is written. */
#define SEARCH_MAX_BYTES 1024

static const ConfabRoute routes[] = {
  { CONFAB_METHOD_PUT, "/v1/conversations/{id}/messages/{client_id}", FALSE, CONFAB_BODY_JSON,
    confab_handle_send, CONFAB_BUDGET_MESSAGES },
  { CONFAB_METHOD_PUT, "/v1/conversations/{id}/read", FALSE, CONFAB_BODY_JSON, confab_handle_read,
    CONFAB_BUDGET_READS },
  { CONFAB_METHOD_GET, "/v1/conversations/{id}/messages", FALSE, CONFAB_BODY_NONE,
    confab_handle_history },
  { CONFAB_METHOD_GET, "/v1/sync", FALSE, CONFAB_BODY_NONE, confab_handle_sync },
  { CONFAB_METHOD_GET, STREAM_PATH, FALSE, CONFAB_BODY_NONE, confab_handle_not_upgraded },
  { CONFAB_METHOD_POST, "/v1/conversations", FALSE, CONFAB_BODY_JSON,
    confab_handle_create_conversation, CONFAB_BUDGET_CONVERSATIONS },
  { CONFAB_METHOD_PATCH, "/v1/conversations/{id}", FALSE, CONFAB_BODY_JSON,
    confab_handle_rename_conversation, CONFAB_BUDGET_CONVERSATIONS },
  { CONFAB_METHOD_POST, "/v1/conversations/{id}/members", FALSE, CONFAB_BODY_JSON,
    confab_handle_add_members, CONFAB_BUDGET_CONVERSATIONS },
  { CONFAB_METHOD_DELETE, "/v1/conversations/{id}/members/me", FALSE, CONFAB_BODY_NONE,
    confab_handle_leave, CONFAB_BUDGET_CONVERSATIONS },
  { CONFAB_METHOD_DELETE, "/v1/conversations/{id}/members/{user_id}", FALSE, CONFAB_BODY_NONE,
    confab_handle_remove_member, CONFAB_BUDGET_CONVERSATIONS },
  { CONFAB_METHOD_DELETE, "/v1/conversations/{id}/messages/{seq}", FALSE, CONFAB_BODY_NONE,
    confab_handle_remove_message, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_PATCH, "/v1/users/me", FALSE, CONFAB_BODY_JSON, confab_handle_change_profile,
    CONFAB_BUDGET_PROFILE },
  { CONFAB_METHOD_PUT, "/v1/users/me/password", FALSE, CONFAB_BODY_JSON,
    confab_handle_change_password, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_PUT, "/v1/users/me/email", FALSE, CONFAB_BODY_JSON, confab_handle_change_email,
    CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_POST, "/v1/users/me/email/confirm", FALSE, CONFAB_BODY_JSON,
    confab_handle_confirm_email, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_PUT, "/v1/users/me/picture", FALSE, CONFAB_BODY_PNG, confab_handle_set_picture,
    CONFAB_BUDGET_PROFILE },
  { CONFAB_METHOD_DELETE, "/v1/users/me/picture", FALSE, CONFAB_BODY_NONE,
    confab_handle_remove_picture, CONFAB_BUDGET_PROFILE },
  { CONFAB_METHOD_POST, "/v1/users/me/deletion", FALSE, CONFAB_BODY_JSON,
    confab_handle_delete_account, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_GET, "/v1/usernames/{username}", FALSE, CONFAB_BODY_NONE,
    confab_handle_username },
  { CONFAB_METHOD_GET, "/v1/pictures/{hash}", FALSE, CONFAB_BODY_NONE, confab_handle_picture },
  { CONFAB_METHOD_GET, "/v1/users/me", FALSE, CONFAB_BODY_NONE, confab_handle_me },
  { CONFAB_METHOD_GET, "/v1/users", FALSE, CONFAB_BODY_NONE, confab_handle_find_people },
  { CONFAB_METHOD_POST, "/v1/users", TRUE, CONFAB_BODY_JSON, confab_handle_register },
  { CONFAB_METHOD_POST, "/v1/sessions", TRUE, CONFAB_BODY_JSON, confab_handle_sign_in },
  { CONFAB_METHOD_GET, "/v1/sessions", FALSE, CONFAB_BODY_NONE, confab_handle_list_sessions },
  { CONFAB_METHOD_POST, "/v1/sessions/current/verification", FALSE, CONFAB_BODY_JSON,
    confab_handle_verify_session, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_DELETE, "/v1/sessions/{id}", FALSE, CONFAB_BODY_NONE, confab_handle_end_session },
  { CONFAB_METHOD_POST, "/v1/password-resets", TRUE, CONFAB_BODY_JSON,
    confab_handle_ask_for_reset },
  { CONFAB_METHOD_POST, "/v1/password-resets/check", TRUE, CONFAB_BODY_JSON,
    confab_handle_check_reset },
  { CONFAB_METHOD_POST, "/v1/password-resets/complete", TRUE, CONFAB_BODY_JSON,
    confab_handle_complete_reset },
  { CONFAB_METHOD_POST, "/v1/admin/users/{id}/reset-codes", FALSE, CONFAB_BODY_JSON,
    confab_handle_issue_reset_code, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_GET, "/v1/server", TRUE, CONFAB_BODY_NONE, confab_handle_server },
  { CONFAB_METHOD_GET, "/v1/admin/users", FALSE, CONFAB_BODY_NONE, confab_handle_list_people },
  { CONFAB_METHOD_GET, "/v1/admin/users/{id}", FALSE, CONFAB_BODY_NONE, confab_handle_get_person },
  { CONFAB_METHOD_GET, "/v1/admin/users/{id}/role-preview", FALSE, CONFAB_BODY_NONE,
    confab_handle_preview_role },
  { CONFAB_METHOD_PUT, "/v1/admin/users/{id}/role", FALSE, CONFAB_BODY_JSON,
    confab_handle_change_role, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_POST, "/v1/admin/users/{id}/role/undo", FALSE, CONFAB_BODY_JSON,
    confab_handle_undo_role, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_PUT, "/v1/admin/users/{id}/state", FALSE, CONFAB_BODY_JSON,
    confab_handle_change_state, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_DELETE, "/v1/admin/users/{id}/sessions", FALSE, CONFAB_BODY_NONE,
    confab_handle_end_sessions_of, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_PATCH, "/v1/admin/roles/{id}", FALSE, CONFAB_BODY_JSON, confab_handle_label_role,
    CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_GET, "/v1/admin/invitations", FALSE, CONFAB_BODY_NONE,
    confab_handle_list_invitations },
  { CONFAB_METHOD_POST, "/v1/admin/invitations", FALSE, CONFAB_BODY_JSON, confab_handle_invite,
    CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_DELETE, "/v1/admin/invitations/{id}", FALSE, CONFAB_BODY_NONE,
    confab_handle_end_invitation, CONFAB_BUDGET_OTHERS },
  { CONFAB_METHOD_GET, "/v1/admin/audit", FALSE, CONFAB_BODY_NONE, confab_handle_audit },
  { CONFAB_METHOD_GET, "/healthz", TRUE, CONFAB_BODY_NONE, confab_handle_health },
};

gint64
confab_api_now (void)
{
  return g_get_real_time () / 1000;
}

/* ---- who asks for what ---- */

/* Sets the request's session. Answers and returns FALSE if there is none. */
static gboolean
authenticate (ConfabApi *api, ConfabRequest *request)
{
  const char *header = confab_request_get_header (request, CONFAB_HEADER_AUTHORIZATION);
  gint64 now = confab_api_now ();
  g_autoptr (GBytes) hash = NULL;
  ConfabSessionKey key;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    hash = confab_token_hash (header + 7);
  if (hash == NULL || !confab_sessions_find (api->sessions, hash, now, &key))
    {
      confab_request_fail (request, CONFAB_PROBLEM_NOT_SIGNED_IN, NULL, 0);
      return FALSE;
    }

  confab_request_set_session (request, key.session_id, key.user_id);
  if (confab_sessions_touch (api->sessions, key.session_id, now))
    {
      ConfabCommand *command = confab_command_new (CONFAB_COMMAND_TOUCH_SESSION);

      command->user_id = key.user_id;
      command->session_id = key.session_id;
      command->network = confab_network_from_address (confab_request_get_address (request));
      confab_writer_submit (api->writer, command, NULL, NULL);
    }

  return TRUE;
}

static gboolean
is_type (const char *type, const char *wanted)
{
  gsize length;

  if (type == NULL)
    return FALSE;

  length = strcspn (type, " \t;");

  return length == strlen (wanted) && g_ascii_strncasecmp (type, wanted, length) == 0;
}

static void
on_head (ConfabRequest *request, gpointer user_data)
{
  ConfabApi *api = user_data;
  const ConfabRoute *route;
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };
  guint allowed;

  if (api->stopping)
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      return;
    }

  route = confab_router_find (routes, G_N_ELEMENTS (routes), confab_request_get_method (request),
                              confab_request_get_path (request), params, &allowed);
  if (route == NULL && allowed != 0)
    confab_request_fail_method (request, allowed);
  else if (route == NULL)
    confab_request_fail (request, CONFAB_PROBLEM_NOT_FOUND, NULL, 0);
  else
    {
      confab_request_set_route (request, route, route->pattern, params);
      if (!route->open && !authenticate (api, request))
        return;
      if (route->body != CONFAB_BODY_NONE
          && !is_type (confab_request_get_header (request, CONFAB_HEADER_CONTENT_TYPE),
                       route->body == CONFAB_BODY_PNG ? "image/png" : "application/json"))
        confab_request_fail (request, CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE, NULL, 0);
    }
}

static void
on_run (ConfabRequest *request, gpointer user_data)
{
  const ConfabRoute *route = confab_request_get_route (request);

  if (confab_budget_spend (user_data, request, route->budget, 1))
    route->handle (user_data, request);
}

/* ---- streams ---- */

/* A page of another site must not open a stream with somebody's credentials (RFC 6455 §10.2). */
static gboolean
is_own_origin (ConfabRequest *request)
{
  const char *origin = confab_request_get_header (request, CONFAB_HEADER_ORIGIN);
  const char *host = confab_request_get_header (request, CONFAB_HEADER_HOST);
  const char *authority = origin != NULL ? strstr (origin, "://") : NULL;

  return origin == NULL
         || (authority != NULL && host != NULL && g_ascii_strcasecmp (authority + 3, host) == 0);
}

static gboolean
speaks_our_protocol (ConfabRequest *request)
{
  const char *header = confab_request_get_header (request, CONFAB_HEADER_WEBSOCKET_PROTOCOL);
  g_auto (GStrv) names = header != NULL ? g_strsplit (header, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_equal (g_strstrip (names[i]), STREAM_PROTOCOL))
      return TRUE;

  return FALSE;
}

static gboolean
on_upgrade (ConfabRequest *request, gpointer user_data)
{
  ConfabApi *api = user_data;
  const char *upgrade = confab_request_get_header (request, CONFAB_HEADER_UPGRADE);
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };

  if (api->stopping)
    confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
  else if (!g_str_equal (confab_request_get_path (request), STREAM_PATH))
    confab_request_fail (request, CONFAB_PROBLEM_NOT_FOUND, NULL, 0);
  else
    {
      confab_request_set_route (request, NULL, STREAM_PATH, params);
      if (!authenticate (api, request))
        return FALSE;
      if (upgrade != NULL && g_ascii_strcasecmp (upgrade, "websocket") != 0)
        confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "Upgrade", 0);
      else if (!speaks_our_protocol (request))
        confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "Sec-WebSocket-Protocol", 0);
      else if (!is_own_origin (request))
        confab_request_fail (request, CONFAB_PROBLEM_FORBIDDEN, NULL, 0);
      else if (!confab_feed_has_room (api->feed, confab_request_get_user_id (request)))
        confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, 5);
    }

  return !confab_request_is_answered (request);
}

static gpointer
on_socket_opened (ConfabSocket *socket, ConfabRequest *request, gpointer user_data)
{
  ConfabApi *api = user_data;

  return confab_feed_open (api->feed, socket, confab_request_get_user_id (request),
                           confab_request_get_session_id (request));
}

const ConfabHttpHandler confab_api_handler = {
  .head = on_head,
  .run = on_run,
  .upgrade = on_upgrade,
  .socket_opened = on_socket_opened,
  .socket_message = confab_stream_take_message,
  .socket_writable = confab_stream_write,
  .socket_alive = confab_stream_note_alive,
  .socket_closed = confab_stream_free,
};

/* ---- for handlers ---- */

JsonObject *
confab_api_parse (ConfabRequest *request)
{
  gsize length;
  const char *body = confab_request_get_body (request, &length);
  GError *error = NULL;
  JsonObject *object = confab_json_parse_request (body, length, CONFAB_REQUEST_MAX_BYTES, &error);

  if (object == NULL)
    confab_request_fail_with (request, error);

  return object;
}

gboolean
confab_api_query_int (ConfabRequest *request,
                      const char *name,
                      gint64 min,
                      gint64 max,
                      gint64 fallback,
                      gint64 *value)
{
  const char *text = confab_request_get_query (request, name);

  *value = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, value, NULL))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, name, 0);

  return FALSE;
}

char *
confab_api_search_key (const char *text)
{
  return confab_text_key (strlen (text) <= SEARCH_MAX_BYTES ? text : "\uFFFF");
}

gboolean
confab_api_param_id (ConfabRequest *request, guint index, gint64 *id)
{
  const char *text = confab_request_get_param (request, index);

  if (g_ascii_isdigit (text[0]) && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_NOT_FOUND, NULL, 0);

  return FALSE;
}

void
confab_api_answer (ConfabRequest *request, guint status, JsonObject *object)
{
  gsize length;
  char *json = confab_json_object_to_string (object, &length);

  json_object_unref (object);
  confab_request_respond (request, status, json, length);
}

void
confab_api_answer_rows (ConfabApi *api,
                        ConfabRequest *request,
                        ConfabOutcome *outcome,
                        gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "rows", confab_codec_encode_rows (outcome->rows));
  confab_api_answer (request, GPOINTER_TO_UINT (data) != 0 && outcome->created ? 201 : 200, answer);
}

void
confab_api_mail (ConfabApi *api, ConfabMail *mail)
{
  if (api->mailer != NULL)
    confab_mailer_send (api->mailer, mail);
  else
    confab_mail_free (mail);
}

gboolean
confab_api_hash (ConfabApi *api, ConfabRequest *request, ConfabHashFunc func, gpointer data)
{
  const gint64 session_id = confab_request_get_session_id (request);
  g_autofree char *session =
      session_id != 0 ? g_strdup_printf ("session %" G_GINT64_FORMAT, session_id) : NULL;
  const char *asker = session != NULL ? session : confab_request_get_address (request);

  if (!api->closed
      && confab_hasher_push (api->hasher,
                             session != NULL ? CONFAB_HASHER_KNOWN : CONFAB_HASHER_STRANGERS, asker,
                             func, data))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, CONFAB_API_BUSY_SECONDS);

  return FALSE;
}

/* ---- writing ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  ConfabOutcome *outcome;
  ConfabApiDone done;
  gpointer data;
  GDestroyNotify free_data;
} Submission;

static void
submission_free (Submission *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  confab_request_unref (self->request);
  g_clear_pointer (&self->outcome, confab_outcome_unref);
  g_free (self);
}

static void
finish_submission (gpointer data)
{
  Submission *self = data;

  if (self->outcome->error != NULL)
    confab_request_fail_with (self->request, g_error_copy (self->outcome->error));
  else
    self->done (self->api, self->request, self->outcome, self->data);
  submission_free (self);
}

/* On the writer's thread. */
static void
on_written (ConfabOutcome *outcome, gpointer user_data)
{
  Submission *self = user_data;

  self->outcome = confab_outcome_ref (outcome);
  confab_http_server_post (self->api->http, finish_submission, self);
}

void
confab_api_submit (ConfabApi *api,
                   ConfabRequest *request,
                   ConfabCommand *command,
                   ConfabApiDone done,
                   gpointer data,
                   GDestroyNotify free_data)
{
  Submission *self = g_new0 (Submission, 1);

  self->api = api;
  self->request = confab_request_ref (request);
  self->done = done;
  self->data = data;
  self->free_data = free_data;
  g_set_str (&command->address, confab_request_get_address (request));
  if (api->closed)
    confab_command_free (command);
  if (api->closed || !confab_writer_submit (api->writer, command, on_written, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      submission_free (self);
    }
}

/* ---- reading ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  guint status;
  ConfabApiRead read; /* one of the two */
  ConfabApiReadBytes read_bytes;
  ConfabReadArgs args;
  char *answer;
  gsize length;
  GError *error;
} Reading;

static void
reading_free (Reading *self)
{
  confab_request_unref (self->request);
  g_free (self->args.text);
  g_free (self->args.after);
  g_free (self);
}

static void
finish_reading (gpointer data)
{
  Reading *self = data;

  if (self->error != NULL)
    confab_request_fail_with (self->request, g_steal_pointer (&self->error));
  else
    confab_request_respond (self->request, self->status, g_steal_pointer (&self->answer),
                            self->length);
  reading_free (self);
}

/* On a reader's thread; the text is made there, too. */
static void
run_reading (ConfabBackendReader *reader, gpointer data)
{
  Reading *self = data;
  g_autoptr (JsonObject) object = NULL;
  GBytes *bytes = NULL;

  if (self->read != NULL)
    object = self->read (self->api, reader, &self->args, &self->error);
  else
    bytes = self->read_bytes (self->api, reader, &self->args, &self->error);
  if (object != NULL)
    self->answer = confab_json_object_to_string (object, &self->length);
  if (bytes != NULL)
    self->answer = g_bytes_unref_to_data (bytes, &self->length);
  confab_http_server_post (self->api->http, finish_reading, self);
}

static Reading *
reading_new (ConfabApi *api, ConfabRequest *request, guint status, ConfabReadArgs args)
{
  Reading *self = g_new0 (Reading, 1);

  self->api = api;
  self->request = confab_request_ref (request);
  self->status = status;
  self->args = args;

  return self;
}

static void
push_reading (Reading *self)
{
  if (!confab_request_check_room (self->request))
    reading_free (self);
  else if (self->api->closed || !confab_reader_pool_push (self->api->readers, run_reading, self))
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      reading_free (self);
    }
}

void
confab_api_read (ConfabApi *api,
                 ConfabRequest *request,
                 guint status,
                 ConfabApiRead read,
                 ConfabReadArgs args)
{
  Reading *self = reading_new (api, request, status, args);

  self->read = read;
  push_reading (self);
}

void
confab_api_read_bytes (ConfabApi *api,
                       ConfabRequest *request,
                       ConfabApiReadBytes read,
                       ConfabReadArgs args)
{
  Reading *self = reading_new (api, request, 200, args);

  self->read_bytes = read;
  push_reading (self);
}
