/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation.h"
#include "confab-message.h"
#include "confab-notice.h"
#include "confab-role.h"
#include "confab-user.h"

/* Log the notified properties in order: " title last-at". */
static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, " %s", pspec->name);
}

static GString *
watch (gpointer object)
{
  GString *log = g_string_new (NULL);

  g_signal_connect (object, "notify", G_CALLBACK (notify_cb), log);

  return log;
}

/* Check that exactly these were notified, once each, in any order. */
static void
assert_notified (GString *log, const char *names)
{
  g_auto (GStrv) expected = g_strsplit (names, " ", -1);
  g_auto (GStrv) seen = g_strsplit (g_strstrip (log->str), " ", -1);

  if (g_strv_length (expected) != g_strv_length (seen))
    g_error ("expected “%s”, saw “%s”", names, log->str);
  for (guint i = 0; expected[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *)seen, expected[i]))
        g_error ("expected “%s”, saw “%s”", names, log->str);
    }

  g_string_truncate (log, 0);
}

static void
test_user (void)
{
  g_autoptr (ConfabUser) user = confab_user_new (7);
  g_autoptr (GString) log = watch (user);
  ConfabUserRow row = { .id = 7, .username = (char *)"ann", .created_at = 5, .role_id = 1 };
  g_autofree char *username = NULL;
  gint64 id;

  g_assert_cmpint (confab_user_get_id (user), ==, 7);
  g_assert_cmpstr (confab_user_get_username (user), ==, "");
  g_assert_null (confab_user_get_email (user));

  confab_user_update (user, &row);
  assert_notified (log, "display-name username role-id created-at");
  confab_user_update (user, &row);
  assert_notified (log, "");

  row.email = (char *)"ann@example.org";
  row.role_id = 2;
  confab_user_update (user, &row);
  assert_notified (log, "email role-id");
  row.email = NULL;
  confab_user_update (user, &row);
  assert_notified (log, "email");

  row.deleted = TRUE;
  confab_user_update (user, &row);
  assert_notified (log, "display-name deleted");
  g_assert_cmpstr (confab_user_get_display_name (user), ==, "Deleted account");

  g_object_get (user, "id", &id, "username", &username, NULL);
  g_assert_cmpint (id, ==, 7);
  g_assert_cmpstr (username, ==, "ann");
  g_assert_cmpint (confab_user_get_role_id (user), ==, 2);
  g_assert_cmpint (confab_user_get_created_at (user), ==, 5);

  g_assert_finalize_object (g_steal_pointer (&user));
}

static void
test_role (void)
{
  g_autoptr (ConfabRole) role = confab_role_new (4);
  g_autoptr (GString) log = watch (role);
  ConfabRoleRow row = { .id = 4, .rolename = (char *)"helper", .base = CONFAB_ROLE_BASE_MODERATOR };

  g_assert_cmpint (confab_role_get_base (role), ==, CONFAB_ROLE_BASE_USER);

  confab_role_update (role, &row);
  assert_notified (log, "rolename base");
  confab_role_update (role, &row);
  assert_notified (log, "");
  row.label = (char *)"Helping hand";
  confab_role_update (role, &row);
  assert_notified (log, "label");

  g_assert_cmpint (confab_role_get_id (role), ==, 4);
  g_assert_cmpstr (confab_role_get_rolename (role), ==, "helper");
  g_assert_cmpstr (confab_role_get_label (role), ==, "Helping hand");
  g_assert_cmpint (confab_role_get_base (role), ==, CONFAB_ROLE_BASE_MODERATOR);
  g_assert_finalize_object (g_steal_pointer (&role));
}

static void
test_notice (void)
{
  ConfabNoticeRow row = { .id = 8,
                          .at = 900,
                          .action = (char *)"role-changed",
                          .actor = (char *)"ada",
                          .old_value = (char *)"user",
                          .new_value = (char *)"admin" };
  g_autoptr (ConfabNotice) notice = confab_notice_new (&row, FALSE);
  g_autoptr (GString) log = watch (notice);

  g_assert_cmpint (confab_notice_get_id (notice), ==, 8);
  g_assert_cmpint (confab_notice_get_at (notice), ==, 900);
  g_assert_cmpstr (confab_notice_get_action (notice), ==, "role-changed");
  g_assert_cmpstr (confab_notice_get_actor (notice), ==, "ada");
  g_assert_cmpstr (confab_notice_get_old_value (notice), ==, "user");
  g_assert_cmpstr (confab_notice_get_new_value (notice), ==, "admin");
  g_assert_false (confab_notice_get_by_self (notice));

  confab_notice_set_shown (notice, TRUE);
  confab_notice_set_shown (notice, TRUE);
  assert_notified (log, "shown");
  g_assert_true (confab_notice_get_shown (notice));
  g_assert_finalize_object (g_steal_pointer (&notice));
}

