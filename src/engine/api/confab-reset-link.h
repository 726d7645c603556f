/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links that reset a password ("confab://reset?server=ORIGIN&token=TOKEN"). They are untrusted,
 * because they come from a mail or from anyone: do nothing with one before the user has agreed. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabResetLink:
 * @server: its origin, normalised
 * @host: the host of @server for display ("chat.example.org"), with its port unless that is the
 *   default
 * @token: proves that the mail was received
 *
 * The link in the mail about a forgotten password.
 */
typedef struct
{
  char *server;
  char *host;
  char *token;
} ConfabResetLink;

/**
 * confab_reset_link_parse:
 * @uri: any bytes of a C string
 *
 * Accepts exactly the form that servers write: no user, port, path or fragment, each parameter
 * once, and no unknown ones.
 *
 * Returns: (transfer full): the link, or %NULL with %CONFAB_ENGINE_ERROR_BAD_LINK, or
 * %CONFAB_ENGINE_ERROR_INSECURE_LINK if its server is on another computer and without encryption
 */
ConfabResetLink *confab_reset_link_parse (const char *uri, GError **error);
void confab_reset_link_free (ConfabResetLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResetLink, confab_reset_link_free)

G_END_DECLS
