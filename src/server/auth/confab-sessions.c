/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sessions.h"

#define IDLE_LIMIT_MS (90 * G_TIME_SPAN_DAY / 1000)
#define TOUCH_INTERVAL_MS (G_TIME_SPAN_HOUR / 1000)
/* Few sessions end in the commit in which they begin. */
#define MAX_REMOVED 4096

typedef struct
{
  GBytes *token_hash;
  ConfabSessionKey key;
  gboolean unmerged; /* added since the merge began */
} Entry;

struct _ConfabSessions
{
  GHashTable *by_hash; /* GBytes → Entry, borrowed */
  GHashTable *by_id;   /* gint64 → Entry, owned */
  GHashTable *removed; /* gint64: ended before they were added, or during a merge */
  gboolean merging;
  gint64 longest; /* ms; 0: unlimited */
  ConfabSessionEnded ended;
  gpointer user_data;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_bytes_unref (entry->token_hash);
  g_free (entry);
}

ConfabSessions *
confab_sessions_new (gint64 longest, ConfabSessionEnded ended, gpointer user_data)
{
  ConfabSessions *self = g_new0 (ConfabSessions, 1);

  self->by_hash = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  self->removed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->longest = longest;
  self->ended = ended;
  self->user_data = user_data;

  return self;
}

void
confab_sessions_free (ConfabSessions *self)
{
  g_hash_table_unref (self->by_hash);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->removed);
  g_free (self);
}

void
confab_sessions_add (ConfabSessions *self, GBytes *token_hash, const ConfabSessionKey *key)
{
  Entry *entry;

  if (g_hash_table_contains (self->removed, &key->session_id))
    return;

  entry = g_new0 (Entry, 1);
  entry->token_hash = g_bytes_ref (token_hash);
  entry->key = *key;
  entry->unmerged = TRUE;
  g_hash_table_replace (self->by_hash, entry->token_hash, entry);
  g_hash_table_replace (self->by_id, &entry->key.session_id, entry);
}

void
confab_sessions_remove (ConfabSessions *self, gint64 session_id, int problem)
{
  Entry *entry = g_hash_table_lookup (self->by_id, &session_id);

  if (entry == NULL || self->merging)
    {
      if (!self->merging && g_hash_table_size (self->removed) >= MAX_REMOVED)
        g_hash_table_remove_all (self->removed);
      g_hash_table_add (self->removed, g_memdup2 (&session_id, sizeof session_id));
    }
  if (entry != NULL)
    {
      g_hash_table_remove (self->by_hash, entry->token_hash);
      g_hash_table_remove (self->by_id, &session_id);
    }
  self->ended (session_id, problem, self->user_data);
}

static gboolean
is_too_old (const ConfabSessions *self, const Entry *entry, gint64 now)
{
  return self->longest > 0 && now - entry->key.created_at >= self->longest;
}

void
confab_sessions_end_longest (ConfabSessions *self, gint64 now)
{
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;

  if (self->longest == 0)
    return;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (is_too_old (self, value, now))
      g_array_append_val (old, ((const Entry *)value)->key.session_id);
  for (guint i = 0; i < old->len; i++)
    confab_sessions_remove (self, g_array_index (old, gint64, i), -1);
}

gboolean
confab_sessions_find (ConfabSessions *self, GBytes *token_hash, gint64 now, ConfabSessionKey *key)
{
  const Entry *entry = g_hash_table_lookup (self->by_hash, token_hash);

  if (entry == NULL || now - entry->key.last_seen_at > IDLE_LIMIT_MS
      || is_too_old (self, entry, now))
    return FALSE;

  *key = entry->key;

  return TRUE;
}

gboolean
confab_sessions_touch (ConfabSessions *self, gint64 session_id, gint64 now)
{
  Entry *entry = g_hash_table_lookup (self->by_id, &session_id);

  if (entry == NULL || now - entry->key.last_seen_at < TOUCH_INTERVAL_MS)
    return FALSE;

  entry->key.last_seen_at = now;

  return TRUE;
}

void
confab_sessions_begin_merge (ConfabSessions *self)
{
  GHashTableIter iter;
  gpointer value;

  self->merging = TRUE;
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Entry *)value)->unmerged = FALSE;
}

void
confab_sessions_merge (ConfabSessions *self, GPtrArray *read)
{
  g_autoptr (GHashTable) present = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < read->len; i++)
    {
      ConfabKnownSession *known = g_ptr_array_index (read, i);

      g_hash_table_add (present, &known->key.session_id);
      if (!g_hash_table_contains (self->by_id, &known->key.session_id))
        confab_sessions_add (self, known->token_hash, &known->key);
    }

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Entry *entry = value;

      if (!entry->unmerged && !g_hash_table_contains (present, &entry->key.session_id))
        g_array_append_val (gone, entry->key.session_id);
    }

  self->merging = FALSE;
  g_hash_table_remove_all (self->removed);
  for (guint i = 0; i < gone->len; i++)
    confab_sessions_remove (self, g_array_index (gone, gint64, i), -1);
}

static void
known_session_free (gpointer data)
{
  ConfabKnownSession *known = data;

  g_bytes_unref (known->token_hash);
  g_free (known);
}

static void
collect (GBytes *token_hash, const ConfabSessionKey *key, gpointer user_data)
{
  ConfabKnownSession *known = g_new0 (ConfabKnownSession, 1);

  known->token_hash = g_bytes_ref (token_hash);
  known->key = *key;
  g_ptr_array_add (user_data, known);
}

GPtrArray *
confab_sessions_read (ConfabDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (known_session_free);

  if (!confab_backend_list_all_sessions (database, collect, read, error))
    return NULL;

  return g_steal_pointer (&read);
}
