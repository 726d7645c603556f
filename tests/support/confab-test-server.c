/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-test-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

struct _ConfabTestServer
{
  char *directory;
  char *config;
  char *database;
  char *log;
  char *mail; /* (nullable) */
  char *origin;
  guint port;
  gboolean invite_only;
  char *limits; /* (nullable) */
  GSubprocess *process;
};

/* Return a port that is free now; the server binds it with SO_REUSEADDR. */
static guint
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);

  return port;
}

/* All clients of a test have one address, so raise the limits. */
static void
write_config (ConfabTestServer *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  text = g_strdup_printf ("[server]\nname=Test\n"
                          "[listen]\naddress=127.0.0.1\nport=%u\n"
                          "[database]\npath=%s\n"
                          "[limits]\nconnections_per_address=10000\nregistrations_per_hour=100000\n"
                          "sign_ins_per_minute=100000\nmessages_per_hour=1000000\n"
                          "reads_per_hour=1000000\nconversation_changes_per_hour=1000000\n"
                          "additions_per_hour=1000000\nother_changes_per_hour=1000000\n"
                          "%s"
                          "[registration]\npolicy=%s\n",
                          self->port, self->database, self->limits != NULL ? self->limits : "",
                          self->invite_only ? "invitation" : "open");
  if (self->mail != NULL)
    {
      g_autofree char *more =
          g_strdup_printf ("%s[mail]\ndirectory=%s\nfrom=confab@place.example\n", text, self->mail);

      g_free (text);
      text = g_steal_pointer (&more);
    }
  g_file_set_contents (self->config, text, -1, &error);
  g_assert_no_error (error);
}

ConfabTestServer *
confab_test_server_new (void)
{
  ConfabTestServer *self = g_new0 (ConfabTestServer, 1);
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("confabd-XXXXXX", &error);
  g_assert_no_error (error);
  self->config = g_build_filename (self->directory, "confabd.conf", NULL);
  self->database = g_build_filename (self->directory, "confabd.db", NULL);
  self->log = g_build_filename (self->directory, "log", NULL);
  self->port = find_port ();
  self->origin = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  write_config (self);

  return self;
}

const char *
confab_test_server_take_mail (ConfabTestServer *self)
{
  g_assert_null (self->process);

  self->mail = g_build_filename (self->directory, "mail", NULL);
  write_config (self);

  return self->mail;
}

void
confab_test_server_invite_only (ConfabTestServer *self)
{
  g_assert_null (self->process);

  self->invite_only = TRUE;
  write_config (self);
}

void
confab_test_server_limit (ConfabTestServer *self, const char *lines)
{
  g_assert_null (self->process);

  g_set_str (&self->limits, lines);
  write_config (self);
}

/* Let the server die with a test that aborts. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
print_log (ConfabTestServer *self)
{
  g_autofree char *text = NULL;

  if (g_file_get_contents (self->log, &text, NULL, NULL))
    g_test_message ("confabd's log:\n%s", text);
}

void
confab_test_server_start (ConfabTestServer *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *expected = g_strconcat ("listening on ", self->origin, NULL);
  const char *binary = g_getenv ("CONFABD");

  g_assert_nonnull (binary);
  g_assert_null (self->process);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_stderr_file_path (launcher, self->log);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, binary, "serve", "--config",
                                               self->config, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL || !g_str_has_prefix (line, expected))
    print_log (self);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, expected));
}

void
confab_test_server_stop (ConfabTestServer *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (process);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    print_log (self);
  g_assert_true (g_subprocess_get_successful (process));
}

void
confab_test_server_kill (ConfabTestServer *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (process);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_mail (ConfabTestServer *self)
{
  g_autoptr (GDir) folder = self->mail != NULL ? g_dir_open (self->mail, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->mail, name, NULL);

      g_unlink (path);
    }
  if (self->mail != NULL)
    g_rmdir (self->mail);
  g_free (self->mail);
}

void
confab_test_server_free (ConfabTestServer *self)
{
  const char *suffixes[] = { "", "-wal", "-shm" };

  if (self->process != NULL)
    confab_test_server_stop (self);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->database, suffixes[i], NULL);

      g_unlink (path);
    }
  remove_mail (self);
  g_unlink (self->config);
  g_unlink (self->log);
  g_rmdir (self->directory);
  g_free (self->directory);
  g_free (self->config);
  g_free (self->database);
  g_free (self->log);
  g_free (self->origin);
  g_free (self->limits);
  g_free (self);
}

const char *
confab_test_server_get_origin (ConfabTestServer *self)
{
  return self->origin;
}

char *
confab_test_server_get_setup_code (ConfabTestServer *self)
{
  g_autofree char *log = NULL;
  g_autoptr (GRegex) line = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (self->log, &log, NULL, &error);
  g_assert_no_error (error);
  line = g_regex_new ("^event=setup-code code=(\\S+)$", G_REGEX_MULTILINE, 0, &error);
  g_assert_no_error (error);
  g_assert_true (g_regex_match (line, log, 0, &match));

  return g_match_info_fetch (match, 1);
}

const char *
confab_test_server_get_database (ConfabTestServer *self)
{
  return self->database;
}

void
confab_test_server_set_role (ConfabTestServer *self, const char *username, const char *rolename)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, g_getenv ("CONFABD"), "user",
                        "set-role", "--config", self->config, username, rolename, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

gboolean
confab_test_server_is_running (ConfabTestServer *self)
{
  return self->process != NULL;
}
