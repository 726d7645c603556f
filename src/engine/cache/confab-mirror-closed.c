/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Removing closed conversations from this computer: first out of sight, then for good. */

#include "confab-mirror-private.h"

#include "confab-mirror-rows.h"
#include "confab-mirror-unsent.h"

/* So many messages go in one transaction, so that what a person sends meanwhile does not wait. */
#define FORGET_MESSAGES 5000

static const char *const reasons[] = {
  [CONFAB_CLOSED_LEFT] = "left",
  [CONFAB_CLOSED_REMOVED] = "removed",
  [CONFAB_CLOSED_LOST] = "lost",
  [CONFAB_CLOSED_DELETED] = "deleted",
};

const char *
confab_mirror_closed_to_string (ConfabClosedReason reason)
{
  g_return_val_if_fail (reason != CONFAB_CLOSED_NOT, NULL);
  g_return_val_if_fail ((guint)reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason];
}

gboolean
confab_mirror_closed_from_string (const char *text, ConfabClosedReason *reason)
{
  for (guint i = CONFAB_CLOSED_NOT + 1; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_str_equal (text, reasons[i]))
        {
          *reason = i;
          return TRUE;
        }
    }
  return FALSE;
}

typedef struct
{
  gint64 conversation_id;
  gint64 self_user_id;
} ClosedArguments;

static void
run (ConfabMirror *self, GTask *task, ConfabMirrorFunc func, gint64 conversation_id)
{
  ClosedArguments *arguments = g_new0 (ClosedArguments, 1);
  const ConfabMirrorJob job = {
    .target = CONFAB_MIRROR_WRITER, .func = func, .arguments = arguments, .free_arguments = g_free
  };

  arguments->conversation_id = conversation_id;
  arguments->self_user_id = confab_mirror_get_self_user_id (self);
  confab_mirror_run (self, task, &job);
}

/* ---- out of sight, and back ---- */

/* A conversation with somebody whose account was deleted is still synchronised, and closed only
 * from here on: one's own membership is as new as it will ever be. */
static gboolean
close_deleted (ConfabDatabase *database, const ClosedArguments *arguments, GError **error)
{
  ConfabStatement *statement = confab_database_prepare (
      database,
      "INSERT OR IGNORE INTO closed_conversations (conversation_id, reason, closed_at, rev)"
      " SELECT c.id, 'deleted', 0, own.rev FROM conversations c"
      " JOIN conversation_users own ON own.conversation_id = c.id AND own.user_id = ?2"
      " JOIN conversation_users other ON other.conversation_id = c.id AND other.user_id <> ?2"
      " JOIN users u ON u.id = other.user_id AND u.deleted"
      " WHERE c.id = ?1 AND c.kind = 'direct'",
      error);

  if (statement == NULL)
    return FALSE;
  confab_statement_bind_int (statement, 1, arguments->conversation_id);
  confab_statement_bind_int (statement, 2, arguments->self_user_id);
  return confab_statement_run (statement, error);
}

static gpointer
hide (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  ClosedArguments *arguments = data;

  if (!close_deleted (database, arguments, error)
      || !confab_mirror_rows_run (database,
                                  "UPDATE closed_conversations SET hidden = 1"
                                  " WHERE conversation_id = ? AND NOT hidden",
                                  arguments->conversation_id, error))
    return NULL;
  if (confab_database_changes (database) > 0)
    confab_changes_add (changes->removed_conversations, arguments->conversation_id);
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_hide_closed_async (ConfabMirror *self,
                                 gint64 conversation_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_hide_closed_async, NULL, callback, user_data),
       hide, conversation_id);
}

static gpointer
unhide (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  ClosedArguments *arguments = data;

  if (!confab_mirror_rows_run (database,
                               "UPDATE closed_conversations SET hidden = 0"
                               " WHERE conversation_id = ?1"
                               " AND EXISTS (SELECT 1 FROM conversations WHERE id = ?1)",
                               arguments->conversation_id, error)
      || !confab_mirror_rows_run (database,
                                  "DELETE FROM closed_conversations"
                                  " WHERE conversation_id = ? AND NOT hidden"
                                  " AND reason = 'deleted'",
                                  arguments->conversation_id, error))
    return NULL;
  confab_changes_add (changes->conversations, arguments->conversation_id);
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_unhide_closed_async (ConfabMirror *self,
                                   gint64 conversation_id,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_unhide_closed_async, NULL, callback, user_data),
       unhide, conversation_id);
}

