/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-rows.h"

#include <string.h>

#include "confab-limits.h"
#include "confab-problem.h"

/* About what the members of a row come to as JSON, besides its text. */
#define ROW_OVERHEAD 160

void
confab_gathering_init (ConfabGathering *self, ConfabDatabase *database, gint64 viewer_id)
{
  self->database = database;
  self->viewer_id = viewer_id;
  self->rows = confab_rows_new ();
  self->bytes = 0;
  self->user_ids = g_hash_table_new (g_int64_hash, g_int64_equal);
}

void
confab_gathering_clear (ConfabGathering *self)
{
  g_clear_pointer (&self->user_ids, g_hash_table_unref);
  g_clear_pointer (&self->rows, confab_rows_unref);
}

ConfabRows *
confab_gathering_end (ConfabGathering *self)
{
  g_autoptr (ConfabRows) rows = g_steal_pointer (&self->rows);

  confab_gathering_clear (self);

  return g_steal_pointer (&rows);
}

static void
gather (ConfabGathering *self, GPtrArray *array, gpointer row, const char *text)
{
  g_ptr_array_add (array, row);
  self->bytes += ROW_OVERHEAD + (text != NULL ? strlen (text) : 0);
}

gboolean
confab_gathering_add_role (ConfabGathering *self, gint64 role_id, GError **error)
{
  ConfabRoleRow *row = confab_sqlite_load_role (self->database, role_id, error);

  if (row != NULL)
    gather (self, self->rows->roles, row, row->rolename);

  return *error == NULL;
}

ConfabUserRow *
confab_sqlite_load_user (ConfabDatabase *database,
                         gint64 user_id,
                         gboolean with_email,
                         GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT id, username, email, created_at, role_id, rev, about, picture,"
      "       state = 'deleted'"
      "  FROM users WHERE id = ?1",
      error);
  ConfabUserRow *row;

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, user_id);
  if (!confab_statement_step (statement, error))
    return NULL;

  row = g_new0 (ConfabUserRow, 1);
  row->id = confab_statement_get_int (statement, 0);
  row->username = confab_statement_dup_string (statement, 1);
  if (with_email)
    row->email = confab_statement_dup_string (statement, 2);
  row->created_at = confab_statement_get_int (statement, 3);
  row->role_id = confab_statement_get_int (statement, 4);
  row->rev = confab_statement_get_int (statement, 5);
  row->about = confab_statement_dup_string (statement, 6);
  row->picture = confab_statement_dup_string (statement, 7);
  row->deleted = confab_statement_get_int (statement, 8) != 0;

  return row;
}

gboolean
confab_gathering_add_user (ConfabGathering *self, gint64 user_id, GError **error)
{
  ConfabUserRow *row;

  if (g_hash_table_contains (self->user_ids, &user_id))
    return TRUE;

  row = confab_sqlite_load_user (self->database, user_id, user_id == self->viewer_id, error);
  if (row != NULL)
    {
      gather (self, self->rows->users, row, row->username);
      g_hash_table_add (self->user_ids, &row->id);
    }

  return *error == NULL;
}

/* Columns: id, kind, title, created_at, last_seq, rev */
static ConfabConversationRow *
read_conversation (ConfabStatement *statement)
{
  ConfabConversationRow *row = g_new0 (ConfabConversationRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  confab_conversation_kind_from_string (confab_statement_get_string (statement, 1), &row->kind);
  row->title = confab_statement_dup_string (statement, 2);
  row->created_at = confab_statement_get_int (statement, 3);
  row->last_seq = confab_statement_get_int (statement, 4);
  row->rev = confab_statement_get_int (statement, 5);

  return row;
}

gboolean
confab_gathering_add_conversation (ConfabGathering *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, kind, title, created_at, last_seq, rev"
                               "  FROM conversations WHERE id = ?1",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  if (confab_statement_step (statement, error))
    {
      ConfabConversationRow *row = read_conversation (statement);

      gather (self, self->rows->conversations, row, row->title);
    }

  return *error == NULL;
}

ConfabConversationRow *
confab_sqlite_load_joined (ConfabDatabase *database,
                           gint64 conversation_id,
                           gint64 user_id,
                           GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT c.id, c.kind, c.title, c.created_at, c.last_seq, c.rev"
      "  FROM conversation_users AS m JOIN conversations AS c ON c.id = m.conversation_id"
      " WHERE m.conversation_id = ?1 AND m.user_id = ?2 AND m.left_at IS NULL",
      error);

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, user_id);
  if (confab_statement_step (statement, error))
    return read_conversation (statement);

  if (*error == NULL)
    confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  return NULL;
}

/* Columns: id, conversation_id, user_id, joined_at, left_at, rev, removed_by. Whoever removed a
 * person may have joined after that person was told of the members last. */
static gboolean
gather_membership (ConfabGathering *self, ConfabStatement *statement, GError **error)
{
  ConfabMembershipRow *row = g_new0 (ConfabMembershipRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->conversation_id = confab_statement_get_int (statement, 1);
  row->user_id = confab_statement_get_int (statement, 2);
  row->joined_at = confab_statement_get_int (statement, 3);
  row->left_at = confab_statement_get_int (statement, 4);
  row->rev = confab_statement_get_int (statement, 5);
  row->removed_by = confab_statement_get_int (statement, 6);
  gather (self, self->rows->memberships, row, NULL);

  return confab_gathering_add_user (self, row->user_id, error)
         && (row->removed_by == 0 || confab_gathering_add_user (self, row->removed_by, error));
}

gboolean
confab_gathering_add_membership (ConfabGathering *self, gint64 membership_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, conversation_id, user_id, joined_at, left_at, rev,"
                               " removed_by FROM conversation_users WHERE id = ?1",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, membership_id);
  if (confab_statement_step (statement, error))
    return gather_membership (self, statement, error);

  return *error == NULL;
}

