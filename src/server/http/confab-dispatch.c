/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-dispatch.h"

#include <string.h>

#include "confab-api.h"
#include "confab-budget.h"
#include "confab-errand.h"
#include "confab-subnet.h"
#include "confab-token.h"
#include "routes.h"

/* Set the request's session. If it has none, answer and return FALSE. */
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
      ConfabCommand *command = confab_command_new (confab_run_touch_session, CONFAB_ACTOR_SERVER);

      command->user_id = key.user_id;
      command->session_id = key.session_id;
      command->touch_session.network = confab_command_take (
          command, confab_subnet_from_address (confab_request_get_address (request)));
      confab_errand_write_and_forget (api, command);
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

/* Check what every request of @route must meet; takes ownership of @params. If it is refused,
 * answer and return FALSE. */
static gboolean
enter (ConfabApi *api, ConfabRequest *request, const ConfabRoute *route, char **params)
{
  confab_request_set_route (request, route, route->pattern, params);

  return route->open || authenticate (api, request);
}

static gboolean
has_type (ConfabRequest *request, const ConfabRoute *route)
{
  const char *type = confab_request_get_header (request, CONFAB_HEADER_CONTENT_TYPE);

  return route->body == CONFAB_BODY_NONE
         || is_type (type, route->body == CONFAB_BODY_PNG ? "image/png" : "application/json");
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

  route = confab_routes_find (confab_request_get_method (request),
                              confab_request_get_path (request), params, &allowed);
  if (route == NULL && allowed != 0)
    confab_request_fail_method (request, allowed);
  else if (route == NULL)
    confab_request_fail (request, CONFAB_PROBLEM_NOT_FOUND, NULL, 0);
  else if (enter (api, request, route, params) && !has_type (request, route))
    confab_request_fail (request, CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE, NULL, 0);
}

static void
on_run (ConfabRequest *request, gpointer user_data)
{
  const ConfabRoute *route = confab_request_get_route (request);

  if (confab_budget_spend (user_data, request, route->budget, 1))
    route->handle (user_data, request);
}

/* ---- streams ---- */

/* Another site's page must not open a stream with a user's credentials (RFC 6455 §10.2). */
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
    if (g_str_equal (g_strstrip (names[i]), CONFAB_SOCKET_PROTOCOL))
      return TRUE;

  return FALSE;
}

static void
check_stream (ConfabApi *api, ConfabRequest *request)
{
  if (!speaks_our_protocol (request))
    confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "Sec-WebSocket-Protocol", 0);
  else if (!is_own_origin (request))
    confab_request_fail (request, CONFAB_PROBLEM_FORBIDDEN, NULL, 0);
  else if (!confab_feed_has_room (api->feed, confab_request_get_user_id (request)))
    confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, 5);
}

static gboolean
on_upgrade (ConfabRequest *request, gpointer user_data)
{
  ConfabApi *api = user_data;
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };
  const ConfabRoute *route;
  guint allowed;

  if (api->stopping)
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      return FALSE;
    }

  route =
      confab_routes_find (CONFAB_METHOD_GET, confab_request_get_path (request), params, &allowed);
  if (route == NULL || !route->stream)
    {
      for (guint i = 0; i < CONFAB_REQUEST_MAX_PARAMS; i++)
        g_free (params[i]);
      return FALSE;
    }

  if (enter (api, request, route, params))
    check_stream (api, request);

  return !confab_request_is_answered (request);
}

static gpointer
on_socket_opened (ConfabSocket *socket, ConfabRequest *request, gpointer user_data)
{
  ConfabApi *api = user_data;

  return confab_feed_open (api->feed, socket, confab_request_get_user_id (request),
                           confab_request_get_session_id (request));
}

const ConfabHttpHandler confab_dispatch_handler = {
  .head = on_head,
  .run = on_run,
  .upgrade = on_upgrade,
  .socket_opened = on_socket_opened,
  .socket_message = confab_stream_take_message,
  .socket_writable = confab_stream_write,
  .socket_alive = confab_stream_note_alive,
  .socket_closed = confab_stream_free,
};
