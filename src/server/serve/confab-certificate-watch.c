/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-certificate-watch.h"

struct _ConfabCertificateWatch
{
  const ConfabConfig *config;
  ConfabHttpServer *http;
  ConfabReaderPool *readers;
  char *stamp; /* of the files as last read */
  gboolean looking;
  gboolean look_again;
};

typedef struct
{
  ConfabCertificateWatch *watch;
  const char *certificate; /* from the configuration */
  const char *key;
  char *stamp;
  gboolean always;
  ConfabCertificate *read; /* (nullable): NULL if nothing has changed */
  GError *error;
} Look;

ConfabCertificateWatch *
confab_certificate_watch_new (const ConfabConfig *config,
                              ConfabHttpServer *http,
                              ConfabReaderPool *readers)
{
  ConfabCertificateWatch *self = g_new0 (ConfabCertificateWatch, 1);

  self->config = config;
  self->http = http;
  self->readers = readers;
  if (config->certificate != NULL)
    self->stamp = confab_certificate_get_stamp (config->certificate, config->key);

  return self;
}

void
confab_certificate_watch_free (ConfabCertificateWatch *self)
{
  g_free (self->stamp);
  g_free (self);
}

/* On the loop thread. */
static void
looked (gpointer data)
{
  g_autofree Look *look = data;
  g_autoptr (ConfabCertificate) read = look->read;
  g_autoptr (GError) error = look->error;
  g_autofree char *stamp = look->stamp;
  ConfabCertificateWatch *self = look->watch;

  self->looking = FALSE;
  if (read != NULL || error != NULL)
    g_set_str (&self->stamp, stamp);
  if (error != NULL)
    g_printerr ("event=certificate-refused message=\"%s\"\n", error->message);
  else if (read != NULL)
    g_printerr ("event=certificate-%s\n",
                confab_http_server_use_certificate (self->http, g_steal_pointer (&read))
                    ? "renewed"
                    : "refused");
  if (self->look_again)
    confab_certificate_watch_look (self, TRUE);
}

/* On a reader thread. */
static void
look_at_files (ConfabDatabase *database, gpointer data)
{
  Look *look = data;
  char *stamp = confab_certificate_get_stamp (look->certificate, look->key);

  if (look->always || !g_str_equal (stamp, look->stamp))
    look->read = confab_certificate_read (look->certificate, look->key, &look->error);
  g_free (look->stamp);
  look->stamp = stamp;
  confab_http_server_post (look->watch->http, looked, look);
}

void
confab_certificate_watch_look (ConfabCertificateWatch *self, gboolean always)
{
  Look *look;

  if (self->stamp == NULL)
    return;
  if (self->looking)
    {
      self->look_again |= always;
      return;
    }

  look = g_new0 (Look, 1);
  look->watch = self;
  look->certificate = self->config->certificate;
  look->key = self->config->key;
  look->stamp = g_strdup (self->stamp);
  look->always = always;
  self->look_again = FALSE;
  self->looking = confab_reader_pool_push (self->readers, look_at_files, look);
  if (!self->looking)
    {
      self->look_again = always; /* at the next tick */
      g_free (look->stamp);
      g_free (look);
    }
}
