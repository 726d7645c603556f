/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-problem.h"
#include "confab-rows.h"

/* The table of docs/protocol.md. */
static const struct
{
  ConfabProblem problem;
  const char *code;
  guint status;
} table[] = {
  { CONFAB_PROBLEM_MALFORMED_REQUEST, "malformed-request", 400 },
  { CONFAB_PROBLEM_MALFORMED_JSON, "malformed-json", 400 },
  { CONFAB_PROBLEM_INVALID_FIELD, "invalid-field", 422 },
  { CONFAB_PROBLEM_INVALID_USERNAME, "invalid-username", 422 },
  { CONFAB_PROBLEM_INVALID_EMAIL, "invalid-email", 422 },
  { CONFAB_PROBLEM_PASSWORD_TOO_SHORT, "password-too-short", 422 },
  { CONFAB_PROBLEM_PASSWORD_TOO_LONG, "password-too-long", 422 },
  { CONFAB_PROBLEM_INVALID_TITLE, "invalid-title", 422 },
  { CONFAB_PROBLEM_MESSAGE_EMPTY, "message-empty", 422 },
  { CONFAB_PROBLEM_MESSAGE_TOO_LONG, "message-too-long", 422 },
  { CONFAB_PROBLEM_INVALID_TEXT, "invalid-text", 422 },
  { CONFAB_PROBLEM_USERNAME_TAKEN, "username-taken", 409 },
  { CONFAB_PROBLEM_EMAIL_TAKEN, "email-taken", 409 },
  { CONFAB_PROBLEM_CLIENT_ID_REUSED, "client-id-reused", 409 },
  { CONFAB_PROBLEM_DIRECT_CONVERSATION, "direct-conversation", 409 },
  { CONFAB_PROBLEM_RECIPIENT_DELETED, "recipient-deleted", 409 },
  { CONFAB_PROBLEM_TOO_MANY_MEMBERS, "too-many-members", 409 },
  { CONFAB_PROBLEM_WRONG_CREDENTIALS, "wrong-credentials", 401 },
  { CONFAB_PROBLEM_NOT_SIGNED_IN, "not-signed-in", 401 },
  { CONFAB_PROBLEM_FORBIDDEN, "forbidden", 403 },
  { CONFAB_PROBLEM_REGISTRATION_CLOSED, "registration-closed", 403 },
  { CONFAB_PROBLEM_PASSWORD_TOO_COMMON, "password-too-common", 422 },
  { CONFAB_PROBLEM_INVALID_PASSWORD, "invalid-password", 422 },
  { CONFAB_PROBLEM_INVALID_PICTURE, "invalid-picture", 422 },
  { CONFAB_PROBLEM_LAST_ADMIN, "last-admin", 409 },
  { CONFAB_PROBLEM_CONFLICT, "conflict", 409 },
  { CONFAB_PROBLEM_INVITATION_REQUIRED, "invitation-required", 403 },
  { CONFAB_PROBLEM_INVITATION_INVALID, "invitation-invalid", 403 },
  { CONFAB_PROBLEM_ACCOUNT_SUSPENDED, "account-suspended", 403 },
  { CONFAB_PROBLEM_ACCOUNT_DELETED, "account-deleted", 403 },
  { CONFAB_PROBLEM_PASSWORD_NEEDED, "password-needed", 403 },
  { CONFAB_PROBLEM_RESET_INVALID, "reset-invalid", 410 },
  { CONFAB_PROBLEM_CODE_INVALID, "code-invalid", 410 },
  { CONFAB_PROBLEM_UNDO_EXPIRED, "undo-expired", 410 },
  { CONFAB_PROBLEM_NOT_FOUND, "not-found", 404 },
  { CONFAB_PROBLEM_METHOD_NOT_ALLOWED, "method-not-allowed", 405 },
  { CONFAB_PROBLEM_CURSOR_TOO_OLD, "cursor-too-old", 410 },
  { CONFAB_PROBLEM_BODY_TOO_LARGE, "body-too-large", 413 },
  { CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", 415 },
  { CONFAB_PROBLEM_EXPECTATION_FAILED, "expectation-failed", 417 },
  { CONFAB_PROBLEM_UPGRADE_REQUIRED, "upgrade-required", 426 },
  { CONFAB_PROBLEM_HEAD_TOO_LARGE, "head-too-large", 431 },
  { CONFAB_PROBLEM_NOT_IMPLEMENTED, "not-implemented", 501 },
  { CONFAB_PROBLEM_THROTTLED, "throttled", 429 },
  { CONFAB_PROBLEM_INTERNAL, "internal", 500 },
  { CONFAB_PROBLEM_UNAVAILABLE, "unavailable", 503 },
  { CONFAB_PROBLEM_STORAGE_FULL, "storage-full", 507 },
  { CONFAB_PROBLEM_USERNAME_LOOK_ALIKE, "username-look-alike", 409 },
  { CONFAB_PROBLEM_USERNAME_MIXED, "username-mixed", 422 },
};

static void
test_problems (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (table), ==, CONFAB_N_PROBLEMS);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      ConfabProblem problem = CONFAB_N_PROBLEMS;

      g_assert_cmpstr (confab_problem_get_code (table[i].problem), ==, table[i].code);
      g_assert_cmpuint (confab_problem_get_status (table[i].problem), ==, table[i].status);
      g_assert_true (g_ascii_isupper (confab_problem_get_title (table[i].problem)[0]));

      g_assert_true (confab_problem_from_code (table[i].code, &problem));
      g_assert_cmpint (problem, ==, table[i].problem);

      g_assert_false (confab_problem_set (&error, table[i].problem));
      g_assert_error (error, CONFAB_PROBLEM, (int)table[i].problem);
      g_assert_cmpstr (error->message, ==, confab_problem_get_title (table[i].problem));
    }

  g_assert_false (confab_problem_set (NULL, CONFAB_PROBLEM_INTERNAL));
}

