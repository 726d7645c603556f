/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The command line of confabd, run as a process: its output and exit status. CONFABD names the
 * program. */

#include "backend-fixture.h"

#include <gio/gio.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confab-password.h"

#define PASSWORD "a long enough password"

typedef struct
{
  BackendFixture base;
  char *config;
  const char *locale; /* (nullable): of the commands; the test's own */
} Fixture;

#define FIXTURE_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  backend_fixture_set_up (&fixture->base);
  fixture->config = g_build_filename (fixture->base.directory, "confabd.conf", NULL);
  text = g_strdup_printf ("[database]\npath=%s\n", fixture->base.path);
  g_assert_true (g_file_set_contents (fixture->config, text, -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_check (&fixture->base);
  backend_fixture_tear_down (&fixture->base);
  g_free (fixture->config);
}

/* Runs confabd with the words of @line and the configuration; returns its exit status. */
static int
run (Fixture *fixture, const char *line, const char *input, char **output)
{
  g_autofree char *command =
      g_strdup_printf ("%s %s --config %s", g_getenv ("CONFABD"), line, fixture->config);
  g_auto (GStrv) argv = g_strsplit (command, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *readable = g_utf8_make_valid (line, -1);
  g_autofree char *text = NULL;

  if (fixture->locale != NULL)
    g_subprocess_launcher_setenv (launcher, "LC_ALL", fixture->locale, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_test_message ("%s: %s", readable, text);
  if (output != NULL)
    *output = g_steal_pointer (&text);

  return g_subprocess_get_exit_status (process);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  const char *const wrong[] = { "nonsense",          "user",
                                "user add",          "user add ada",
                                "check superfluous", "backup",
                                "sample --seed x",   "sample --until tomorrow" };
  g_autofree char *version = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (run (fixture, wrong[i], NULL, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--version", NULL, &version), ==, 0);
  g_assert_cmpstr (version, ==, "confabd " CONFAB_VERSION "\n");
  g_assert_cmpint (run (fixture, "user add --help", NULL, NULL), ==, 0);
}

static void
test_users (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_assert_cmpint (run (fixture, "user add ada ada@example.org --role admin", PASSWORD "\n", NULL),
                   ==, 0);
  g_assert_cmpint (run (fixture, "user add bruno bruno@example.org", PASSWORD, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user list", NULL, &list), ==, 0);
  g_assert_nonnull (strstr (list, "1\tada\tada@example.org\tadmin\t"));
  g_assert_nonnull (strstr (list, "2\tbruno\tbruno@example.org\tuser\t"));

  g_assert_cmpint (run (fixture, "user add ADA other@example.org", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add \u0430d\u0430 other@example.org", PASSWORD, NULL), ==,
                   1);
  g_assert_cmpint (run (fixture, "user add \u0430\u0501\u0430 other@example.org", PASSWORD, NULL),
                   ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara ADA@example.org", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara nowhere", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara c@example.org", "short", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara c@example.org", "", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user add chiara c@example.org --role king", PASSWORD, NULL), ==,
                   1);

  g_assert_cmpint (run (fixture, "user set-role ada user", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-role bruno admin", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user set-role nobody admin", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-password nobody", PASSWORD, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-password bruno", "x" PASSWORD, NULL), ==, 0);
}

static void
test_missing_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *output = NULL;

  g_assert_true (
      g_file_set_contents (fixture->config, "[database]\npath=/nowhere/at.db\n", -1, NULL));
  g_assert_cmpint (run (fixture, "check", NULL, &output), ==, 1);
  g_assert_nonnull (strstr (output, "/nowhere/at.db"));
  g_assert_cmpint (run (fixture, "user list", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "sample", NULL, NULL), ==, 1);
}

static void
test_sample_check_backup (Fixture *fixture, gconstpointer data)
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

/* Run `user add` on a terminal and type the two lines. Return the exit status and the output. */
static int
type_password (Fixture *fixture, const char *first, const char *second, GString *shown)
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
test_terminal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) differing = g_string_new (NULL);
  g_autoptr (GString) same = g_string_new (NULL);

  g_assert_cmpint (type_password (fixture, PASSWORD, PASSWORD "!", differing), ==, 1);
  g_assert_nonnull (strstr (differing->str, "differ"));
  g_assert_cmpint (type_password (fixture, PASSWORD, PASSWORD, same), ==, 0);
  g_assert_null (strstr (same->str, PASSWORD));
  g_assert_cmpint (fixture_count (&fixture->base, "SELECT count (*) FROM users"), ==, 1);
}

/* Roles are found by name in any case, like users. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_assert_cmpint (run (fixture, "role add Helper --like Moderator", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user add ada ada@example.org --role ADMIN", PASSWORD, NULL), ==,
                   0);
  g_assert_cmpint (run (fixture, "user add bruno bruno@example.org --role Helper", PASSWORD, NULL),
                   ==, 0);
  g_assert_cmpint (run (fixture, "user add chiara chiara@example.org", PASSWORD, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user set-role Chiara Admin", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user set-role ada hElPeR", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user set-role ada Helpers", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user set-role ada ?", NULL, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "user list", NULL, &list), ==, 0);
  g_assert_nonnull (strstr (list, "\tada\tada@example.org\thelper\t"));
  g_assert_nonnull (strstr (list, "\tbruno\tbruno@example.org\thelper\t"));
  g_assert_nonnull (strstr (list, "\tchiara\tchiara@example.org\tadmin\t"));
}

/* In an ASCII locale, as in a bare shell, arguments are UTF-8. */
static void
test_locale (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *refused_name = NULL;

  fixture->locale = "C";
  g_assert_cmpint (run (fixture, "role add guest --like user --label Gäste", NULL, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "user add Zoë zoe@example.org --role GUEST", PASSWORD, NULL), ==,
                   0);
  g_assert_cmpint (run (fixture, "role list", NULL, &list), ==, 0);
  g_assert_nonnull (strstr (list, "guest\tuser\tGäste\n"));

  g_assert_cmpint (run (fixture, "role add others --like user --label G\xe4ste", NULL, &refused),
                   ==, 2);
  g_assert_nonnull (strstr (refused, "neither UTF-8"));
  g_assert_cmpint (run (fixture, "user add Zo\xeb z@example.org", PASSWORD, &refused_name), ==, 2);
  g_assert_nonnull (strstr (refused_name, "neither UTF-8"));
}

static gboolean
password_is (Fixture *fixture, const char *username, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) reader = confab_backend_open_to_read (fixture->base.path, &error);
  g_autoptr (ConfabCredentials) credentials = NULL;

  g_assert_no_error (error);
  credentials = confab_backend_find_credentials (reader, username, &error);
  g_assert_no_error (error);

  return confab_password_verify (credentials->password_hash, password);
}

/* Of a file, a line's end and what an editor adds are no part of the password. */
static void
test_password_from_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *refused = NULL;

  g_assert_cmpint (
      run (fixture, "user add ada ada@example.org", "\xef\xbb\xbf" PASSWORD "\r\n", NULL), ==, 0);
  g_assert_true (password_is (fixture, "ada", PASSWORD));
  g_assert_cmpint (run (fixture, "user set-password ada", PASSWORD "\t\n", &refused), ==, 1);
  g_assert_nonnull (strstr (refused, "invisible"));
  g_assert_true (password_is (fixture, "ada", PASSWORD));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/command-line/usage", test_usage);
  FIXTURE_TEST ("/command-line/users", test_users);
  FIXTURE_TEST ("/command-line/missing-database", test_missing_database);
  FIXTURE_TEST ("/command-line/sample-check-backup", test_sample_check_backup);
  FIXTURE_TEST ("/command-line/terminal", test_terminal);
  FIXTURE_TEST ("/command-line/roles", test_roles);
  FIXTURE_TEST ("/command-line/locale", test_locale);
  FIXTURE_TEST ("/command-line/password-from-a-file", test_password_from_a_file);

  return g_test_run ();
}