static gboolean
add_all_memberships (ConfabGathering *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, conversation_id, user_id, joined_at, left_at, rev,"
                               " removed_by FROM conversation_users WHERE conversation_id = ?1",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  while (confab_statement_step (statement, error))
    {
      if (!gather_membership (self, statement, error))
        return FALSE;
    }

  return *error == NULL;
}

gboolean
confab_gathering_add_read_position (ConfabGathering *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT conversation_id, last_read_seq, rev"
                               "  FROM read_positions WHERE user_id = ?1 AND conversation_id = ?2",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->viewer_id);
  confab_statement_bind_int (statement, 2, conversation_id);
  if (confab_statement_step (statement, error))
    {
      ConfabReadPositionRow *row = g_new0 (ConfabReadPositionRow, 1);

      row->conversation_id = confab_statement_get_int (statement, 0);
      row->last_read_seq = confab_statement_get_int (statement, 1);
      row->rev = confab_statement_get_int (statement, 2);
      gather (self, self->rows->read_positions, row, NULL);
    }

  return *error == NULL;
}

/* Columns: id, client_id, conversation_id, sender_id, seq, content, sent_at, rev, removed_at */
static ConfabMessageRow *
gather_message (ConfabGathering *self, ConfabStatement *statement)
{
  ConfabMessageRow *row = g_new0 (ConfabMessageRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->client_id = confab_statement_dup_string (statement, 1);
  row->conversation_id = confab_statement_get_int (statement, 2);
  row->sender_id = confab_statement_get_int (statement, 3);
  row->seq = confab_statement_get_int (statement, 4);
  row->content = confab_statement_dup_string (statement, 5);
  row->sent_at = confab_statement_get_int (statement, 6);
  row->rev = confab_statement_get_int (statement, 7);
  row->removed_at = confab_statement_get_int (statement, 8);
  gather (self, self->rows->messages, row, row->content);

  return row;
}

gboolean
confab_gathering_add_message (ConfabGathering *self, gint64 message_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT id, client_id, conversation_id, sender_id, seq, content, sent_at, rev, removed_at"
      "  FROM messages WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, message_id);
  if (confab_statement_step (statement, error))
    return confab_gathering_add_user (self, gather_message (self, statement)->sender_id, error);

  return *error == NULL;
}

/* Only to be used for an entry whose target is the viewer. */
gboolean
confab_gathering_add_notice (ConfabGathering *self, gint64 audit_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, at, action, actor_name, old_value, new_value, coalesce "
                               "(actor_id = target_id, 0), rev"
                               "  FROM audit WHERE id = ?1 AND target_id = ?2",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, audit_id);
  confab_statement_bind_int (statement, 2, self->viewer_id);
  if (confab_statement_step (statement, error))
    {
      ConfabNoticeRow *row = g_new0 (ConfabNoticeRow, 1);

      row->id = confab_statement_get_int (statement, 0);
      row->at = confab_statement_get_int (statement, 1);
      row->action = confab_statement_dup_string (statement, 2);
      row->actor = confab_statement_dup_string (statement, 3);
      row->old_value = confab_statement_dup_string (statement, 4);
      row->new_value = confab_statement_dup_string (statement, 5);
      row->by_self = confab_statement_get_int (statement, 6) != 0;
      row->rev = confab_statement_get_int (statement, 7);
      gather (self, self->rows->notices, row, row->new_value);
    }

  return *error == NULL;
}

gboolean
confab_gathering_add_history (ConfabGathering *self,
                              gint64 conversation_id,
                              gint64 before_seq,
                              guint limit,
                              GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT id, client_id, conversation_id, sender_id, seq, content, sent_at, rev, removed_at"
      "  FROM messages WHERE conversation_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, before_seq);
  confab_statement_bind_int (statement, 3, limit);
  while (confab_statement_step (statement, error))
    gather_message (self, statement);

  return *error == NULL;
}

/* Who has written is or was a member, so that the memberships bring the users of the messages
 * along. */
gboolean
confab_gathering_add_block (ConfabGathering *self, gint64 conversation_id, GError **error)
{
  return confab_gathering_add_conversation (self, conversation_id, error)
         && add_all_memberships (self, conversation_id, error)
         && confab_gathering_add_read_position (self, conversation_id, error)
         && confab_gathering_add_history (self, conversation_id, G_MAXINT64,
                                          CONFAB_INITIAL_MESSAGES, error);
}

void
confab_sqlite_translate_error (GError **error)
{
  ConfabProblem problem = CONFAB_PROBLEM_INTERNAL;

  if (*error == NULL || (*error)->domain != CONFAB_STORE_ERROR)
    return;

  if (g_error_matches (*error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FULL)
      || g_error_matches (*error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_BUSY))
    problem = CONFAB_PROBLEM_UNAVAILABLE;

  g_warning ("The database: %s", (*error)->message);
  g_clear_error (error);
  confab_problem_set (error, problem);
}
