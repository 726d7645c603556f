/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-picture-cache.h"

#include <string.h>

#include "confab-limits.h"

/* A texture takes at most a megabyte, usually far less. */
#define KEPT_MAX 100
/* Do not request a failed picture again for every row. */
#define RETRY_AFTER_US (30 * G_USEC_PER_SEC)

typedef struct
{
  GHashTable *textures; /* hash → GdkTexture */
  GQueue recent;        /* (element-type utf8): the textures' hashes, borrowed, newest first */
  GHashTable *waiting;  /* hash → GPtrArray of GTask: being loaded */
  GHashTable *failed;   /* hash → gint64*: time of the failure */
} Cache;

static Cache *
get_cache (void)
{
  static Cache cache;

  if (cache.textures == NULL)
    {
      cache.textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      cache.waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify)g_ptr_array_unref);
      cache.failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }

  return &cache;
}

/* ---- decoding ---- */

/* PNG (RFC 2083): the first chunk, the header, contains the size. */
static gboolean
has_good_size (GBytes *png)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                      0,    0,   0,   13,  'I',  'H',  'D',  'R' };
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (png, &length);
  guint32 width = 0;
  guint32 height = 0;

  if (length < sizeof signature + 8 || length > CONFAB_PICTURE_MAX_BYTES
      || memcmp (data, signature, sizeof signature) != 0)
    return FALSE;

  memcpy (&width, data + sizeof signature, 4);
  memcpy (&height, data + sizeof signature + 4, 4);
  width = GUINT32_FROM_BE (width);
  height = GUINT32_FROM_BE (height);

  return width > 0 && height > 0 && width <= CONFAB_PICTURE_MAX_PIXELS
         && height <= CONFAB_PICTURE_MAX_PIXELS;
}

GdkTexture *
confab_picture_decode (GBytes *png, GError **error)
{
  if (has_good_size (png))
    return gdk_texture_new_from_bytes (png, error);

  g_set_error_literal (error, GDK_TEXTURE_ERROR, GDK_TEXTURE_ERROR_UNSUPPORTED_FORMAT,
                       "This is no PNG, or larger than a picture may be");
  return NULL;
}

static void
decode_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GdkTexture *texture = confab_picture_decode (task_data, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* ---- cache ---- */

GdkTexture *
confab_picture_cache_lookup (const char *hash)
{
  return g_hash_table_lookup (get_cache ()->textures, hash);
}

static void
keep (const char *hash, GdkTexture *texture)
{
  Cache *cache = get_cache ();
  char *key = g_strdup (hash);

  while (cache->recent.length >= KEPT_MAX)
    g_hash_table_remove (cache->textures, g_queue_pop_tail (&cache->recent));
  g_hash_table_insert (cache->textures, key, g_object_ref (texture));
  g_queue_push_head (&cache->recent, key);
}

/* ---- loading ---- */

/* Complete all tasks that wait for the picture. @texture: (nullable) */
static void
end (const char *hash, GdkTexture *texture, const GError *error)
{
  Cache *cache = get_cache ();
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *key = NULL;

  g_hash_table_steal_extended (cache->waiting, hash, (gpointer *)&key, (gpointer *)&tasks);
  if (texture != NULL)
    keep (key, texture);
  else
    {
      g_debug ("No picture %s: %s", key, error->message);
      g_hash_table_insert (cache->failed, g_strdup (key), g_memdup2 (&now, sizeof now));
    }
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_pointer (tasks->pdata[i], texture != NULL ? g_object_ref (texture) : NULL,
                           g_object_unref);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *hash = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  end (hash, texture, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *hash = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  GBytes *png = confab_client_load_picture_finish (CONFAB_CLIENT (source), result, &error);

  if (png == NULL)
    {
      end (hash, NULL, error);
      return;
    }
  task = g_task_new (NULL, NULL, decoded_cb, g_steal_pointer (&hash));
  g_task_set_source_tag (task, loaded_cb);
  g_task_set_task_data (task, png, (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, decode_thread);
}

static gboolean
failed_lately (Cache *cache, const char *hash)
{
  const gint64 *when = g_hash_table_lookup (cache->failed, hash);

  return when != NULL && g_get_monotonic_time () - *when < RETRY_AFTER_US;
}

void
confab_picture_cache_load_async (ConfabClient *client,
                                 const char *hash,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Cache *cache = get_cache ();
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  GdkTexture *known = confab_picture_cache_lookup (hash);
  GPtrArray *tasks = g_hash_table_lookup (cache->waiting, hash);

  g_task_set_source_tag (task, confab_picture_cache_load_async);
  if (known != NULL || failed_lately (cache, hash))
    {
      g_task_return_pointer (task, known != NULL ? g_object_ref (known) : NULL, g_object_unref);
      return;
    }
  if (tasks == NULL)
    {
      tasks = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (cache->waiting, g_strdup (hash), tasks);
      confab_client_load_picture_async (client, hash, NULL, loaded_cb, g_strdup (hash));
    }
  g_ptr_array_add (tasks, g_steal_pointer (&task));
}

GdkTexture *
confab_picture_cache_load_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
