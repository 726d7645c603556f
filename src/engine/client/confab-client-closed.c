/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-private.h"

/**
 * confab_client_remove_closed:
 * @conversation: a closed conversation; open ones stay
 *
 * Removes the conversation from the list. Its data stays on this computer until
 * confab_client_forget_closed() deletes it, so that confab_client_restore_closed() can restore it.
 */
void
confab_client_remove_closed (ConfabClient *self, ConfabConversation *conversation)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  confab_mirror_hide_closed_async (self->mirror, confab_conversation_get_id (conversation),
                                   confab_client_written_cb, g_object_ref (self));
}

/**
 * confab_client_restore_closed:
 * @conversation: a conversation that confab_client_remove_closed() removed
 *
 * Adds it to the list again, unless its data has been deleted.
 */
void
confab_client_restore_closed (ConfabClient *self, ConfabConversation *conversation)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  confab_mirror_unhide_closed_async (self->mirror, confab_conversation_get_id (conversation),
                                     confab_client_written_cb, g_object_ref (self));
}

/* ---- deleting ---- */

typedef struct
{
  ConfabClient *client;
  gint64 conversation_id; /* 0: all removed ones */
} Forgetting;

static void
forgetting_free (Forgetting *self)
{
  g_object_unref (self->client);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Forgetting, forgetting_free)

static void forget_some (Forgetting *forgetting);

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Forgetting) forgetting = user_data;
  ConfabClient *self = forgetting->client;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  confab_mirror_forget_closed_finish (CONFAB_MIRROR (source), result, &more, &error);
  confab_sync_note_storage (self->sync, error);
  if (more && !self->closed)
    forget_some (g_steal_pointer (&forgetting));
}

/* Takes ownership of @forgetting. */
static void
forget_some (Forgetting *forgetting)
{
  confab_mirror_forget_closed_async (forgetting->client->mirror, forgetting->conversation_id,
                                     forgotten_cb, forgetting);
}

/**
 * confab_client_forget_closed:
 * @conversation: (nullable): a conversation that confab_client_remove_closed() removed; %NULL for
 *   all of them
 *
 * Deletes its data on this computer in the background. If the client closes before that is done,
 * the next start finishes it.
 */
void
confab_client_forget_closed (ConfabClient *self, ConfabConversation *conversation)
{
  Forgetting *forgetting;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (conversation == NULL || CONFAB_IS_CONVERSATION (conversation));

  if (self->closed)
    return;
  forgetting = g_new0 (Forgetting, 1);
  forgetting->client = g_object_ref (self);
  if (conversation != NULL)
    forgetting->conversation_id = confab_conversation_get_id (conversation);
  forget_some (forgetting);
}
