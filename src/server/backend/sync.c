/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Makes a page in two steps: lists the changes as revisions and ids, for which the indexes suffice;
 * then reads those rows in order of revision until the page is full, many rows of a kind with one
 * statement. */

#include "confab-call.h"

#include "confab-limits.h"

/* Rows of gained conversations count an eighth. Messages after the end of a page are sent
 * individually, so the more gained conversations a page contains, the fewer unneeded messages
 * follow; a page with all of them ends at the head. */
#define BLOCK_DISCOUNT 8

typedef enum
{
  CHANGE_ROLE,
  CHANGE_USER,
  CHANGE_LOST,   /* id: the user's own membership */
  CHANGE_GAINED, /* id: the complete conversation */
  CHANGE_CONVERSATION,
  CHANGE_MEMBERSHIP,
  CHANGE_READ_POSITION, /* id: the conversation */
  CHANGE_SETTINGS,      /* id: the conversation */
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

/* ---- what changed ---- */

static void
note (Listing *self, ChangeKind kind, gint64 id, gint64 rev)
{
  Change change = { rev, kind, id };

  g_array_append_val (self->changes, change);
}

/* Add the (id, rev) pairs of @result (transfer full). */
static gboolean
note_all (Listing *self, ChangeKind kind, ConfabResult *result, GError **error)
{
  g_autoptr (ConfabResult) owned = result;

  while (confab_result_next (owned))
    note (self, kind, confab_result_get_int (owned, 0), confab_result_get_int (owned, 1));

  return confab_result_end (owned, error);
}

static gboolean
list_roles (Listing *self, GError **error)
{
  return note_all (self, CHANGE_ROLE,
                   confab_database_query (self->database,
                                          "SELECT id, rev FROM roles WHERE rev > $1",
                                          sql_int (self->since)),
                   error);
}

/* List the user, and users who changed after they were created. A new user becomes visible by a
 * membership, which includes their row; from revision 0 all visible users come that way, without
 * scanning all who ever changed. */
static gboolean
list_users (Listing *self, GError **error)
{
  return note_all (
      self, CHANGE_USER,
      confab_database_query (self->database,
                             "SELECT id, rev FROM users WHERE id = $1 AND rev > $2"
                             " UNION "
                             "SELECT id, rev FROM users"
                             " WHERE $2 > 0 AND rev > $2 AND rev <> created_rev"
                             "   AND EXISTS (SELECT 1 FROM conversation_users AS theirs"
                             "                 JOIN conversation_users AS mine"
                             "                USING (conversation_id)"
                             "                WHERE theirs.user_id = users.id"
                             "                  AND mine.user_id = $1 AND mine.left_at IS NULL)",
                             sql_int (self->user_id), sql_int (self->since)),
      error);
}

/* List the audit entries about the user. */
static gboolean
list_notices (Listing *self, GError **error)
{
  return note_all (
      self, CHANGE_NOTICE,
      confab_database_query (self->database,
                             "SELECT id, rev FROM audit WHERE target_id = $1 AND rev > $2",
                             sql_int (self->user_id), sql_int (self->since)),
      error);
}

/* A gained conversation includes its read position. */
static gboolean
list_read_positions (Listing *self, GError **error)
{
  return note_all (self, CHANGE_READ_POSITION,
                   confab_database_query (
                       self->database,
                       "SELECT r.conversation_id, r.rev"
                       "  FROM read_positions AS r JOIN conversation_users AS m"
                       "    ON m.conversation_id = r.conversation_id AND m.user_id = r.user_id"
                       " WHERE r.user_id = $1 AND r.rev > $2 AND m.joined_rev <= $2",
                       sql_int (self->user_id), sql_int (self->since)),
                   error);
}

/* A gained conversation includes its settings, and one that was left does not show them. */
static gboolean
list_settings (Listing *self, GError **error)
{
  return note_all (self, CHANGE_SETTINGS,
                   confab_database_query (
                       self->database,
                       "SELECT s.conversation_id, s.rev"
                       "  FROM conversation_settings AS s JOIN conversation_users AS m"
                       "    ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id"
                       " WHERE s.user_id = $1 AND s.rev > $2 AND m.joined_rev <= $2"
                       "   AND m.left_at IS NULL",
                       sql_int (self->user_id), sql_int (self->since)),
                   error);
}

/* For all conversations of which the user was a member before. */
static gboolean
list_memberships (Listing *self, GError **error)
{
  return note_all (self, CHANGE_MEMBERSHIP,
                   confab_database_query (
                       self->database,
                       "SELECT m.id, m.rev FROM conversation_users AS mine"
                       "  JOIN conversations AS c ON c.id = mine.conversation_id"
                       "  JOIN conversation_users AS m ON m.conversation_id = c.id"
                       " WHERE mine.user_id = $1 AND mine.left_at IS NULL AND mine.joined_rev <= $2"
                       "   AND c.head_rev > $2 AND m.rev > $2",
                       sql_int (self->user_id), sql_int (self->since)),
                   error);
}

/* Each message has its own revision, so at most one beyond the limit is needed. One statement for
 * all conversations would scan every unread message. */
static gboolean
list_messages (Listing *self, gint64 conversation_id, GError **error)
{
  return note_all (
      self, CHANGE_MESSAGE,
      confab_database_query (self->database,
                             "SELECT id, rev FROM messages"
                             " WHERE conversation_id = $1 AND rev > $2 ORDER BY rev LIMIT $3",
                             sql_int (conversation_id), sql_int (self->since),
                             sql_int ((gint64)self->limit + 1)),
      error);
}

/* Columns: conversation_id, joined_rev, left, id and rev of the user's membership, rev of the
 * conversation */
static gboolean
list_conversation (Listing *self, ConfabResult *result, GError **error)
{
  gint64 conversation_id = confab_result_get_int (result, 0);
  gint64 joined_rev = confab_result_get_int (result, 1);
  gboolean left = confab_result_get_int (result, 2) != 0;
  gint64 membership_rev = confab_result_get_int (result, 4);
  gint64 conversation_rev = confab_result_get_int (result, 5);

  if (left)
    {
      if (membership_rev > self->since)
        note (self, CHANGE_LOST, confab_result_get_int (result, 3), membership_rev);
      return TRUE;
    }

  if (joined_rev > self->since)
    {
      note (self, CHANGE_GAINED, conversation_id, joined_rev);
      return TRUE;
    }

  if (conversation_rev > self->since)
    note (self, CHANGE_CONVERSATION, conversation_id, conversation_rev);

  return list_messages (self, conversation_id, error);
}

static gboolean
list_conversations (Listing *self, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database,
      "SELECT m.conversation_id, m.joined_rev, m.left_at IS NOT NULL, m.id, m.rev, c.rev"
      "  FROM conversation_users AS m JOIN conversations AS c ON c.id = m.conversation_id"
      " WHERE m.user_id = $1 AND c.head_rev > $2",
      sql_int (self->user_id), sql_int (self->since));

  while (confab_result_next (result))
    {
      if (!list_conversation (self, result, error))
        return FALSE;
    }

  return confab_result_end (result, error);
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a;
  const Change *y = b;

  return x->rev != y->rev ? (x->rev > y->rev) - (x->rev < y->rev) : (int)x->kind - (int)y->kind;
}

