/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A web server in this process that is not a Confab server, or a misbehaving one. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  SoupServer *server;
  char *origin;
  GHashTable *answers;     /* path → Answer */
  GHashTable *prefixes;    /* set of paths that also answer for the paths below them */
  GHashTable *requests;    /* path → number */
  const char *retry_after; /* (nullable): sent as a header of all answers but 200 */
  char *authorization;     /* of the last request */
  char *accept_language;   /* of the last request */
} ForeignServer;

/* @certificate: (nullable): then it speaks TLS */
ForeignServer *foreign_server_new (GTlsCertificate *certificate);
void foreign_server_free (ForeignServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForeignServer, foreign_server_free)

/* Set the answer at @path; @content_type "location" redirects to @body. Takes ownership of
 * @body. */
void foreign_server_answer (ForeignServer *self,
                            const char *path,
                            guint status,
                            const char *content_type,
                            char *body);
guint foreign_server_count (ForeignServer *self, const char *path);

/* Make an untrusted certificate for 127.0.0.1 and its file with openssl. Returns: (transfer
 * full) */
GTlsCertificate *foreign_certificate_new (const char *folder,
                                          const char *subject_alt_name,
                                          char **file);
/* The same, valid from and until the given times (YYYYMMDDHHMMSSZ). */
GTlsCertificate *foreign_certificate_new_dated (const char *folder,
                                                const char *subject_alt_name,
                                                const char *from,
                                                const char *until,
                                                char **file);

#define FOREIGN_SERVER_INFO                                                                        \
  "{\"name\":\"Foreign\",\"version\":\"1\",\"protocol\":1,\"registration\":\"open\",\"password_"   \
  "min\":15}"

G_END_DECLS
