/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Bob is notified of, against the real server. Ann writes. */

#include "confab-attention.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
  gint64 group;
  GString *log; /* what happened at Bob's, a word each */
} Fixture;

static void
announce_cb (Fixture *fixture, ConfabNewsItem *item)
{
  if (item->removed)
    g_string_append (fixture->log, " removed");
  g_string_append (fixture->log, item->quiet ? " correct:" : " announce:");
  for (guint i = 0; i < item->lines->len; i++)
    {
      const ConfabNewsLine *line = g_ptr_array_index (item->lines, i);

      g_assert_cmpstr (line->sender, ==, "ann");
      g_string_append_printf (fixture->log, "%s%s", i > 0 ? "+" : "", line->text);
    }
}

static void
summarize_cb (Fixture *fixture, guint n)
{
  g_string_append_printf (fixture->log, " summarize:%u", n);
}

static void
withdraw_cb (Fixture *fixture, gint64 id)
{
  g_string_append (fixture->log, " withdraw");
}

static void
withdraw_summary_cb (Fixture *fixture)
{
  g_string_append (fixture->log, " withdraw-summary");
}

static ConfabNews *
get_news (Fixture *fixture)
{
  return confab_client_get_news (fixture->bob->client);
}

static void
listen (Fixture *fixture)
{
  ConfabNews *news = get_news (fixture);

  g_signal_connect_swapped (news, "announce", G_CALLBACK (announce_cb), fixture);
  g_signal_connect_swapped (news, "summarize", G_CALLBACK (summarize_cb), fixture);
  g_signal_connect_swapped (news, "withdraw-summary", G_CALLBACK (withdraw_summary_cb), fixture);
  g_signal_connect_swapped (news, "withdraw", G_CALLBACK (withdraw_cb), fixture);
}

/* Wait until exactly this happened, and for a moment in which nothing more must. */
#define assert_happened(fixture, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    confab_test_until ((fixture)->log->len >= strlen (expected));                                  \
    confab_test_idle_ms (300);                                                                     \
    g_assert_cmpstr ((fixture)->log->str, ==, expected);                                           \
    g_string_truncate ((fixture)->log, 0);                                                         \
  }                                                                                                \
  G_STMT_END

static gint64
get_id (ConfabTestDevice *device)
{
  return confab_account_get_user_id (confab_client_get_account (device->client));
}

static ConfabConversation *
get_group (Fixture *fixture, ConfabTestDevice *device)
{
  return confab_client_get_conversation (device->client, fixture->group);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 bob;

  fixture->log = g_string_new (NULL);
  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_register (fixture->bob, fixture->origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  bob = get_id (fixture->bob);
  fixture->group = confab_conversation_get_id (
      confab_test_create_group (fixture->ann->client, "Group", &bob, 1));
  confab_test_until (get_group (fixture, fixture->bob) != NULL);
  listen (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
  g_string_free (fixture->log, TRUE);
}

static void
write_one (Fixture *fixture, const char *text)
{
  confab_test_send (fixture->ann->client, fixture->group, text);
}

static void
change_settings (ConfabTestDevice *device, gint64 id, ConfabNotify notify, guint seconds)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_client_change_settings_async (device->client,
                                       confab_client_get_conversation (device->client, id), notify,
                                       seconds, NULL, confab_test_result_cb, &result);
  confab_client_change_finish (device->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
}

/* ---- the tests ---- */

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  write_one (fixture, "one");
  assert_happened (fixture, " announce:one");
  /* Both within the interval: one announcement, after it. */
  write_one (fixture, "two");
  write_one (fixture, "three");
  write_one (fixture, "four");
  assert_happened (fixture, " announce:two+three+four");
  confab_client_mark_read (fixture->bob->client, get_group (fixture, fixture->bob), 4);
  assert_happened (fixture, " withdraw");
}

static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();

  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_wait_online (other->client);
  write_one (fixture, "one");
  assert_happened (fixture, " announce:one");
  confab_test_until (confab_conversation_get_unread_count (get_group (fixture, other)) == 1);
  confab_client_mark_read (other->client, get_group (fixture, other), 1);
  assert_happened (fixture, " withdraw");

  /* An answer of the user is no news, and what it answers is none any more. */
  confab_test_idle_ms (CONFAB_NEWS_INTERVAL_MS / 5);
  write_one (fixture, "two");
  assert_happened (fixture, " announce:two");
  confab_test_send (other->client, fixture->group, "answer");
  assert_happened (fixture, " withdraw");
}

static void
test_muted (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / 1000;

  write_one (fixture, "one");
  assert_happened (fixture, " announce:one");
  change_settings (fixture->bob, fixture->group, CONFAB_NOTIFY_NONE, 0);
  assert_happened (fixture, " withdraw");
  write_one (fixture, "two");
  confab_test_until (confab_conversation_get_unread_count (get_group (fixture, fixture->bob)) == 2);
  g_assert_cmpint (confab_attention (get_group (fixture, fixture->bob), 2, FALSE, FALSE, now), ==,
                   CONFAB_ATTENTION_COUNT);
  g_assert_cmpuint (confab_news_count (get_news (fixture)), ==, 0);
  change_settings (fixture->bob, fixture->group, CONFAB_NOTIFY_ALL, 0);
  assert_happened (fixture, "");
  g_assert_cmpuint (confab_news_count (get_news (fixture)), ==, 1);

  change_settings (fixture->bob, fixture->group, CONFAB_NOTIFY_ALL, 3600);
  write_one (fixture, "three");
  confab_test_until (confab_conversation_get_unread_count (get_group (fixture, fixture->bob)) == 3);
  assert_happened (fixture, "");
  g_assert_cmpint (
      confab_attention (get_group (fixture, fixture->bob), 3, FALSE, FALSE, now + 3700 * 1000), ==,
      CONFAB_ATTENTION_NOTIFY);
}

