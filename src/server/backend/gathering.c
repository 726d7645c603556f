/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-gathering.h"

#include <string.h>

#include "confab-limits.h"
#include "confab-query.h"

/* The approximate size of a row's members in JSON, without its text. */
#define ROW_OVERHEAD 160

/* A statement that finds rows by their ids is written for 1, 8 and 64 ids, because a parameter
 * costs even if it is unused: then it is NULL, which matches no id. The viewer's id is the last
 * one. */
#define N_SIZES 3
static const guint sizes[N_SIZES] = { 1, 8, CONFAB_GATHERING_BATCH };
#define IDS_1 "($1)"
#define VIEWER_1 "$2"
#define IDS_8 "($1, $2, $3, $4, $5, $6, $7, $8)"
#define VIEWER_8 "$9"
#define IDS_64                                                                                     \
  "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"    \
  " $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38,"     \
  " $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56,"     \
  " $57, $58, $59, $60, $61, $62, $63, $64)"
#define VIEWER_64 "$65"
#define IN_SIZES(sql) { sql (1), sql (8), sql (64) }
G_STATIC_ASSERT (CONFAB_GATHERING_BATCH == 64);

#define MEMBERSHIP_COLUMNS "id, conversation_id, user_id, joined_at, left_at, rev, removed_by"
#define MESSAGE_COLUMNS                                                                            \
  "id, client_id, conversation_id, sender_id, seq, content, sent_at, rev, removed_at"

/* ---- rows ---- */

static void
count_row (ConfabGathering *self, const char *text)
{
  self->bytes += ROW_OVERHEAD + (text != NULL ? strlen (text) : 0);
}

