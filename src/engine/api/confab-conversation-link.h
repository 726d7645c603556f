/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links to a conversation ("confab://conversation?server=ORIGIN&id=12") and to a message in it
 * ("confab://message?server=ORIGIN&id=12.345", the second number is the message's seq). They open
 * what the account may see anyway, and contain no secrets. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabConversationLink:
 * @server: its origin, normalised
 * @conversation_id: the conversation
 * @seq: the message; 0 for the conversation as a whole
 */
typedef struct
{
  char *server;
  gint64 conversation_id;
  gint64 seq;
} ConfabConversationLink;

/* Return whether @text looks like such a link, valid or not. */
gboolean confab_conversation_link_is (const char *text);
/* Returns: (transfer full): the link, or %NULL with %CONFAB_ENGINE_ERROR_BAD_LINK or
 *   %CONFAB_ENGINE_ERROR_INSECURE_LINK, as for confab_reset_link_parse() */
ConfabConversationLink *confab_conversation_link_parse (const char *text, GError **error);
void confab_conversation_link_free (ConfabConversationLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConversationLink, confab_conversation_link_free)

/* Return the text of a link. @seq: 0 for the conversation. (transfer full) */
char *confab_conversation_link_dup (const char *server, gint64 conversation_id, gint64 seq);

G_END_DECLS
