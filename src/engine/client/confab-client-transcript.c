/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-transcript.h"

#include "confab-client-private.h"
#include "confab-mirror-reader.h"

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ConfabMessagePage) page =
      confab_mirror_read_messages_finish (CONFAB_MIRROR (source), result, &error);
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_extend_and_steal (rows->messages, g_steal_pointer (&page->messages));
  g_ptr_array_extend_and_steal (rows->users, g_steal_pointer (&page->users));
  g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify)confab_rows_unref);
}

void
confab_client_read_transcript_async (ConfabClient *self,
                                     ConfabConversation *conversation,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_read_transcript_async);
  confab_mirror_read_messages_async (self->mirror, confab_conversation_get_id (conversation), 1,
                                     G_MAXINT64, cancellable, read_cb, task);
}

ConfabRows *
confab_client_read_transcript_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
