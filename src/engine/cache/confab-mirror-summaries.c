/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads the list of conversations. Nothing of it is stored: a few index look-ups find each
 * conversation's newest message, unread count, members and draft, so no stored sum can become
 * wrong. */

#include "confab-locale.h"
#include "confab-mirror-private.h"
#include "confab-mirror-reader.h"
#include "confab-mirror-rows.h"

#define PREVIEW_CHARS 200
#define NAMES_MAX 10 /* in the name of an untitled group */

/* clang-format off */
#define SELECT_SUMMARIES \
  "SELECT c.id, c.kind, c.title, c.created_at, c.last_seq," \
  " max (coalesce (r.last_read_seq, 0), coalesce (r.local_read_seq, 0))," \
  " (SELECT count (*) FROM uncounted u WHERE u.conversation_id = c.id AND u.seq <= c.last_seq)," \
  " (SELECT count (*) FROM conversation_users k" \
  "   WHERE k.conversation_id = c.id AND k.left_at IS NULL)," \
  " m.sender_id, substr (m.content, 1, 200), m.sent_at, s.username, s.deleted," \
  " m.removed_at IS NOT NULL," \
  " substr (o.content, 1, 200), o.created_at, d.content, z.reason, z.by_name, z.closed_at," \
  " coalesce (n.notify, 'all'), coalesce (n.muted_until, 0)" \
  " FROM conversations c" \
  " LEFT JOIN closed_conversations z ON z.conversation_id = c.id" \
  " LEFT JOIN conversation_settings n ON n.conversation_id = c.id" \
  " LEFT JOIN read_positions r ON r.conversation_id = c.id" \
  " LEFT JOIN messages m ON m.id = (SELECT id FROM messages WHERE conversation_id = c.id" \
  "   ORDER BY seq DESC LIMIT 1)" \
  " LEFT JOIN users s ON s.id = m.sender_id" \
  " LEFT JOIN outbox o ON o.id = (SELECT max (id) FROM outbox WHERE conversation_id = c.id)" \
  " LEFT JOIN drafts d ON d.conversation_id = c.id" \
  " WHERE coalesce (z.hidden, 0) = 0"
/* clang-format on */

enum
{
  COLUMN_ID,
  COLUMN_KIND,
  COLUMN_TITLE,
  COLUMN_CREATED_AT,
  COLUMN_LAST_SEQ,
  COLUMN_READ_SEQ,
  COLUMN_UNCOUNTED,
  COLUMN_MEMBER_COUNT,
  COLUMN_SENDER_ID,
  COLUMN_CONTENT,
  COLUMN_SENT_AT,
  COLUMN_SENDER_NAME,
  COLUMN_SENDER_DELETED,
  COLUMN_REMOVED,
  COLUMN_QUEUED_CONTENT,
  COLUMN_QUEUED_AT,
  COLUMN_DRAFT,
  COLUMN_CLOSED_REASON,
  COLUMN_CLOSED_BY,
  COLUMN_CLOSED_AT,
  COLUMN_NOTIFY,
  COLUMN_MUTED_UNTIL,
};

typedef struct
{
  GArray *ids; /* (nullable): all */
  gint64 self_user_id;
} SummaryArguments;

