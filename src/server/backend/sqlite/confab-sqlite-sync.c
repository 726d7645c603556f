/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A page is made in two steps: first list what changed, as revisions and ids, which indexes
 * answer alone; then, in order of revision, gather those rows until the page is full. */

#include "confab-sqlite-private.h"

#include "confab-limits.h"
#include "confab-problem.h"
#include "confab-sqlite-rows.h"

/* Rows of gained conversations count an eighth. The messages that come after a page's end come
 * one by one, so the more gained conversations one page holds, the fewer messages are sent that
 * nobody waits for; and a page that holds them all ends at the head. */
#define BLOCK_DISCOUNT 8

typedef enum
{
  CHANGE_ROLE,
  CHANGE_USER,
  CHANGE_LOST,   /* id: one's own membership */
  CHANGE_GAINED, /* id: the conversation, whole */
  CHANGE_CONVERSATION,
  CHANGE_MEMBERSHIP,
  CHANGE_READ_POSITION, /* id: the conversation */
  CHANGE_MESSAGE,
  CHANGE_NOTICE,
} ChangeKind;

typedef struct
{
  gint64 rev;
  ChangeKind kind;
  gint64 id;
} Change;

typedef struct
{
  ConfabDatabase *database;
  gint64 user_id;
  gint64 since;
  guint limit;
  GArray *changes; /* Change */
} Listing;

static void
note (Listing *self, ChangeKind kind, gint64 id, gint64 rev)
{
  Change change = { rev, kind, id };

  g_array_append_val (self->changes, change);
}

/* Notes the (id, rev) that @statement yields. */
static gboolean
note_all (Listing *self, ChangeKind kind, ConfabStatement *statement, GError **error)
{
  while (confab_statement_step (statement, error))
    note (self, kind, confab_statement_get_int (statement, 0),
          confab_statement_get_int (statement, 1));

  return *error == NULL;
}

static gboolean
list_roles (Listing *self, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database, "SELECT id, rev FROM roles WHERE rev > ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->since);

  return note_all (self, CHANGE_ROLE, statement, error);
}

/* Oneself, and people who changed after they were made. A new person becomes visible by a
 * membership, which brings the person's row along; from the beginning everybody does, and there
 * is no walking through all who ever changed. */
static gboolean
list_users (Listing *self, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT id, rev FROM users WHERE id = ?1 AND rev > ?2"
      " UNION "
      "SELECT id, rev FROM users INDEXED BY users_changed"
      " WHERE ?2 > 0 AND rev > ?2 AND rev <> created_rev"
      "   AND EXISTS (SELECT 1 FROM conversation_users AS theirs"
      "                 JOIN conversation_users AS mine USING (conversation_id)"
      "                WHERE theirs.user_id = users.id"
      "                  AND mine.user_id = ?1 AND mine.left_at IS NULL)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->user_id);
  confab_statement_bind_int (statement, 2, self->since);

  return note_all (self, CHANGE_USER, statement, error);
}

/* What the audit says of oneself. */
static gboolean
list_notices (Listing *self, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database, "SELECT id, rev FROM audit WHERE target_id = ?1 AND rev > ?2", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->user_id);
  confab_statement_bind_int (statement, 2, self->since);

  return note_all (self, CHANGE_NOTICE, statement, error);
}

/* A gained conversation brings its read position along. */
static gboolean
list_read_positions (Listing *self, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT r.conversation_id, r.rev"
      "  FROM read_positions AS r JOIN conversation_users AS m"
      "    ON m.conversation_id = r.conversation_id AND m.user_id = r.user_id"
      " WHERE r.user_id = ?1 AND r.rev > ?2 AND m.joined_rev <= ?2",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->user_id);
  confab_statement_bind_int (statement, 2, self->since);

  return note_all (self, CHANGE_READ_POSITION, statement, error);
}

static gboolean
list_memberships (Listing *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT id, rev FROM conversation_users WHERE conversation_id = ?1 AND rev > ?2", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, self->since);

  return note_all (self, CHANGE_MEMBERSHIP, statement, error);
}

/* Each message has a revision of its own, so no more than one above the limit can be wanted. */
static gboolean
list_messages (Listing *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, rev FROM messages"
                               " WHERE conversation_id = ?1 AND rev > ?2 ORDER BY rev LIMIT ?3",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, self->since);
  confab_statement_bind_int (statement, 3, (gint64)self->limit + 1);

  return note_all (self, CHANGE_MESSAGE, statement, error);
}

/* Columns: conversation_id, joined_rev, left, id and rev of one's membership, rev of the
 * conversation */
