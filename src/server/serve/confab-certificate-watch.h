/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Notices that the certificate has been renewed, and has the server use it. Loop only. */

#pragma once

#include "confab-config.h"
#include "confab-http-server.h"
#include "confab-reader-pool.h"

G_BEGIN_DECLS

typedef struct _ConfabCertificateWatch ConfabCertificateWatch;

/* All are borrowed. Blocking: the files are looked at. */
ConfabCertificateWatch *confab_certificate_watch_new (const ConfabConfig *config,
                                                      ConfabHttpServer *http,
                                                      ConfabReaderPool *readers);
void confab_certificate_watch_free (ConfabCertificateWatch *self);

/* Looks at the files, off the loop. What cannot be used is logged, and what was used before
 * stays in use.
 * @always: read them even if they have not changed */
void confab_certificate_watch_look (ConfabCertificateWatch *self, gboolean always);

G_END_DECLS
