/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-account.h"
#include "confab-client-call-private.h"
#include "confab-json.h"
#include "confab-session-private.h"
#include "confab-limits.h"

static ConfabSession *
decode_session (JsonObject *object, GError **error)
{
  const char *device_name;
  gint64 id;
  gint64 created_at;
  gint64 last_seen_at;
  gboolean current;

  if (!confab_json_get_int (object, "id", 1, G_MAXINT64, &id, error)
      || !confab_json_get_line_opt (object, "device_name", CONFAB_DEVICE_NAME_MAX_CHARS,
                                    &device_name, error)
      || !confab_json_get_int (object, "created_at", 0, G_MAXINT64, &created_at, error)
      || !confab_json_get_int (object, "last_seen_at", 0, G_MAXINT64, &last_seen_at, error)
      || !confab_json_get_bool (object, "current", &current, error))
    return NULL;

  return confab_session_new (id, device_name, created_at, last_seen_at, current);
}

static int
compare_sessions (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 seen_a = confab_session_get_last_seen_at ((ConfabSession *)a);
  gint64 seen_b = confab_session_get_last_seen_at ((ConfabSession *)b);

  return (seen_b > seen_a) - (seen_b < seen_a);
}

static gpointer
decode_sessions (JsonObject *answer, GError **error)
{
  g_autoptr (GListStore) sessions = g_list_store_new (CONFAB_TYPE_SESSION);
  JsonArray *array;

  if (!confab_json_get_array (answer, "sessions", &array, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (ConfabSession) session = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "sessions");
          return NULL;
        }
      session = decode_session (json_node_get_object (node), error);
      if (session == NULL)
        return NULL;
      g_list_store_insert_sorted (sessions, session, compare_sessions, NULL);
    }

  return g_steal_pointer (&sessions);
}

static const ConfabClientAnswer sessions_answer = {
  .decode = decode_sessions,
  .free = g_object_unref,
};

void
confab_client_list_sessions_async (ConfabClient *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = confab_client_task_new (self, confab_client_list_sessions_async, cancellable, callback,
                                 user_data);
  confab_client_call (task, "GET", "/v1/sessions", NULL, &sessions_answer);
}

GListModel *
confab_client_list_sessions_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish_value (self, result, error);
}

void
confab_client_end_session_async (ConfabClient *self,
                                 ConfabSession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_SESSION (session));

  task = confab_client_task_new (self, confab_client_end_session_async, cancellable, callback,
                                 user_data);
  path = g_strdup_printf ("/v1/sessions/%" G_GINT64_FORMAT, confab_session_get_id (session));
  confab_client_call (task, "DELETE", path, NULL, NULL);
}

gboolean
confab_client_end_session_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}

void
confab_client_end_other_sessions_async (ConfabClient *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = confab_client_task_new (self, confab_client_end_other_sessions_async, cancellable,
                                 callback, user_data);
  confab_client_call (task, "DELETE", "/v1/sessions/others", NULL, NULL);
}

gboolean
confab_client_end_other_sessions_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
