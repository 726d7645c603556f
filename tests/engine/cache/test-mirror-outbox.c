/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Messages are on the disk when the call completes, are sent in order, and once. */

#include "mirror-fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confab-problem.h"

static const char *program;

/* ---- syncing ---- */

static int n_syncs; /* atomic */

/* Replaces the C library's function: the engine is linked statically. */
int
fdatasync (int fd)
{
  g_atomic_int_inc (&n_syncs);
  return (int)syscall (SYS_fdatasync, fd);
}

/* The user's text is on the disk when the call completes; synchronised rows need not be. */
static void
test_durable (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 3, 10);
  int before;

  fixture_apply (mirror, rows);
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *client_id = g_strdup_printf ("m%d", i);

      before = g_atomic_int_get (&n_syncs);
      g_assert_true (fixture_try_draft (mirror, 1, client_id, NULL));
      g_assert_cmpint (g_atomic_int_get (&n_syncs), ==, before + 1);
      fixture_enqueue (mirror, 1, client_id, "text");
      g_assert_cmpint (g_atomic_int_get (&n_syncs), ==, before + 2);
      fixture_discard (mirror, client_id);
      g_assert_cmpint (g_atomic_int_get (&n_syncs), ==, before + 3);
    }
  before = g_atomic_int_get (&n_syncs);
  fixture_mark_read (mirror, 1, 2);
  g_assert_cmpint (g_atomic_int_get (&n_syncs), ==, before);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* ---- order ---- */

static void
assert_unsent (ConfabMirror *mirror, const char *expected)
{
  g_autoptr (GPtrArray) rows = fixture_unsent (mirror);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (ids, "%s ", ((ConfabOutboxRow *)rows->pdata[i])->client_id);
  g_assert_cmpstr (ids->str, ==, expected);
}

/* Apply the server's answer to @client_id. */
static void
answer (ConfabMirror *mirror, gint64 conversation_id, gint64 seq, const char *client_id)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  ConfabMessageRow *row;

  fixture_add_message (rows, conversation_id, SELF, seq, 100 + seq);
  row = rows->messages->pdata[0];
  g_set_str (&row->client_id, client_id);
  fixture_apply (mirror, rows);
}

static void
test_order (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) one = fixture_conversation (1, 0, 10);
  g_autoptr (ConfabRows) two = fixture_conversation (2, 0, 11);

  fixture_apply (mirror, one);
  fixture_apply (mirror, two);
  fixture_enqueue (mirror, 1, "a1", "first");
  fixture_enqueue (mirror, 1, "a2", "second");
  fixture_enqueue (mirror, 2, "b1", "elsewhere");
  assert_unsent (mirror, "a1 b1 ");
  answer (mirror, 1, 1, "a1");
  assert_unsent (mirror, "a2 b1 ");
  answer (mirror, 1, 1, "a1"); /* arrives twice */
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 2);

  /* A refused message does not block later ones, and can be retried in its place. */
  fixture_enqueue (mirror, 1, "a3", "third");
  fixture_mark_unsent (mirror, "a2", CONFAB_OUTBOX_FAILED, CONFAB_PROBLEM_MESSAGE_TOO_LONG);
  assert_unsent (mirror, "b1 a3 ");
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 3);
  fixture_mark_unsent (mirror, "a2", CONFAB_OUTBOX_WAITING, -1);
  assert_unsent (mirror, "a2 b1 ");
  fixture_discard (mirror, "a2");
  fixture_discard (mirror, "a2");
  assert_unsent (mirror, "b1 a3 ");

  /* Another user's message with the same client id is independent. */
  {
    g_autoptr (ConfabRows) foreign = confab_rows_new ();

    fixture_add_message (foreign, 1, ANN, 2, 200);
    g_set_str (&((ConfabMessageRow *)foreign->messages->pdata[0])->client_id, "a3");
    fixture_apply (mirror, foreign);
  }
  assert_unsent (mirror, "b1 a3 ");
  fixture_close (mirror);
  mirror = fixture_open (folder);
  assert_unsent (mirror, "b1 a3 ");
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 2);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* A broken server may give a message the id or the seq of another: neither text is lost, and no seq
 * is used twice. */
static void
test_clash (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 3, 10);

  fixture_apply (mirror, rows);
  fixture_enqueue (mirror, 1, "a1", "must not be lost");
  for (guint i = 0; i < 4; i++)
    {
      gint64 rev = i % 2 == 0 ? 1 : 100;
      g_autoptr (ConfabRows) clash = confab_rows_new ();
      ConfabMessageRow *row;

      fixture_add_message (clash, 1, SELF, 2, rev);
      row = clash->messages->pdata[0];
      g_set_str (&row->client_id, "a1");
      g_set_str (&row->content, "another text");
      if (i >= 2)
        row->id = 99;
      fixture_apply (mirror, clash);
      assert_unsent (mirror, "a1 ");
    }
  answer (mirror, 1, 4, "a1");
  assert_unsent (mirror, "");
  fixture_close (mirror);
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM messages"), ==, 4);
  g_assert_cmpint (
      fixture_query (folder, "SELECT count (*) FROM messages WHERE content = 'another text'"), ==,
      0);
  fixture_remove_folder (folder);
}

/* ---- a crash ---- */

/* In a child process: enqueue, report, and wait to be killed. */
G_NORETURN static void
be_killed (const char *folder)
{
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 50, 10);

  fixture_apply (mirror, rows);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *client_id = g_strdup_printf ("crash-%d", i);

      fixture_enqueue (mirror, 1, client_id, "must not be lost");
    }
  g_print ("enqueued\n");
  for (;;)
    pause ();
}

static void
test_crash (void)
{
  char *folder = fixture_make_folder ();
  const char *argv[] = { program, "--be-killed", folder, NULL };
  g_autoptr (GError) error = NULL;
  char line[9] = "";
  gsize got = 0;
  GPid pid;
  int output;
  ConfabMirror *mirror;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                           NULL, NULL, &pid, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  while (got < 8)
    {
      gssize n = read (output, line + got, 8 - got);

      g_assert_cmpint (n, >, 0);
      got += n;
    }
  g_assert_cmpstr (line, ==, "enqueued");
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (output);
  g_spawn_close_pid (pid);

  mirror = fixture_open (folder);
  g_assert_cmpint (confab_mirror_get_origin (mirror), ==, CONFAB_MIRROR_OPENED);
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 5);
  assert_unsent (mirror, "crash-0 ");
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && strcmp (argv[1], "--be-killed") == 0)
    be_killed (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mirror/outbox/durable", test_durable);
  g_test_add_func ("/mirror/outbox/order", test_order);
  g_test_add_func ("/mirror/outbox/clash", test_clash);
  g_test_add_func ("/mirror/outbox/crash", test_crash);
  return g_test_run ();
}
