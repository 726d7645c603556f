/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-export-private.h"

#define CHUNK_BYTES 65536

struct _ConfabExportFile
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GString *waiting;
  GError *error; /* (nullable): the first error, after which nothing is written */
};

ConfabExportFile *
confab_export_file_new (ConfabExportJob *job, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (job->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFileOutputStream) stream = NULL;
  ConfabExportFile *self;

  if (!g_file_make_directory_with_parents (folder, NULL, error))
    {
      if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        return NULL;
      g_clear_error (error);
    }
  stream = g_file_create (file, G_FILE_CREATE_PRIVATE, job->cancellable, error);
  if (stream == NULL)
    return NULL;

  self = g_new0 (ConfabExportFile, 1);
  self->stream = G_OUTPUT_STREAM (g_steal_pointer (&stream));
  self->cancellable = job->cancellable;
  self->waiting = g_string_sized_new (CHUNK_BYTES + 4096);

  return self;
}

static void
write_waiting (ConfabExportFile *self)
{
  if (self->error == NULL)
    g_output_stream_write_all (self->stream, self->waiting->str, self->waiting->len, NULL,
                               self->cancellable, &self->error);
  g_string_truncate (self->waiting, 0);
}

static void
write_when_full (ConfabExportFile *self)
{
  if (self->waiting->len >= CHUNK_BYTES)
    write_waiting (self);
}

void
confab_export_file_add (ConfabExportFile *self, const char *text)
{
  g_string_append (self->waiting, text);
  write_when_full (self);
}

void
confab_export_file_printf (ConfabExportFile *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->waiting, format, arguments);
  va_end (arguments);
  write_when_full (self);
}

void
confab_export_file_escape (ConfabExportFile *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  confab_export_file_add (self, escaped);
}

gboolean
confab_export_file_close (ConfabExportFile *self, GError **error)
{
  gboolean closed;

  write_waiting (self);
  closed = self->error == NULL && g_output_stream_close (self->stream, NULL, &self->error);
  if (self->error != NULL)
    g_propagate_error (error, self->error);
  g_object_unref (self->stream);
  g_string_free (self->waiting, TRUE);
  g_free (self);

  return closed;
}
