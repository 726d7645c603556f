/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the links that open Confab have in common: "confab://KIND?server=ORIGIN&NAME=SECRET". Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabLink:
 * @server: its origin, normalised
 * @host: the part of @server that people know it by, with its port if that is not the usual one
 * @secret: the value of the one other parameter
 */
typedef struct
{
  char *server;
  char *host;
  char *secret;
} ConfabLink;

/* Whether @text is a link of ours of that @kind, however broken the rest is. */
gboolean confab_link_is (const char *text, const char *kind);

/**
 * confab_link_parse:
 * @text: any bytes of a C string
 * @kind: the host of the link ("reset")
 * @name: the parameter that is not "server"
 * @is_good: whether its value can be one
 *
 * Takes exactly what a server of ours writes: no user, port, path or fragment, each parameter
 * once, none that is unknown.
 *
 * Returns: whether @link (cleared by the caller with confab_link_clear(), also after an error)
 * holds it; else
 *   %CONFAB_ENGINE_ERROR_BAD_LINK, or %CONFAB_ENGINE_ERROR_INSECURE_LINK if its server is on
 *   another computer and
 *   without encryption
 */
gboolean confab_link_parse (const char *text,
                            const char *kind,
                            const char *name,
                            gboolean (*is_good) (const char *value),
                            ConfabLink *link,
                            GError **error);
/* Wipes the secret. */
void confab_link_clear (ConfabLink *link);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConfabLink, confab_link_clear)

G_END_DECLS
