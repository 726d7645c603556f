/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one function through which rows enter the mirror. It is idempotent and independent of the
 * order of calls: a row is stored if its rev is newer than the stored one, and rows about a
 * conversation that had closed by then are ignored. */

#include "confab-mirror-apply.h"

#include "confab-mirror-private.h"
#include "confab-mirror-rows.h"
#include "confab-problem.h"

/* The result if no row was new. */
#define NOTHING_NEW GINT_TO_POINTER (2)

gboolean
confab_apply_run_values (ConfabApply *self,
                         gboolean *changed,
                         const char *sql,
                         const ConfabValue *values,
                         GError **error)
{
  if (!confab_database_run_values (self->database, sql, values, error))
    return FALSE;
  *changed = confab_database_changes (self->database) > 0;
  return TRUE;
}

/* ---- tables ---- */

static gboolean
apply_role (ConfabApply *self, gpointer data, GError **error)
{
  const ConfabRoleRow *row = data;
  gboolean changed;

  if (!confab_apply_run (
          self, &changed, error,
          "INSERT INTO roles (id, rolename, label, base, rev) VALUES ($1, $2, $3, $4, $5)"
          " ON CONFLICT (id) DO UPDATE SET rolename = excluded.rolename, label = excluded.label,"
          " base = excluded.base, rev = excluded.rev WHERE excluded.rev > roles.rev",
          sql_int (row->id), sql_text (row->rolename), sql_text (row->label),
          sql_text (confab_role_base_to_string (row->base)), sql_int (row->rev)))
    return FALSE;
  self->changes->roles = self->changes->roles || changed;
  return TRUE;
}

/* Notices in a new mirror's first page are old, so do not show them in toasts. */
static gboolean
apply_notice (ConfabApply *self, gpointer data, GError **error)
{
  const ConfabNoticeRow *row = data;
  gboolean changed;

  if (!confab_apply_run (self, &changed, error,
                         "INSERT OR IGNORE INTO notices (id, at, action, actor, old_value, "
                         "new_value, by_self, rev,"
                         " shown) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                         sql_int (row->id), sql_int (row->at), sql_text (row->action),
                         sql_text (row->actor), sql_text (row->old_value),
                         sql_text (row->new_value), sql_int (row->by_self), sql_int (row->rev),
                         sql_int (self->fresh)))
    return FALSE;
  self->changes->notices = self->changes->notices || changed;
  return TRUE;
}

/* A row that was made for other users, too, lacks the user's own email: keep the stored one. */
static gboolean
keep_email (ConfabApply *self, const ConfabUserRow *row, gboolean *changed, GError **error)
{
  gboolean filled;

  if (row->email == NULL || row->id != self->self_user_id)
    return TRUE;
  if (!confab_apply_run (self, &filled, error,
                         "UPDATE users SET email = $1 WHERE id = $2 AND email IS NULL",
                         sql_text (row->email), sql_int (row->id)))
    return FALSE;
  *changed = *changed || filled;
  return TRUE;
}

/* The names of conversations may consist of their members' names. */
static gboolean
touch_conversations_of (ConfabApply *self, gint64 user_id, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database, "SELECT conversation_id FROM conversation_users WHERE user_id = $1",
      sql_int (user_id));

  while (confab_result_next (result))
    confab_id_set_add (self->changes->conversations, confab_result_get_int (result, 0));
  return confab_result_end (result, error);
}

static gboolean
apply_user (ConfabApply *self, gpointer data, GError **error)
{
  ConfabUserRow *row = data;
  gboolean changed;

  if (!confab_apply_expect_role (self, row->role_id, error))
    return FALSE;
  if (!confab_apply_run (
          self, &changed, error,
          "INSERT INTO users (id, username, email, created_at, role_id, rev, about, picture, "
          "deleted)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
          " ON CONFLICT (id) DO UPDATE SET username = excluded.username,"
          " email = coalesce (excluded.email, users.email), created_at = excluded.created_at,"
          " role_id = excluded.role_id, rev = excluded.rev, about = excluded.about,"
          " picture = excluded.picture, deleted = excluded.deleted WHERE excluded.rev > users.rev",
          sql_int (row->id), sql_text (row->username),
          sql_text (row->id == self->self_user_id ? row->email : NULL), sql_int (row->created_at),
          sql_int (row->role_id), sql_int (row->rev), sql_text (row->about),
          sql_text (row->picture), sql_int (row->deleted))
      || !keep_email (self, row, &changed, error))
    return FALSE;
  confab_id_set_add (self->suspects, row->id);
  if (!changed)
    return TRUE;
  g_ptr_array_add (self->changes->users, row);
  return touch_conversations_of (self, row->id, error);
}