static void
summary_arguments_free (gpointer data)
{
  SummaryArguments *self = data;

  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

/* Replace white space by single spaces. */
static char *
one_line (const char *text)
{
  g_autoptr (GString) line = g_string_sized_new (PREVIEW_CHARS);
  gboolean gap = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          gap = line->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (line, ' ');
      gap = FALSE;
      g_string_append_unichar (line, c);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static guint
unread_count (gint64 last_seq, gint64 read_seq, gint64 own)
{
  return (guint)CLAMP (last_seq - read_seq - own, 0, G_MAXINT);
}

/* Choose the newest message, sent or waiting. */
static gboolean
read_preview (ConfabResult *result,
              gint64 self_user_id,
              ConfabConversationSummary *summary,
              GError **error)
{
  gint64 sender_id = confab_result_get_int (result, COLUMN_SENDER_ID);
  gint64 queued_at = confab_result_get_int (result, COLUMN_QUEUED_AT);
  g_autofree char *content = NULL;
  g_autofree char *queued = NULL;
  g_autofree char *sender = NULL;

  if (!confab_mirror_rows_optional_text (result, COLUMN_CONTENT, &content, error)
      || !confab_mirror_rows_optional_text (result, COLUMN_QUEUED_CONTENT, &queued, error)
      || !confab_mirror_rows_optional_text (result, COLUMN_SENDER_NAME, &sender, error))
    return FALSE;
  summary->last_at =
      sender_id != 0 ? confab_result_get_int (result, COLUMN_SENT_AT) : summary->created_at;
  summary->preview_own = queued != NULL || sender_id == self_user_id;
  if (queued != NULL)
    summary->last_at = MAX (summary->last_at, queued_at);
  else
    {
      gboolean deleted = confab_result_get_int (result, COLUMN_SENDER_DELETED) != 0;

      summary->preview_sender = g_strdup (confab_user_choose_name (sender, deleted));
      summary->preview_removed = confab_result_get_int (result, COLUMN_REMOVED) != 0;
    }
  if (queued != NULL || content != NULL)
    summary->preview = one_line (queued != NULL ? queued : content);
  return TRUE;
}

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT,
                       "A conversation in the mirror is damaged");
  return FALSE;
}

/* Messages that were not read before the conversation closed do not count as unread. */
static gboolean
read_closed (ConfabResult *result, ConfabConversationSummary *summary, GError **error)
{
  const char *reason = confab_result_get_text (result, COLUMN_CLOSED_REASON);

  if (reason == NULL)
    return TRUE;
  if (!confab_mirror_closed_from_string (reason, &summary->closed_reason))
    return fail_damaged (error);
  summary->closed_at = confab_result_get_int (result, COLUMN_CLOSED_AT);
  summary->unread_count = 0;
  return confab_mirror_rows_optional_text (result, COLUMN_CLOSED_BY, &summary->closed_by, error);
}

static gpointer
read_summary (ConfabResult *result, gint64 self_user_id, GError **error)
{
  g_autoptr (ConfabConversationSummary) summary = g_new0 (ConfabConversationSummary, 1);
  const char *kind = confab_result_get_text (result, COLUMN_KIND);

  if (kind == NULL || !confab_conversation_kind_from_string (kind, &summary->kind))
    {
      fail_damaged (error);
      return NULL;
    }
  if (!confab_notify_from_string (confab_result_get_text (result, COLUMN_NOTIFY), &summary->notify))
    {
      fail_damaged (error);
      return NULL;
    }
  summary->muted_until = confab_result_get_int (result, COLUMN_MUTED_UNTIL);
  summary->id = confab_result_get_int (result, COLUMN_ID);
  summary->created_at = confab_result_get_int (result, COLUMN_CREATED_AT);
  summary->last_seq = confab_result_get_int (result, COLUMN_LAST_SEQ);
  summary->last_read_seq = confab_result_get_int (result, COLUMN_READ_SEQ);
  summary->member_count = (guint)confab_result_get_int (result, COLUMN_MEMBER_COUNT);
  summary->unread_count = unread_count (summary->last_seq, summary->last_read_seq,
                                        confab_result_get_int (result, COLUMN_UNCOUNTED));
  if (!confab_mirror_rows_optional_text (result, COLUMN_TITLE, &summary->title, error)
      || !confab_mirror_rows_optional_text (result, COLUMN_DRAFT, &summary->draft, error)
      || !read_closed (result, summary, error)
      || !read_preview (result, self_user_id, summary, error))
    return NULL;
  return g_steal_pointer (&summary);
}

/* ---- names ---- */