static void
test_conversation (void)
{
  g_autoptr (ConfabConversation) conversation = confab_conversation_new (9);
  g_autoptr (GString) log = watch (conversation);
  ConfabConversationSummary summary = {
    .id = 9,
    .kind = CONFAB_CONVERSATION_GROUP,
    .title = (char *)"Lunch",
    .display_name = (char *)"Lunch",
    .member_count = 3,
    .created_at = 100,
    .last_seq = 12,
    .last_read_seq = 10,
    .unread_count = 2,
    .last_at = 200,
    .preview = (char *)"At noon?",
    .preview_sender = (char *)"bob",
    .draft = (char *)"Yes, at",
  };

  g_assert_cmpstr (confab_conversation_get_display_name (conversation), ==, "");
  g_assert_null (confab_conversation_get_title (conversation));

  g_assert_true (confab_conversation_update (conversation, &summary));
  assert_notified (log, "kind title display-name member-count created-at last-seq last-read-seq "
                        "unread-count last-at preview preview-sender draft");
  g_assert_false (confab_conversation_update (conversation, &summary));
  assert_notified (log, "");

  summary.last_read_seq = 12;
  summary.unread_count = 0;
  g_assert_false (confab_conversation_update (conversation, &summary));
  assert_notified (log, "last-read-seq unread-count");

  summary.last_at = 300;
  summary.preview_own = TRUE;
  summary.draft = NULL;
  g_assert_true (confab_conversation_update (conversation, &summary));
  assert_notified (log, "last-at preview-own draft");

  summary.other_user_id = 4;
  summary.title = NULL;
  summary.kind = CONFAB_CONVERSATION_DIRECT;
  g_assert_false (confab_conversation_update (conversation, &summary));
  assert_notified (log, "other-user-id title kind");

  g_assert_cmpint (confab_conversation_get_id (conversation), ==, 9);
  g_assert_false (confab_conversation_get_is_group (conversation));
  g_assert_null (confab_conversation_get_title (conversation));
  g_assert_cmpstr (confab_conversation_get_display_name (conversation), ==, "Lunch");
  g_assert_cmpuint (confab_conversation_get_member_count (conversation), ==, 3);
  g_assert_cmpint (confab_conversation_get_other_user_id (conversation), ==, 4);
  g_assert_cmpint (confab_conversation_get_created_at (conversation), ==, 100);
  g_assert_cmpint (confab_conversation_get_last_seq (conversation), ==, 12);
  g_assert_cmpint (confab_conversation_get_last_read_seq (conversation), ==, 12);
  g_assert_cmpuint (confab_conversation_get_unread_count (conversation), ==, 0);
  g_assert_cmpint (confab_conversation_get_last_at (conversation), ==, 300);
  g_assert_cmpstr (confab_conversation_get_preview (conversation), ==, "At noon?");
  g_assert_cmpstr (confab_conversation_get_preview_sender (conversation), ==, "bob");
  g_assert_true (confab_conversation_get_preview_own (conversation));
  g_assert_null (confab_conversation_get_draft (conversation));

  g_assert_finalize_object (g_steal_pointer (&conversation));
}

/* The unsaved draft counts until a summary has the same; one that is empty deletes the draft. */
static void
test_unsaved_draft (void)
{
  g_autoptr (ConfabConversation) conversation = confab_conversation_new (9);
  ConfabConversationSummary summary = { .id = 9, .draft = (char *)"old" };
  g_autoptr (GString) log = NULL;

  confab_conversation_update (conversation, &summary);
  log = watch (conversation);
  confab_conversation_set_unsaved_draft (conversation, "new");
  g_assert_cmpstr (confab_conversation_get_draft (conversation), ==, "new");
  assert_notified (log, "draft");

  /* Read before “new” was written, and after it. */
  confab_conversation_update (conversation, &summary);
  g_assert_cmpstr (confab_conversation_get_draft (conversation), ==, "new");
  summary.draft = (char *)"new";
  confab_conversation_update (conversation, &summary);
  assert_notified (log, "");
  summary.draft = (char *)"newer";
  confab_conversation_update (conversation, &summary);
  g_assert_cmpstr (confab_conversation_get_draft (conversation), ==, "newer");
  assert_notified (log, "draft");

  confab_conversation_set_unsaved_draft (conversation, "");
  g_assert_null (confab_conversation_get_draft (conversation));
  assert_notified (log, "draft");
  summary.draft = NULL;
  confab_conversation_update (conversation, &summary);
  assert_notified (log, "");
  g_assert_null (confab_conversation_get_draft (conversation));
  summary.draft = (char *)"later";
  confab_conversation_update (conversation, &summary);
  g_assert_cmpstr (confab_conversation_get_draft (conversation), ==, "later");
}

