/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two programs with one account's folder: the second is refused, and writes nothing. */

#include "mirror-fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "confab-engine-error.h"

#define HOLD "--hold"

static char *program;

/* ---- the other program: this one as its own child ---- */

/* Open the mirror, write a text, say so, and never close. */
static G_NORETURN void
hold (const char *folder)
{
  ConfabMirror *mirror = fixture_open (folder);

  g_assert_true (fixture_try_draft (mirror, 1, "the other’s", NULL));
  g_print ("open\n");
  fflush (stdout);
  for (;;)
    pause ();
}

static GSubprocess *
start_other (const char *folder)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *other =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, HOLD, folder, NULL);
  char text[5] = "";
  gsize n_read;

  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (other), text, strlen ("open"), &n_read,
                           NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "open");
  return other;
}

/* ---- tests ---- */

static void
assert_refused (const char *folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture_try_open (folder, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE);
}

static char *
load_unsent (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "unsent.log", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* The lock ends with the program, however it ends, and nothing of its text is lost. */
static void
test_other_program (void)
{
  char *folder = fixture_make_folder ();
  g_autoptr (GSubprocess) other = start_other (folder);
  g_autofree char *before = load_unsent (folder);
  g_autofree char *after = NULL;
  ConfabMirror *mirror;

  assert_refused (folder);
  after = load_unsent (folder);
  g_assert_cmpstr (after, ==, before);
  /* Reading needs no lock. */
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM drafts"), ==, 1);

  g_subprocess_force_exit (other);
  g_assert_true (g_subprocess_wait (other, NULL, NULL));
  mirror = fixture_open (folder);
  g_assert_true (fixture_try_draft (mirror, 2, "this one’s", NULL));
  fixture_close (mirror);
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM drafts"), ==, 2);
  fixture_remove_folder (folder);
}

/* Another file in the mirror's place does not let go of the lock; closing does. */
static void
test_exchange (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);

  assert_refused (folder);
  fixture_begin_rebuild (mirror);
  fixture_end_rebuild (mirror);
  assert_refused (folder);
  fixture_close (mirror);
  fixture_close (fixture_open (folder));
  fixture_remove_folder (folder);
}

/* A program that is just closing is waited for. */
static void
test_wait (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  confab_mirror_open_async (folder, SELF, NULL, fixture_result_cb, &opened);
  fixture_close (mirror);
  mirror = confab_mirror_open_finish (fixture_wait (&opened), &error);
  g_assert_no_error (error);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* Something that is no file has the lock's name: it is set aside. */
static void
test_in_the_way (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "lock", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  fixture_close (fixture_open (folder));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], HOLD))
    hold (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder-lock/other-program", test_other_program);
  g_test_add_func ("/folder-lock/exchange", test_exchange);
  g_test_add_func ("/folder-lock/wait", test_wait);
  g_test_add_func ("/folder-lock/in-the-way", test_in_the_way);
  return g_test_run ();
}
