/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-pictures.h"

#include "confab-mirror-private.h"
#include "confab-query.h"

typedef struct
{
  char *hash;
  GBytes *png; /* (nullable) */
} PictureArguments;

static void
picture_arguments_free (gpointer data)
{
  PictureArguments *self = data;

  g_free (self->hash);
  g_clear_pointer (&self->png, g_bytes_unref);
  g_free (self);
}

static PictureArguments *
picture_arguments_new (const char *hash, GBytes *png)
{
  PictureArguments *self = g_new0 (PictureArguments, 1);

  self->hash = g_strdup (hash);
  self->png = png != NULL ? g_bytes_ref (png) : NULL;
  return self;
}

/* Empty bytes mean that there is none, because NULL means an error. */
static gpointer
read_picture (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  PictureArguments *arguments = data;
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "SELECT png FROM pictures WHERE hash = $1", sql_text (arguments->hash));

  if (confab_result_next (result))
    return confab_result_dup_bytes (result, 0);
  return confab_result_end (result, error) ? g_bytes_new (NULL, 0) : NULL;
}

void
confab_mirror_read_picture_async (ConfabMirror *self,
                                  const char *hash,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                          .func = read_picture,
                          .free_arguments = picture_arguments_free,
                          .free_result = (GDestroyNotify)g_bytes_unref };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  job.arguments = picture_arguments_new (hash, NULL);
  confab_mirror_run (self,
                     confab_mirror_task_new (self, confab_mirror_read_picture_async, cancellable,
                                             callback, user_data),
                     &job);
}

GBytes *
confab_mirror_read_picture_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) png = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  png = g_task_propagate_pointer (G_TASK (result), error);
  return png != NULL && g_bytes_get_size (png) > 0 ? g_steal_pointer (&png) : NULL;
}

static gpointer
keep_picture (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  PictureArguments *arguments = data;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (arguments->png, &length);

  if (!confab_database_run (database, error,
                            "INSERT OR IGNORE INTO pictures (hash, png) VALUES ($1, $2)",
                            sql_text (arguments->hash), sql_data (bytes, length)))
    return NULL;
  return confab_database_run (
             database, error,
             "DELETE FROM pictures WHERE hash <> $1"
             " AND hash NOT IN (SELECT picture FROM users WHERE picture IS NOT NULL)",
             sql_text (arguments->hash))
             ? CONFAB_MIRROR_DONE
             : NULL;
}

void
confab_mirror_keep_picture_async (ConfabMirror *self,
                                  const char *hash,
                                  GBytes *png,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  ConfabMirrorJob job = { .target = CONFAB_MIRROR_WRITER,
                          .func = keep_picture,
                          .free_arguments = picture_arguments_free };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  job.arguments = picture_arguments_new (hash, png);
  confab_mirror_run (
      self,
      confab_mirror_task_new (self, confab_mirror_keep_picture_async, NULL, callback, user_data),
      &job);
}
