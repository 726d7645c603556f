/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Certificates that are renewed while the server runs. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TLS 1.3, and of TLS 1.2 what has forward secrecy and authenticated encryption (RFC 9325 §4.2). */
#define CONFAB_TLS_CIPHERS "ECDHE+AESGCM:ECDHE+CHACHA20"

typedef struct _ConfabCertificate ConfabCertificate;

/**
 * confab_certificate_read:
 * @certificate: a PEM file: the certificate, then those that it depends on
 * @key: a PEM file, its key
 *
 * Reads both and checks that they belong together. Blocking; any thread.
 *
 * Returns: (transfer full): %NULL with an error in G_IO_ERROR
 */
ConfabCertificate *confab_certificate_read (const char *certificate,
                                            const char *key,
                                            GError **error);

void confab_certificate_free (ConfabCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCertificate, confab_certificate_free)

/* New connections of @ssl_context (an SSL_CTX) use it; those that are open go on. FALSE if
 * OpenSSL refuses. */
gboolean confab_certificate_use (ConfabCertificate *self, gpointer ssl_context);

/* What changes when either file does: times, sizes and inodes. Blocking. Returns: (transfer
 * full) */
char *confab_certificate_get_stamp (const char *certificate, const char *key);

/* What libwebsockets has no setting for. */
void confab_tls_harden (gpointer ssl_context);

G_END_DECLS
