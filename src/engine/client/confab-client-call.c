/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-call-private.h"

#include "confab-client-private.h"
#include "confab-codec.h"
#include "confab-engine-error.h"

/* ---- whether a call is worth making, and what its failure means ---- */

gboolean
confab_client_check_online (ConfabClient *self, GError **error)
{
  switch (confab_sync_get_connection_state (self->sync))
    {
    case CONFAB_CONNECTION_CONNECTING:
    case CONFAB_CONNECTION_SYNCING:
    case CONFAB_CONNECTION_ONLINE:
    case CONFAB_CONNECTION_POLLING:
      return TRUE;
    case CONFAB_CONNECTION_STOPPED:
    case CONFAB_CONNECTION_OFFLINE:
    case CONFAB_CONNECTION_SIGNED_OUT:
    case CONFAB_CONNECTION_REFUSED:
    default:
      g_set_error_literal (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE,
                           "There is no connection to the server");
      return FALSE;
    }
}

GError *
confab_client_map_error (GError *error)
{
  if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE))
    error->code = CONFAB_ENGINE_ERROR_OFFLINE;

  return error;
}

/* ---- calls ---- */

typedef struct
{
  GTask *task;
  const ConfabClientAnswer *answer; /* (nullable) */
} Call;

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (GTask) task = call->task;
  const ConfabClientAnswer *answer = call->answer;
  gpointer value = NULL;
  GError *error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result,
                                     answer != NULL ? &value : NULL, &error))
    g_task_return_error (task, confab_client_map_error (error));
  else if (answer == NULL)
    g_task_return_boolean (task, TRUE);
  else if (answer->use != NULL)
    answer->use (g_steal_pointer (&task), value);
  else
    g_task_return_pointer (task, value, answer->free);
}

/* Return NULL if @task (transfer full) has failed. Returns: (transfer full) (nullable) */
static Call *
begin (GTask *task, const ConfabClientAnswer *answer)
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
  call->answer = answer;

  return call;
}

void
confab_client_call (GTask *task,
                    const char *method,
                    const char *path,
                    JsonObject *body,
                    const ConfabClientAnswer *answer)
{
  ConfabClient *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (JsonObject) owned = body;
  Call *call = begin (task, answer);

  if (call != NULL)
    confab_transport_call_async (
        self->transport, method, path, body, answer != NULL ? answer->decode : NULL,
        answer != NULL ? answer->free : NULL, cancellable, called_cb, call);
}

void
confab_client_call_bytes (GTask *task,
                          const char *method,
                          const char *path,
                          GBytes *body,
                          const char *content_type,
                          const ConfabClientAnswer *answer)
{
  ConfabClient *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call = begin (task, answer);

  if (call != NULL)
    confab_transport_call_bytes_async (
        self->transport, method, path, body, content_type, answer != NULL ? answer->decode : NULL,
        answer != NULL ? answer->free : NULL, cancellable, called_cb, call);
}

GTask *
confab_client_task_new (ConfabClient *self,
                        gpointer source_tag,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);

  return task;
}

gboolean
confab_client_call_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gpointer
confab_client_call_finish_value (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- lists ---- */

GListStore *
confab_client_make_list (GPtrArray *rows, GType item_type, ConfabClientMakeItem make_item)
{
  GListStore *list = g_list_store_new (item_type);

  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GObject) item = make_item (g_ptr_array_index (rows, i));

      g_list_store_append (list, item);
    }

  return list;
}

/* ---- applying answers to the mirror ---- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (confab_conversation_list_settle_finish (CONFAB_CONVERSATION_LIST (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
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
    confab_conversation_list_settle_async (self->conversations, NULL, settled_cb,
                                           g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
confab_client_apply (GTask *task, gpointer value)
{
  ConfabClient *self = g_task_get_source_object (task);
  g_autoptr (GTask) owned = task;
  g_autoptr (ConfabRows) rows = value;

  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The account was closed");
  else
    confab_mirror_apply_async (self->mirror, rows, NULL, NULL, NULL, applied_cb,
                               g_steal_pointer (&owned));
}

const ConfabClientAnswer confab_client_rows_answer = {
  .decode = (ConfabTransportDecoder)confab_codec_decode_answer,
  .free = (GDestroyNotify)confab_rows_unref,
  .use = confab_client_apply,
};

const ConfabClientAnswer confab_client_user_answer = {
  .decode = (ConfabTransportDecoder)confab_codec_decode_user_answer,
  .free = (GDestroyNotify)confab_rows_unref,
  .use = confab_client_apply,
};
