/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-smtp.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS 15L
#define SEND_SECONDS 60L

struct _ConfabSmtp
{
  CURL *curl;
  char *from;
  gboolean (*cancelled) (gpointer user_data);
  gpointer user_data;
  const char *data; /* the data still to send */
  gsize length;
};

static size_t
on_read (char *buffer, size_t size, size_t n_items, void *user_data)
{
  ConfabSmtp *self = user_data;
  gsize n = MIN (size * n_items, self->length);

  memcpy (buffer, self->data, n);
  self->data += n;
  self->length -= n;

  return n;
}

static int
on_progress (void *user_data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
  ConfabSmtp *self = user_data;

  return self->cancelled (self->user_data);
}

static char *
make_url (const ConfabMailerOptions *options)
{
  static const guint usual_ports[] = {
    [CONFAB_MAIL_SECURITY_STARTTLS] = 587, /* RFC 6409, submission */
    [CONFAB_MAIL_SECURITY_TLS] = 465,      /* RFC 8314, submissions */
    [CONFAB_MAIL_SECURITY_NONE] = 25,
  };
  const char *scheme = options->security == CONFAB_MAIL_SECURITY_TLS ? "smtps" : "smtp";
  gboolean bracketed = strchr (options->host, ':') != NULL;
  guint port = options->port != 0 ? options->port : usual_ports[options->security];

  return g_strdup_printf ("%s://%s%s%s:%u", scheme, bracketed ? "[" : "", options->host,
                          bracketed ? "]" : "", port);
}

static void
set_up (ConfabSmtp *self, const ConfabMailerOptions *options)
{
  g_autofree char *url = make_url (options);

  curl_easy_setopt (self->curl, CURLOPT_URL, url);
  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (self->curl, CURLOPT_PROXY, "");
  curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (self->curl, CURLOPT_TIMEOUT, SEND_SECONDS);
  curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (self->curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (self->curl, CURLOPT_READDATA, self);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFODATA, self);
  curl_easy_setopt (self->curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (
      self->curl, CURLOPT_USE_SSL,
      (long)(options->security == CONFAB_MAIL_SECURITY_NONE ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (options->authorities != NULL)
    curl_easy_setopt (self->curl, CURLOPT_CAINFO, options->authorities);
  if (options->user != NULL)
    {
      curl_easy_setopt (self->curl, CURLOPT_USERNAME, options->user);
      curl_easy_setopt (self->curl, CURLOPT_PASSWORD, options->password);
    }
}

ConfabSmtp *
confab_smtp_new (const ConfabMailerOptions *options,
                 gboolean (*cancelled) (gpointer user_data),
                 gpointer user_data)
{
  ConfabSmtp *self = g_new0 (ConfabSmtp, 1);

  curl_global_init (CURL_GLOBAL_DEFAULT); /* thread-safe since 7.84; counted */
  self->from = g_strconcat ("<", options->from, ">", NULL);
  self->cancelled = cancelled;
  self->user_data = user_data;
  self->curl = curl_easy_init ();
  if (self->curl == NULL)
    g_error ("libcurl could not be set up");
  set_up (self, options);

  return self;
}

void
confab_smtp_free (ConfabSmtp *self)
{
  curl_easy_cleanup (self->curl);
  curl_global_cleanup ();
  g_free (self->from);
  g_free (self);
}

/* The server's own message is left out because it often contains the address. */
static ConfabSmtpResult
explain (ConfabSmtp *self, CURLcode code, char **why)
{
  long reply = 0;

  curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &reply);
  if (reply >= 400)
    *why = g_strdup_printf ("the mail server replied %ld (%s)", reply, curl_easy_strerror (code));
  else
    *why = g_strdup (curl_easy_strerror (code));

  return reply >= 500 ? CONFAB_SMTP_REFUSED : CONFAB_SMTP_LATER;
}

ConfabSmtpResult
confab_smtp_send (ConfabSmtp *self, const char *to, GBytes *message, char **why)
{
  g_autofree char *recipient = g_strconcat ("<", to, ">", NULL);
  struct curl_slist *recipients = curl_slist_append (NULL, recipient);
  CURLcode code;

  self->data = g_bytes_get_data (message, &self->length);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_FROM, self->from);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, recipients);
  code = curl_easy_perform (self->curl);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, NULL);
  curl_slist_free_all (recipients);

  return code == CURLE_OK ? CONFAB_SMTP_SENT : explain (self, code, why);
}
