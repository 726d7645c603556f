/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Preparing an image file for upload. */

#define _GNU_SOURCE /* for memmem() */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "confab-limits.h"
#include "confab-picture-file.h"

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **)user_data, result);
}

static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_picture_file_read_async (file, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return confab_picture_file_read_finish (result, error);
}

/* Make a picture from a file of these bytes, check its format, and decode it. */
static GdkPixbuf *
make_picture (gconstpointer data, gsize length, GBytes **bytes, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("confab-picture-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "image", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GdkPixbuf *picture = NULL;

  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
  png = read_file (file, NULL, error);
  g_assert_true (g_file_delete (file, NULL, NULL));
  if (png == NULL)
    return NULL;

  g_assert_cmpmem (g_bytes_get_data (png, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (g_bytes_get_size (png), <=, CONFAB_PICTURE_MAX_BYTES);
  stream = g_memory_input_stream_new_from_bytes (png);
  picture = gdk_pixbuf_new_from_stream (stream, NULL, error);
  g_assert_nonnull (picture);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, gdk_pixbuf_get_height (picture));
  g_assert_cmpint (gdk_pixbuf_get_width (picture), <=, CONFAB_PICTURE_MAX_PIXELS);
  if (bytes != NULL)
    *bytes = g_steal_pointer (&png);

  return picture;
}

/* Red on the left, blue on the right; noisy: each pixel with another color. */
static GdkPixbuf *
create_image (int width, int height, gboolean noisy)
{
  GdkPixbuf *image = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guchar *pixels = gdk_pixbuf_get_pixels (image);
  int stride = gdk_pixbuf_get_rowstride (image);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 noise = g_rand_int (random);
        guchar *at = pixels + y * stride + x * 3;

        at[0] = noisy ? noise & 255 : x < width / 2 ? 255 : 0;
        at[1] = noisy ? noise >> 8 & 255 : 0;
        at[2] = noisy ? noise >> 16 & 255 : x < width / 2 ? 0 : 255;
      }

  return image;
}

static char *
encode (GdkPixbuf *image, const char *type, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;

  gdk_pixbuf_save_to_buffer (image, &data, length, type, &error, NULL);
  g_assert_no_error (error);

  return data;
}

static void
assert_side (int width, int height, gboolean noisy, int at_least, int at_most)
{
  g_autoptr (GdkPixbuf) image = create_image (width, height, noisy);
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *data = encode (image, "png", &length);

  picture = make_picture (data, length, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), >=, at_least);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), <=, at_most);
}

static void
test_sizes (void)
{
  assert_side (1500, 700, FALSE, 512, 512);
  assert_side (700, 1500, FALSE, 512, 512);
  assert_side (40, 30, FALSE, 30, 30);
  assert_side (1, 1, FALSE, 1, 1);
  assert_side (3000, 1, FALSE, 1, 1);
  /* An image that compresses badly is scaled down until it fits. */
  assert_side (900, 900, TRUE, 128, 448);
}

static gboolean
is_reddish (GdkPixbuf *picture, int x, int y)
{
  const guchar *at = gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture)
                     + x * gdk_pixbuf_get_n_channels (picture);

  return at[0] > at[2];
}

/* A photograph rotated by its camera, with metadata that must not be uploaded. */
static void
test_upright_and_bare (void)
{
  static const char exif[] =
      "\xff\xe1\x00\x22"
      "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
      "\xff\xfe\x00\x12secret-place-no2";
  const gsize exif_length = sizeof exif - 1;
  g_autoptr (GdkPixbuf) image = create_image (200, 100, FALSE);
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0, png_length = 0;
  g_autofree char *data = encode (image, "jpeg", &length);
  g_autofree char *photograph = g_malloc (length + exif_length);
  const char *png = NULL;

  memcpy (photograph, data, 2);
  memcpy (photograph + 2, exif, exif_length);
  memcpy (photograph + 2 + exif_length, data + 2, length - 2);
  g_assert_nonnull (memmem (photograph, length + exif_length, "secret-place", 12));

  picture = make_picture (photograph, length + exif_length, &bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 100);
  g_assert_true (is_reddish (picture, 50, 10));
  g_assert_false (is_reddish (picture, 50, 90));
  png = g_bytes_get_data (bytes, &png_length);
  g_assert_null (memmem (png, png_length, "secret-place", 12));
  g_assert_null (memmem (png, png_length, "eXIf", 4));
  g_assert_null (memmem (png, png_length, "tEXt", 4));
}

static void
assert_refused (gconstpointer data, gsize length, ConfabPictureError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (make_picture (data, length, NULL, &error));
  g_assert_error (error, CONFAB_PICTURE_ERROR, (int)code);
  g_assert_cmpstr (error->message, !=, "");
}

/* A file of a hundred bytes that claims to have 12,000 × 12,000 pixels. */
static const guint8 bomb[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
  0x00, 0x00, 0x2e, 0xe0, 0x00, 0x00, 0x2e, 0xe0, 0x08, 0x02, 0x00, 0x00, 0x00, 0xde, 0x27, 0x1b,
  0xa6, 0x00, 0x00, 0x00, 0x11, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x18, 0x05, 0xa3,
  0x60, 0x14, 0x0c, 0x77, 0x00, 0x00, 0x03, 0xe8, 0x00, 0x01, 0xb3, 0xa6, 0xd3, 0x46,
};

static void
test_refused (void)
{
  g_autoptr (GdkPixbuf) image = create_image (300, 300, TRUE);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/image.png");
  g_autoptr (GFile) folder = g_file_new_for_path ("/");
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *data = encode (image, "png", &length);

  assert_refused ("", 0, CONFAB_PICTURE_ERROR_NO_IMAGE);
  assert_refused ("Dear diary", 10, CONFAB_PICTURE_ERROR_NO_IMAGE);
  for (gsize i = length / 2; i < length / 2 + 64; i++)
    data[i] = '\0';
  assert_refused (data, length, CONFAB_PICTURE_ERROR_NO_IMAGE);
  assert_refused (bomb, sizeof bomb, CONFAB_PICTURE_ERROR_TOO_LARGE);
  g_assert_null (read_file (missing, NULL, &error));
  g_assert_error (error, CONFAB_PICTURE_ERROR, CONFAB_PICTURE_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_null (read_file (folder, NULL, &error));
  g_assert_error (error, CONFAB_PICTURE_ERROR, CONFAB_PICTURE_ERROR_UNREADABLE);
}

static void
test_cancelled (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/zero");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (read_file (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/picture-file/sizes", test_sizes);
  g_test_add_func ("/app/picture-file/upright-and-bare", test_upright_and_bare);
  g_test_add_func ("/app/picture-file/refused", test_refused);
  g_test_add_func ("/app/picture-file/cancelled", test_cancelled);

  return g_test_run ();
}
