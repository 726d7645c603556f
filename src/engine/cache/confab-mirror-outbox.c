/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-private.h"

#include "confab-mirror-rows.h"
#include "confab-mirror-unsent.h"
#include "confab-problem.h"

typedef struct
{
  char *client_id;
  gint64 conversation_id;
  char *content;
  gint64 created_at;
  ConfabOutboxState state;
  int problem;
} OutboxArguments;

static void
outbox_arguments_free (gpointer data)
{
  OutboxArguments *self = data;

  g_free (self->client_id);
  g_free (self->content);
  g_free (self);
}

/* Queue @func. The user's text is on the disk when its call completes. */
static void
run (ConfabMirror *self, GTask *task, ConfabMirrorFunc func, OutboxArguments *arguments)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_WRITER_DURABLE,
                                .func = func,
                                .arguments = arguments,
                                .free_arguments = outbox_arguments_free };

  confab_mirror_run (self, task, &job);
}

/* (nullable): NULL if there is none, or on an error */
static ConfabOutboxRow *
find_row (ConfabDatabase *database, const char *client_id, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o WHERE o.client_id = $1",
      sql_text (client_id));

  if (confab_result_next (result))
    return confab_mirror_rows_outbox (result, error);
  confab_result_end (result, error);
  return NULL;
}

static void
note_change (ConfabChanges *changes, gint64 conversation_id)
{
  changes->outbox = TRUE;
  confab_id_set_add (changes->conversations, conversation_id);
}

/* Takes ownership of @row. */
static void
note_row (ConfabChanges *changes, ConfabOutboxRow *row)
{
  note_change (changes, row->conversation_id);
  confab_unsent_note_message (changes, row);
  g_ptr_array_add (confab_changes_timeline (changes, row->conversation_id)->queued, row);
}

/* ---- enqueuing ---- */

/* If the conversation closed while the user was writing, the message is refused at once (state 1)
 * and can be copied. */
static gpointer
enqueue (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  OutboxArguments *arguments = data;
  g_autoptr (GError) failure = NULL;
  ConfabOutboxRow *row;

  if (!confab_database_run (
          database, error,
          "INSERT INTO outbox (client_id, conversation_id, content, created_at, state, problem)"
          " SELECT $1, $2, $3, $4, closed, iif (closed, $5, -1) FROM"
          " (SELECT EXISTS (SELECT 1 FROM closed_conversations WHERE conversation_id = $2) AS "
          "closed)",
          sql_text (arguments->client_id), sql_int (arguments->conversation_id),
          sql_text (arguments->content), sql_int (arguments->created_at),
          sql_int (CONFAB_PROBLEM_NOT_FOUND)))
    return NULL;
  row = find_row (database, arguments->client_id, &failure);
  if (row == NULL && failure == NULL)
    g_set_error_literal (&failure, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED,
                         "The message is not in the outbox");
  if (row == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  note_row (changes, row);
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_enqueue_async (ConfabMirror *self,
                             gint64 conversation_id,
                             const char *client_id,
                             const char *content,
                             gint64 created_at,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  OutboxArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (OutboxArguments, 1);
  arguments->client_id = g_strdup (client_id);
  arguments->conversation_id = conversation_id;
  arguments->content = g_strdup (content);
  arguments->created_at = created_at;
  run (self,
       confab_mirror_task_new (self, confab_mirror_enqueue_async, cancellable, callback, user_data),
       enqueue, arguments);
}

/* ---- states ---- */

static gpointer
mark (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  OutboxArguments *arguments = data;
  g_autoptr (GError) failure = NULL;
  ConfabOutboxRow *row;

  if (!confab_database_run (database, error,
                            "UPDATE outbox SET state = $1, problem = $2 WHERE client_id = $3",
                            sql_int (arguments->state), sql_int (arguments->problem),
                            sql_text (arguments->client_id)))
    return NULL;
  row = find_row (database, arguments->client_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  /* If it was sent or discarded meanwhile, there is nothing to mark. */
  if (row != NULL)
    note_row (changes, row);
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_mark_unsent_async (ConfabMirror *self,
                                 const char *client_id,
                                 ConfabOutboxState state,
                                 int problem,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  OutboxArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (OutboxArguments, 1);
  arguments->client_id = g_strdup (client_id);
  arguments->state = state;
  arguments->problem = problem;
  run (self,
       confab_mirror_task_new (self, confab_mirror_mark_unsent_async, NULL, callback, user_data),
       mark, arguments);
}

static gpointer
discard (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  OutboxArguments *arguments = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (ConfabOutboxRow) row = find_row (database, arguments->client_id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (row == NULL)
    return CONFAB_MIRROR_DONE;
  if (!confab_database_run (database, error, "DELETE FROM outbox WHERE id = $1", sql_int (row->id)))
    return NULL;
  note_change (changes, row->conversation_id);
  confab_unsent_note_gone (changes, row->client_id);
  g_ptr_array_add (confab_changes_timeline (changes, row->conversation_id)->gone,
                   g_steal_pointer (&row->client_id));
  return CONFAB_MIRROR_DONE;
}

void
confab_mirror_discard_async (ConfabMirror *self,
                             const char *client_id,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  OutboxArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (OutboxArguments, 1);
  arguments->client_id = g_strdup (client_id);
  run (self, confab_mirror_task_new (self, confab_mirror_discard_async, NULL, callback, user_data),
       discard, arguments);
}

/* ---- next message ---- */

/* A failed row does not block those after it. */
static gpointer
next_unsent (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o WHERE o.id IN"
      " (SELECT min (id) FROM outbox WHERE state = 0 GROUP BY conversation_id) ORDER BY o.id");

  return confab_mirror_rows_collect (result, (ConfabMirrorRowsFunc)confab_mirror_rows_outbox,
                                     (GDestroyNotify)confab_outbox_row_free, error);
}

void
confab_mirror_next_unsent_async (ConfabMirror *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                                .func = next_unsent,
                                .free_result = (GDestroyNotify)g_ptr_array_unref };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  confab_mirror_run (self,
                     confab_mirror_task_new (self, confab_mirror_next_unsent_async, cancellable,
                                             callback, user_data),
                     &job);
}

GPtrArray *
confab_mirror_next_unsent_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
