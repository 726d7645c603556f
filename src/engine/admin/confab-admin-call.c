/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-client-private.h"
#include "confab-json.h"

typedef struct
{
  GTask *task;
  gboolean has_answer;
  GDestroyNotify answer_free;
  ConfabAdminAnswered answered;
} Call;

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (GTask) task = call->task;
  gpointer answer = NULL;
  GError *error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &answer, &error))
    g_task_return_error (task, confab_client_map_error (error));
  else if (call->answered != NULL)
    call->answered (g_steal_pointer (&task), answer);
  else if (call->has_answer)
    g_task_return_pointer (task, answer, call->answer_free);
  else
    g_task_return_boolean (task, TRUE);
}

void
confab_admin_call (GTask *task,
                   const char *method,
                   const char *path,
                   JsonObject *body,
                   ConfabTransportDecoder decoder,
                   GDestroyNotify answer_free,
                   ConfabAdminAnswered answered)
{
  ConfabClient *self = g_task_get_source_object (task);
  g_autoptr (GTask) owned = task;
  g_autoptr (JsonObject) owned_body = body;
  GError *error = NULL;
  Call *call;

  if (!confab_client_check_online (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->task = g_steal_pointer (&owned);
  call->has_answer = decoder != NULL;
  call->answer_free = answer_free;
  call->answered = answered;
  confab_transport_call_async (self->transport, method, path, body, decoder, answer_free,
                               g_task_get_cancellable (task), called_cb, call);
}

gboolean
confab_admin_call_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
confab_admin_decode_array (JsonObject *answer,
                           const char *member,
                           ConfabTransportDecoder element,
                           GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  if (!confab_json_get_array (answer, member, &array, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gpointer item;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, member);
          return NULL;
        }
      item = element (json_node_get_object (node), error);
      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }

  return g_steal_pointer (&items);
}
