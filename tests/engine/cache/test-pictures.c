/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People's pictures in the mirror. */

#include "mirror-fixture.h"

#include "confab-mirror-pictures.h"

static GBytes *
read_picture (ConfabMirror *mirror, const char *hash)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *png = NULL;

  confab_mirror_read_picture_async (mirror, hash, NULL, fixture_result_cb, &result);
  png = confab_mirror_read_picture_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  return png;
}

static void
keep_picture (ConfabMirror *mirror, const char *hash, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = g_bytes_new_static (text, strlen (text));

  confab_mirror_keep_picture_async (mirror, hash, png, fixture_result_cb, &result);
  g_assert_true (confab_mirror_write_finish (mirror, fixture_wait (&result), &error));
  g_assert_no_error (error);
}

static void
show (ConfabMirror *mirror, const char *hash, gint64 rev)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (7, 1, rev);
  ConfabUserRow *ann = g_ptr_array_index (rows->users, 1);

  g_assert_cmpint (ann->id, ==, ANN);
  ann->rev = rev;
  ann->picture = g_strdup (hash);
  fixture_apply (mirror, rows);
}

static void
test_pictures (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) again = NULL;

  show (mirror, "a", 10);
  g_assert_null (read_picture (mirror, "a"));
  keep_picture (mirror, "a", "one");
  first = read_picture (mirror, "a");
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), "one", 3);

  fixture_close (mirror);
  mirror = fixture_open (folder);
  again = read_picture (mirror, "a");
  g_assert_true (g_bytes_equal (first, again));

  /* Ann has a new picture, so the old one is unused. */
  show (mirror, "b", 20);
  keep_picture (mirror, "b", "two");
  g_assert_null (read_picture (mirror, "a"));
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM pictures"), ==, 1);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mirror/pictures", test_pictures);
  return g_test_run ();
}
