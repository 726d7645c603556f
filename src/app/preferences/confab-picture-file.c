/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-picture-file.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

#include "confab-limits.h"

#define FILE_MAX_BYTES (64 * 1024 * 1024)
#define SOURCE_MAX_PIXELS (100 * 1000 * 1000) /* decoded, 4 bytes each */
#define READ_BYTES (64 * 1024)

G_DEFINE_QUARK (confab - picture - error - quark, confab_picture_error)

static const int sides[] = { CONFAB_PICTURE_MAX_PIXELS, 448, 384, 320, 256, 192, 128, 64 };

static void
set_error (GError **error, ConfabPictureError code)
{
  static const char *const texts[] = {
    [CONFAB_PICTURE_ERROR_UNREADABLE] = N_("This file cannot be read."),
    [CONFAB_PICTURE_ERROR_NO_IMAGE] =
        N_("This file is not an image, or it is damaged. Use a PNG or JPEG image."),
    [CONFAB_PICTURE_ERROR_TOO_LARGE] = N_("This image is too large. Choose a smaller one."),
  };

  g_set_error_literal (error, CONFAB_PICTURE_ERROR, (int)code, _ (texts[code]));
}

/* ---- decoding ---- */

typedef struct
{
  gboolean too_large;
} Decoding;

/* Check the size before decoding, because a small file may claim to be a huge image. Formats that
 * support it are decoded at a smaller size. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Decoding *decoding = user_data;
  int side = MIN (width, height);

  if ((gint64)width * height > SOURCE_MAX_PIXELS)
    {
      decoding->too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
  else if (side > CONFAB_PICTURE_MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, (int)((gint64)width * CONFAB_PICTURE_MAX_PIXELS / side),
                                (int)((gint64)height * CONFAB_PICTURE_MAX_PIXELS / side));
}

static gboolean
feed (GdkPixbufLoader *loader,
      GInputStream *stream,
      Decoding *decoding,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree guchar *buffer = g_malloc (READ_BYTES);
  gsize total = 0;

  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      gssize n = g_input_stream_read (stream, buffer, READ_BYTES, cancellable, &local_error);

      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (n < 0)
        {
          set_error (error, CONFAB_PICTURE_ERROR_UNREADABLE);
          return FALSE;
        }
      if (n == 0)
        return TRUE;
      total += (gsize)n;
      if (total > FILE_MAX_BYTES)
        decoding->too_large = TRUE;
      if (decoding->too_large || !gdk_pixbuf_loader_write (loader, buffer, (gsize)n, NULL)
          || decoding->too_large)
        {
          set_error (error, decoding->too_large ? CONFAB_PICTURE_ERROR_TOO_LARGE
                                                : CONFAB_PICTURE_ERROR_NO_IMAGE);
          return FALSE;
        }
    }
}

/* Return the image, rotated upright. (transfer full) */
static GdkPixbuf *
decode (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *image = NULL;
  Decoding decoding = { FALSE };
  gboolean fed = FALSE;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &decoding);
  fed = feed (loader, stream, &decoding, cancellable, error);
  /* A loader must be closed even after an error. */
  if (!gdk_pixbuf_loader_close (loader, NULL) && fed)
    {
      set_error (error, decoding.too_large ? CONFAB_PICTURE_ERROR_TOO_LARGE
                                           : CONFAB_PICTURE_ERROR_NO_IMAGE);
      fed = FALSE;
    }
  if (!fed)
    return NULL;

  image = gdk_pixbuf_loader_get_pixbuf (loader);
  if (image == NULL)
    {
      set_error (error, CONFAB_PICTURE_ERROR_NO_IMAGE);
      return NULL;
    }

  return gdk_pixbuf_apply_embedded_orientation (image);
}

/* ---- encoding ---- */

static GdkPixbuf *
crop (GdkPixbuf *image)
{
  int width = gdk_pixbuf_get_width (image);
  int height = gdk_pixbuf_get_height (image);
  int side = MIN (width, height);

  return gdk_pixbuf_new_subpixbuf (image, (width - side) / 2, (height - side) / 2, side, side);
}

/* Encode only the pixels, so that no metadata is included. Return NULL if the result is larger than
 * the server accepts. (transfer full) (nullable) */
static GBytes *
encode (GdkPixbuf *square, int side, GError **error)
{
  g_autoptr (GdkPixbuf) scaled =
      side < gdk_pixbuf_get_width (square)
          ? gdk_pixbuf_scale_simple (square, side, side, GDK_INTERP_BILINEAR)
          : g_object_ref (square);
  char *data = NULL;
  gsize length = 0;

  if (scaled == NULL
      || !gdk_pixbuf_save_to_buffer (scaled, &data, &length, "png", NULL, "compression", "9", NULL))
    {
      set_error (error, CONFAB_PICTURE_ERROR_NO_IMAGE);
      return NULL;
    }
  if (length > CONFAB_PICTURE_MAX_BYTES)
    {
      g_free (data);
      return NULL;
    }

  return g_bytes_new_take (data, length);
}

static void
read_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (task_data, cancellable, NULL);
  g_autoptr (GdkPixbuf) image = NULL;
  g_autoptr (GdkPixbuf) square = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = NULL;

  if (stream == NULL)
    set_error (&error, CONFAB_PICTURE_ERROR_UNREADABLE);
  else
    image = decode (G_INPUT_STREAM (stream), cancellable, &error);
  if (image != NULL)
    square = crop (image);
  for (guint i = 0; square != NULL && bytes == NULL && error == NULL && i < G_N_ELEMENTS (sides);
       i++)
    bytes = encode (square, sides[i], &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
confab_picture_file_read_async (GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_picture_file_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

GBytes *
confab_picture_file_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