static gboolean
list_conversation (Listing *self, ConfabStatement *statement, GError **error)
{
  gint64 conversation_id = confab_statement_get_int (statement, 0);
  gint64 joined_rev = confab_statement_get_int (statement, 1);
  gboolean left = confab_statement_get_int (statement, 2);
  gint64 membership_rev = confab_statement_get_int (statement, 4);
  gint64 conversation_rev = confab_statement_get_int (statement, 5);

  if (left)
    {
      if (membership_rev > self->since)
        note (self, CHANGE_LOST, confab_statement_get_int (statement, 3), membership_rev);
      return TRUE;
    }

  if (joined_rev > self->since)
    {
      note (self, CHANGE_GAINED, conversation_id, joined_rev);
      return TRUE;
    }

  if (conversation_rev > self->since)
    note (self, CHANGE_CONVERSATION, conversation_id, conversation_rev);

  return list_memberships (self, conversation_id, error)
         && list_messages (self, conversation_id, error);
}

static gboolean
list_conversations (Listing *self, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT m.conversation_id, m.joined_rev, m.left_at IS NOT NULL, m.id, m.rev, c.rev"
      "  FROM conversation_users AS m JOIN conversations AS c ON c.id = m.conversation_id"
      " WHERE m.user_id = ?1 AND c.head_rev > ?2",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->user_id);
  confab_statement_bind_int (statement, 2, self->since);
  while (confab_statement_step (statement, error))
    {
      if (!list_conversation (self, statement, error))
        return FALSE;
    }

  return *error == NULL;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a;
  const Change *y = b;

  return x->rev != y->rev ? (x->rev > y->rev) - (x->rev < y->rev) : (int)x->kind - (int)y->kind;
}

static gboolean
gather_change (ConfabGathering *gathering, const Change *change, GError **error)
{
  switch (change->kind)
    {
    case CHANGE_ROLE:
      return confab_gathering_add_role (gathering, change->id, error);
    case CHANGE_USER:
      return confab_gathering_add_user (gathering, change->id, error);
    case CHANGE_LOST:
    case CHANGE_MEMBERSHIP:
      return confab_gathering_add_membership (gathering, change->id, error);
    case CHANGE_GAINED:
      return confab_gathering_add_block (gathering, change->id, error);
    case CHANGE_CONVERSATION:
      return confab_gathering_add_conversation (gathering, change->id, error);
    case CHANGE_READ_POSITION:
      return confab_gathering_add_read_position (gathering, change->id, error);
    case CHANGE_MESSAGE:
      return confab_gathering_add_message (gathering, change->id, error);
    case CHANGE_NOTICE:
      return confab_gathering_add_notice (gathering, change->id, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Gathers until the page is full, whole revisions only. *to stays as it is if everything fitted. */
static gboolean
fill_page (ConfabGathering *gathering,
           Listing *listing,
           gint64 *to,
           gboolean *has_more,
           GError **error)
{
  guint rows = 0; /* in eighths */
  gsize bytes = 0;

  for (guint i = 0; i < listing->changes->len; i++)
    {
      const Change *change = &g_array_index (listing->changes, Change, i);
      guint weight = change->kind == CHANGE_GAINED ? 1 : BLOCK_DISCOUNT;
      guint rows_before = confab_rows_count (gathering->rows);
      gsize bytes_before = gathering->bytes;

      if (i > 0 && change->rev > change[-1].rev
          && (rows >= listing->limit * BLOCK_DISCOUNT
              || bytes >= (gsize)CONFAB_PAGE_TARGET_BYTES * BLOCK_DISCOUNT))
        {
          *to = change[-1].rev;
          *has_more = TRUE;
          return TRUE;
        }

      if (!gather_change (gathering, change, error))
        return FALSE;

      rows += (confab_rows_count (gathering->rows) - rows_before) * weight;
      bytes += (gathering->bytes - bytes_before) * weight;
    }

  return TRUE;
}

ConfabRows *
confab_sqlite_sync (ConfabDatabase *database,
                    gint64 user_id,
                    gint64 since,
                    guint limit,
                    gint64 *to,
                    gboolean *has_more,
                    GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_auto (ConfabGathering) gathering = { 0 };
  Listing listing = { database, user_id, since, CLAMP (limit, 1, CONFAB_SYNC_MAX_ROWS), changes };

  *has_more = FALSE;
  if (!confab_sqlite_get_head (database, to, error))
    return NULL;

  if (since < 0 || since > *to)
    {
      confab_problem_set (error, CONFAB_PROBLEM_CURSOR_TOO_OLD);
      return NULL;
    }

  if (since < *to
      && (!list_roles (&listing, error) || !list_users (&listing, error)
          || !list_notices (&listing, error) || !list_read_positions (&listing, error)
          || !list_conversations (&listing, error)))
    return NULL;

  g_array_sort (changes, compare_changes);
  confab_gathering_init (&gathering, database, user_id);
  if (!fill_page (&gathering, &listing, to, has_more, error))
    return NULL;

  return confab_gathering_end (&gathering);
}
