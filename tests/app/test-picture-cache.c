/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Untrusted pictures: only small PNG files are decoded. */

#include "confab-picture-cache.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

static GBytes *
make_png (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take (data, length);
}

static void
test_good (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 512, 512 }, { 30, 512 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) png = make_png (sizes[i][0], sizes[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) texture = confab_picture_decode (png, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (texture), ==, sizes[i][0]);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, sizes[i][1]);
    }
}

static void
assert_refused (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (confab_picture_decode (bytes, &error));
  g_assert_nonnull (error);
}

static void
test_too_large (void)
{
  g_autoptr (GBytes) wide = make_png (513, 1);
  g_autoptr (GBytes) high = make_png (1, 513);

  assert_refused (wide);
  assert_refused (high);
}

/* A header that claims a larger picture than the file contains. */
static void
test_bomb (void)
{
  g_autoptr (GBytes) png = make_png (4, 4);
  gsize length = 0;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&png), &length);

  memset (data + 16, 0x7f, 8);
  png = g_bytes_new_take (data, length);
  assert_refused (png);
}

static void
test_no_png (void)
{
  static const char *const texts[] = { "", "GIF89a",
                                       "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" };
  g_autoptr (GBytes) png = make_png (100, 100);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));

      assert_refused (bytes);
    }
  for (gsize length = 0; length < 40; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, length);

      assert_refused (cut);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/picture/good", test_good);
  g_test_add_func ("/app/picture/too-large", test_too_large);
  g_test_add_func ("/app/picture/bomb", test_bomb);
  g_test_add_func ("/app/picture/no-png", test_no_png);

  return g_test_run ();
}
