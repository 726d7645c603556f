/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fold.h"

#include <sqlite3.h>

typedef struct
{
  gint64 rev;
  gint64 conversation_id; /* 0: hangs on none */
  gint64 user_id;         /* the user it refers to, 0: none */
  gint64 seq;             /* of a message, or last_seq */
  char *text;
} FoldRow;

static void
fold_row_free (gpointer data)
{
  FoldRow *self = data;

  g_free (self->text);
  g_free (self);
}

Fold *
fold_new (gint64 user_id)
{
  Fold *self = g_new0 (Fold, 1);

  self->user_id = user_id;
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fold_row_free);

  return self;
}

void
fold_free (Fold *self)
{
  g_hash_table_unref (self->rows);
  g_free (self);
}

/* Takes @key and @text. */
static void
put (Fold *self,
     char *key,
     gint64 rev,
     gint64 conversation_id,
     gint64 user_id,
     gint64 seq,
     char *text)
{
  FoldRow *old = g_hash_table_lookup (self->rows, key);
  FoldRow *row;

  g_assert_cmpint (rev, >, 0);
  if (old != NULL && old->rev > rev)
    {
      g_free (key);
      g_free (text);
      return;
    }

  /* One revision, one state. */
  if (old != NULL && old->rev == rev)
    g_assert_cmpstr (old->text, ==, text);

  row = g_new (FoldRow, 1);
  *row = (FoldRow){ rev, conversation_id, user_id, seq, text };
  g_hash_table_insert (self->rows, key, row);
}

static void
purge_conversation (Fold *self, gint64 conversation_id)
{
  GHashTableIter iter;
  FoldRow *row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&row))
    {
      if (row->conversation_id == conversation_id)
        g_hash_table_iter_remove (&iter);
    }
}

static gboolean
is_referred_to (Fold *self, gint64 user_id)
{
  GHashTableIter iter;
  FoldRow *row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&row))
    {
      if (row->conversation_id != 0 && row->user_id == user_id)
        return TRUE;
    }

  return FALSE;
}

static void
purge_users (Fold *self)
{
  g_autoptr (GList) keys = g_hash_table_get_keys (self->rows);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *key = l->data;

      if (g_str_has_prefix (key, "user/"))
        {
          gint64 id = g_ascii_strtoll (key + 5, NULL, 10);

          if (id != self->user_id && !is_referred_to (self, id))
            g_hash_table_remove (self->rows, key);
        }
    }
}

#define F "%" G_GINT64_FORMAT

static void
put_user (Fold *self, const ConfabUserRow *row)
{
  put (self, g_strdup_printf ("user/" F, row->id), row->rev, 0, row->id, 0,
       g_strdup_printf ("%s|%s|" F "|" F "|%s|%s|%d", row->username,
                        row->email != NULL ? row->email : "", row->created_at, row->role_id,
                        row->about != NULL ? row->about : "",
                        row->picture != NULL ? row->picture : "", row->deleted));
}

static void
put_conversation (Fold *self, const ConfabConversationRow *row)
{
  put (self, g_strdup_printf ("conversation/" F, row->id), row->rev, row->id, 0, row->last_seq,
       g_strdup_printf ("%s|%s|" F "|" F, confab_conversation_kind_to_string (row->kind),
                        row->title != NULL ? row->title : "", row->created_at, row->last_seq));
}

static void
put_membership (Fold *self, const ConfabMembershipRow *row)
{
  put (self, g_strdup_printf ("membership/" F, row->id), row->rev, row->conversation_id,
       row->user_id, 0,
       g_strdup_printf (F "|" F "|" F "|" F "|" F, row->conversation_id, row->user_id,
                        row->joined_at, row->left_at, row->removed_by));
}

static void
put_read_position (Fold *self, const ConfabReadPositionRow *row)
{
  put (self, g_strdup_printf ("read/" F, row->conversation_id), row->rev, row->conversation_id, 0,
       0, g_strdup_printf (F, row->last_read_seq));
}

static void
put_settings (Fold *self, const ConfabConversationSettingsRow *row)
{
  put (self, g_strdup_printf ("settings/" F, row->conversation_id), row->rev, row->conversation_id,
       0, 0, g_strdup_printf ("%d|" F, row->notify, row->muted_until));
}

static void
put_message (Fold *self, const ConfabMessageRow *row)
{
  put (self, g_strdup_printf ("message/" F "/" F, row->conversation_id, row->seq), row->rev,
       row->conversation_id, row->sender_id, row->seq,
       g_strdup_printf (F "|%s|" F "|%s|" F "|" F, row->id, row->client_id, row->sender_id,
                        row->content, row->sent_at, row->removed_at));
}