/* ---- for good ---- */

/* The ids of hidden conversations of which something is left: @only, or all if it is 0. A rebuild
 * may have left no more than what is unsent. */
static GArray *
list_hidden (ConfabDatabase *database, gint64 only, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT conversation_id AS hidden_id FROM closed_conversations"
      " WHERE hidden AND ?1 IN (0, conversation_id)"
      " AND (EXISTS (SELECT 1 FROM conversations WHERE id = hidden_id)"
      "  OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = hidden_id)"
      "  OR EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = hidden_id))",
      error);

  if (statement == NULL)
    return NULL;
  confab_statement_bind_int (statement, 1, only);
  while (confab_statement_step (statement, &failure))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (failure == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
forget_unsent (ConfabDatabase *database, gint64 id, ConfabChanges *changes, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database, "DELETE FROM outbox WHERE conversation_id = ? RETURNING client_id", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  confab_statement_bind_int (statement, 1, id);
  while (confab_statement_step (statement, &failure))
    {
      const char *client_id = confab_statement_get_string (statement, 0);

      confab_unsent_note_gone (changes, client_id);
      g_ptr_array_add (confab_changes_timeline (changes, id)->gone, g_strdup (client_id));
      changes->outbox = TRUE;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!confab_mirror_rows_run (database, "DELETE FROM drafts WHERE conversation_id = ?", id, error))
    return FALSE;
  if (confab_database_changes (database) > 0)
    confab_unsent_note_draft (changes, id, NULL);
  return TRUE;
}

/* Some messages; without any left, the rest. */
static gboolean
forget_some (ConfabDatabase *database, gint64 id, GError **error)
{
  ConfabStatement *statement = confab_database_prepare (
      database,
      "DELETE FROM messages WHERE id IN"
      " (SELECT id FROM messages WHERE conversation_id = ? ORDER BY seq LIMIT ?)",
      error);

  if (statement == NULL)
    return FALSE;
  confab_statement_bind_int (statement, 1, id);
  confab_statement_bind_int (statement, 2, FORGET_MESSAGES);
  if (!confab_statement_run (statement, error))
    return FALSE;
  return confab_database_changes (database) == FORGET_MESSAGES
         || confab_mirror_rows_run (database, "DELETE FROM conversations WHERE id = ?", id, error);
}

/* Returns how many conversations there may be something left of, plus one. */
static gpointer
forget (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  ClosedArguments *arguments = data;
  g_autoptr (GArray) ids = list_hidden (database, arguments->conversation_id, error);
  gint64 id;

  if (ids == NULL)
    return NULL;
  if (ids->len == 0)
    return GUINT_TO_POINTER (1);
  id = g_array_index (ids, gint64, 0);
  if (!forget_unsent (database, id, changes, error) || !forget_some (database, id, error)
      || !confab_mirror_rows_run (
          database,
          "DELETE FROM users WHERE id <> ?"
          " AND NOT EXISTS (SELECT 1 FROM conversation_users WHERE user_id = users.id)"
          " AND NOT EXISTS (SELECT 1 FROM messages WHERE sender_id = users.id)",
          arguments->self_user_id, error))
    return NULL;
  return GUINT_TO_POINTER (ids->len + 1);
}

void
confab_mirror_forget_closed_async (ConfabMirror *self,
                                   gint64 conversation_id,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_forget_closed_async, NULL, callback, user_data),
       forget, conversation_id);
}

gboolean
confab_mirror_forget_closed_finish (ConfabMirror *self,
                                    GAsyncResult *result,
                                    gboolean *more,
                                    GError **error)
{
  guint left;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  left = GPOINTER_TO_UINT (g_task_propagate_pointer (G_TASK (result), error));
  *more = left > 1;
  return left > 0;
}