gpointer
confab_role_row_read (ConfabResult *result)
{
  ConfabRoleRow *row = g_new0 (ConfabRoleRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->rolename = confab_result_dup_text (result, 1);
  row->rev = confab_result_get_int (result, 2);
  row->label = confab_result_dup_text (result, 3);
  confab_role_base_from_string (confab_result_get_text (result, 4), &row->base);

  return row;
}

static void
take_role (ConfabGathering *self, gpointer data)
{
  ConfabRoleRow *row = data;

  count_row (self, row->rolename);
  g_ptr_array_add (self->rows->roles, row);
}

gpointer
confab_conversation_row_read (ConfabResult *result)
{
  ConfabConversationRow *row = g_new0 (ConfabConversationRow, 1);

  row->id = confab_result_get_int (result, 0);
  confab_conversation_kind_from_string (confab_result_get_text (result, 1), &row->kind);
  row->title = confab_result_dup_text (result, 2);
  row->created_at = confab_result_get_int (result, 3);
  row->last_seq = confab_result_get_int (result, 4);
  row->rev = confab_result_get_int (result, 5);

  return row;
}

static void
take_conversation (ConfabGathering *self, gpointer data)
{
  ConfabConversationRow *row = data;

  count_row (self, row->title);
  g_ptr_array_add (self->rows->conversations, row);
}

static gpointer
read_membership (ConfabResult *result)
{
  ConfabMembershipRow *row = g_new0 (ConfabMembershipRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->conversation_id = confab_result_get_int (result, 1);
  row->user_id = confab_result_get_int (result, 2);
  row->joined_at = confab_result_get_int (result, 3);
  row->left_at = confab_result_get_int (result, 4);
  row->rev = confab_result_get_int (result, 5);
  row->removed_by = confab_result_get_int (result, 6);

  return row;
}

/* The person who removed a user may have joined after that user last received the members, so
 * include their row. */
static void
take_membership (ConfabGathering *self, gpointer data)
{
  ConfabMembershipRow *row = data;

  count_row (self, NULL);
  g_ptr_array_add (self->rows->memberships, row);
  confab_gathering_add_user (self, row->user_id);
  if (row->removed_by != 0)
    confab_gathering_add_user (self, row->removed_by);
}

/* Its id is the conversation's. */
static gpointer
read_read_position (ConfabResult *result)
{
  ConfabReadPositionRow *row = g_new0 (ConfabReadPositionRow, 1);

  row->conversation_id = confab_result_get_int (result, 0);
  row->last_read_seq = confab_result_get_int (result, 1);
  row->rev = confab_result_get_int (result, 2);

  return row;
}

static void
take_read_position (ConfabGathering *self, gpointer data)
{
  count_row (self, NULL);
  g_ptr_array_add (self->rows->read_positions, data);
}

/* Its id is the conversation's. */
static gpointer
read_settings (ConfabResult *result)
{
  ConfabConversationSettingsRow *row = g_new0 (ConfabConversationSettingsRow, 1);

  row->conversation_id = confab_result_get_int (result, 0);
  confab_notify_from_string (confab_result_get_text (result, 1), &row->notify);
  row->muted_until = confab_result_get_int (result, 2);
  row->rev = confab_result_get_int (result, 3);

  return row;
}

static void
take_settings (ConfabGathering *self, gpointer data)
{
  count_row (self, NULL);
  g_ptr_array_add (self->rows->settings, data);
}

static gpointer
read_message (ConfabResult *result)
{
  ConfabMessageRow *row = g_new0 (ConfabMessageRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->client_id = confab_result_dup_text (result, 1);
  row->conversation_id = confab_result_get_int (result, 2);
  row->sender_id = confab_result_get_int (result, 3);
  row->seq = confab_result_get_int (result, 4);
  row->content = confab_result_dup_text (result, 5);
  row->sent_at = confab_result_get_int (result, 6);
  row->rev = confab_result_get_int (result, 7);
  row->removed_at = confab_result_get_int (result, 8);

  return row;
}

static void
take_message (ConfabGathering *self, gpointer data)
{
  ConfabMessageRow *row = data;

  count_row (self, row->content);
  g_ptr_array_add (self->rows->messages, row);
  confab_gathering_add_user (self, row->sender_id);
}

static gpointer
read_notice (ConfabResult *result)
{
  ConfabNoticeRow *row = g_new0 (ConfabNoticeRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->at = confab_result_get_int (result, 1);
  row->action = confab_result_dup_text (result, 2);
  row->actor = confab_result_dup_text (result, 3);
  row->old_value = confab_result_dup_text (result, 4);
  row->new_value = confab_result_dup_text (result, 5);
  row->by_self = confab_result_get_int (result, 6) != 0;
  row->rev = confab_result_get_int (result, 7);

  return row;
}

static void
take_notice (ConfabGathering *self, gpointer data)
{
  ConfabNoticeRow *row = data;

  count_row (self, row->new_value);
  g_ptr_array_add (self->rows->notices, row);
}

gpointer
confab_user_row_read (ConfabResult *result)
{
  ConfabUserRow *row = g_new0 (ConfabUserRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->username = confab_result_dup_text (result, 1);
  row->email = confab_result_dup_text (result, 2);
  row->created_at = confab_result_get_int (result, 3);
  row->role_id = confab_result_get_int (result, 4);
  row->rev = confab_result_get_int (result, 5);
  row->about = confab_result_dup_text (result, 6);
  row->picture = confab_result_dup_text (result, 7);
  row->deleted = confab_result_get_int (result, 8) != 0;

  return row;
}

/* Its bytes were counted when it was requested. */
static void
take_user (ConfabGathering *self, gpointer data)
{
  g_ptr_array_add (self->rows->users, data);
}

/* ---- kinds ---- */

/* The first column is the id. */
#define ROLES(n) "SELECT " CONFAB_ROLE_COLUMNS " FROM roles WHERE id IN " IDS_##n
#define CONVERSATIONS(n)                                                                           \
  "SELECT " CONFAB_CONVERSATION_COLUMNS " FROM conversations WHERE id IN " IDS_##n
#define MEMBERSHIPS(n) "SELECT " MEMBERSHIP_COLUMNS " FROM conversation_users WHERE id IN " IDS_##n
#define READ_POSITIONS(n)                                                                          \
  "SELECT conversation_id, last_read_seq, rev FROM read_positions"                                 \
  " WHERE user_id = " VIEWER_##n " AND conversation_id IN " IDS_##n
#define SETTINGS(n)                                                                                \
  "SELECT conversation_id, notify, muted_until, rev FROM conversation_settings"                    \
  " WHERE user_id = " VIEWER_##n " AND conversation_id IN " IDS_##n
#define MESSAGES(n) "SELECT " MESSAGE_COLUMNS " FROM messages WHERE id IN " IDS_##n
#define NOTICES(n)                                                                                 \
  "SELECT id, at, action, actor_name, old_value, new_value,"                                       \
  " coalesce (actor_id = target_id, FALSE), rev"                                                   \
  " FROM audit WHERE target_id = " VIEWER_##n " AND id IN " IDS_##n
#define USERS(n)                                                                                   \
  "SELECT " CONFAB_USER_COLUMNS ("CASE WHEN id = " VIEWER_##n                                      \
                                 " THEN email END") " FROM users WHERE id IN " IDS_##n

typedef struct
{
  const char *sql[N_SIZES];
  gboolean for_viewer; /* whether @sql has the viewer's id */
  gpointer (*read) (ConfabResult *result);
  void (*take) (ConfabGathering *self, gpointer row);
  GDestroyNotify free;
} Kind;

static const Kind kinds[] = {
  [CONFAB_GATHER_ROLES] = { IN_SIZES (ROLES), FALSE, confab_role_row_read, take_role,
                            (GDestroyNotify)confab_role_row_free },
  [CONFAB_GATHER_CONVERSATIONS] = { IN_SIZES (CONVERSATIONS), FALSE, confab_conversation_row_read,
                                    take_conversation,
                                    (GDestroyNotify)confab_conversation_row_free },
  [CONFAB_GATHER_MEMBERSHIPS] = { IN_SIZES (MEMBERSHIPS), FALSE, read_membership, take_membership,
                                  (GDestroyNotify)confab_membership_row_free },
  [CONFAB_GATHER_READ_POSITIONS] = { IN_SIZES (READ_POSITIONS), TRUE, read_read_position,
                                     take_read_position,
                                     (GDestroyNotify)confab_read_position_row_free },
  [CONFAB_GATHER_SETTINGS] = { IN_SIZES (SETTINGS), TRUE, read_settings, take_settings,
                               (GDestroyNotify)confab_conversation_settings_row_free },
  [CONFAB_GATHER_MESSAGES] = { IN_SIZES (MESSAGES), FALSE, read_message, take_message,
                               (GDestroyNotify)confab_message_row_free },
  [CONFAB_GATHER_NOTICES] = { IN_SIZES (NOTICES), TRUE, read_notice, take_notice,
                              (GDestroyNotify)confab_notice_row_free },
  [CONFAB_GATHER_USERS] = { IN_SIZES (USERS), TRUE, confab_user_row_read, take_user,
                            (GDestroyNotify)confab_user_row_free },
};

/* ---- gathering ---- */

void
confab_gathering_init (ConfabGathering *self, ConfabDatabase *database, gint64 viewer_id)
{
  self->database = database;
  self->viewer_id = viewer_id;
  self->rows = confab_rows_new ();
  self->bytes = 0;
  self->user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->known_users = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

void
confab_gathering_clear (ConfabGathering *self)
{
  g_clear_pointer (&self->user_ids, g_array_unref);
  g_clear_pointer (&self->known_users, g_hash_table_unref);
  g_clear_pointer (&self->rows, confab_rows_unref);
  for (guint i = 0; i < CONFAB_N_GATHER_KINDS; i++)
    g_clear_pointer (&self->loaded[i], g_hash_table_unref);
}

gboolean
confab_gathering_load (ConfabGathering *self,
                       ConfabGatherKind kind,
                       guint n_ids,
                       const gint64 *ids,
                       GError **error)
{
  ConfabValue values[CONFAB_GATHERING_BATCH + 2] = { 0 };
  g_autoptr (ConfabResult) result = NULL;
  guint size = 0;

  g_assert (n_ids <= CONFAB_GATHERING_BATCH);

  if (n_ids == 0)
    return TRUE;

  while (sizes[size] < n_ids)
    size++;
  for (guint i = 0; i < sizes[size]; i++)
    values[i] = sql_id (i < n_ids ? ids[i] : 0);
  if (kinds[kind].for_viewer)
    values[sizes[size]] = sql_int (self->viewer_id);

  if (self->loaded[kind] == NULL)
    self->loaded[kind] =
        g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, kinds[kind].free);

  result = confab_database_query_values (self->database, kinds[kind].sql[size], values);
  while (confab_result_next (result))
    {
      gint64 id = confab_result_get_int (result, 0);

      g_hash_table_replace (self->loaded[kind], g_memdup2 (&id, sizeof id),
                            kinds[kind].read (result));
    }

  return confab_result_end (result, error);
}

void
confab_gathering_take (ConfabGathering *self, ConfabGatherKind kind, gint64 id)
{
  g_autofree gint64 *key = NULL;
  gpointer row;

  g_assert (self->loaded[kind] != NULL);

  if (g_hash_table_steal_extended (self->loaded[kind], &id, (gpointer *)&key, &row))
    kinds[kind].take (self, row);
}

gboolean
confab_gathering_add (ConfabGathering *self, ConfabGatherKind kind, gint64 id, GError **error)
{
  if (!confab_gathering_load (self, kind, 1, &id, error))
    return FALSE;

  confab_gathering_take (self, kind, id);

  return TRUE;
}

void
confab_gathering_add_user (ConfabGathering *self, gint64 user_id)
{
  if (!g_hash_table_add (self->known_users, g_memdup2 (&user_id, sizeof user_id)))
    return;

  g_array_append_val (self->user_ids, user_id);
  self->bytes += ROW_OVERHEAD + CONFAB_USERNAME_MAX_CHARS;
}

guint
confab_gathering_count (const ConfabGathering *self)
{
  return confab_rows_count (self->rows) + self->user_ids->len;
}

ConfabRows *
confab_gathering_end (ConfabGathering *self, GError **error)
{
  g_autoptr (ConfabRows) rows = NULL;

  for (guint i = 0; i < self->user_ids->len; i += CONFAB_GATHERING_BATCH)
    {
      const gint64 *ids = &g_array_index (self->user_ids, gint64, i);
      guint n_ids = MIN (self->user_ids->len - i, CONFAB_GATHERING_BATCH);

      if (!confab_gathering_load (self, CONFAB_GATHER_USERS, n_ids, ids, error))
        return NULL;
      for (guint j = 0; j < n_ids; j++)
        confab_gathering_take (self, CONFAB_GATHER_USERS, ids[j]);
    }

  rows = g_steal_pointer (&self->rows);
  confab_gathering_clear (self);

  return g_steal_pointer (&rows);
}

/* ---- several at once ---- */

gboolean
confab_gathering_add_history (ConfabGathering *self,
                              gint64 conversation_id,
                              gint64 before_seq,
                              guint limit,
                              GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (self->database,
                             "SELECT " MESSAGE_COLUMNS " FROM messages"
                             " WHERE conversation_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
                             sql_int (conversation_id), sql_int (before_seq), sql_int (limit));

  while (confab_result_next (result))
    {
      ConfabMessageRow *row = read_message (result);

      count_row (self, row->content);
      g_ptr_array_add (self->rows->messages, row);
    }

  return confab_result_end (result, error);
}

static gboolean
add_all_memberships (ConfabGathering *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database,
      "SELECT " MEMBERSHIP_COLUMNS " FROM conversation_users WHERE conversation_id = $1",
      sql_int (conversation_id));

  while (confab_result_next (result))
    take_membership (self, read_membership (result));

  return confab_result_end (result, error);
}

/* All senders are or were members, so the memberships include the users of the messages. */
gboolean
confab_gathering_add_block (ConfabGathering *self, gint64 conversation_id, GError **error)
{
  return confab_gathering_add (self, CONFAB_GATHER_CONVERSATIONS, conversation_id, error)
         && add_all_memberships (self, conversation_id, error)
         && confab_gathering_add (self, CONFAB_GATHER_READ_POSITIONS, conversation_id, error)
         && confab_gathering_add (self, CONFAB_GATHER_SETTINGS, conversation_id, error)
         && confab_gathering_add_history (self, conversation_id, G_MAXINT64,
                                          CONFAB_INITIAL_MESSAGES, error);
}