static gboolean
apply_conversation (ConfabApply *self, gpointer data, GError **error)
{
  const ConfabConversationRow *row = data;
  gboolean changed;
  gint64 closed;
  gboolean takes;

  if (!confab_database_query_int (self->database, &closed, error,
                                  "SELECT 1 FROM closed_conversations WHERE conversation_id = $1",
                                  sql_int (row->id))
      || (closed != 0 && !confab_apply_takes (self, row->id, row->rev, &takes, error)))
    return FALSE;
  if (closed != 0 && !takes)
    return TRUE;
  if (!confab_apply_run (
          self, &changed, error,
          "INSERT INTO conversations (id, kind, title, created_at, last_seq, rev)"
          " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
          " title = excluded.title, created_at = excluded.created_at, last_seq = excluded.last_seq,"
          " rev = excluded.rev WHERE excluded.rev > conversations.rev",
          sql_int (row->id), sql_text (confab_conversation_kind_to_string (row->kind)),
          sql_text (row->title), sql_int (row->created_at), sql_int (row->last_seq),
          sql_int (row->rev)))
    return FALSE;
  if (changed)
    confab_id_set_add (self->changes->conversations, row->id);
  return TRUE;
}

static gboolean
apply_membership (ConfabApply *self, gpointer data, GError **error)
{
  const ConfabMembershipRow *row = data;
  gboolean changed;
  gboolean takes;

  if (!confab_apply_takes (self, row->conversation_id, row->rev, &takes, error))
    return FALSE;
  if (!takes)
    return TRUE;
  if (!confab_apply_expect_user (self, row->user_id, error))
    return FALSE;
  if (!confab_apply_run (
          self, &changed, error,
          "INSERT INTO conversation_users (id, conversation_id, user_id, joined_at, left_at, rev,"
          " removed_by) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE"
          " SET joined_at = excluded.joined_at, left_at = excluded.left_at,"
          " removed_by = excluded.removed_by, rev = excluded.rev"
          " WHERE excluded.rev > conversation_users.rev",
          sql_int (row->id), sql_int (row->conversation_id), sql_int (row->user_id),
          sql_int (row->joined_at), sql_id (row->left_at), sql_int (row->rev),
          sql_id (row->removed_by)))
    return FALSE;
  if (changed)
    {
      confab_id_set_add (self->changes->members, row->conversation_id);
      confab_id_set_add (self->changes->conversations, row->conversation_id);
    }
  return TRUE;
}

static gboolean
apply_read_position (ConfabApply *self, gpointer data, GError **error)
{
  const ConfabReadPositionRow *row = data;
  gboolean changed;
  gboolean takes;

  if (!confab_apply_takes (self, row->conversation_id, row->rev, &takes, error))
    return FALSE;
  if (!takes)
    return TRUE;
  if (!confab_apply_run (
          self, &changed, error,
          "INSERT INTO read_positions (conversation_id, last_read_seq, rev) VALUES ($1, $2, $3)"
          " ON CONFLICT (conversation_id) DO UPDATE SET last_read_seq = excluded.last_read_seq,"
          " rev = excluded.rev WHERE excluded.rev > read_positions.rev",
          sql_int (row->conversation_id), sql_int (row->last_read_seq), sql_int (row->rev)))
    return FALSE;
  if (!changed)
    return TRUE;
  confab_id_set_add (self->changes->conversations, row->conversation_id);
  return confab_database_run (self->database, error,
                              "DELETE FROM uncounted WHERE conversation_id = $1 AND seq <= $2",
                              sql_int (row->conversation_id), sql_int (row->last_read_seq));
}

static gboolean
apply_settings (ConfabApply *self, gpointer data, GError **error)
{
  const ConfabConversationSettingsRow *row = data;
  gboolean changed;
  gboolean takes;

  if (!confab_apply_takes (self, row->conversation_id, row->rev, &takes, error))
    return FALSE;
  if (!takes)
    return TRUE;
  if (!confab_apply_run (
          self, &changed, error,
          "INSERT INTO conversation_settings (conversation_id, notify, muted_until, rev)"
          " VALUES ($1, $2, $3, $4) ON CONFLICT (conversation_id) DO UPDATE"
          " SET notify = excluded.notify, muted_until = excluded.muted_until, rev = excluded.rev"
          " WHERE excluded.rev > conversation_settings.rev",
          sql_int (row->conversation_id), sql_text (confab_notify_to_string (row->notify)),
          sql_id (row->muted_until), sql_int (row->rev)))
    return FALSE;
  if (changed)
    confab_id_set_add (self->changes->conversations, row->conversation_id);
  return TRUE;
}

/* ---- finishing ---- */

/* Keep only users with whom the user shares or shared a conversation, and the user. */
static gboolean
remove_strangers (ConfabApply *self, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->suspects);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (*(gint64 *)id != self->self_user_id
          && !confab_database_run (
              self->database, error,
              "DELETE FROM users WHERE id = $1"
              " AND NOT EXISTS (SELECT 1 FROM conversation_users WHERE user_id = $1)"
              " AND NOT EXISTS (SELECT 1 FROM messages WHERE sender_id = $1)",
              sql_int (*(gint64 *)id)))
        return FALSE;
    }
  return TRUE;
}