static void
test_viewed (Fixture *fixture, gconstpointer data)
{
  confab_news_set_viewed (get_news (fixture), fixture->group);
  write_one (fixture, "one");
  confab_test_until (confab_conversation_get_unread_count (get_group (fixture, fixture->bob)) == 1);
  assert_happened (fixture, "");
  confab_news_set_viewed (get_news (fixture), 0);
  assert_happened (fixture, "");
  write_one (fixture, "two");
  assert_happened (fixture, " announce:one+two");
  confab_news_set_viewed (get_news (fixture), fixture->group);
  assert_happened (fixture, " withdraw");
}

static void
remove_message (Fixture *fixture, gint64 seq)
{
  g_autoptr (ConfabMessage) message = confab_message_new ();
  const ConfabMessageRow row = { .seq = seq };
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_message_update (message, &row, NULL, FALSE);
  confab_client_remove_message_async (fixture->ann->client, get_group (fixture, fixture->ann),
                                      message, NULL, confab_test_result_cb, &result);
  confab_client_change_finish (fixture->ann->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  confab_test_server_set_role (fixture->server, "ann", "moderator");
  confab_test_until (
      confab_client_permits (fixture->ann->client, CONFAB_PERMISSION_REMOVE_MESSAGES));
  write_one (fixture, "one");
  assert_happened (fixture, " announce:one");
  write_one (fixture, "two");
  assert_happened (fixture, " announce:one+two");
  remove_message (fixture, 2);
  assert_happened (fixture, " removed correct:one");
  remove_message (fixture, 1);
  assert_happened (fixture, " withdraw");
}

/* What a notification of an earlier run says is not known, only that it may say what is removed. */
static void
test_removed_closed (Fixture *fixture, gconstpointer data)
{
  confab_test_server_set_role (fixture->server, "ann", "moderator");
  confab_test_until (
      confab_client_permits (fixture->ann->client, CONFAB_PERMISSION_REMOVE_MESSAGES));
  write_one (fixture, "one");
  write_one (fixture, "two");
  assert_happened (fixture, " announce:one announce:one+two");
  confab_test_device_close (fixture->bob);
  remove_message (fixture, 1);
  confab_test_device_open (fixture->bob);
  listen (fixture);
  assert_happened (fixture, " removed correct:two");
}

/* What came while Confab was closed is announced once, and never again. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  confab_test_device_close (fixture->bob);
  write_one (fixture, "one");
  write_one (fixture, "two");
  confab_test_device_open (fixture->bob);
  listen (fixture);
  assert_happened (fixture, " announce:one+two");

  confab_test_device_close (fixture->bob);
  confab_test_device_open (fixture->bob);
  listen (fixture);
  confab_test_wait_online (fixture->bob->client);
  assert_happened (fixture, "");
  confab_client_mark_read (fixture->bob->client, get_group (fixture, fixture->bob), 2);
  assert_happened (fixture, " withdraw withdraw-summary");
}

static ConfabConversation *
receive_many (Fixture *fixture)
{
  ConfabConversation *group = NULL;
  gint64 bob = get_id (fixture->bob);

  confab_test_device_close (fixture->bob);
  for (guint i = 0; i <= CONFAB_NEWS_AT_ONCE; i++)
    {
      group = confab_test_create_group (fixture->ann->client, "Another", &bob, 1);
      confab_test_send (fixture->ann->client, confab_conversation_get_id (group), "hello");
    }
  confab_test_device_open (fixture->bob);
  listen (fixture);
  assert_happened (fixture, " summarize:6");

  return group;
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  ConfabConversation *group = receive_many (fixture);

  fixture->group = confab_conversation_get_id (group);
  confab_client_mark_read (fixture->bob->client, get_group (fixture, fixture->bob), 1);
  assert_happened (fixture, " withdraw-summary");
}

/* Signing out leaves no summary behind. */
static void
test_many_stopped (Fixture *fixture, gconstpointer data)
{
  receive_many (fixture);
  confab_news_stop (get_news (fixture));
  assert_happened (fixture, " withdraw-summary");
}

/* On a new computer, all is new, so nothing is. */
static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  write_one (fixture, "one");
  assert_happened (fixture, " announce:one");
  confab_test_device_free (fixture->bob);
  fixture->bob = confab_test_device_new ();
  confab_test_device_sign_in (fixture->bob, fixture->origin, "bob");
  listen (fixture);
  confab_test_wait_online (fixture->bob->client);
  assert_happened (fixture, "");
  write_one (fixture, "two");
  assert_happened (fixture, " announce:one+two");
  confab_news_stop (get_news (fixture));
  assert_happened (fixture, " withdraw");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/engine/news/grows", test_grows },
    { "/engine/news/elsewhere", test_elsewhere },
    { "/engine/news/muted", test_muted },
    { "/engine/news/viewed", test_viewed },
    { "/engine/news/removed", test_removed },
    { "/engine/news/removed-closed", test_removed_closed },
    { "/engine/news/restart", test_restart },
    { "/engine/news/many", test_many },
    { "/engine/news/fresh", test_fresh },
    { "/engine/news/many-stopped", test_many_stopped },
  };

  confab_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
