/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What libwebsockets says, in the server's log. */

#include <libwebsockets.h>

#include "confab-transport-log.h"

static GPtrArray *lines;

static void
keep (const char *line)
{
  g_ptr_array_add (lines, g_strdup (line));
}

/* Each kind of message is logged once a minute, so a frequent one hides no other. */
static void
test_kinds (void)
{
  GPrintFunc before;

  confab_transport_log_start ();
  lines = g_ptr_array_new_with_free_func (g_free);
  before = g_set_printerr_handler (keep);
  for (guint i = 0; i < 100; i++)
    lwsl_warn ("accept failed on %u\n", i);
  lwsl_err ("out of memory\n");
  lwsl_warn ("out of memory\n");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strnfill (i + 1, 'z');

      lwsl_warn ("%s\n", name);
    }
  g_set_printerr_handler (before);

  g_assert_cmpuint (lines->len, >=, 4);
  g_assert_cmpuint (lines->len, <, 40);
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 0), "level=warning count=1 "));
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 0), "accept failed on 0\"\n"));
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 1), "level=error"));
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 2), "level=warning"));
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 2), "out of memory"));
  g_ptr_array_unref (lines);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transport-log/kinds", test_kinds);

  return g_test_run ();
}
