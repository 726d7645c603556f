/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What decides an avatar's color and initials: libadwaita takes both from its text. */

#include <adwaita.h>

#include "confab-avatar.h"
#include "confab-conversation-avatar.h"

static void
show_conversation (AdwAvatar *avatar, const ConfabConversationSummary *summary)
{
  g_autoptr (ConfabConversation) conversation = confab_conversation_new (summary->id);

  confab_conversation_update (conversation, summary);
  confab_conversation_avatar_show (avatar, NULL, conversation);
}

/* A group keeps its color when it is renamed, and two of one name have two colors. */
static void
test_group_color (void)
{
  AdwAvatar *avatar = ADW_AVATAR (g_object_ref_sink (adw_avatar_new (32, NULL, TRUE)));
  ConfabConversationSummary group = { .id = 7,
                                      .kind = CONFAB_CONVERSATION_GROUP,
                                      .title = (char *)"Plans",
                                      .display_name = (char *)"Plans" };
  g_autofree char *before = NULL;

  show_conversation (avatar, &group);
  before = g_strdup (adw_avatar_get_text (avatar));
  g_assert_false (adw_avatar_get_show_initials (avatar));
  g_assert_cmpstr (adw_avatar_get_icon_name (avatar), ==, "system-users-symbolic");

  group.title = group.display_name = (char *)"Walks";
  show_conversation (avatar, &group);
  g_assert_cmpstr (adw_avatar_get_text (avatar), ==, before);

  group.id = 8;
  show_conversation (avatar, &group);
  g_assert_cmpstr (adw_avatar_get_text (avatar), !=, before);
  g_assert_finalize_object (avatar);
}

/* "Deleted account" is no name: it has no initials, alone or as a conversation's. */
static void
test_deleted (void)
{
  AdwAvatar *avatar = ADW_AVATAR (g_object_ref_sink (adw_avatar_new (32, NULL, TRUE)));
  ConfabUser *user = confab_user_new (3);
  ConfabUserRow row = { .id = 3, .username = (char *)"dora", .rev = 1 };
  ConfabConversationSummary direct = {
    .id = 7, .kind = CONFAB_CONVERSATION_DIRECT, .display_name = (char *)"dora", .other_user_id = 3
  };

  confab_user_update (user, &row);
  confab_avatar_show_user (avatar, NULL, user);
  g_assert_true (adw_avatar_get_show_initials (avatar));
  row.deleted = TRUE;
  row.rev = 2;
  confab_user_update (user, &row);
  g_assert_false (adw_avatar_get_show_initials (avatar));
  g_object_unref (user);

  show_conversation (avatar, &direct);
  g_assert_true (adw_avatar_get_show_initials (avatar));
  direct.display_name = (char *)"Deleted account";
  direct.closed_reason = CONFAB_CLOSED_DELETED;
  show_conversation (avatar, &direct);
  g_assert_false (adw_avatar_get_show_initials (avatar));
  g_object_unref (avatar);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/avatar/group-color", test_group_color);
  g_test_add_func ("/app/avatar/deleted", test_deleted);

  return g_test_run ();
}