static void
test_message_content (void)
{
  g_autoptr (ConfabMessage) message = confab_message_new ();
  g_autoptr (ConfabUser) sender = confab_user_new (1);
  g_autoptr (GString) log = watch (message);
  ConfabMessageRow row = { .client_id = (char *)"0b1c2d3e-4f50-4a61-8b72-9c83ad94be05",
                           .seq = 3,
                           .content = (char *)"Hello",
                           .sent_at = 1780000000000 };

  g_assert_false (confab_message_get_loaded (message));
  g_assert_cmpstr (confab_message_get_content (message), ==, "");
  g_assert_cmpstr (confab_message_get_client_id (message), ==, "");
  g_assert_null (confab_message_get_sender (message));
  g_assert_cmpint (confab_message_get_problem (message), ==, -1);

  for (guint pass = 0; pass < 2; pass++)
    {
      confab_message_update (message, &row, sender, TRUE);
      assert_notified (log, pass == 0 ? "client-id sender own content sent-at seq loaded" : "");
    }

  g_assert_true (confab_message_get_loaded (message));
  g_assert_cmpstr (confab_message_get_client_id (message), ==,
                   "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05");
  g_assert_true (confab_message_get_sender (message) == sender);
  g_assert_true (confab_message_get_own (message));
  g_assert_cmpstr (confab_message_get_content (message), ==, "Hello");
  g_assert_cmpint (confab_message_get_sent_at (message), ==, 1780000000000);
  g_assert_cmpint (confab_message_get_seq (message), ==, 3);

  row.content = (char *)"";
  row.removed_at = 1780000000001;
  confab_message_update (message, &row, sender, TRUE);
  assert_notified (log, "content removed-at");
  g_assert_true (confab_message_get_removed (message));

  g_assert_finalize_object (g_steal_pointer (&message));
  g_assert_finalize_object (g_steal_pointer (&sender));
}

static void
test_message_state (void)
{
  g_autoptr (ConfabMessage) message = confab_message_new ();
  g_autoptr (GString) log = watch (message);
  ConfabMessageState state;
  gboolean starts_day, ends_group;

  confab_message_set_state (message, CONFAB_MESSAGE_WAITING, -1);
  assert_notified (log, "state");
  confab_message_set_state (message, CONFAB_MESSAGE_FAILED, CONFAB_PROBLEM_FORBIDDEN);
  assert_notified (log, "state problem");
  confab_message_set_state (message, CONFAB_MESSAGE_FAILED, CONFAB_PROBLEM_FORBIDDEN);
  assert_notified (log, "");
  g_object_get (message, "state", &state, NULL);
  g_assert_cmpint (state, ==, CONFAB_MESSAGE_FAILED);
  g_assert_cmpint (confab_message_get_state (message), ==, CONFAB_MESSAGE_FAILED);
  g_assert_cmpint (confab_message_get_problem (message), ==, CONFAB_PROBLEM_FORBIDDEN);
  confab_message_set_state (message, CONFAB_MESSAGE_SENT, -1);
  assert_notified (log, "state problem");

  confab_message_set_standing (message, TRUE, TRUE, FALSE, FALSE);
  assert_notified (log, "starts-day starts-group");
  confab_message_set_standing (message, TRUE, FALSE, TRUE, TRUE);
  assert_notified (log, "starts-group ends-group starts-unread");
  g_object_get (message, "starts-day", &starts_day, "ends-group", &ends_group, NULL);
  g_assert_true (starts_day && ends_group);
  g_assert_true (confab_message_get_starts_day (message));
  g_assert_false (confab_message_get_starts_group (message));
  g_assert_true (confab_message_get_ends_group (message));
  g_assert_true (confab_message_get_starts_unread (message));
}

/* Every property can be read by name, as bindings do; a new object has nothing in it. */
static void
test_properties (void)
{
  g_autoptr (ConfabUser) user = confab_user_new (1);
  g_autoptr (ConfabConversation) conversation = confab_conversation_new (1);
  g_autoptr (ConfabMessage) message = confab_message_new ();
  GObject *objects[] = { G_OBJECT (user), G_OBJECT (conversation), G_OBJECT (message) };
  const guint n_expected[] = { 9, 22, 14 };

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      guint n_properties;
      g_autofree GParamSpec **properties =
          g_object_class_list_properties (G_OBJECT_GET_CLASS (objects[i]), &n_properties);

      g_assert_cmpuint (n_properties, ==, n_expected[i]);
      for (guint p = 0; p < n_properties; p++)
        {
          g_auto (GValue) value = G_VALUE_INIT;

          g_assert_cmpint (properties[p]->flags & G_PARAM_READWRITE, ==, G_PARAM_READABLE);
          g_value_init (&value, properties[p]->value_type);
          g_object_get_property (objects[i], properties[p]->name, &value);
          if (g_str_equal (properties[p]->name, "id"))
            g_assert_cmpint (g_value_get_int64 (&value), ==, 1);
          else if (g_str_equal (properties[p]->name, "problem"))
            g_assert_cmpint (g_value_get_int (&value), ==, -1);
          else if (G_VALUE_HOLDS_STRING (&value) && g_value_get_string (&value) != NULL)
            g_assert_cmpstr (g_value_get_string (&value), ==, "");
          else
            g_assert_true (g_param_value_defaults (properties[p], &value));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/objects/user", test_user);
  g_test_add_func ("/objects/role", test_role);
  g_test_add_func ("/objects/notice", test_notice);
  g_test_add_func ("/objects/conversation", test_conversation);
  g_test_add_func ("/objects/unsaved-draft", test_unsaved_draft);
  g_test_add_func ("/objects/message/content", test_message_content);
  g_test_add_func ("/objects/message/state", test_message_state);
  g_test_add_func ("/objects/properties", test_properties);

  return g_test_run ();
}
