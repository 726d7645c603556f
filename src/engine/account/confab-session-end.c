/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-sign-in"

#include "confab-session-end.h"

#include "confab-problem.h"

#define END_TIMEOUT_S 5

static gboolean
end_timeout_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_CONTINUE; /* the source is removed when the call ends */
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  g_source_remove (GPOINTER_TO_UINT (g_task_get_task_data (task)));
  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, NULL, &error)
      && !g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_SIGNED_IN))
    g_message ("The session could not be ended at the server: %s", error->message);
  else
    g_clear_error (&error); /* it may have ended before */
  g_task_return_boolean (task, error == NULL);
}

void
confab_session_end_async (ConfabTransport *transport,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (transport, NULL, callback, user_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint timer;

  g_task_set_source_tag (task, confab_session_end_async);
  timer = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, END_TIMEOUT_S, end_timeout_cb,
                                      g_object_ref (cancellable), g_object_unref);
  g_task_set_task_data (task, GUINT_TO_POINTER (timer), NULL);
  confab_transport_call_async (transport, "DELETE", "/v1/sessions/current", NULL, NULL, NULL,
                               cancellable, ended_cb, task);
}

gboolean
confab_session_end_finish (ConfabTransport *transport, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
