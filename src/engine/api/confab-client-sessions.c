/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-private.h"

#include "confab-json.h"
#include "confab-session-private.h"

static ConfabSession *
decode_session (JsonObject *object, GError **error)
{
  const char *device_name;
  gint64 id;
  gint64 created_at;
  gint64 last_seen_at;
  gboolean current;

  if (!confab_json_get_int (object, "id", 1, G_MAXINT64, &id, error)
      || !confab_json_get_string_opt (object, "device_name", &device_name, error)
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

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gpointer answer = NULL;
  GError *error = NULL;

  if (confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &answer, &error))
    g_task_return_pointer (task, answer, answer != NULL ? g_object_unref : NULL);
  else
    g_task_return_error (task, confab_client_map_error (error));
}

void
confab_client_list_sessions_async (ConfabClient *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_list_sessions_async);
  if (!confab_client_check_online (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  confab_transport_call_async (self->transport, "GET", "/v1/sessions", NULL, decode_sessions,
                               g_object_unref, cancellable, called_cb, g_steal_pointer (&task));
}

GListModel *
confab_client_list_sessions_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
confab_client_end_session_async (ConfabClient *self,
                                 ConfabSession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_SESSION (session));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_end_session_async);
  if (!confab_client_check_online (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  path = g_strdup_printf ("/v1/sessions/%" G_GINT64_FORMAT, confab_session_get_id (session));
  confab_transport_call_async (self->transport, "DELETE", path, NULL, NULL, NULL, cancellable,
                               called_cb, g_steal_pointer (&task));
}

gboolean
confab_client_end_session_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
