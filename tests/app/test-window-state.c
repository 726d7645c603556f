/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "confab-window-state.h"

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **)user_data, result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static ConfabWindowState *
load (GFile *file)
{
  ConfabWindowState *state = confab_window_state_new (file);
  g_autoptr (GAsyncResult) result = NULL;

  confab_window_state_load_async (state, done_cb, &result);
  confab_window_state_load_finish (state, wait_for (&result));

  return state;
}

static gboolean
save (ConfabWindowState *state, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_window_state_save_async (state, done_cb, &result);
  return confab_window_state_save_finish (state, wait_for (&result), error);
}

static GFile *
new_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("confab-state-XXXXXX", NULL);

  return g_file_new_build_filename (folder, "not there yet", "window.ini", NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (GFile) file = new_file ();
  g_autoptr (ConfabWindowState) state = load (file);
  g_autoptr (ConfabWindowState) again = NULL;
  g_autoptr (GError) error = NULL;
  gboolean maximized = FALSE;
  int width = 0, height = 0;

  confab_window_state_set_size (state, 801, 602, TRUE);
  confab_window_state_set_account (state, "8f0b4a52");
  confab_window_state_set_conversation (state, G_MAXINT64);
  g_assert_true (save (state, &error));
  g_assert_no_error (error);

  again = load (file);
  confab_window_state_get_size (again, &width, &height, &maximized);
  g_assert_cmpint (width, ==, 801);
  g_assert_cmpint (height, ==, 602);
  g_assert_true (maximized);
  g_assert_cmpstr (confab_window_state_get_account (again), ==, "8f0b4a52");
  g_assert_cmpint (confab_window_state_get_conversation (again), ==, G_MAXINT64);
}

/* Each account keeps its own open conversation. */
static void
test_accounts (void)
{
  g_autoptr (GFile) file = new_file ();
  g_autoptr (ConfabWindowState) state = load (file);
  g_autoptr (ConfabWindowState) again = NULL;

  confab_window_state_set_account (state, "home");
  confab_window_state_set_conversation (state, 7);
  confab_window_state_set_account (state, "work");
  g_assert_cmpint (confab_window_state_get_conversation (state), ==, 0);
  confab_window_state_set_conversation (state, 8);
  confab_window_state_set_account (state, "club");
  confab_window_state_set_conversation (state, 9);
  confab_window_state_set_conversation (state, 0);
  g_assert_true (save (state, NULL));

  again = load (file);
  g_assert_cmpstr (confab_window_state_get_account (again), ==, "club");
  g_assert_cmpint (confab_window_state_get_conversation (again), ==, 0);
  confab_window_state_set_account (again, "home");
  g_assert_cmpint (confab_window_state_get_conversation (again), ==, 7);
  confab_window_state_set_account (again, "work");
  g_assert_cmpint (confab_window_state_get_conversation (again), ==, 8);
}

static void
assert_defaults (ConfabWindowState *state)
{
  gboolean maximized = TRUE;
  int width = 0, height = 0;

  confab_window_state_get_size (state, &width, &height, &maximized);
  g_assert_cmpint (width, >=, 360);
  g_assert_cmpint (height, >=, 294);
  g_assert_false (maximized);
  g_assert_null (confab_window_state_get_account (state));
  g_assert_cmpint (confab_window_state_get_conversation (state), ==, 0);
}

static void
test_missing (void)
{
  g_autoptr (GFile) file = new_file ();
  g_autoptr (ConfabWindowState) state = load (file);

  assert_defaults (state);
}

static void
test_damaged (void)
{
  static const char *const contents[] = {
    "", "\xff\xfe\x00", "[window", "[window]\nwidth=-5\nheight=99999999\n", "[other]\nwidth=5\n",
  };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "confab-damaged-window.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (ConfabWindowState) state = NULL;

      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      state = load (file);
      assert_defaults (state);
    }
  g_remove (path);
}

static void
test_unwritable (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/confab/window.ini");
  g_autoptr (ConfabWindowState) state = load (file);
  g_autoptr (GError) error = NULL;

  g_assert_false (save (state, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/window-state/round-trip", test_round_trip);
  g_test_add_func ("/app/window-state/accounts", test_accounts);
  g_test_add_func ("/app/window-state/missing", test_missing);
  g_test_add_func ("/app/window-state/damaged", test_damaged);
  g_test_add_func ("/app/window-state/unwritable", test_unwritable);

  return g_test_run ();
}
