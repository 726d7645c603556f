/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links that open Confab ("confab://reset?server=ORIGIN&token=TOKEN"). They come from a mail, or
 * from whoever wants people to click on one: nothing in them is believed, and nothing is done
 * before the person has agreed. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabResetLink:
 * @server: its origin, normalised
 * @host: the part of @server that people know it by ("chat.example.org"), with its port if that
 * is not the usual one
 * @token: what proves that the mail was received
 *
 * A link that begins a new password.
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
 * Takes exactly what a server of ours writes: no user, port, path or fragment, each parameter
 * once, none that is unknown.
 *
 * Returns: (transfer full): the link, or %NULL with %CONFAB_ENGINE_ERROR_BAD_LINK, or
 *   %CONFAB_ENGINE_ERROR_INSECURE_LINK if its server is on another computer and without encryption
 */
ConfabResetLink *confab_reset_link_parse (const char *uri, GError **error);
void confab_reset_link_free (ConfabResetLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResetLink, confab_reset_link_free)

G_END_DECLS
