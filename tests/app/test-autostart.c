/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-autostart.h"

#include <glib/gstdio.h>

/* The desktop starts exactly the program, whatever its path. */
static void
test_entry (void)
{
  g_autofree char *entry = confab_autostart_dup_entry ("/opt/My \"$HOME\" 100%/confab");
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *command = NULL;

  g_assert_true (g_key_file_load_from_data (keys, entry, -1, G_KEY_FILE_NONE, NULL));
  command = g_key_file_get_string (keys, "Desktop Entry", "Exec", NULL);
  g_assert_cmpstr (command, ==,
                   "\"/opt/My \\\"\\$HOME\\\" 100%%/confab\" " CONFAB_AUTOSTART_ARGUMENT);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (confab_autostart_set_finish (result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (user_data);
}

static void
set (gboolean wanted)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  confab_autostart_set_async (wanted, set_cb, loop);
  g_main_loop_run (loop);
}

/* The file is there while it is wanted. Removing it twice is no error. */
static void
test_file (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_config_dir (), "autostart", CONFAB_APP_ID ".desktop", NULL);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *expected = confab_autostart_dup_entry (program);
  g_autofree char *written = NULL;

  set (TRUE);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, expected);
  set (FALSE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  set (FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/app/autostart/entry", test_entry);
  g_test_add_func ("/app/autostart/file", test_file);

  return g_test_run ();
}
