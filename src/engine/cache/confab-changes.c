/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-changes.h"

static void
timeline_change_free (ConfabTimelineChange *self)
{
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->queued);
  g_ptr_array_unref (self->gone);
  g_free (self);
}

/**
 * confab_changes_new:
 * @rows: (nullable): the rows that the commit applies; referenced
 *
 * Returns: (transfer full): an empty set of changes
 */
ConfabChanges *
confab_changes_new (ConfabRows *rows)
{
  ConfabChanges *self = g_new0 (ConfabChanges, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->conversations = confab_id_set_new ();
  self->removed_conversations = confab_id_set_new ();
  self->members = confab_id_set_new ();
  self->timelines = confab_id_map_new ((GDestroyNotify)timeline_change_free);
  self->users = g_ptr_array_new ();
  self->made = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_message_row_free);
  self->made_users = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);
  self->rows = rows != NULL ? confab_rows_ref (rows) : NULL;
  return self;
}

ConfabChanges *
confab_changes_ref (ConfabChanges *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
confab_changes_unref (ConfabChanges *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->made_users);
  if (self->unsent != NULL)
    g_string_free (self->unsent, TRUE);
  g_hash_table_unref (self->conversations);
  g_hash_table_unref (self->removed_conversations);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->timelines);
  g_ptr_array_unref (self->users);
  g_ptr_array_unref (self->made);
  g_clear_pointer (&self->rows, confab_rows_unref);
  g_free (self);
}

gboolean
confab_changes_is_empty (const ConfabChanges *self)
{
  return !self->everything && !self->outbox && !self->roles && !self->notices
         && self->users->len == 0 && g_hash_table_size (self->conversations) == 0
         && g_hash_table_size (self->removed_conversations) == 0
         && g_hash_table_size (self->members) == 0 && g_hash_table_size (self->timelines) == 0;
}

ConfabTimelineChange *
confab_changes_timeline (ConfabChanges *self, gint64 conversation_id)
{
  ConfabTimelineChange *change = g_hash_table_lookup (self->timelines, &conversation_id);

  if (change == NULL)
    {
      change = g_new0 (ConfabTimelineChange, 1);
      change->messages = g_ptr_array_new ();
      change->queued = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_outbox_row_free);
      change->gone = g_ptr_array_new_with_free_func (g_free);
      confab_id_map_set (self->timelines, conversation_id, change);
    }
  return change;
}
