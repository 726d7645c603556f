/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-members.h"

/* Ids are stored in the pointers of the tables themselves. */
G_STATIC_ASSERT (sizeof (gpointer) >= sizeof (gint64));
#define ID_TO_POINTER(id) ((gpointer)(gintptr)(id))

struct _ConfabMembers
{
  GHashTable *conversations; /* id → GHashTable, a set of user ids */
};

ConfabMembers *
confab_members_new (void)
{
  ConfabMembers *self = g_new0 (ConfabMembers, 1);

  self->conversations =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);

  return self;
}

void
confab_members_free (ConfabMembers *self)
{
  g_hash_table_unref (self->conversations);
  g_free (self);
}

static GHashTable *
get_members (ConfabMembers *self, gint64 conversation_id)
{
  return g_hash_table_lookup (self->conversations, ID_TO_POINTER (conversation_id));
}

void
confab_members_add (ConfabMembers *self, gint64 conversation_id, gint64 user_id)
{
  GHashTable *members = get_members (self, conversation_id);

  if (members == NULL)
    {
      members = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->conversations, ID_TO_POINTER (conversation_id), members);
    }
  g_hash_table_add (members, ID_TO_POINTER (user_id));
}

static void
remove_member (ConfabMembers *self, gint64 conversation_id, gint64 user_id)
{
  GHashTable *members = get_members (self, conversation_id);

  if (members == NULL)
    return;

  g_hash_table_remove (members, ID_TO_POINTER (user_id));
  if (g_hash_table_size (members) == 0)
    g_hash_table_remove (self->conversations, ID_TO_POINTER (conversation_id));
}

void
confab_members_apply (ConfabMembers *self, const ConfabOutcome *outcome)
{
  for (guint i = 0; outcome->gained != NULL && i < outcome->gained->len; i++)
    confab_members_add (self, outcome->conversation_id, g_array_index (outcome->gained, gint64, i));
  for (guint i = 0; outcome->lost != NULL && i < outcome->lost->len; i++)
    remove_member (self, outcome->conversation_id, g_array_index (outcome->lost, gint64, i));
  for (guint i = 0; i < outcome->left->len; i++)
    remove_member (self, g_array_index (outcome->left, gint64, i), outcome->actor_id);
}

void
confab_members_foreach (ConfabMembers *self,
                        gint64 conversation_id,
                        void (*func) (gint64 user_id, gpointer data),
                        gpointer data)
{
  GHashTable *members = get_members (self, conversation_id);
  GHashTableIter iter;
  gpointer key;

  if (members == NULL)
    return;

  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    func ((gint64)(gintptr)key, data);
}
