/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation-link.h"

#include "confab-app-link-private.h"

#define CONVERSATION "conversation"
#define MESSAGE "message"

static gboolean
is_number (const char *text)
{
  gint64 number;

  return g_ascii_isdigit (*text)
         && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &number, NULL);
}

/* Return whether @text is CONVERSATION.SEQ, and set both. */
static gboolean
split (const char *text, gint64 *conversation_id, gint64 *seq)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 3);

  if (g_strv_length (parts) != 2 || !is_number (parts[0]) || !is_number (parts[1]))
    return FALSE;

  *conversation_id = g_ascii_strtoll (parts[0], NULL, 10);
  *seq = g_ascii_strtoll (parts[1], NULL, 10);
  return TRUE;
}

static gboolean
is_message (const char *text)
{
  gint64 conversation_id, seq;

  return split (text, &conversation_id, &seq);
}

gboolean
confab_conversation_link_is (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return confab_app_link_is (text, CONVERSATION) || confab_app_link_is (text, MESSAGE);
}

ConfabConversationLink *
confab_conversation_link_parse (const char *text, GError **error)
{
  g_auto (ConfabAppLink) link = { NULL };
  gboolean message;
  ConfabConversationLink *self;

  g_return_val_if_fail (text != NULL, NULL);

  message = confab_app_link_is (text, MESSAGE);
  if (!confab_app_link_parse (text, message ? MESSAGE : CONVERSATION, "id",
                              message ? is_message : is_number, &link, error))
    return NULL;

  self = g_new0 (ConfabConversationLink, 1);
  self->server = g_steal_pointer (&link.server);
  if (message)
    split (link.secret, &self->conversation_id, &self->seq);
  else
    self->conversation_id = g_ascii_strtoll (link.secret, NULL, 10);

  return self;
}

void
confab_conversation_link_free (ConfabConversationLink *self)
{
  g_free (self->server);
  g_free (self);
}

char *
confab_conversation_link_dup (const char *server, gint64 conversation_id, gint64 seq)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  /* Servers write their links with these two unescaped. */
  escaped = g_uri_escape_string (server, ":/", FALSE);
  if (seq == 0)
    return g_strdup_printf ("confab://" CONVERSATION "?server=%s&id=%" G_GINT64_FORMAT, escaped,
                            conversation_id);

  return g_strdup_printf ("confab://" MESSAGE "?server=%s&id=%" G_GINT64_FORMAT
                          ".%" G_GINT64_FORMAT,
                          escaped, conversation_id, seq);
}
