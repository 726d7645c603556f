/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links that invite a person to a server ("confab://invitation?server=ORIGIN&code=CODE"). They are
 * untrusted, because anyone can write one: do not contact the server before the user has agreed.
 * Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabInvitationLink:
 * @server: its origin, normalised
 * @host: the host of @server for display, with its port unless that is the default
 * @code: the invitation's code
 */
typedef struct
{
  char *server;
  char *host;
  char *code;
} ConfabInvitationLink;

/* Return whether @text looks like such a link, valid or not. */
gboolean confab_invitation_link_is (const char *text);
/* Returns: (transfer full): the link, or %NULL with %CONFAB_ENGINE_ERROR_BAD_LINK or
 *   %CONFAB_ENGINE_ERROR_INSECURE_LINK, as for confab_reset_link_parse() */
ConfabInvitationLink *confab_invitation_link_parse (const char *text, GError **error);
void confab_invitation_link_free (ConfabInvitationLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabInvitationLink, confab_invitation_link_free)

G_END_DECLS
