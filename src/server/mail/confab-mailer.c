/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mailer.h"

#include <errno.h>
#include <gio/gio.h>

#include "confab-smtp.h"

#define MAX_WAITING 1000
#define MAX_ATTEMPTS 7
#define FIRST_PAUSE_SECONDS 2
#define PAUSE_FACTOR                                                                               \
  3 /* 2, 6, 18, 54, 162, 486 s: twelve minutes in total, within a code's lifetime */

typedef struct
{
  ConfabMail *mail;
  guint n_attempts;
  gint64 due; /* monotonic */
} Letter;

struct _ConfabMailer
{
  char *from;
  char *from_name;
  char *directory;  /* (nullable) */
  ConfabSmtp *smtp; /* (nullable): used by the thread only */
  GThread *thread;

  GMutex mutex;
  GCond cond;
  GQueue letters; /* includes the one being sent */
  gboolean closing;
};

static void
letter_free (Letter *self)
{
  confab_mail_free (self->mail);
  g_free (self);
}

static void
log_unsent (const ConfabMail *mail, const char *why)
{
  g_printerr ("event=mail-unsent kind=%s user=%" G_GINT64_FORMAT " message=\"%s\"\n", mail->kind,
              mail->user_id, why);
}

/* ---- sending a letter ---- */

/* File names sort by time. A file appears only once it is complete. */
static ConfabSmtpResult
write_file (ConfabMailer *self, GBytes *message, char **why)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S.%f");
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("%s-%.8s.eml", time, unique);
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (message, &length);

  if (g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &error))
    return CONFAB_SMTP_SENT;

  *why = g_strdup (error->message);

  return CONFAB_SMTP_LATER;
}

static ConfabSmtpResult
deliver (ConfabMailer *self, const ConfabMail *mail, char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = confab_mail_compose (mail, self->from, self->from_name, &error);

  if (message == NULL)
    {
      *why = g_strdup (error->message);
      return CONFAB_SMTP_REFUSED;
    }

  return self->smtp != NULL ? confab_smtp_send (self->smtp, mail->to, message, why)
                            : write_file (self, message, why);
}

/* Return whether the letter is finished, sent or given up. */
static gboolean
attempt (ConfabMailer *self, Letter *letter)
{
  const ConfabMail *mail = letter->mail;
  g_autofree char *why = NULL;
  gint64 pause = FIRST_PAUSE_SECONDS;
  ConfabSmtpResult result = deliver (self, mail, &why);

  letter->n_attempts++;
  if (result == CONFAB_SMTP_SENT)
    {
      g_printerr ("event=mail-sent kind=%s user=%" G_GINT64_FORMAT " attempt=%u\n", mail->kind,
                  mail->user_id, letter->n_attempts);
      return TRUE;
    }
  if (result == CONFAB_SMTP_REFUSED || letter->n_attempts == MAX_ATTEMPTS)
    {
      log_unsent (mail, why);
      return TRUE;
    }

  for (guint i = 1; i < letter->n_attempts; i++)
    pause *= PAUSE_FACTOR;
  letter->due = g_get_monotonic_time () + pause * G_USEC_PER_SEC;
  g_printerr ("event=mail-delayed kind=%s user=%" G_GINT64_FORMAT
              " attempt=%u seconds=%" G_GINT64_FORMAT " message=\"%s\"\n",
              mail->kind, mail->user_id, letter->n_attempts, pause, why);

  return FALSE;
}

/* ---- the thread ---- */

static Letter *
find_next (ConfabMailer *self)
{
  Letter *next = NULL;

  for (GList *l = self->letters.head; l != NULL; l = l->next)
    {
      Letter *letter = l->data;

      if (next == NULL || letter->due < next->due)
        next = letter;
    }

  return next;
}

/* Wait until a letter is due. Return NULL when the mailer stops. */
static Letter *
wait_for_next (ConfabMailer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->closing)
    {
      Letter *next = find_next (self);

      if (next == NULL)
        g_cond_wait (&self->cond, &self->mutex);
      else if (next->due <= g_get_monotonic_time ())
        return next;
      else
        g_cond_wait_until (&self->cond, &self->mutex, next->due);
    }

  return NULL;
}

static gboolean
is_closing (gpointer user_data)
{
  ConfabMailer *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->closing;
}

static gpointer
run_thread (gpointer data)
{
  ConfabMailer *self = data;
  Letter *letter;

  while ((letter = wait_for_next (self)) != NULL)
    {
      if (!attempt (self, letter))
        continue;
      g_mutex_lock (&self->mutex);
      g_queue_remove (&self->letters, letter);
      g_mutex_unlock (&self->mutex);
      letter_free (letter);
    }

  return NULL;
}

/* ---- public functions, for other threads ---- */

ConfabMailer *
confab_mailer_new (const ConfabMailerOptions *options, GError **error)
{
  ConfabMailer *self;

  if (options->directory != NULL && g_mkdir_with_parents (options->directory, 0700) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno), "%s: %s",
                   options->directory, g_strerror (saved_errno));
      return NULL;
    }

  self = g_new0 (ConfabMailer, 1);
  self->from = g_strdup (options->from);
  self->from_name = g_strdup (options->from_name);
  self->directory = g_strdup (options->directory);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->letters);
  if (options->directory == NULL)
    self->smtp = confab_smtp_new (options, is_closing, self);
  self->thread = g_thread_new ("confab-mailer", run_thread, self);

  return self;
}

void
confab_mailer_send (ConfabMailer *self, ConfabMail *mail)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Letter *letter;

  if (g_queue_get_length (&self->letters) >= MAX_WAITING)
    {
      log_unsent (mail, "too many are waiting");
      confab_mail_free (mail);
      return;
    }

  letter = g_new0 (Letter, 1);
  letter->mail = mail;
  letter->due = g_get_monotonic_time ();
  g_queue_push_tail (&self->letters, letter);
  g_cond_signal (&self->cond);
}

guint
confab_mailer_get_n_waiting (ConfabMailer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_queue_get_length (&self->letters);
}

void
confab_mailer_free (ConfabMailer *self)
{
  Letter *letter;

  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  while ((letter = g_queue_pop_head (&self->letters)) != NULL)
    {
      log_unsent (letter->mail, "the server is stopping");
      letter_free (letter);
    }
  g_clear_pointer (&self->smtp, confab_smtp_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->from);
  g_free (self->from_name);
  g_free (self->directory);
  g_free (self);
}
