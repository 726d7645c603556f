/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Drafts and read positions, which are written locally first; read positions are sent to the server
 * later. */

#include "confab-mirror-private.h"

#include "confab-mirror-rows.h"
#include "confab-mirror-unsent.h"

typedef struct
{
  gint64 conversation_id;
  gint64 seq;
  char *text; /* (nullable) */
} LocalArguments;

static void
local_arguments_free (gpointer data)
{
  LocalArguments *self = data;

  g_free (self->text);
  g_free (self);
}

static void
run (ConfabMirror *self,
     GTask *task,
     ConfabMirrorTarget target,
     ConfabMirrorFunc func,
     LocalArguments *arguments)
{
  const ConfabMirrorJob job = {
    .target = target, .func = func, .arguments = arguments, .free_arguments = local_arguments_free
  };

  confab_mirror_run (self, task, &job);
}

/* ---- drafts ---- */

static gboolean
write_draft (ConfabDatabase *database, gint64 id, const char *text, GError **error)
{
  if (text == NULL)
    return confab_database_run (database, error, "DELETE FROM drafts WHERE conversation_id = $1",
                                sql_int (id));
  return confab_database_run (database, error,
                              "INSERT INTO drafts (conversation_id, content) VALUES ($1, $2)"
                              " ON CONFLICT (conversation_id) DO UPDATE"
                              " SET content = excluded.content"
                              " WHERE excluded.content <> drafts.content",
                              sql_int (id), sql_text (text));
}

static gpointer
save_draft (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  LocalArguments *arguments = data;

  if (!write_draft (database, arguments->conversation_id, arguments->text, error))
    return NULL;
  if (confab_database_changes (database) > 0)
    {
      confab_id_set_add (changes->conversations, arguments->conversation_id);
      confab_unsent_note_draft (changes, arguments->conversation_id, arguments->text);
    }
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_save_draft_async (ConfabMirror *self,
                                gint64 conversation_id,
                                const char *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LocalArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (LocalArguments, 1);
  arguments->conversation_id = conversation_id;
  arguments->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  run (self,
       confab_mirror_task_new (self, confab_mirror_save_draft_async, NULL, callback, user_data),
       CONFAB_MIRROR_WRITER_DURABLE, save_draft, arguments);
}

/* ---- read positions ---- */

static gboolean
forget_uncounted (ConfabDatabase *database, const LocalArguments *arguments, GError **error)
{
  return confab_database_run (database, error,
                              "DELETE FROM uncounted WHERE conversation_id = $1 AND seq <= $2",
                              sql_int (arguments->conversation_id), sql_int (arguments->seq));
}

/* The position only grows, and never beyond the newest message, as on the server. */
static gpointer
mark_read (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  LocalArguments *arguments = data;

  if (!confab_database_run (
          database, error,
          "INSERT INTO read_positions (conversation_id, last_read_seq, rev, local_read_seq)"
          " SELECT id, 0, 0, min ($2, last_seq) FROM conversations WHERE id = $1 AND last_seq > 0"
          " ON CONFLICT (conversation_id) DO UPDATE SET local_read_seq = excluded.local_read_seq"
          " WHERE excluded.local_read_seq > max (read_positions.last_read_seq, "
          "read_positions.local_read_seq)",
          sql_int (arguments->conversation_id), sql_int (arguments->seq)))
    return NULL;
  if (confab_database_changes (database) == 0)
    return CONFAB_MIRROR_DONE;
  confab_id_set_add (changes->conversations, arguments->conversation_id);
  return forget_uncounted (database, arguments, error) ? CONFAB_MIRROR_DONE : NULL;
}

void
confab_mirror_mark_read_async (ConfabMirror *self,
                               gint64 conversation_id,
                               gint64 seq,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LocalArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (LocalArguments, 1);
  arguments->conversation_id = conversation_id;
  arguments->seq = seq;
  run (self,
       confab_mirror_task_new (self, confab_mirror_mark_read_async, NULL, callback, user_data),
       CONFAB_MIRROR_WRITER, mark_read, arguments);
}

static gpointer
read_position_row (ConfabResult *result, GError **error)
{
  ConfabReadPositionRow *row = g_new0 (ConfabReadPositionRow, 1);

  row->conversation_id = confab_result_get_int (result, 0);
  row->last_read_seq = confab_result_get_int (result, 1);
  row->rev = confab_result_get_int (result, 2);
  return row;
}

static gpointer
untold_reads (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "SELECT conversation_id, local_read_seq, rev FROM read_positions"
                " WHERE local_read_seq > last_read_seq AND conversation_id NOT IN"
                " (SELECT conversation_id FROM closed_conversations)"
                " ORDER BY conversation_id");

  return confab_mirror_rows_collect (result, read_position_row,
                                     (GDestroyNotify)confab_read_position_row_free, error);
}

void
confab_mirror_untold_reads_async (ConfabMirror *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                                .func = untold_reads,
                                .free_result = (GDestroyNotify)g_ptr_array_unref };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  confab_mirror_run (self,
                     confab_mirror_task_new (self, confab_mirror_untold_reads_async, cancellable,
                                             callback, user_data),
                     &job);
}

GPtrArray *
confab_mirror_untold_reads_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
