/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A full or read-only disk: data stays readable, and writing continues as soon as possible. Uses a
 * small disk in its own namespace. */

#include "mirror-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mount.h>
#include <unistd.h>

#include "confab-engine-error.h"

#define INSIDE "CONFAB_TEST_NAMESPACE"

typedef struct
{
  char *disk;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 50, 10);
  ConfabMirror *mirror;

  fixture->disk = fixture_make_folder ();
  g_assert_cmpint (mount ("none", fixture->disk, "tmpfs", 0, "size=2m"), ==, 0);
  fixture->folder = g_build_filename (fixture->disk, "account", NULL);
  mirror = fixture_open (fixture->folder);
  g_assert_true (fixture_try_apply (mirror, rows, NULL, "e:10", NULL));
  fixture_enqueue (mirror, 1, "waits", "text");
  g_assert_true (fixture_try_draft (mirror, 1, "half a thought", NULL));
  fixture_close (mirror);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (umount (fixture->disk), ==, 0);
  g_free (fixture->folder);
  fixture_remove_folder (fixture->disk);
}

static void
make_read_only (Fixture *fixture, gboolean read_only)
{
  g_assert_cmpint (
      mount ("none", fixture->disk, NULL, MS_REMOUNT | (read_only ? MS_RDONLY : 0), "size=2m"), ==,
      0);
}

/* Fill the disk completely. Return the file to remove to make room. */
static char *
fill_disk (Fixture *fixture)
{
  char *path = g_build_filename (fixture->disk, "filler", NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT, 0600);
  char block[512] = "x";

  while (write (fd, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  g_close (fd, NULL);
  return path;
}

static void
assert_readable (ConfabMirror *mirror)
{
  g_autoptr (ConfabConversationSummary) summary = fixture_summary (mirror, 1);
  g_autoptr (GPtrArray) unsent = fixture_unsent (mirror);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabMessagePage) page = NULL;

  g_assert_cmpstr (summary->draft, ==, "half a thought");
  g_assert_cmpuint (unsent->len, ==, 1);
  confab_mirror_read_messages_async (mirror, 1, 0, 1000, NULL, fixture_result_cb, &result);
  page = confab_mirror_read_messages_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->messages->len, ==, 50);
}

/* @relieve: makes the disk writable again */
static void
use_frozen (Fixture *fixture, int code, void (*relieve) (Fixture *fixture))
{
  ConfabMirror *mirror = fixture_open (fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_error (confab_mirror_get_frozen (mirror), CONFAB_ENGINE_ERROR, code);
  g_assert_cmpstr (confab_mirror_get_cursor (mirror), ==, "e:10");
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 1);
  assert_readable (mirror);
  for (int i = 0; i < 2; i++)
    {
      g_assert_false (fixture_try_enqueue (mirror, 1, "later", "text", &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, code);
      g_clear_error (&error);
      assert_readable (mirror);
    }
  relieve (fixture);
  fixture_enqueue (mirror, 1, "later", "text");
  g_assert_null (confab_mirror_get_frozen (mirror));
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 2);
  fixture_close (mirror);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM outbox"), ==, 2);
}

static void
remount (Fixture *fixture)
{
  make_read_only (fixture, FALSE);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  make_read_only (fixture, TRUE);
  use_frozen (fixture, CONFAB_ENGINE_ERROR_STORAGE, remount);
}

static void
make_room (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->disk, "filler", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fill_disk (fixture);

  use_frozen (fixture, CONFAB_ENGINE_ERROR_DISK_FULL, make_room);
}

/* The last program that had it open was killed, so its log still exists. */
static void
test_read_only_after_crash (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "mirror.db", "mirror.db-wal" };
  ConfabMirror *mirror = fixture_open (fixture->folder);
  char *paths[2];
  char *texts[2];
  gsize lengths[2];

  fixture_mark_read (mirror, 1, 3); /* only in the log so far */
  for (int i = 0; i < 2; i++)
    {
      paths[i] = g_build_filename (fixture->folder, names[i], NULL);
      g_assert_true (g_file_get_contents (paths[i], &texts[i], &lengths[i], NULL));
    }
  fixture_close (mirror);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (g_file_set_contents (paths[i], texts[i], (gssize)lengths[i], NULL));
      g_free (paths[i]);
      g_free (texts[i]);
    }
  make_read_only (fixture, TRUE);
  mirror = fixture_open (fixture->folder);
  assert_readable (mirror);
  fixture_close (mirror);
  make_read_only (fixture, FALSE);
}

static gboolean
may_mount (void)
{
  const char *argv[] = { "unshare", "-rm", "true", NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                       &status, NULL)
         && status == 0;
}

int
main (int argc, char **argv)
{
  if (g_getenv (INSIDE) == NULL && may_mount ())
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) again = NULL;

      g_setenv (INSIDE, "1", TRUE);
      g_strv_builder_add_many (builder, "unshare", "-rm", NULL);
      g_strv_builder_addv (builder, (const char **)argv);
      again = g_strv_builder_end (builder);
      execvp (again[0], again);
    }
  g_test_init (&argc, &argv, NULL);
  if (g_getenv (INSIDE) == NULL)
    {
      g_print ("1..0 # SKIP no disk can be mounted here\n");
      return 0;
    }
  g_test_add ("/frozen/read-only", Fixture, NULL, set_up, test_read_only, tear_down);
  g_test_add ("/frozen/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/frozen/read-only-after-crash", Fixture, NULL, set_up, test_read_only_after_crash,
              tear_down);
  return g_test_run ();
}