static int
compare_seq (gconstpointer a, gconstpointer b)
{
  const ConfabMessageRow *one = *(const ConfabMessageRow *const *)a;
  const ConfabMessageRow *other = *(const ConfabMessageRow *const *)b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

static void
sort_timelines (ConfabChanges *changes)
{
  GHashTableIter iter;
  gpointer change;

  g_hash_table_iter_init (&iter, changes->timelines);
  while (g_hash_table_iter_next (&iter, NULL, &change))
    g_ptr_array_sort (((ConfabTimelineChange *)change)->messages, compare_seq);
}

typedef gboolean (*ApplyRow) (ConfabApply *self, gpointer row, GError **error);

static gboolean
apply_each (ConfabApply *self, GPtrArray *rows, ApplyRow apply_row, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      if (!apply_row (self, g_ptr_array_index (rows, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_rows (ConfabApply *self, GError **error)
{
  ConfabRows *rows = self->rows;

  return confab_apply_own_memberships (self, error)
         && apply_each (self, rows->roles, apply_role, error)
         && apply_each (self, rows->users, apply_user, error)
         && apply_each (self, rows->conversations, apply_conversation, error)
         && apply_each (self, rows->memberships, apply_membership, error)
         && apply_each (self, rows->read_positions, apply_read_position, error)
         && apply_each (self, rows->settings, apply_settings, error)
         && confab_apply_messages (self, error)
         && apply_each (self, rows->notices, apply_notice, error) && remove_strangers (self, error);
}

/* ---- the cursor ---- */

typedef struct
{
  ConfabRows *rows;
  gint64 self_user_id;
  char *from;
  char *to;
  gboolean rebuild;
} ApplyArguments;

static void
apply_arguments_free (gpointer data)
{
  ApplyArguments *self = data;

  confab_rows_unref (self->rows);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

static gboolean
begins_at_cursor (ConfabDatabase *database, const char *from, GError **error)
{
  g_autofree char *cursor = NULL;

  return confab_database_query_text (database, &cursor, error,
                                     "SELECT value FROM meta WHERE key = 'cursor'")
         && (g_strcmp0 (cursor, from) == 0
             || confab_problem_set (error, CONFAB_PROBLEM_CURSOR_TOO_OLD));
}

static gboolean
write_meta (ConfabDatabase *database, const char *key, const char *value, GError **error)
{
  return confab_database_run (database, error,
                              "INSERT OR REPLACE INTO meta (key, value) VALUES ($1, $2)",
                              sql_text (key), sql_text (value));
}

static gpointer
apply (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  ApplyArguments *arguments = data;
  g_autoptr (GHashTable) known = confab_id_set_new ();
  g_autoptr (GHashTable) suspects = confab_id_set_new ();
  g_autoptr (GHashTable) expected = confab_id_set_new ();
  ConfabApply self = { .database = database,
                       .changes = changes,
                       .rows = arguments->rows,
                       .self_user_id = arguments->self_user_id,
                       .known = known,
                       .suspects = suspects,
                       .expected = expected };

  if (arguments->to != NULL
      && (!begins_at_cursor (database, arguments->from, error)
          || !write_meta (database, "cursor", arguments->to, error)))
    return NULL;
  /* The rows are fetched again by a version that may understand them. */
  if (arguments->rows->is_mended && !write_meta (database, "mended_by", CONFAB_VERSION, error))
    return NULL;
  self.fresh = arguments->to != NULL && arguments->from == NULL;
  if (!apply_rows (&self, error))
    return NULL;
  sort_timelines (changes);
  return confab_changes_is_empty (changes) ? NOTHING_NEW : CONFAB_MIRROR_DONE;
}

static void
applied (ConfabMirror *self, gpointer data)
{
  ApplyArguments *arguments = data;

  if (arguments->to != NULL)
    confab_mirror_set_cursor (self, arguments->to, arguments->rebuild);
}

void
confab_mirror_apply_async (ConfabMirror *self,
                           ConfabRows *rows,
                           const char *from,
                           const char *to,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  ApplyArguments *arguments;
  ConfabMirrorJob job = { .func = apply, .done = applied, .free_arguments = apply_arguments_free };

  g_return_if_fail (CONFAB_IS_MIRROR (self));
  g_return_if_fail (rows != NULL);

  arguments = g_new0 (ApplyArguments, 1);
  arguments->rows = confab_rows_ref (rows);
  arguments->self_user_id = confab_mirror_get_self_user_id (self);
  arguments->from = g_strdup (from);
  arguments->to = g_strdup (to);
  arguments->rebuild = to != NULL && confab_mirror_is_rebuilding (self);
  job.target = arguments->rebuild ? CONFAB_MIRROR_REBUILD_WRITER : CONFAB_MIRROR_WRITER;
  job.arguments = arguments;
  job.rows = rows;
  confab_mirror_run (
      self,
      confab_mirror_task_new (self, confab_mirror_apply_async, cancellable, callback, user_data),
      &job);
}

gboolean
confab_mirror_apply_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  return confab_mirror_write_finish (self, result, error);
}

gboolean
confab_mirror_apply_news_finish (ConfabMirror *self,
                                 GAsyncResult *result,
                                 gboolean *news,
                                 GError **error)
{
  gpointer done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  *news = done != NULL && done != NOTHING_NEW;

  return done != NULL;
}