static void
test_unknown_problem (void)
{
  ConfabProblem problem = CONFAB_PROBLEM_THROTTLED;

  g_assert_false (confab_problem_from_code ("from-the-future", &problem));
  g_assert_false (confab_problem_from_code ("", &problem));
  g_assert_false (confab_problem_from_code (NULL, &problem));
  g_assert_cmpint (problem, ==, CONFAB_PROBLEM_THROTTLED);
}

static void
test_kind (void)
{
  ConfabConversationKind kind = CONFAB_CONVERSATION_GROUP;

  g_assert_true (confab_conversation_kind_from_string ("direct", &kind));
  g_assert_cmpint (kind, ==, CONFAB_CONVERSATION_DIRECT);
  g_assert_true (confab_conversation_kind_from_string ("group", &kind));
  g_assert_cmpint (kind, ==, CONFAB_CONVERSATION_GROUP);
  g_assert_false (confab_conversation_kind_from_string ("Group", &kind));
  g_assert_false (confab_conversation_kind_from_string (NULL, &kind));
  g_assert_cmpstr (confab_conversation_kind_to_string (CONFAB_CONVERSATION_DIRECT), ==, "direct");
  g_assert_cmpstr (confab_conversation_kind_to_string (CONFAB_CONVERSATION_GROUP), ==, "group");
}

static void
test_copies (void)
{
  g_autoptr (ConfabUserRow) user = g_new0 (ConfabUserRow, 1);
  g_autoptr (ConfabMessageRow) message = g_new0 (ConfabMessageRow, 1);
  g_autoptr (ConfabUserRow) user_copy = NULL;
  g_autoptr (ConfabMessageRow) message_copy = NULL;

  user->id = 1;
  user->username = g_strdup ("ann");
  user->created_at = 2;
  user->role_id = 3;
  user->rev = 4;
  user_copy = confab_user_row_copy (user);
  g_clear_pointer (&user->username, g_free);
  g_assert_cmpint (user_copy->id, ==, 1);
  g_assert_cmpstr (user_copy->username, ==, "ann");
  g_assert_null (user_copy->email);
  g_assert_cmpint (user_copy->created_at, ==, 2);
  g_assert_cmpint (user_copy->role_id, ==, 3);
  g_assert_cmpint (user_copy->rev, ==, 4);

  message->id = 5;
  message->client_id = g_strdup ("id");
  message->seq = 6;
  message->content = g_strdup ("Hello");
  message_copy = confab_message_row_copy (message);
  g_clear_pointer (&message->content, g_free);
  g_assert_cmpint (message_copy->id, ==, 5);
  g_assert_cmpstr (message_copy->client_id, ==, "id");
  g_assert_cmpint (message_copy->seq, ==, 6);
  g_assert_cmpstr (message_copy->content, ==, "Hello");
}

static gpointer
hold_and_drop (gpointer data)
{
  for (guint i = 0; i < 10000; i++)
    {
      ConfabRows *rows = confab_rows_ref (data);

      g_assert_cmpuint (confab_rows_count (rows), ==, 6);
      confab_rows_unref (rows);
    }

  confab_rows_unref (data);

  return NULL;
}

/* A fan-out shares a set between threads; the last reference frees it. */
static void
test_shared_rows (void)
{
  ConfabRows *rows = confab_rows_new ();
  GThread *threads[4];

  g_assert_cmpuint (confab_rows_count (rows), ==, 0);

  g_ptr_array_add (rows->roles, g_new0 (ConfabRoleRow, 1));
  g_ptr_array_add (rows->users, g_new0 (ConfabUserRow, 1));
  g_ptr_array_add (rows->conversations, g_new0 (ConfabConversationRow, 1));
  g_ptr_array_add (rows->memberships, g_new0 (ConfabMembershipRow, 1));
  g_ptr_array_add (rows->read_positions, g_new0 (ConfabReadPositionRow, 1));
  g_ptr_array_add (rows->messages, g_new0 (ConfabMessageRow, 1));

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("rows", hold_and_drop, confab_rows_ref (rows));
  confab_rows_unref (rows);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/problem/table", test_problems);
  g_test_add_func ("/problem/unknown", test_unknown_problem);
  g_test_add_func ("/rows/kind", test_kind);
  g_test_add_func ("/rows/copies", test_copies);
  g_test_add_func ("/rows/shared", test_shared_rows);

  return g_test_run ();
}
