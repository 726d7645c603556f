/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation-avatar.h"

#include "confab-avatar.h"

/**
 * confab_conversation_avatar_show:
 * @avatar: where
 * @client: (nullable): whose conversation; without it there are no pictures
 * @conversation: whose
 */
void
confab_conversation_avatar_show (AdwAvatar *avatar,
                                 ConfabClient *client,
                                 ConfabConversation *conversation)
{
  gboolean group = confab_conversation_get_is_group (conversation);
  g_autofree char *identity =
      g_strdup_printf ("%" G_GINT64_FORMAT, confab_conversation_get_id (conversation));

  /* Its colour follows from its text, of which a group shows nothing: another name is no other
   * group. */
  adw_avatar_set_text (avatar,
                       group ? identity : confab_conversation_get_display_name (conversation));
  adw_avatar_set_icon_name (avatar, group ? "system-users-symbolic" : NULL);
  adw_avatar_set_show_initials (avatar, !group
                                            && confab_conversation_get_closed_reason (conversation)
                                                   != CONFAB_CLOSED_DELETED);
  confab_avatar_show_picture (
      avatar, client, client != NULL ? confab_conversation_get_picture (conversation) : NULL);
}
