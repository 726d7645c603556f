/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Removes closed conversations from this computer: first hides them, then deletes their rows. */

#include "confab-mirror-private.h"

#include "confab-mirror-rows.h"
#include "confab-mirror-unsent.h"

/* Messages deleted per transaction, so that other writes need not wait long. */
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

/* ---- hiding and showing ---- */

/* A direct conversation with a deleted account is still synchronised and not closed until now. The
 * user's own membership will not change any more. */
static gboolean
close_deleted (ConfabDatabase *database, const ClosedArguments *arguments, GError **error)
{
  return confab_database_run (
      database, error,
      "INSERT OR IGNORE INTO closed_conversations (conversation_id, reason, closed_at, rev)"
      " SELECT c.id, 'deleted', 0, own.rev FROM conversations c"
      " JOIN conversation_users own ON own.conversation_id = c.id AND own.user_id = $2"
      " JOIN conversation_users other ON other.conversation_id = c.id AND other.user_id <> $2"
      " JOIN users u ON u.id = other.user_id AND u.deleted"
      " WHERE c.id = $1 AND c.kind = 'direct'",
      sql_int (arguments->conversation_id), sql_int (arguments->self_user_id));
}

static gpointer
hide (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  ClosedArguments *arguments = data;

  if (!close_deleted (database, arguments, error)
      || !confab_database_run (database, error,
                               "UPDATE closed_conversations SET hidden = 1"
                               " WHERE conversation_id = $1 AND NOT hidden",
                               sql_int (arguments->conversation_id)))
    return NULL;
  if (confab_database_changes (database) > 0)
    confab_id_set_add (changes->removed_conversations, arguments->conversation_id);
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

  if (!confab_database_run (database, error,
                            "UPDATE closed_conversations SET hidden = 0"
                            " WHERE conversation_id = $1"
                            " AND EXISTS (SELECT 1 FROM conversations WHERE id = $1)",
                            sql_int (arguments->conversation_id))
      || !confab_database_run (database, error,
                               "DELETE FROM closed_conversations"
                               " WHERE conversation_id = $1 AND NOT hidden"
                               " AND reason = 'deleted'",
                               sql_int (arguments->conversation_id)))
    return NULL;
  confab_id_set_add (changes->conversations, arguments->conversation_id);
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

/* ---- deleting ---- */

/* Return the ids of hidden conversations that still have data: @only, or all if it is 0. After a
 * rebuild that may be only unsent text. */
static GPtrArray *
list_hidden (ConfabDatabase *database, gint64 only, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT conversation_id AS hidden_id FROM closed_conversations"
      " WHERE hidden AND $1 IN (0, conversation_id)"
      " AND (EXISTS (SELECT 1 FROM conversations WHERE id = hidden_id)"
      "  OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = hidden_id)"
      "  OR EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = hidden_id))",
      sql_int (only));

  return confab_mirror_rows_ids (result, error);
}

static gboolean
forget_unsent (ConfabDatabase *database, gint64 id, ConfabChanges *changes, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "DELETE FROM outbox WHERE conversation_id = $1 RETURNING client_id", sql_int (id));

  while (confab_result_next (result))
    {
      const char *client_id = confab_result_get_text (result, 0);

      confab_unsent_note_gone (changes, client_id);
      g_ptr_array_add (confab_changes_timeline (changes, id)->gone, g_strdup (client_id));
      changes->outbox = TRUE;
    }
  if (!confab_result_end (result, error)
      || !confab_database_run (database, error, "DELETE FROM drafts WHERE conversation_id = $1",
                               sql_int (id)))
    return FALSE;
  if (confab_database_changes (database) > 0)
    confab_unsent_note_draft (changes, id, NULL);
  return TRUE;
}

/* Delete some messages or, if none are left, the other rows. */
static gboolean
forget_some (ConfabDatabase *database, gint64 id, GError **error)
{
  if (!confab_database_run (
          database, error,
          "DELETE FROM messages WHERE id IN"
          " (SELECT id FROM messages WHERE conversation_id = $1 ORDER BY seq LIMIT $2)",
          sql_int (id), sql_int (FORGET_MESSAGES)))
    return FALSE;
  return confab_database_changes (database) == FORGET_MESSAGES
         || confab_database_run (database, error, "DELETE FROM conversations WHERE id = $1",
                                 sql_int (id));
}

/* Return the number of conversations that may still have rows, plus one. */
static gpointer
forget (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  ClosedArguments *arguments = data;
  g_autoptr (GPtrArray) ids = list_hidden (database, arguments->conversation_id, error);
  gint64 id;

  if (ids == NULL)
    return NULL;
  if (ids->len == 0)
    return GUINT_TO_POINTER (1);
  id = *(gint64 *)ids->pdata[0];
  if (!forget_unsent (database, id, changes, error) || !forget_some (database, id, error)
      || !confab_database_run (
          database, error,
          "DELETE FROM users WHERE id <> $1"
          " AND NOT EXISTS (SELECT 1 FROM conversation_users WHERE user_id = users.id)"
          " AND NOT EXISTS (SELECT 1 FROM messages WHERE sender_id = users.id)",
          sql_int (arguments->self_user_id)))
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
