/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-call-private.h"

#include "confab-client-private.h"
#include "confab-codec.h"

typedef struct
{
  GTask *task;
  gboolean has_answer;
  GDestroyNotify answer_free;
  ConfabClientAnswered answered;
} Call;

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (GTask) task = call->task;
  gpointer answer = NULL;
  GError *error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result,
                                     call->has_answer ? &answer : NULL, &error))
    g_task_return_error (task, confab_client_map_error (error));
  else if (call->answered != NULL)
    call->answered (g_steal_pointer (&task), answer);
  else if (call->has_answer)
    g_task_return_pointer (task, answer, call->answer_free);
  else
    g_task_return_boolean (task, TRUE);
}

/* Returns: (nullable): NULL if @task (transfer full) has failed */
static Call *
begin (GTask *task,
       ConfabTransportDecoder decoder,
       GDestroyNotify answer_free,
       ConfabClientAnswered answered)
{
  ConfabClient *self = g_task_get_source_object (task);
  g_autoptr (GTask) owned = task;
  GError *error = NULL;
  Call *call;

  if (!confab_client_check_online (self, &error))
    {
      g_task_return_error (task, error);
      return NULL;
    }
  call = g_new0 (Call, 1);
  call->task = g_steal_pointer (&owned);
  call->has_answer = decoder != NULL;
  call->answer_free = answer_free;
  call->answered = answered;

  return call;
}

void
confab_client_call (GTask *task,
                    const char *method,
                    const char *path,
                    JsonObject *body,
                    ConfabTransportDecoder decoder,
                    GDestroyNotify answer_free,
                    ConfabClientAnswered answered)
{
  ConfabClient *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (JsonObject) owned = body;
  Call *call = begin (task, decoder, answer_free, answered);

  if (call != NULL)
    confab_transport_call_async (self->transport, method, path, body, decoder, answer_free,
                                 cancellable, called_cb, call);
}

void
confab_client_call_bytes (GTask *task,
                          const char *method,
                          const char *path,
                          GBytes *body,
                          const char *content_type,
                          ConfabTransportDecoder decoder,
                          GDestroyNotify answer_free,
                          ConfabClientAnswered answered)
{
  ConfabClient *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call = begin (task, decoder, answer_free, answered);

  if (call != NULL)
    confab_transport_call_bytes_async (self->transport, method, path, body, content_type, decoder,
                                       answer_free, cancellable, called_cb, call);
}

gboolean
confab_client_call_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- answers with one's own row ---- */

gpointer
confab_client_decode_user (JsonObject *answer, GError **error)
{
  JsonObject *user;

  if (!confab_json_get_object (answer, "user", &user, error))
    return NULL;

  return confab_codec_decode_user (user, error);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean good = confab_mirror_apply_finish (CONFAB_MIRROR (source), result, &error);

  confab_sync_note_storage (self->sync, error);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
confab_client_take_user (GTask *task, gpointer user)
{
  ConfabClient *self = g_task_get_source_object (task);
  g_autoptr (GTask) owned = task;
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  g_ptr_array_add (rows->users, user);
  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The account was closed");
  else
    confab_mirror_apply_async (self->mirror, rows, NULL, NULL, NULL, applied_cb,
                               g_steal_pointer (&owned));
}
