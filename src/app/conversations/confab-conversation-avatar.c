/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation-avatar.h"

#include "confab-avatar.h"

/**
 * confab_conversation_avatar_show:
 * @avatar: the avatar to set
 * @client: (nullable): where pictures are loaded from; without it none are shown
 * @conversation: the conversation to show
 */
void
confab_conversation_avatar_show (AdwAvatar *avatar,
                                 ConfabClient *client,
                                 ConfabConversation *conversation)
{
  gboolean group = confab_conversation_get_is_group (conversation);
  g_autofree char *identity =
      g_strdup_printf ("%" G_GINT64_FORMAT, confab_conversation_get_id (conversation));

  /* The text decides the avatar's color, and a group's avatar does not show the text. Use the id,
   * so that renaming a group keeps its color. */
  adw_avatar_set_text (avatar,
                       group ? identity : confab_conversation_get_display_name (conversation));
  adw_avatar_set_icon_name (avatar, group ? "system-users-symbolic" : NULL);
  adw_avatar_set_show_initials (avatar, !group
                                            && confab_conversation_get_closed_reason (conversation)
                                                   != CONFAB_CLOSED_DELETED);
  confab_avatar_show_picture (
      avatar, client, client != NULL ? confab_conversation_get_picture (conversation) : NULL);
}
