/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Drafts. Those that are not on the disk yet, or cannot be written, are kept in memory, so that the
 * window can save them or warn before it closes. */

#include "confab-client-private.h"

typedef struct
{
  ConfabClient *client;
  gint64 conversation_id;
  char *text; /* empty: the draft is deleted */
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->client);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* A deletion that is not on the disk is no text that could be lost. */
static gboolean
has_unkept_text (ConfabClient *self)
{
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, self->unkept_drafts);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    {
      if (*(const char *)text != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
return_settled (ConfabClient *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->settle_task);

  if (task != NULL)
    g_task_return_boolean (task, !has_unkept_text (self));
}

/* Only the newest text matters; the result of writing an older one does not. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  ConfabClient *self = saving->client;
  const char *newest;

  confab_mirror_write_finish (CONFAB_MIRROR (source), result, &error);
  confab_sync_note_storage (self->sync, error);
  newest = g_hash_table_lookup (self->unkept_drafts, &saving->conversation_id);
  if (error == NULL && g_strcmp0 (newest, saving->text) == 0)
    g_hash_table_remove (self->unkept_drafts, &saving->conversation_id);
  if (--self->n_saving_drafts == 0)
    return_settled (self);
}

static void
write_draft (ConfabClient *self, gint64 conversation_id, const char *text)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->client = g_object_ref (self);
  saving->conversation_id = conversation_id;
  saving->text = g_strdup (text);
  self->n_saving_drafts++;
  confab_mirror_save_draft_async (self->mirror, conversation_id, text, saved_cb, saving);
}

void
confab_client_save_draft (ConfabClient *self, ConfabConversation *conversation, const char *text)
{
  gint64 id;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  id = confab_conversation_get_id (conversation);
  text = text != NULL ? text : "";
  confab_id_map_set (self->unkept_drafts, id, g_strdup (text));
  confab_conversation_set_unsaved_draft (conversation, text);
  write_draft (self, id, text);
}

char *
confab_client_dup_unkept_drafts (ConfabClient *self)
{
  g_autoptr (GString) all = g_string_new (NULL);
  GHashTableIter iter;
  gpointer text;

  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  g_hash_table_iter_init (&iter, self->unkept_drafts);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    {
      if (*(const char *)text != '\0')
        g_string_append_printf (all, "%s%s", all->len > 0 ? "\n\n" : "", (const char *)text);
    }

  return g_string_free (g_steal_pointer (&all), FALSE);
}

void
confab_client_settle_drafts_async (ConfabClient *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GHashTableIter iter;
  gpointer id;
  gpointer text;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (self->settle_task == NULL);

  self->settle_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->settle_task, confab_client_settle_drafts_async);
  /* The disk may have space again. */
  g_hash_table_iter_init (&iter, self->unkept_drafts);
  while (g_hash_table_iter_next (&iter, &id, &text))
    write_draft (self, *(gint64 *)id, text);
  if (self->n_saving_drafts == 0)
    return_settled (self);
}

gboolean
confab_client_settle_drafts_finish (ConfabClient *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