/* ---- the page ---- */

/* Return CONFAB_N_GATHER_KINDS for changes that are not a single row with an id. */
static ConfabGatherKind
get_gather_kind (ChangeKind kind)
{
  switch (kind)
    {
    case CHANGE_ROLE:
      return CONFAB_GATHER_ROLES;
    case CHANGE_LOST:
    case CHANGE_MEMBERSHIP:
      return CONFAB_GATHER_MEMBERSHIPS;
    case CHANGE_CONVERSATION:
      return CONFAB_GATHER_CONVERSATIONS;
    case CHANGE_READ_POSITION:
      return CONFAB_GATHER_READ_POSITIONS;
    case CHANGE_SETTINGS:
      return CONFAB_GATHER_SETTINGS;
    case CHANGE_MESSAGE:
      return CONFAB_GATHER_MESSAGES;
    case CHANGE_NOTICE:
      return CONFAB_GATHER_NOTICES;
    case CHANGE_USER:
    case CHANGE_GAINED:
    default:
      return CONFAB_N_GATHER_KINDS;
    }
}

/* Read the rows of the next changes. */
static gboolean
load_changes (ConfabGathering *gathering, guint n_changes, const Change *changes, GError **error)
{
  for (ConfabGatherKind kind = 0; kind < CONFAB_N_GATHER_KINDS; kind++)
    {
      gint64 ids[CONFAB_GATHERING_BATCH];
      guint n_ids = 0;

      for (guint i = 0; i < n_changes; i++)
        {
          if (get_gather_kind (changes[i].kind) == kind)
            ids[n_ids++] = changes[i].id;
        }
      if (!confab_gathering_load (gathering, kind, n_ids, ids, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
gather_change (ConfabGathering *gathering, const Change *change, GError **error)
{
  if (change->kind == CHANGE_GAINED)
    return confab_gathering_add_block (gathering, change->id, error);

  if (change->kind == CHANGE_USER)
    confab_gathering_add_user (gathering, change->id);
  else
    confab_gathering_take (gathering, get_gather_kind (change->kind), change->id);

  return TRUE;
}

/* Load rows until the page is full, complete revisions only. *to is unchanged if all fitted. */
static gboolean
fill_page (ConfabGathering *gathering,
           Listing *listing,
           gint64 *to,
           gboolean *has_more,
           GError **error)
{
  const guint batch = MIN (listing->limit, CONFAB_GATHERING_BATCH);
  guint rows = 0; /* in eighths */
  gsize bytes = 0;

  for (guint i = 0; i < listing->changes->len; i++)
    {
      const Change *change = &g_array_index (listing->changes, Change, i);
      guint weight = change->kind == CHANGE_GAINED ? 1 : BLOCK_DISCOUNT;
      guint rows_before = confab_gathering_count (gathering);
      gsize bytes_before = gathering->bytes;

      if (i > 0 && change->rev > change[-1].rev
          && (rows >= listing->limit * BLOCK_DISCOUNT
              || bytes >= (gsize)CONFAB_PAGE_TARGET_BYTES * BLOCK_DISCOUNT))
        {
          *to = change[-1].rev;
          *has_more = TRUE;
          return TRUE;
        }

      if (i % batch == 0
          && !load_changes (gathering, MIN (listing->changes->len - i, batch), change, error))
        return FALSE;
      if (!gather_change (gathering, change, error))
        return FALSE;

      rows += (confab_gathering_count (gathering) - rows_before) * weight;
      bytes += (gathering->bytes - bytes_before) * weight;
    }

  return TRUE;
}

ConfabRows *
confab_backend_sync (ConfabDatabase *database,
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
  if (!confab_backend_get_head (database, to, error))
    return NULL;

  if (since < 0 || since > *to)
    {
      confab_problem_set (error, CONFAB_PROBLEM_CURSOR_TOO_OLD);
      return NULL;
    }

  if (since < *to
      && (!list_roles (&listing, error) || !list_users (&listing, error)
          || !list_notices (&listing, error) || !list_read_positions (&listing, error)
          || !list_settings (&listing, error) || !list_memberships (&listing, error)
          || !list_conversations (&listing, error)))
    return NULL;

  g_array_sort (changes, compare_changes);
  confab_gathering_init (&gathering, database, user_id);

  return fill_page (&gathering, &listing, to, has_more, error)
             ? confab_gathering_end (&gathering, error)
             : NULL;
}
