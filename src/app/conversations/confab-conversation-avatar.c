/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation-avatar.h"

/**
 * confab_conversation_avatar_show:
 * @avatar: where
 * @conversation: whose
 */
void
confab_conversation_avatar_show (AdwAvatar *avatar, ConfabConversation *conversation)
{
  gboolean group = confab_conversation_get_is_group (conversation);

  adw_avatar_set_text (avatar, confab_conversation_get_display_name (conversation));
  adw_avatar_set_icon_name (avatar, group ? "system-users-symbolic" : NULL);
  adw_avatar_set_show_initials (avatar, !group);
}
