/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-call-private.h"
#include "confab-client-private.h"

#include "confab-engine-error.h"
#include "confab-text.h"

/* ---- sending ---- */

static void
enqueued_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean good = confab_mirror_write_finish (CONFAB_MIRROR (source), result, &error);

  confab_sync_note_storage (self->sync, error);
  if (!good)
    {
      g_task_return_error (task, error);
      return;
    }
  confab_outbox_pump (self->outbox);
  g_task_return_boolean (task, TRUE);
}

void
confab_client_send_async (ConfabClient *self,
                          ConfabConversation *conversation,
                          const char *content,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *text = NULL;
  g_autofree char *client_id = NULL;
  GError *error = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));
  g_return_if_fail (content != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_send_async);
  text = confab_text_message (content, &error);
  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  client_id = g_uuid_string_random ();
  /* Not cancellable, because the caller must know whether the message is in the outbox. */
  g_task_set_check_cancellable (task, FALSE);
  confab_mirror_enqueue_async (self->mirror, confab_conversation_get_id (conversation), client_id,
                               text, confab_environment_now (self->environment), NULL, enqueued_cb,
                               g_steal_pointer (&task));
}

gboolean
confab_client_send_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- writes without a caller waiting ---- */

void
confab_client_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabClient) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_mirror_write_finish (CONFAB_MIRROR (source), result, &error);
  confab_sync_note_storage (self->sync, error);
}

static void
written_outbox_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabClient *self = user_data;

  confab_outbox_pump (self->outbox);
  confab_client_written_cb (source, result, self);
}

static void
written_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabClient *self = user_data;

  confab_read_reporter_touch (self->reads);
  confab_client_written_cb (source, result, self);
}

void
confab_client_retry (ConfabClient *self, ConfabMessage *message)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_MESSAGE (message));

  confab_mirror_mark_unsent_async (self->mirror, confab_message_get_client_id (message),
                                   CONFAB_OUTBOX_WAITING, -1, written_outbox_cb,
                                   g_object_ref (self));
}

void
confab_client_discard (ConfabClient *self, ConfabMessage *message)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_MESSAGE (message));

  confab_mirror_discard_async (self->mirror, confab_message_get_client_id (message),
                               written_outbox_cb, g_object_ref (self));
}

void
confab_client_mark_read (ConfabClient *self, ConfabConversation *conversation, gint64 seq)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  if (seq <= confab_conversation_get_last_read_seq (conversation))
    return;
  confab_mirror_mark_read_async (self->mirror, confab_conversation_get_id (conversation), seq,
                                 written_read_cb, g_object_ref (self));
}

/* ---- removing ---- */

void
confab_client_remove_message_async (ConfabClient *self,
                                    ConfabConversation *conversation,
                                    ConfabMessage *message,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));
  g_return_if_fail (CONFAB_IS_MESSAGE (message));

  path =
      g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/messages/%" G_GINT64_FORMAT,
                       confab_conversation_get_id (conversation), confab_message_get_seq (message));
  task = confab_client_task_new (self, confab_client_remove_message_async, cancellable, callback,
                                 user_data);
  confab_client_call (task, "DELETE", path, NULL, &confab_client_rows_answer);
}
