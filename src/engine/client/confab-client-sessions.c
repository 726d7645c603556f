/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-codec.h"
#include "confab-client-account.h"
#include "confab-client-call-private.h"
#include "confab-session-private.h"

static int
compare_sessions (gconstpointer a, gconstpointer b)
{
  const ConfabSessionRow *one = *(ConfabSessionRow *const *)a;
  const ConfabSessionRow *other = *(ConfabSessionRow *const *)b;

  return (other->last_seen_at > one->last_seen_at) - (other->last_seen_at < one->last_seen_at);
}

static gpointer
decode_sessions (JsonObject *answer, GError **error)
{
  g_autoptr (GPtrArray) rows = confab_codec_decode_sessions (answer, error);

  if (rows == NULL)
    return NULL;

  g_ptr_array_sort (rows, compare_sessions);

  return confab_client_make_list (rows, CONFAB_TYPE_SESSION,
                                  (ConfabClientMakeItem)confab_session_new);
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
