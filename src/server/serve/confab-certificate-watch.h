/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reloads the certificate when its files change. Loop thread only. */

#pragma once

#include "confab-config.h"
#include "confab-http-server.h"
#include "confab-reader-pool.h"

G_BEGIN_DECLS

typedef struct _ConfabCertificateWatch ConfabCertificateWatch;

/* All arguments are borrowed. Blocks, because it reads the files' state. */
ConfabCertificateWatch *confab_certificate_watch_new (const ConfabConfig *config,
                                                      ConfabHttpServer *http,
                                                      ConfabReaderPool *readers);
void confab_certificate_watch_free (ConfabCertificateWatch *self);

/**
 * confab_certificate_watch_look:
 * @always: whether to read the files even if they have not changed
 *
 * Checks the files on a reader thread. If the new certificate is unusable, this is logged and the
 * old one stays in use.
 */
void confab_certificate_watch_look (ConfabCertificateWatch *self, gboolean always);

G_END_DECLS
