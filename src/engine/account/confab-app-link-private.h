/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the links that open Confab: "confab://KIND?server=ORIGIN&NAME=SECRET". Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabAppLink:
 * @server: its origin, normalised
 * @host: the host of @server for display, with its port unless that is the default
 * @secret: the value of the other parameter
 */
typedef struct
{
  char *server;
  char *host;
  char *secret;
} ConfabAppLink;

/* Return whether @text is a link of @kind, valid or not. */
gboolean confab_app_link_is (const char *text, const char *kind);

/**
 * confab_app_link_parse:
 * @text: any bytes of a C string
 * @kind: the host of the link ("reset")
 * @name: the name of the other parameter
 * @is_good: checks its value
 *
 * Accepts exactly the form that servers write: no user, port, path or fragment, each parameter
 * once, and no unknown ones.
 *
 * Returns: whether @link was set, else %CONFAB_ENGINE_ERROR_BAD_LINK, or
 * %CONFAB_ENGINE_ERROR_INSECURE_LINK if its server is on another computer and without encryption.
 * The caller clears @link with confab_app_link_clear(), even after an error.
 */
gboolean confab_app_link_parse (const char *text,
                                const char *kind,
                                const char *name,
                                gboolean (*is_good) (const char *value),
                                ConfabAppLink *link,
                                GError **error);
/* Clears the secret from memory. */
void confab_app_link_clear (ConfabAppLink *link);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConfabAppLink, confab_app_link_clear)

G_END_DECLS
