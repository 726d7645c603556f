/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links that bring somebody to a server ("confab://invitation?server=ORIGIN&code=CODE"). Whoever
 * wants people to click can write one: nothing is asked of its server before the person has
 * agreed. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabInvitationLink:
 * @server: its origin, normalised
 * @host: the part of @server that people know it by, with its port if that is not the usual one
 * @code: what lets them register there
 */
typedef struct
{
  char *server;
  char *host;
  char *code;
} ConfabInvitationLink;

/* Whether @text is meant to be such a link, be it a good one or not. */
gboolean confab_invitation_link_is (const char *text);
/* Returns: (transfer full): the link, or %NULL with %CONFAB_ENGINE_ERROR_BAD_LINK or
 *   %CONFAB_ENGINE_ERROR_INSECURE_LINK, as for confab_reset_link_parse() */
ConfabInvitationLink *confab_invitation_link_parse (const char *text, GError **error);
void confab_invitation_link_free (ConfabInvitationLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabInvitationLink, confab_invitation_link_free)

G_END_DECLS
