/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-tls.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

struct _ConfabCertificate
{
  SSL_CTX *context; /* contains certificate, chain and key */
};

void
confab_tls_harden (gpointer ssl_context)
{
  SSL_CTX_set_min_proto_version (ssl_context, TLS1_2_VERSION);
  /* Refuse renegotiation, by which a client could repeat the expensive handshake. */
  SSL_CTX_set_options (ssl_context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
}

/* Otherwise OpenSSL would prompt on the terminal for the passphrase of an encrypted key. */
static int
refuse_passphrase (char *buffer, int size, int writing, void *user_data)
{
  return 0;
}

static gboolean
fail (const char *path, GError **error)
{
  char reason[256];

  ERR_error_string_n (ERR_get_error (), reason, sizeof reason);
  ERR_clear_error ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, reason);

  return FALSE;
}

static gboolean
load (SSL_CTX *context, const char *certificate, const char *key, GError **error)
{
  ERR_clear_error ();
  if (SSL_CTX_use_certificate_chain_file (context, certificate) != 1)
    return fail (certificate, error);
  if (SSL_CTX_use_PrivateKey_file (context, key, SSL_FILETYPE_PEM) != 1
      || SSL_CTX_check_private_key (context) != 1)
    return fail (key, error);

  return TRUE;
}

ConfabCertificate *
confab_certificate_read (const char *certificate, const char *key, GError **error)
{
  g_autoptr (ConfabCertificate) self = g_new0 (ConfabCertificate, 1);

  self->context = SSL_CTX_new (TLS_server_method ());
  SSL_CTX_set_default_passwd_cb (self->context, refuse_passphrase);
  if (!load (self->context, certificate, key, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
confab_certificate_free (ConfabCertificate *self)
{
  g_clear_pointer (&self->context, SSL_CTX_free);
  g_free (self);
}

/* A context keeps one certificate for each type of key. If a renewed certificate were added,
 * clients that prefer the former type of key would get the former certificate forever. So each
 * connection drops the certificates of its context. */
static gboolean
install (ConfabCertificate *self, SSL *ssl)
{
  STACK_OF (X509) *chain = NULL;
  gboolean used;

  ERR_clear_error ();
  SSL_CTX_get0_chain_certs (self->context, &chain);
  SSL_certs_clear (ssl);
  used = SSL_use_cert_and_key (ssl, SSL_CTX_get0_certificate (self->context),
                               SSL_CTX_get0_privatekey (self->context), chain, 1)
         == 1;
  ERR_clear_error ();

  return used;
}

gboolean
confab_certificate_suits (ConfabCertificate *self, gpointer ssl_context)
{
  SSL *ssl = SSL_new (ssl_context);
  gboolean suits = install (self, ssl);

  SSL_free (ssl);

  return suits;
}

/* OpenSSL calls this in each handshake, before it chooses a cipher. */
static int
choose_certificate (SSL *ssl, void *user_data)
{
  ConfabCertificate **current = user_data;

  return *current == NULL || install (*current, ssl);
}

void
confab_tls_use_current (gpointer ssl_context, ConfabCertificate **current)
{
  SSL_CTX_set_cert_cb (ssl_context, choose_certificate, current);
}

static void
append_stamp (GString *stamp, const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    g_string_append (stamp, "none ");
  else
    g_string_append_printf (
        stamp, "%" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " ",
        (gint64)info.st_mtim.tv_sec, info.st_mtim.tv_nsec, (gint64)info.st_size,
        (guint64)info.st_ino);
}

char *
confab_certificate_get_stamp (const char *certificate, const char *key)
{
  g_autoptr (GString) stamp = g_string_new (NULL);

  append_stamp (stamp, certificate);
  append_stamp (stamp, key);

  return g_string_free_and_steal (g_steal_pointer (&stamp));
}
