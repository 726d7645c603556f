/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* confabd's command line, as a process: what it says and how it ends. CONFABD names the program. */

#include "backend-fixture.h"

#include <gio/gio.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSWORD "a long enough password"

typedef struct
{
  BackendFixture base;
  char          *config;
} Fixture;

#define FIXTURE_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *text = NULL;

  backend_fixture_set_up (&fixture->base);
  fixture->config = g_build_filename (fixture->base.directory, "confabd.conf", NULL);
  text = g_strdup_printf ("[database]\npath=%s\n", fixture->base.path);
  g_assert_true (g_file_set_contents (fixture->config, text, -1, NULL));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture_check (&fixture->base);
  backend_fixture_tear_down (&fixture->base);
  g_free (fixture->config);
}

/* Runs confabd with the words of @line and the configuration; returns its exit status. */
static int
run (Fixture    *fixture,
     const char *line,
     const char *input,
     char      **output)
{
  g_autofree char *command = g_strdup_printf ("%s %s --config %s", g_getenv ("CONFABD"), line, fixture->config);
  g_auto (GStrv) argv = g_strsplit (command, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      (const char *const *) argv,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
      &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_test_message ("%s: %s", line, text);
  if (output != NULL)
    *output = g_steal_pointer (&text);

  return g_subprocess_get_exit_status (process);
}

static void
test_usage (Fixture      *fixture,
            gconstpointer data)
{
  const char *const wrong[] = { "nonsense",        "user",      "user add",     "user add ada",
                                "check superfluous", "backup", "sample --seed x", "sample --until tomorrow" };
  g_autofree char *version = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (run (fixture, wrong[i], NULL, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--version", NULL, &version), ==, 0);
  g_assert_cmpstr (version, ==, "confabd " CONFAB_VERSION "\n");
  g_assert_cmpint (run (fixture, "user add --help", NULL, NULL), ==, 0);
}

static void
test_users (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *list = NULL;

  g_assert_cmpint (run (fixture, "user add ada ada@example.org --role admin", PASSWORD "\n", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user add bruno bruno@example.org", PASSWORD, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user list", NULL, &list), ==, 0);
  g_assert_nonnull (strstr (list, "1\tada\tada@example.org\tadmin\t"));
  g_assert_nonnull (strstr (list, "2\tbruno\tbruno@example.org\tuser\t"));

  g_assert_cmpint (run (fixture, "user add ADA other@example.org", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara ADA@example.org", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara nowhere", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara c@example.org", "short", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara c@example.org", "", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara c@example.org --role king", PASSWORD, NULL), ==, 1);

  g_assert_cmpint (run (fixture, "user set-role ada user", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-role bruno admin", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user set-role nobody admin", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-password nobody", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-password bruno", "x" PASSWORD, NULL), ==, 0);
}

static void
test_missing_database (Fixture      *fixture,
                       gconstpointer data)
{
  g_autofree char *output = NULL;

  g_assert_true (g_file_set_contents (fixture->config, "[database]\npath=/nowhere/at.db\n", -1, NULL));
  g_assert_cmpint (run (fixture, "check", NULL, &output), ==, 1);
  g_assert_nonnull (strstr (output, "/nowhere/at.db"));
  g_assert_cmpint (run (fixture, "user list", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "sample", NULL, NULL), ==, 1);
}

static void
test_sample_check_backup (Fixture      *fixture,
                          gconstpointer data)
{
  g_autofree char *backup = g_strdup_printf ("backup %s/copy.db", fixture->base.directory);
  g_autofree char *output = NULL;

  g_assert_cmpint (run (fixture, "sample --seed 3 --until 2026-05-01", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "sample", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "check", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, backup, NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, backup, NULL, NULL), ==, 1);

  fixture_exec (&fixture->base, "UPDATE conversations SET last_seq = last_seq + 1 WHERE id = 7");
  g_assert_cmpint (run (fixture, "check", NULL, &output), ==, 1);
  g_assert_nonnull (strstr (output, "conversation 7"));
  fixture_exec (&fixture->base, "UPDATE conversations SET last_seq = last_seq - 1 WHERE id = 7");
}

/* Runs `user add` on a terminal, types the two lines, and returns the exit status and what was shown. */
static int
type_password (Fixture    *fixture,
               const char *first,
               const char *second,
               GString    *shown)
{
  const char *const lines[] = { first, second };
  guint typed = 0;
  int terminal, status;
  pid_t pid = forkpty (&terminal, NULL, NULL, NULL);

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      execl (g_getenv ("CONFABD"), "confabd", "user", "add", "ada", "ada@example.org", "--config",
             fixture->config, NULL);
      _exit (99);
    }

  while (TRUE)
    {
      char buffer[256];
      ssize_t n = read (terminal, buffer, sizeof buffer);

      if (n <= 0)
        break;
      g_string_append_len (shown, buffer, n);
      if (g_str_has_suffix (shown->str, ": ") && typed < G_N_ELEMENTS (lines))
        {
          g_assert_cmpint (write (terminal, lines[typed], strlen (lines[typed])), >, 0);
          g_assert_cmpint (write (terminal, "\n", 1), ==, 1);
          typed++;
        }
    }

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (terminal);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static void
test_terminal (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GString) differing = g_string_new (NULL);
  g_autoptr (GString) same = g_string_new (NULL);

  g_assert_cmpint (type_password (fixture, PASSWORD, PASSWORD "!", differing), ==, 1);
  g_assert_nonnull (strstr (differing->str, "differ"));
  g_assert_cmpint (type_password (fixture, PASSWORD, PASSWORD, same), ==, 0);
  g_assert_null (strstr (same->str, PASSWORD));
  g_assert_cmpint (fixture_count (&fixture->base, "SELECT count (*) FROM users"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/command-line/usage", test_usage);
  FIXTURE_TEST ("/command-line/users", test_users);
  FIXTURE_TEST ("/command-line/missing-database", test_missing_database);
  FIXTURE_TEST ("/command-line/sample-check-backup", test_sample_check_backup);
  FIXTURE_TEST ("/command-line/terminal", test_terminal);

  return g_test_run ();
}
