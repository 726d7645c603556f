/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-closed-text.h"
#include "confab-notice-text.h"

static GListModel *
make_roles (void)
{
  GListStore *roles = g_list_store_new (CONFAB_TYPE_ROLE);
  static const ConfabRoleRow rows[] = {
    { 1, (char *)"admin", NULL, CONFAB_ROLE_BASE_ADMIN, 1 },
    { 2, (char *)"user", NULL, CONFAB_ROLE_BASE_USER, 1 },
    { 4, (char *)"helper", (char *)"Helping hand", CONFAB_ROLE_BASE_MODERATOR, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ConfabRole) role = confab_role_new (rows[i].id);

      confab_role_update (role, &rows[i]);
      g_list_store_append (roles, role);
    }

  return G_LIST_MODEL (roles);
}

static ConfabNotice *
make_notice (const char *action,
             const char *actor,
             const char *old,
             const char *new,
             gboolean by_self)
{
  const ConfabNoticeRow row = { .id = 1,
                                .action = (char *)action,
                                .actor = (char *)actor,
                                .old_value = (char *)old,
                                .new_value = (char *)new,
                                .by_self = by_self };

  return confab_notice_new (&row, FALSE);
}

static void
assert_said (const char *action,
             const char *actor,
             const char *old,
             const char *new,
             gboolean by_self,
             const char *expected)
{
  g_autoptr (GListModel) roles = make_roles ();
  g_autoptr (ConfabNotice) notice = make_notice (action, actor, old, new, by_self);
  g_autofree char *text = confab_notice_text (notice, roles);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_sentences (void)
{
  assert_said ("role-changed", "ada", "user", "admin", FALSE, "ada made you an administrator.");
  assert_said ("role-changed", NULL, "user", "moderator", FALSE,
               "The server’s operator made you a moderator.");
  assert_said ("role-changed", "ada", "admin", "user", FALSE,
               "ada changed your role from administrator to member.");
  assert_said ("role-changed", "ada", "user", "helper", FALSE,
               "ada changed your role from member to Helping hand.");
  assert_said ("role-changed", "bea", "admin", "user", TRUE,
               "You changed your role from administrator to member.");
  assert_said ("password-reset", "bea", NULL, NULL, TRUE, "Your password was reset.");
  assert_said ("message-removed", "ada", NULL, NULL, FALSE, "ada removed a message of yours.");
  assert_said ("member-removed", "ada", NULL, "Plans", FALSE, "ada removed you from “Plans”.");
  assert_said ("member-removed", "ada", NULL, NULL, FALSE, "ada removed you from a group.");
}

/* Placeholders in names that users chose are never replaced. */
static void
test_names_stay_names (void)
{
  assert_said ("member-removed", "ada", NULL, "{actor} {new} %s", FALSE,
               "ada removed you from “{actor} {new} %s”.");
  assert_said ("username-changed", "ada", "{new}", "bea", FALSE,
               "ada changed your username from {new} to bea.");
}

static void
test_unknown (void)
{
  assert_said ("something-new", "ada", NULL, NULL, FALSE, NULL);
  assert_said ("suspended", "bea", NULL, NULL, TRUE, NULL);
}

static void
test_news (void)
{
  g_autoptr (ConfabNotice) others = make_notice ("role-changed", "ada", "user", "admin", FALSE);
  g_autoptr (ConfabNotice) own = make_notice ("password-changed", "bea", NULL, NULL, TRUE);
  g_autoptr (ConfabNotice) reset = make_notice ("password-reset", "bea", NULL, NULL, TRUE);

  g_assert_true (confab_notice_is_news (others));
  g_assert_false (confab_notice_is_news (own));
  g_assert_true (confab_notice_is_news (reset));
}

static ConfabConversation *
make_conversation (const char *title, gint64 closed_at)
{
  const ConfabConversationSummary summary = {
    .id = 7,
    .kind = CONFAB_CONVERSATION_GROUP,
    .title = (char *)title,
    .display_name = (char *)(title != NULL ? title : "ada, bruno"),
    .closed_reason = closed_at != 0 ? CONFAB_CLOSED_REMOVED : CONFAB_CLOSED_NOT,
    .closed_at = closed_at,
  };
  ConfabConversation *conversation = confab_conversation_new (7);

  confab_conversation_update (conversation, &summary);
  return conversation;
}

/* A removal is reported once: by the visible conversation or by a notice. */
static void
test_closed_tells (void)
{
  static const struct
  {
    const char *title;
    gint64 closed_at;
    const char *action;
    const char *value;
    gboolean tells;
  } cases[] = {
    { "Plans", 1000, "member-removed", "Plans", TRUE },
    { "Plans", 1000, "member-removed", "Other plans", TRUE }, /* renamed afterwards */
    { NULL, 1000, "member-removed", NULL, TRUE },
    { "Plans", 900, "member-removed", "Plans", FALSE }, /* another group of the same name */
    { "Plans", 0, "member-removed", "Plans", TRUE },    /* not loaded yet */
    { "Plans", 0, "member-removed", "Walks", FALSE },
    { "Plans", 0, "member-removed", NULL, FALSE },
    { "Plans", 1000, "message-removed", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ConfabConversation) conversation =
          make_conversation (cases[i].title, cases[i].closed_at);
      const ConfabNoticeRow row = { .id = 1,
                                    .at = 1000,
                                    .action = (char *)cases[i].action,
                                    .actor = (char *)"ada",
                                    .new_value = (char *)cases[i].value };
      g_autoptr (ConfabNotice) notice = confab_notice_new (&row, FALSE);

      g_test_message ("%u", i);
      g_assert_cmpint (confab_closed_text_tells (conversation, notice), ==, cases[i].tells);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/notice-text/sentences", test_sentences);
  g_test_add_func ("/app/notice-text/names-stay-names", test_names_stay_names);
  g_test_add_func ("/app/notice-text/unknown", test_unknown);
  g_test_add_func ("/app/notice-text/news", test_news);
  g_test_add_func ("/app/notice-text/closed-tells", test_closed_tells);

  return g_test_run ();
}
