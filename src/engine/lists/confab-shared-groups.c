/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-lists.h"

#include "confab-mirror-reader.h"

static gint64
get_item_id (gconstpointer item)
{
  return confab_conversation_get_id ((ConfabConversation *)item);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  ConfabConversation *one = *(ConfabConversation *const *)a;
  ConfabConversation *other = *(ConfabConversation *const *)b;
  int order = g_utf8_collate (confab_conversation_get_display_name (one),
                              confab_conversation_get_display_name (other));
  gint64 one_id = confab_conversation_get_id (one);
  gint64 other_id = confab_conversation_get_id (other);

  return order != 0 ? order : (one_id > other_id) - (one_id < other_id);
}

static gboolean
concerns (ConfabMirrorList *self, ConfabChanges *changes)
{
  return g_hash_table_size (changes->members) > 0
         || g_hash_table_size (changes->removed_conversations) > 0;
}

static void
read_groups (ConfabMirrorList *self,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  confab_mirror_read_groups_with_async (confab_mirror_list_get_mirror (self),
                                        confab_mirror_list_get_id (self), cancellable, callback,
                                        user_data);
}

/* The rows are ids. */
static gpointer
take_row (ConfabMirrorList *self, gconstpointer row)
{
  ConfabConversation *group =
      confab_conversation_list_lookup (confab_mirror_list_get_objects (self), *(const gint64 *)row);

  return group != NULL ? g_object_ref (group) : NULL;
}

static const ConfabMirrorListKind shared_groups = {
  .get_item_type = confab_conversation_get_type,
  .get_item_id = get_item_id,
  .concerns = concerns,
  .read = read_groups,
  .read_finish = confab_mirror_read_groups_with_finish,
  .take_row = take_row,
  .compare = compare_groups,
};

ConfabMirrorList *
confab_shared_groups_new (ConfabMirror *mirror,
                          ConfabConversationList *conversations,
                          gint64 user_id)
{
  ConfabMirrorList *self;

  g_return_val_if_fail (CONFAB_IS_CONVERSATION_LIST (conversations), NULL);

  self = confab_mirror_list_new (&shared_groups, mirror, G_OBJECT (conversations), user_id);
  /* That list may learn of a group later than the mirror. */
  g_signal_connect_object (conversations, "items-changed", G_CALLBACK (confab_mirror_list_refresh),
                           self, G_CONNECT_SWAPPED);

  return self;
}
