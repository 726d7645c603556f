/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures of people: from the mirror, or once from the server. */

#include "confab-client-private.h"

#include <string.h>

#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-mirror-pictures.h"

#define HASH_CHARS 64

/* The hash becomes part of a path, so check it. */
static gboolean
is_hash (const char *text)
{
  return strlen (text) == HASH_CHARS && strspn (text, "0123456789abcdef") == HASH_CHARS;
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) png = NULL;
  g_autofree char *hash = NULL;
  ConfabClient *self = g_task_get_source_object (task);
  GError *error = NULL;

  png = confab_transport_fetch_finish (CONFAB_TRANSPORT (source), result, &error);
  if (png == NULL)
    {
      g_task_return_error (task, confab_client_map_error (error));
      return;
    }
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);
  if (!g_str_equal (hash, g_task_get_task_data (task)))
    {
      g_task_return_new_error_literal (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                                       "The server gave another picture");
      return;
    }
  /* If the picture cannot be stored, it is loaded again next time. */
  confab_mirror_keep_picture_async (self->mirror, hash, png, NULL, NULL);
  g_task_return_pointer (task, g_steal_pointer (&png), (GDestroyNotify)g_bytes_unref);
}

static void
fetch (GTask *task)
{
  ConfabClient *self = g_task_get_source_object (task);
  g_autofree char *path = g_strconcat ("/v1/pictures/", g_task_get_task_data (task), NULL);
  GError *error = NULL;

  if (!confab_client_check_online (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  confab_transport_fetch_async (self->transport, path, "image/png", CONFAB_PICTURE_MAX_BYTES,
                                g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *png = confab_mirror_read_picture_finish (CONFAB_MIRROR (source), result, &error);

  if (png != NULL)
    g_task_return_pointer (task, png, (GDestroyNotify)g_bytes_unref);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    fetch (task);
}

void
confab_client_load_picture_async (ConfabClient *self,
                                  const char *hash,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (hash != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_load_picture_async);
  g_task_set_task_data (task, g_strdup (hash), g_free);
  if (is_hash (hash))
    confab_mirror_read_picture_async (self->mirror, hash, cancellable, read_cb,
                                      g_steal_pointer (&task));
  else
    g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                             "“%s” is no picture’s hash", hash);
}

GBytes *
confab_client_load_picture_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