/* Where the history that is held begins; beyond the conversation's end if nothing is held. */
static gint64
begin_of_history (Fold *self, gint64 conversation_id)
{
  g_autofree char *prefix = g_strdup_printf ("message/" F "/", conversation_id);
  g_autofree char *conversation = g_strdup_printf ("conversation/" F, conversation_id);
  FoldRow *row = g_hash_table_lookup (self->rows, conversation);
  gint64 begin = row != NULL ? row->seq + 1 : 1;
  GHashTableIter iter;
  const char *key;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *)&key, (gpointer *)&row))
    {
      if (g_str_has_prefix (key, prefix))
        begin = MIN (begin, row->seq);
    }

  return begin;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const ConfabMessageRow *x = *(const ConfabMessageRow *const *)a;
  const ConfabMessageRow *y = *(const ConfabMessageRow *const *)b;

  return (x->seq < y->seq) - (x->seq > y->seq);
}

/* A removed message that stands before all that is held waits for its history. */
static void
put_messages (Fold *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      ConfabMessageRow *row = g_ptr_array_index (rows, i);

      if (row->removed_at == 0)
        put_message (self, row);
      else
        g_ptr_array_add (removed, row);
    }

  g_ptr_array_sort (removed, compare_newest_first);
  for (guint i = 0; i < removed->len; i++)
    {
      ConfabMessageRow *row = g_ptr_array_index (removed, i);

      if (row->seq + 1 >= begin_of_history (self, row->conversation_id))
        put_message (self, row);
    }
}

static void
put_role (Fold *self, const ConfabRoleRow *row)
{
  put (self, g_strdup_printf ("role/" F, row->id), row->rev, 0, 0, 0,
       g_strdup_printf ("%s|%s|%s", row->rolename, row->label != NULL ? row->label : "",
                        confab_role_base_to_string (row->base)));
}

static void
put_notice (Fold *self, const ConfabNoticeRow *row)
{
  put (self, g_strdup_printf ("notice/" F, row->id), row->rev, 0, 0, 0,
       g_strdup_printf (F "|%s|%s|%s|%d", row->at, row->action,
                        row->old_value != NULL ? row->old_value : "",
                        row->new_value != NULL ? row->new_value : "", row->by_self));
}

void
fold_apply (Fold *self, const ConfabRows *rows)
{
  gboolean lost = FALSE;

  for (guint i = 0; i < rows->roles->len; i++)
    put_role (self, g_ptr_array_index (rows->roles, i));
  for (guint i = 0; i < rows->users->len; i++)
    put_user (self, g_ptr_array_index (rows->users, i));
  for (guint i = 0; i < rows->conversations->len; i++)
    put_conversation (self, g_ptr_array_index (rows->conversations, i));
  for (guint i = 0; i < rows->read_positions->len; i++)
    put_read_position (self, g_ptr_array_index (rows->read_positions, i));
  for (guint i = 0; i < rows->settings->len; i++)
    put_settings (self, g_ptr_array_index (rows->settings, i));
  put_messages (self, rows->messages);
  for (guint i = 0; i < rows->notices->len; i++)
    put_notice (self, g_ptr_array_index (rows->notices, i));

  for (guint i = 0; i < rows->memberships->len; i++)
    {
      ConfabMembershipRow *row = g_ptr_array_index (rows->memberships, i);

      if (row->user_id == self->user_id && row->left_at != 0)
        {
          purge_conversation (self, row->conversation_id);
          lost = TRUE;
        }
      else
        {
          put_membership (self, row);
        }
    }

  if (lost)
    purge_users (self);
}

/* Every row's conversation and person must be there once its page is. */
static void
check_references (Fold *self)
{
  GHashTableIter iter;
  FoldRow *row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&row))
    {
      g_autofree char *conversation = g_strdup_printf ("conversation/" F, row->conversation_id);
      g_autofree char *user = g_strdup_printf ("user/" F, row->user_id);

      if (row->conversation_id != 0)
        g_assert_true (g_hash_table_contains (self->rows, conversation));
      if (row->user_id != 0)
        g_assert_true (g_hash_table_contains (self->rows, user));
    }
}

static void
check_emails (Fold *self, const ConfabRows *rows)
{
  for (guint i = 0; i < rows->users->len; i++)
    {
      ConfabUserRow *row = g_ptr_array_index (rows->users, i);

      g_assert_true ((row->email != NULL) == (row->id == self->user_id));
    }
}

gboolean
fold_pull (Fold *self, BackendFixture *fixture, guint limit)
{
  gboolean has_more = FALSE;
  gint64 to = 0;
  g_autoptr (ConfabRows) rows =
      fixture_sync (fixture, self->user_id, self->cursor, limit, &to, &has_more);

  g_assert_cmpint (to, >=, self->cursor);
  if (has_more)
    g_assert_cmpint (to, >, self->cursor);

  check_emails (self, rows);
  fold_apply (self, rows);
  check_references (self);
  self->cursor = to;

  return has_more;
}

static gboolean
has_message (Fold *self, gint64 conversation_id, gint64 seq)
{
  g_autofree char *key = g_strdup_printf ("message/" F "/" F, conversation_id, seq);

  return g_hash_table_contains (self->rows, key);
}

static void
check_newest (Fold *self)
{
  GHashTableIter iter;
  const char *key;
  FoldRow *row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *)&key, (gpointer *)&row))
    {
      gint64 seq = row->seq;

      if (!g_str_has_prefix (key, "conversation/"))
        continue;

      while (seq > 0 && has_message (self, row->conversation_id, seq))
        seq--;
      g_assert_cmpint (seq, <=, MAX (0, row->seq - 30));
      while (seq > 0)
        g_assert_false (has_message (self, row->conversation_id, seq--));
    }
}

