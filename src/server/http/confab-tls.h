/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Certificates, which can be replaced while the server runs. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TLS 1.3, and the ciphers of TLS 1.2 with forward secrecy and authenticated encryption (RFC 9325
 * §4.2). */
#define CONFAB_TLS_CIPHERS "ECDHE+AESGCM:ECDHE+CHACHA20"

typedef struct _ConfabCertificate ConfabCertificate;

/**
 * confab_certificate_read:
 * @certificate: a PEM file: the certificate, followed by its chain
 * @key: a PEM file with its key
 *
 * Reads both and checks that they belong together. Blocks; any thread.
 *
 * Returns: (transfer full): %NULL with an error in G_IO_ERROR
 */
ConfabCertificate *confab_certificate_read (const char *certificate,
                                            const char *key,
                                            GError **error);

void confab_certificate_free (ConfabCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCertificate, confab_certificate_free)

/* Return whether OpenSSL accepts it for connections of @ssl_context (an SSL_CTX). */
gboolean confab_certificate_suits (ConfabCertificate *self, gpointer ssl_context);

/**
 * confab_tls_use_current:
 * @current: (inout): a location that lives as long as @ssl_context, and whose value may be replaced
 *
 * From now on each new connection of @ssl_context uses the certificate at @current, or the
 * context's own while that is %NULL. Open connections keep theirs.
 */
void confab_tls_use_current (gpointer ssl_context, ConfabCertificate **current);

/* Return a stamp that changes when either file does: times, sizes and inodes. Blocks. Returns:
 * (transfer full) */
char *confab_certificate_get_stamp (const char *certificate, const char *key);

/* Set options for which libwebsockets has no setting. */
void confab_tls_harden (gpointer ssl_context);

G_END_DECLS
