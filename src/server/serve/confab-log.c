/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-log.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Enough for about 10,000 lines. */
#define MAX_WAITING_BYTES (1024 * 1024)
#define STOP_SECONDS 1

/* Never freed: the thread may still be blocked on the pipe when the process exits. */
typedef struct
{
  GMutex lock;
  GCond changed;
  GString *waiting;
  gboolean writing;
  guint n_dropped;
} Log;

static Log *the_log;

/* ---- the thread ---- */

/* Output that cannot be written (full disk, closed pipe) is lost; there is no place to report
 * it. */
static void
write_all (const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (STDERR_FILENO, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return;
      text += n;
      length -= (gsize)n;
    }
}

static gpointer
run_thread (gpointer data)
{
  Log *self = data;

  g_mutex_lock (&self->lock);
  while (TRUE)
    {
      GString *text;

      while (self->waiting->len == 0)
        g_cond_wait (&self->changed, &self->lock);
      if (self->n_dropped > 0)
        g_string_append_printf (self->waiting, "event=log-dropped lines=%u\n", self->n_dropped);
      self->n_dropped = 0;
      text = self->waiting;
      self->waiting = g_string_new (NULL);
      self->writing = TRUE;
      g_mutex_unlock (&self->lock);

      write_all (text->str, text->len);
      g_string_free (text, TRUE);

      g_mutex_lock (&self->lock);
      self->writing = FALSE;
      g_cond_broadcast (&self->changed);
    }

  return NULL;
}

/* ---- log handlers ---- */

static void
print (const char *text)
{
  gsize length = strlen (text);

  g_mutex_lock (&the_log->lock);
  if (the_log->waiting->len + length > MAX_WAITING_BYTES)
    the_log->n_dropped++;
  else
    g_string_append_len (the_log->waiting, text, (gssize)length);
  g_cond_broadcast (&the_log->changed);
  g_mutex_unlock (&the_log->lock);
}

/* Format messages as GLib does. Write fatal messages at once. */
static GLogWriterOutput
write_message (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if ((level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) != 0
      || g_log_writer_default_would_drop (level, NULL))
    return g_log_writer_default (level, fields, n_fields, user_data);

  text = g_log_writer_format_fields (level, fields, n_fields, FALSE);
  line = g_strconcat (text, "\n", NULL);
  print (line);

  return G_LOG_WRITER_HANDLED;
}

void
confab_log_start (void)
{
  static gsize begun = 0;

  if (g_once_init_enter (&begun))
    {
      the_log = g_new0 (Log, 1);
      g_mutex_init (&the_log->lock);
      g_cond_init (&the_log->changed);
      the_log->waiting = g_string_new (NULL);
      g_thread_unref (g_thread_new ("confab-log", run_thread, the_log));
      g_log_set_writer_func (write_message, NULL, NULL);
      g_once_init_leave (&begun, 1);
    }
  g_set_printerr_handler (print);
}

void
confab_log_stop (void)
{
  gint64 until = g_get_monotonic_time () + STOP_SECONDS * G_TIME_SPAN_SECOND;

  g_mutex_lock (&the_log->lock);
  while (the_log->waiting->len > 0 || the_log->writing)
    if (!g_cond_wait_until (&the_log->changed, &the_log->lock, until))
      break;
  g_mutex_unlock (&the_log->lock);
  g_set_printerr_handler (NULL);
}
