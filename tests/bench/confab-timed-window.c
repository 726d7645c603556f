/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Confab itself, with a clock on its main loop.
 *
 * On SIGUSR1 it prints the longest that one turn of the loop has taken since the last time, in
 * microseconds of its processor's time: a busy machine doesn't count. On SIGUSR2 it puts the file
 * $CONFAB_BENCH_CLIPBOARD into the clipboard. */

#include <gdk/gdk.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "confab-application.h"

static gint64 turn_began;
static gint64 longest;

/* Returns: the time this thread has run, in microseconds */
static gint64
get_time_run (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint
timed_poll (GPollFD *fds, guint n_fds, gint timeout)
{
  gint n_ready;

  longest = MAX (longest, get_time_run () - turn_began);
  n_ready = g_poll (fds, n_fds, timeout);
  turn_began = get_time_run ();

  return n_ready;
}

static gboolean
report_cb (gpointer user_data)
{
  printf ("longest turn: %" G_GINT64_FORMAT "\n", longest);
  fflush (stdout);
  longest = 0;

  return G_SOURCE_CONTINUE;
}

static gboolean
copy_cb (gpointer user_data)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (getenv ("CONFAB_BENCH_CLIPBOARD"), &text, NULL, &error))
    g_error ("%s", error->message);
  gdk_clipboard_set_text (clipboard, text);

  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (ConfabApplication) application = NULL;

  setlocale (LC_ALL, "");
  g_main_context_set_poll_func (NULL, timed_poll);
  g_unix_signal_add (SIGUSR1, report_cb, NULL);
  g_unix_signal_add (SIGUSR2, copy_cb, NULL);

  application = confab_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
