/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* While connected, an export waits until the history is loaded completely. */

#include "confab-export.h"

#include "confab-client-private.h"

#define LOOK_MS 200

typedef struct
{
  ConfabClient *client;
  char *parent;
  ConfabExportProgress progress; /* (nullable) */
  gpointer progress_data;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *self = data;

  g_object_unref (self->client);
  g_free (self->parent);
  g_free (self);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ConfabExport *export = confab_export_finish (result, &error);

  if (export != NULL)
    g_task_return_pointer (task, export, (GDestroyNotify)confab_export_free);
  else
    g_task_return_error (task, error);
}

/* Check again; the history may be complete, the network gone, or the waiting time over. */
static gboolean
look_cb (gpointer user_data)
{
  GTask *task = user_data;
  Waiting *self = g_task_get_task_data (task);
  ConfabClient *client = self->client;

  if (confab_client_is_online (client) && !confab_backfill_get_complete (client->backfill)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      if (self->progress != NULL)
        self->progress (-1, self->progress_data);
      return G_SOURCE_CONTINUE;
    }

  confab_export_async (client->store, client->account, self->parent, self->progress,
                       self->progress_data, g_task_get_cancellable (task), exported_cb,
                       g_object_ref (task));

  return G_SOURCE_REMOVE;
}

void
confab_client_export_async (ConfabClient *self,
                            const char *parent,
                            ConfabExportProgress progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Waiting *waiting;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (parent != NULL);

  waiting = g_new0 (Waiting, 1);
  waiting->client = g_object_ref (self);
  waiting->parent = g_strdup (parent);
  waiting->progress = progress;
  waiting->progress_data = progress_data;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_export_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, waiting, waiting_free);
  if (look_cb (task) == G_SOURCE_CONTINUE)
    g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_MS, look_cb, g_steal_pointer (&task),
                        g_object_unref);
}