/* Read the other members' names, and the other user of a direct conversation. */
static gboolean
read_names (ConfabDatabase *database,
            gint64 self_user_id,
            ConfabConversationSummary *summary,
            GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT u.id, u.username, u.deleted, u.picture FROM conversation_users k JOIN users u ON "
      "u.id = k.user_id"
      " WHERE k.conversation_id = $1 AND k.left_at IS NULL AND k.user_id <> $2"
      " ORDER BY u.username LIMIT 10",
      sql_int (summary->id), sql_int (self_user_id));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  while (confab_result_next (result))
    {
      g_autofree char *name = confab_mirror_rows_text (result, 1, error);

      if (name == NULL)
        return FALSE;
      if (summary->kind == CONFAB_CONVERSATION_DIRECT && summary->other_user_id == 0)
        {
          summary->other_user_id = confab_result_get_int (result, 0);
          if (confab_result_get_int (result, 2) != 0)
            summary->closed_reason = CONFAB_CLOSED_DELETED;
          if (!confab_mirror_rows_optional_text (result, 3, &summary->picture, error))
            return FALSE;
        }
      g_strv_builder_add (builder,
                          confab_user_choose_name (name, confab_result_get_int (result, 2) != 0));
    }
  if (!confab_result_end (result, error))
    return FALSE;
  names = g_strv_builder_end (builder);
  summary->display_name = confab_locale_join ((const char *const *)names);
  return TRUE;
}

static gboolean
name_summary (ConfabDatabase *database,
              gint64 self_user_id,
              ConfabConversationSummary *summary,
              GError **error)
{
  if (summary->kind == CONFAB_CONVERSATION_DIRECT || summary->title == NULL)
    return read_names (database, self_user_id, summary, error);
  summary->display_name = g_strdup (summary->title);
  return TRUE;
}

/* ---- reading ---- */

/* Add the rows of @result to @rows. */
static gboolean
gather (ConfabResult *result, gint64 self_user_id, GPtrArray *rows, GError **error)
{
  while (confab_result_next (result))
    {
      ConfabConversationSummary *row = read_summary (result, self_user_id, error);

      if (row == NULL)
        return FALSE;
      g_ptr_array_add (rows, row);
    }
  return confab_result_end (result, error);
}

static gboolean
gather_one (ConfabDatabase *database,
            gint64 id,
            gint64 self_user_id,
            GPtrArray *rows,
            GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, SELECT_SUMMARIES " AND c.id = $1", sql_int (id));

  return gather (result, self_user_id, rows, error);
}

static gboolean
gather_all (ConfabDatabase *database, gint64 self_user_id, GPtrArray *rows, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (database, SELECT_SUMMARIES);

  return gather (result, self_user_id, rows, error);
}

static gboolean
read_within (ConfabDatabase *database,
             const SummaryArguments *arguments,
             GPtrArray *rows,
             GError **error)
{
  if (arguments->ids == NULL && !gather_all (database, arguments->self_user_id, rows, error))
    return FALSE;
  for (guint i = 0; arguments->ids != NULL && i < arguments->ids->len; i++)
    {
      if (!gather_one (database, g_array_index (arguments->ids, gint64, i), arguments->self_user_id,
                       rows, error))
        return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      ConfabConversationSummary *row = g_ptr_array_index (rows, i);

      if (!name_summary (database, arguments->self_user_id, row, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
read_summaries (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_conversation_summary_free);
  gboolean done;

  /* One snapshot. */
  if (!confab_database_exec (database, "BEGIN", error))
    return NULL;
  done = read_within (database, data, rows, error);
  confab_database_rollback (database);
  return done ? g_steal_pointer (&rows) : NULL;
}

void
confab_mirror_read_summaries_async (ConfabMirror *self,
                                    GArray *ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  SummaryArguments *arguments;
  ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                          .func = read_summaries,
                          .free_arguments = summary_arguments_free,
                          .free_result = (GDestroyNotify)g_ptr_array_unref };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (SummaryArguments, 1);
  arguments->ids = ids != NULL ? g_array_ref (ids) : NULL;
  arguments->self_user_id = confab_mirror_get_self_user_id (self);
  job.arguments = arguments;
  confab_mirror_run (self,
                     confab_mirror_task_new (self, confab_mirror_read_summaries_async, cancellable,
                                             callback, user_data),
                     &job);
}

GPtrArray *
confab_mirror_read_summaries_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
