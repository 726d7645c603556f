/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include <string.h>

#include "confab-audit-text.h"
#include "confab-client-private.h"

typedef struct
{
  char *query; /* "&query=…" */
  GFile *file;
  ConfabAuditFormat format;
  ConfabAuditProgress progress;
  gpointer progress_data;
  GOutputStream *stream;
  gboolean created;      /* the file did not exist before */
  ConfabAuditText *page; /* being written */
  guint n_entries;
} Export;

static void fetch (GTask *task, const char *key);

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->query);
  g_clear_object (&export->file);
  g_clear_object (&export->stream);
  g_clear_pointer (&export->page, confab_audit_text_free);
  g_free (export);
}

/* ---- failing ---- */

typedef struct
{
  GTask *task;
  GError *error;
} Failure;

static void
fail_end (Failure *failure)
{
  g_task_return_error (failure->task, failure->error);
  g_object_unref (failure->task);
  g_free (failure);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error))
    g_message ("An unfinished export stays behind: %s", error->message);
  fail_end (user_data);
}

static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Failure *failure = user_data;
  Export *export = g_task_get_task_data (failure->task);

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  if (export->created)
    g_file_delete_async (export->file, G_PRIORITY_DEFAULT, NULL, deleted_cb, failure);
  else
    fail_end (failure);
}

/* Takes ownership of both. Closing the stream as cancelled leaves the file that it would replace
 * unchanged. */
static void
fail (GTask *task, GError *error)
{
  Export *export = g_task_get_task_data (task);
  Failure *failure = g_new0 (Failure, 1);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  failure->task = task;
  failure->error = error;
  if (export->stream == NULL)
    {
      fail_end (failure);
      return;
    }
  g_cancellable_cancel (cancelled);
  g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, cancelled, given_up_cb, failure);
}

/* ---- writing page by page ---- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    {
      g_clear_object (&export->stream);
      g_task_return_boolean (task, TRUE);
    }
  else
    fail (g_steal_pointer (&task), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (ConfabAuditText) page = g_steal_pointer (&export->page);
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      fail (g_steal_pointer (&task), error);
      return;
    }

  export->n_entries += page->n_entries;
  if (export->progress != NULL)
    export->progress (export->n_entries, export->progress_data);
  if (page->next != NULL)
    fetch (g_steal_pointer (&task), page->next);
  else
    g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                 closed_cb, g_object_ref (task));
}

static void
write_page (GTask *task, ConfabAuditText *page)
{
  Export *export = g_task_get_task_data (task);

  export->page = page;
  g_output_stream_write_all_async (export->stream, page->text, page->length, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), written_cb, task);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  gpointer page = NULL;
  GError *error = NULL;

  if (confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &page, &error))
    write_page (task, page);
  else
    fail (task, confab_client_map_error (error));
}

static void
fetch (GTask *task, const char *key)
{
  ConfabClient *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  g_autofree char *path = confab_admin_source_path (&confab_admin_audit, export->query, key);

  confab_transport_call_async (self->transport, "GET", path, NULL,
                               export->format == CONFAB_AUDIT_CSV ? confab_audit_text_decode_csv
                                                                  : confab_audit_text_decode_json,
                               (GDestroyNotify)confab_audit_text_free,
                               g_task_get_cancellable (task), fetched_cb, task);
}

/* ---- the file ---- */

static void
headed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    fetch (g_steal_pointer (&task), NULL);
  else
    fail (g_steal_pointer (&task), error);
}

/* Takes ownership of all arguments. */
static void
opened (GTask *task, GFileOutputStream *stream, GError *error)
{
  Export *export = g_task_get_task_data (task);

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  export->stream = G_OUTPUT_STREAM (stream);
  if (export->format == CONFAB_AUDIT_CSV)
    g_output_stream_write_all_async (export->stream, CONFAB_AUDIT_CSV_HEAD,
                                     strlen (CONFAB_AUDIT_CSV_HEAD), G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), headed_cb, task);
  else
    fetch (task, NULL);
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  GFileOutputStream *stream = g_file_replace_finish (G_FILE (source), result, &error);

  opened (user_data, stream, error);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  GFileOutputStream *stream = g_file_create_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_error_free (error);
      g_file_replace_async (export->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT,
                            g_task_get_cancellable (task), replaced_cb, task);
      return;
    }
  export->created = stream != NULL;
  opened (task, stream, error);
}

void
confab_client_export_audit_async (ConfabClient *self,
                                  const char *query,
                                  GFile *file,
                                  ConfabAuditFormat format,
                                  ConfabAuditProgress progress,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Export *export;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_export_audit_async);
  if (!confab_client_check_online (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  export = g_new0 (Export, 1);
  export->query = confab_admin_parameter ("query", query);
  export->file = g_object_ref (file);
  export->format = format;
  export->progress = progress;
  export->progress_data = user_data;
  g_task_set_task_data (task, export, export_free);
  g_file_create_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, cancellable, created_cb,
                       g_object_ref (task));
}

gboolean
confab_client_export_audit_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