void
fold_pull_all (Fold *self, BackendFixture *fixture, guint limit)
{
  while (fold_pull (self, fixture, limit))
    ;

  g_assert_cmpint (self->cursor, ==, fixture_head (fixture));
  check_newest (self);
}

static void
backfill_conversation (Fold *self, BackendFixture *fixture, gint64 conversation_id, guint limit)
{
  gint64 before = G_MAXINT64;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabRows) rows = confab_backend_history (fixture->reader, self->user_id,
                                                            conversation_id, before, limit, &error);

      g_assert_no_error (error);
      fold_apply (self, rows);
      if (rows->messages->len < limit)
        return;
      before = ((ConfabMessageRow *)g_ptr_array_index (rows->messages, limit - 1))->seq;
    }
}

void
fold_backfill (Fold *self, BackendFixture *fixture, guint limit)
{
  g_autoptr (GList) keys = g_hash_table_get_keys (self->rows);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (GList *l = keys; l != NULL; l = l->next)
    {
      gint64 id = g_ascii_strtoll ((const char *)l->data + strlen ("conversation/"), NULL, 10);

      if (g_str_has_prefix (l->data, "conversation/"))
        g_array_append_val (ids, id);
    }

  for (guint i = 0; i < ids->len; i++)
    backfill_conversation (self, fixture, g_array_index (ids, gint64, i), limit);
}

void
fold_assert_equal (Fold *self, Fold *other)
{
  GHashTableIter iter;
  const char *key;
  FoldRow *row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *)&key, (gpointer *)&row))
    {
      FoldRow *twin = g_hash_table_lookup (other->rows, key);

      if (twin == NULL)
        g_error ("%s is in one and not in the other", key);
      g_assert_cmpint (row->rev, ==, twin->rev);
      g_assert_cmpstr (row->text, ==, twin->text);
    }

  g_assert_cmpint (g_hash_table_size (self->rows), ==, g_hash_table_size (other->rows));
}

/* Runs @sql for @user_id and hands its rows, as put() takes them: key, rev, conversation, user,
 * seq, text. */
static void
put_all (Fold *self, sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, self->user_id);
  while (sqlite3_step (statement) == SQLITE_ROW)
    put (self, g_strdup ((const char *)sqlite3_column_text (statement, 0)),
         sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2),
         sqlite3_column_int64 (statement, 3), sqlite3_column_int64 (statement, 4),
         g_strdup ((const char *)sqlite3_column_text (statement, 5)));
  sqlite3_finalize (statement);
}

#define MINE                                                                                       \
  "(SELECT conversation_id FROM conversation_users WHERE user_id = ?1 AND left_at IS NULL)"

Fold *
fold_from_sql (BackendFixture *fixture, gint64 user_id)
{
  Fold *self = fold_new (user_id);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  put_all (self, handle,
           "SELECT 'role/' || id, rev, 0, 0, 0, rolename || '|' || coalesce (label, '') || '|' || "
           "base FROM roles");
  put_all (
      self, handle,
      "SELECT 'user/' || id, rev, 0, id, 0, username || '|' || iif (id = ?1, email, '') || '|'"
      " || created_at || '|' || role_id || '|' || coalesce (about, '') || '|'"
      " || coalesce (picture, '') || '|' || (state = 'deleted') FROM users WHERE id = ?1 OR id IN"
      " (SELECT user_id FROM conversation_users WHERE conversation_id IN " MINE ")");
  put_all (self, handle,
           "SELECT 'conversation/' || id, rev, id, 0, last_seq, kind || '|' || coalesce (title, '')"
           " || '|' || created_at || '|' || last_seq FROM conversations WHERE id IN " MINE);
  put_all (self, handle,
           "SELECT 'membership/' || id, rev, conversation_id, user_id, 0, conversation_id || '|'"
           " || user_id || '|' || joined_at || '|' || coalesce (left_at, 0)"
           " || '|' || coalesce (removed_by, 0)"
           " FROM conversation_users WHERE conversation_id IN " MINE);
  put_all (self, handle,
           "SELECT 'read/' || conversation_id, rev, conversation_id, 0, 0, last_read_seq"
           " FROM read_positions WHERE user_id = ?1 AND conversation_id IN " MINE);
  put_all (
      self, handle,
      "SELECT 'message/' || conversation_id || '/' || seq, rev, conversation_id, sender_id, seq,"
      " id || '|' || client_id || '|' || sender_id || '|' || content || '|' || sent_at"
      " || '|' || coalesce (removed_at, 0) FROM messages WHERE conversation_id IN " MINE);
  put_all (
      self, handle,
      "SELECT 'notice/' || id, rev, 0, 0, 0, at || '|' || action || '|' || coalesce (old_value, '')"
      " || '|' || coalesce (new_value, '') || '|' || (actor_id IS target_id) FROM audit"
      " WHERE target_id = ?1");
  sqlite3_close (handle);

  return self;
}
