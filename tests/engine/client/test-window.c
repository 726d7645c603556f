/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client's lists and functions as the window uses them, on several computers, against the real
 * server. */

#include <string.h>

#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
  ConfabTestDevice *eve;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  fixture->eve = confab_test_device_new ();
  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_register (fixture->bob, fixture->origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_device_free (fixture->eve);
  confab_test_server_free (fixture->server);
}

static gint64
get_id (ConfabTestDevice *device)
{
  return confab_account_get_user_id (confab_client_get_account (device->client));
}

static ConfabConversation *
get_conversation (ConfabTestDevice *device, gint64 id)
{
  ConfabConversation *conversation = confab_client_get_conversation (device->client, id);

  g_assert_nonnull (conversation);

  return conversation;
}

/* Create a group that both Ann's and Bob's clients know. */
static gint64
make_group (Fixture *fixture, const char *title)
{
  gint64 bob = get_id (fixture->bob);
  gint64 id =
      confab_conversation_get_id (confab_test_create_group (fixture->ann->client, title, &bob, 1));

  confab_test_until (confab_client_get_conversation (fixture->bob->client, id) != NULL);

  return id;
}

static void
go_offline (Fixture *fixture)
{
  confab_test_server_kill (fixture->server);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     == CONFAB_CONNECTION_OFFLINE);
}

/* ---- a listener that relies on the list's signals only ---- */

typedef struct
{
  GListModel *model;
  GPtrArray *items; /* strong */
  guint n_runs;
} Copy;

static void
copy_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Copy *copy = user_data;

  copy->n_runs++;
  g_assert_cmpuint (position + removed, <=, copy->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (copy->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (copy->items, (int)(position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (copy->items->len, ==, g_list_model_get_n_items (model));
}

static void
copy_init (Copy *copy, GListModel *model)
{
  copy->model = model;
  copy->items = g_ptr_array_new_with_free_func (g_object_unref);
  copy->n_runs = 0;
  g_signal_connect (model, "items-changed", G_CALLBACK (copy_cb), copy);
  if (g_list_model_get_n_items (model) > 0)
    copy_cb (model, 0, 0, g_list_model_get_n_items (model), copy);
}

static void
copy_check (Copy *copy)
{
  g_assert_cmpuint (copy->items->len, ==, g_list_model_get_n_items (copy->model));
  for (guint i = 0; i < copy->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (copy->model, i);

      g_assert_true (item == copy->items->pdata[i]);
    }
}

static void
copy_clear (Copy *copy)
{
  copy_check (copy);
  g_signal_handlers_disconnect_by_data (copy->model, copy);
  g_ptr_array_unref (copy->items);
}

/* ---- conversations ---- */

static gint64
first_id (ConfabTestDevice *device)
{
  g_autoptr (ConfabConversation) first =
      g_list_model_get_item (confab_client_get_conversations (device->client), 0);

  return first != NULL ? confab_conversation_get_id (first) : 0;
}

static void
assert_newest_first (GListModel *conversations)
{
  gint64 last = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++)
    {
      g_autoptr (ConfabConversation) conversation = g_list_model_get_item (conversations, i);

      g_assert_cmpint (confab_conversation_get_last_at (conversation), <=, last);
      last = confab_conversation_get_last_at (conversation);
    }
}

/* Each message moves its conversation to the top, on both sides, keeping the object. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  gint64 groups[] = { make_group (fixture, "One"), make_group (fixture, "Two"),
                      make_group (fixture, "Three"), make_group (fixture, "Four") };
  GListModel *at_bob = confab_client_get_conversations (fixture->bob->client);
  ConfabConversation *objects[G_N_ELEMENTS (groups)];
  Copy copy;

  copy_init (&copy, at_bob);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    objects[i] = get_conversation (fixture->bob, groups[i]);
  for (guint i = 0; i < 12; i++)
    {
      gint64 group = groups[(i * 7 + i / 3) % G_N_ELEMENTS (groups)];

      confab_test_idle_ms (2); /* the newest of one millisecond's messages is undefined */
      confab_test_send (fixture->ann->client, group, "to the top");
      confab_test_until (first_id (fixture->ann) == group);
      confab_test_until (first_id (fixture->bob) == group);
      confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);
      copy_check (&copy);
      assert_newest_first (at_bob);
    }
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    g_assert_true (get_conversation (fixture->bob, groups[i]) == objects[i]);
  copy_clear (&copy);
}

static void
notify_cb (ConfabConversation *conversation, GParamSpec *pspec, gpointer user_data)
{
  g_ptr_array_add (user_data, (gpointer)pspec->name);
}

static gboolean
was_told (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* The list's rows follow changes, and notify only those. */
static void
test_row (Fixture *fixture, gconstpointer data)
{
  gint64 group = make_group (fixture, "Before");
  ConfabConversation *at_bob = get_conversation (fixture->bob, group);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (at_bob, "notify", G_CALLBACK (notify_cb), names);
  confab_test_send (fixture->ann->client, group, "one\n\ntwo   three");
  confab_test_until (confab_conversation_get_unread_count (at_bob) == 1);
  g_assert_cmpstr (confab_conversation_get_preview_sender (at_bob), ==, "ann");
  g_assert_null (strchr (confab_conversation_get_preview (at_bob), '\n'));
  g_assert_false (confab_conversation_get_preview_own (at_bob));
  g_assert_true (was_told (names, "preview"));
  g_assert_true (was_told (names, "unread-count"));
  g_assert_false (was_told (names, "title"));
  g_assert_false (was_told (names, "member-count"));

  g_ptr_array_set_size (names, 0);
  confab_client_rename_async (fixture->ann->client, get_conversation (fixture->ann, group), "After",
                              NULL, confab_test_result_cb, &result);
  g_assert_true (
      confab_client_change_finish (fixture->ann->client, confab_test_await (&result), &error));
  g_assert_no_error (error);
  confab_test_until (g_strcmp0 (confab_conversation_get_title (at_bob), "After") == 0);
  g_assert_cmpstr (confab_conversation_get_display_name (at_bob), ==, "After");
  g_assert_true (was_told (names, "title"));
  g_assert_false (was_told (names, "preview"));
  g_assert_false (was_told (names, "unread-count"));

  /* Without a title its name consists of its members. */
  confab_client_rename_async (fixture->ann->client, get_conversation (fixture->ann, group), NULL,
                              NULL, confab_test_result_cb, &result);
  g_assert_true (
      confab_client_change_finish (fixture->ann->client, confab_test_await (&result), &error));
  g_assert_no_error (error);
  confab_test_until (confab_conversation_get_title (at_bob) == NULL);
  g_assert_nonnull (strstr (confab_conversation_get_display_name (at_bob), "ann"));
  g_signal_handlers_disconnect_by_data (at_bob, names);
}

/* ---- members ---- */

static gboolean
members_are (GListModel *members, const char *const *names)
{
  if (g_list_model_get_n_items (members) != g_strv_length ((char **)names))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (members, i);

      if (!g_str_equal (confab_user_get_username (user), names[i]))
        return FALSE;
    }

  return TRUE;
}

static void
add_member (ConfabTestDevice *device, gint64 group, gint64 user_id)
{
  g_autoptr (GListStore) users = g_list_store_new (CONFAB_TYPE_USER);
  g_autoptr (ConfabUser) user = confab_user_new (user_id);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_list_store_append (users, user);
  confab_client_add_members_async (device->client, get_conversation (device, group),
                                   G_LIST_MODEL (users), NULL, confab_test_result_cb, &result);
  g_assert_true (confab_client_change_finish (device->client, confab_test_await (&result), &error));
  g_assert_no_error (error);
}

static void
leave (ConfabTestDevice *device, gint64 group)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_leave_async (device->client, get_conversation (device, group), NULL,
                             confab_test_result_cb, &result);
  g_assert_true (confab_client_change_finish (device->client, confab_test_await (&result), &error));
  g_assert_no_error (error);
}

/* Ordered by username, following users who join, leave and rejoin. */
static void
test_members (Fixture *fixture, gconstpointer data)
{
  gint64 group = make_group (fixture, "Group");
  g_autoptr (GListModel) members = NULL;
  Copy copy;
  gint64 eve;

  confab_test_device_register (fixture->eve, fixture->origin, "abe");
  confab_test_wait_online (fixture->eve->client);
  eve = get_id (fixture->eve);
  members =
      confab_client_open_members (fixture->bob->client, get_conversation (fixture->bob, group));
  copy_init (&copy, members);
  confab_test_until (members_are (members, (const char *const[]){ "ann", "bob", NULL }));

  for (guint i = 0; i < 2; i++)
    {
      add_member (fixture->ann, group, eve);
      confab_test_until (members_are (members, (const char *const[]){ "abe", "ann", "bob", NULL }));
      g_assert_cmpuint (
          confab_conversation_get_member_count (get_conversation (fixture->bob, group)), ==, 3);
      confab_test_until (
          confab_client_get_conversation (fixture->eve->client, group) != NULL
          && confab_conversation_get_closed_reason (get_conversation (fixture->eve, group))
                 == CONFAB_CLOSED_NOT);
      leave (fixture->eve, group);
      g_assert_cmpint (
          confab_conversation_get_closed_reason (get_conversation (fixture->eve, group)), ==,
          CONFAB_CLOSED_LEFT);
      confab_test_until (members_are (members, (const char *const[]){ "ann", "bob", NULL }));
      copy_check (&copy);
    }

  /* A present member is ignored. */
  add_member (fixture->ann, group, get_id (fixture->bob));
  g_assert_true (members_are (members, (const char *const[]){ "ann", "bob", NULL }));

  /* A closed conversation shows the members at that time. */
  leave (fixture->bob, group);
  confab_test_until (members_are (members, (const char *const[]){ "ann", NULL }));
  confab_client_remove_closed (fixture->bob->client, get_conversation (fixture->bob, group));
  confab_client_forget_closed (fixture->bob->client, NULL);
  confab_test_until (confab_client_get_conversation (fixture->bob->client, group) == NULL);
  copy_clear (&copy);
}

static ConfabUser *
find_one (ConfabClient *client, const char *query)
{
  GAsyncResult *result = NULL;
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_find_people_async (client, query, NULL, confab_test_result_cb, &result);
  people = confab_client_find_people_finish (client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (people), <=, 1);

  return g_list_model_get_item (people, 0);
}

/* A person has one object: as member, as sender, in searches, and as the user. */
static void
test_one_person_one_object (Fixture *fixture, gconstpointer data)
{
  gint64 group = make_group (fixture, "Group");
  ConfabClient *bob = fixture->bob->client;
  ConfabConversation *at_bob = get_conversation (fixture->bob, group);
  g_autoptr (GListModel) members = confab_client_open_members (bob, at_bob);
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) theirs = NULL;
  g_autoptr (ConfabMessage) own = NULL;
  g_autoptr (ConfabUser) ann = NULL;
  g_autoptr (ConfabUser) self = NULL;
  g_autoptr (ConfabUser) found = NULL;

  confab_test_until (g_list_model_get_n_items (members) == 2);
  ann = g_list_model_get_item (members, 0);
  self = g_list_model_get_item (members, 1);
  g_assert_true (self == confab_client_get_self_user (bob));
  g_assert_cmpstr (confab_user_get_email (self), ==, "bob@example.org");
  g_assert_null (confab_user_get_email (ann));

  confab_test_send (fixture->ann->client, group, "hello");
  confab_test_until (confab_conversation_get_last_seq (at_bob) == 1);
  confab_test_send (bob, group, "hello yourself");
  timeline = confab_client_open_timeline (bob, at_bob);
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 2);
  theirs = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  own = g_list_model_get_item (G_LIST_MODEL (timeline), 1);
  confab_test_until (confab_message_get_loaded (theirs) && confab_message_get_loaded (own));
  g_assert_true (confab_message_get_sender (theirs) == ann);
  g_assert_true (confab_message_get_sender (own) == self);
  g_assert_true (confab_message_get_own (own));

  found = find_one (bob, "AN");
  g_assert_true (found == ann);
  g_assert_null (find_one (bob, "bob"));
}

/* ---- shared groups ---- */

static gboolean
groups_are (GListModel *groups, const char *const *names)
{
  if (g_list_model_get_n_items (groups) != g_strv_length ((char **)names))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (ConfabConversation) group = g_list_model_get_item (groups, i);

      if (!g_str_equal (confab_conversation_get_display_name (group), names[i]))
        return FALSE;
    }

  return TRUE;
}

/* Ordered by name, following changes; without direct conversations, and groups that one of the two
 * has left. */
static void
test_shared_groups (Fixture *fixture, gconstpointer data)
{
  ConfabClient *ann = fixture->ann->client;
  g_autoptr (ConfabUser) bob = find_one (ann, "bob");
  g_autoptr (GListModel) groups = confab_client_open_shared_groups (ann, bob);
  GAsyncResult *result = NULL;
  g_autoptr (ConfabConversation) direct = NULL;
  g_autoptr (GError) error = NULL;
  Copy copy;
  gint64 first, second;

  copy_init (&copy, groups);
  g_assert_null (confab_client_get_direct (ann, bob));
  confab_client_create_direct_async (ann, bob, NULL, confab_test_result_cb, &result);
  direct = confab_client_create_finish (ann, confab_test_await (&result), &error);
  g_assert_no_error (error);
  first = make_group (fixture, "Walks");
  second = make_group (fixture, "Chess");
  confab_test_create_group (ann, "Alone", NULL, 0);
  confab_test_until (groups_are (groups, (const char *const[]){ "Chess", "Walks", NULL }));
  g_assert_true (confab_client_get_direct (ann, bob) == direct);
  g_assert_null (confab_client_get_direct (ann, confab_client_get_self_user (ann)));

  leave (fixture->bob, second);
  confab_test_until (groups_are (groups, (const char *const[]){ "Walks", NULL }));
  leave (fixture->ann, first);
  confab_test_until (groups_are (groups, (const char *const[]){ NULL }));
  copy_clear (&copy);
}

/* ---- finding people ---- */

static void
test_find_people (Fixture *fixture, gconstpointer data)
{
  static const char *const odd[] = { "%",        "_",       "a%", "'",        "\\",
                                     "&limit=1", "ann bob", "😀", "\xff\xfe", "/../users/me",
                                     "?" };
  g_autoptr (ConfabUser) stranger = NULL;
  g_autoptr (ConfabUser) offline = NULL;

  confab_test_device_register (fixture->eve, fixture->origin, "Ève");
  stranger = find_one (fixture->ann->client, "ÈV");
  g_assert_nonnull (stranger);
  g_assert_cmpstr (confab_user_get_username (stranger), ==, "Ève");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_null (find_one (fixture->ann->client, odd[i]));

  /* Offline: users with a shared conversation, by the same rules. */
  make_group (fixture, "Group");
  go_offline (fixture);
  offline = find_one (fixture->ann->client, "BO");
  g_assert_nonnull (offline);
  g_assert_cmpint (confab_user_get_id (offline), ==, get_id (fixture->bob));
  g_assert_null (find_one (fixture->ann->client, "ÈV"));
  g_assert_null (find_one (fixture->ann->client, "ann"));
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_null (find_one (fixture->ann->client, odd[i]));
}

/* ---- calls that fail ---- */

typedef enum
{
  CREATE_DIRECT,
  CREATE_GROUP,
  RENAME,
  ADD_MEMBERS,
  LEAVE,
} CallKind;

static void
assert_call_fails (ConfabTestDevice *device,
                   CallKind kind,
                   ConfabConversation *conversation,
                   const char *title,
                   gint64 user_id,
                   GCancellable *cancellable,
                   GQuark domain,
                   int code)
{
  ConfabClient *client = device->client;
  g_autoptr (GListStore) users = g_list_store_new (CONFAB_TYPE_USER);
  g_autoptr (ConfabUser) user = confab_user_new (user_id);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_list_store_append (users, user);
  switch (kind)
    {
    case CREATE_DIRECT:
      confab_client_create_direct_async (client, user, cancellable, confab_test_result_cb, &result);
      break;
    case CREATE_GROUP:
      confab_client_create_group_async (client, title, G_LIST_MODEL (users), cancellable,
                                        confab_test_result_cb, &result);
      break;
    case RENAME:
      confab_client_rename_async (client, conversation, title, cancellable, confab_test_result_cb,
                                  &result);
      break;
    case ADD_MEMBERS:
      confab_client_add_members_async (client, conversation, G_LIST_MODEL (users), cancellable,
                                       confab_test_result_cb, &result);
      break;
    case LEAVE:
      confab_client_leave_async (client, conversation, cancellable, confab_test_result_cb, &result);
      break;
    default:
      g_assert_not_reached ();
    }
  if (kind == CREATE_DIRECT || kind == CREATE_GROUP)
    g_assert_null (confab_client_create_finish (client, confab_test_await (&result), &error));
  else
    g_assert_false (confab_client_change_finish (client, confab_test_await (&result), &error));
  g_assert_error (error, domain, code);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  gint64 group_id = make_group (fixture, "Group");
  gint64 bob = get_id (fixture->bob);
  g_autofree char *long_title = g_strnfill (101, 'x');
  ConfabConversation *group = get_conversation (ann, group_id);
  g_autoptr (ConfabConversation) left = g_object_ref (get_conversation (fixture->bob, group_id));
  g_autoptr (ConfabConversation) direct = NULL;
  g_autoptr (ConfabConversation) again = NULL;
  g_autoptr (ConfabUser) user = confab_user_new (bob);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint n;

  confab_client_create_direct_async (ann->client, user, NULL, confab_test_result_cb, &result);
  direct = confab_client_create_finish (ann->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  confab_client_create_direct_async (ann->client, user, NULL, confab_test_result_cb, &result);
  again = confab_client_create_finish (ann->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_true (again == direct);
  g_assert_cmpstr (confab_conversation_get_display_name (direct), ==, "bob");
  g_assert_cmpint (confab_conversation_get_other_user_id (direct), ==, bob);
  n = g_list_model_get_n_items (confab_client_get_conversations (ann->client));

  assert_call_fails (ann, RENAME, group, long_title, bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_INVALID_TITLE);
  assert_call_fails (ann, CREATE_GROUP, NULL, long_title, bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_INVALID_TITLE);
  assert_call_fails (ann, RENAME, direct, "Title", bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_DIRECT_CONVERSATION);
  assert_call_fails (ann, ADD_MEMBERS, direct, NULL, bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_DIRECT_CONVERSATION);
  assert_call_fails (ann, LEAVE, direct, NULL, bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_DIRECT_CONVERSATION);
  assert_call_fails (ann, CREATE_DIRECT, NULL, NULL, 999999, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_NOT_FOUND);
  assert_call_fails (ann, ADD_MEMBERS, group, NULL, 999999, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_NOT_FOUND);

  /* An object, still referenced, of a conversation that the user has left. */
  leave (fixture->bob, group_id);
  assert_call_fails (fixture->bob, RENAME, left, "Mine", bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_NOT_FOUND);
  assert_call_fails (fixture->bob, LEAVE, left, NULL, bob, NULL, CONFAB_PROBLEM,
                     CONFAB_PROBLEM_NOT_FOUND);

  g_assert_cmpstr (confab_conversation_get_title (group), ==, "Group");
  g_assert_cmpuint (g_list_model_get_n_items (confab_client_get_conversations (ann->client)), ==,
                    n);
  g_assert_cmpint (confab_client_get_connection_state (ann->client), ==, CONFAB_CONNECTION_ONLINE);
}

static void
test_offline_calls (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabConversation *group = get_conversation (ann, make_group (fixture, "Group"));
  gint64 bob = get_id (fixture->bob);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  go_offline (fixture);
  for (CallKind kind = CREATE_DIRECT; kind <= LEAVE; kind++)
    assert_call_fails (ann, kind, group, "Other", bob, NULL, CONFAB_ENGINE_ERROR,
                       CONFAB_ENGINE_ERROR_OFFLINE);
  confab_client_list_sessions_async (ann->client, NULL, confab_test_result_cb, &result);
  g_assert_null (
      confab_client_list_sessions_finish (ann->client, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_cmpstr (confab_conversation_get_title (group), ==, "Group");
  g_assert_nonnull (confab_client_get_connection_error (ann->client));

  /* The server stops during a call: the same error. */
  confab_test_server_start (fixture->server);
  confab_client_reconnect (ann->client);
  confab_test_wait_online (ann->client);
  confab_client_rename_async (ann->client, group, "Never", NULL, confab_test_result_cb, &result);
  confab_test_server_kill (fixture->server);
  if (!confab_client_change_finish (ann->client, confab_test_await (&result), &error))
    g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
}

static void
test_cancelled_calls (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabConversation *group = get_conversation (ann, make_group (fixture, "Group"));
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  for (CallKind kind = CREATE_DIRECT; kind <= LEAVE; kind++)
    assert_call_fails (ann, kind, group, "Other", get_id (fixture->bob), cancelled, G_IO_ERROR,
                       G_IO_ERROR_CANCELLED);
  g_assert_cmpint (confab_client_get_connection_state (ann->client), ==, CONFAB_CONNECTION_ONLINE);
  g_assert_cmpstr (confab_conversation_get_title (group), ==, "Group");
}

/* Cancelling works in every state of the network library. */
static void
test_cancelled_at_any_moment (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GListModel) sessions = NULL;
      g_autoptr (GError) error = NULL;
      GAsyncResult *result = NULL;

      confab_client_list_sessions_async (client, cancellable, confab_test_result_cb, &result);
      for (guint turn = 0; turn < i % 12; turn++)
        {
          g_usleep (i % 7 * 40);
          g_main_context_iteration (NULL, FALSE);
        }
      g_cancellable_cancel (cancellable);
      sessions = confab_client_list_sessions_finish (client, confab_test_await (&result), &error);
      if (sessions == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_ONLINE);
}

/* ---- several computers ---- */

/* Reading on one computer counts on the other, and positions never go back. */
static void
test_read_on_two_devices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();
  gint64 group = make_group (fixture, "Group");
  ConfabConversation *at_bob = get_conversation (fixture->bob, group);
  ConfabConversation *at_other;

  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_until (confab_client_get_conversation (other->client, group) != NULL);
  at_other = get_conversation (other, group);
  for (guint i = 0; i < 5; i++)
    confab_test_send (fixture->ann->client, group, "news");
  confab_test_until (confab_conversation_get_unread_count (at_bob) == 5
                     && confab_conversation_get_unread_count (at_other) == 5);

  confab_client_mark_read (fixture->bob->client, at_bob, 3);
  confab_test_until (confab_conversation_get_unread_count (at_bob) == 2);
  confab_test_until (confab_conversation_get_unread_count (at_other) == 2);
  confab_client_mark_read (other->client, at_other, 5);
  confab_test_until (confab_conversation_get_unread_count (at_bob) == 0);
  confab_client_mark_read (fixture->bob->client, at_bob, 1);
  confab_test_idle_ms (500);
  g_assert_cmpint (confab_conversation_get_last_read_seq (at_bob), ==, 5);
  g_assert_cmpint (confab_conversation_get_last_read_seq (at_other), ==, 5);

  /* Other users are not affected. */
  g_assert_cmpint (confab_conversation_get_unread_count (get_conversation (fixture->ann, group)),
                   ==, 0);
  confab_test_wait_same_mirrors (fixture->bob, other);
}

/* All other sessions end at once: their streams are closed with 1008, and their clients know the
 * reason. */
static void
test_end_others (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *others[3];
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) sessions = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      others[i] = confab_test_device_new ();
      confab_test_device_sign_in (others[i], fixture->origin, "ann");
      confab_test_wait_online (others[i]->client);
    }
  confab_client_list_sessions_async (fixture->ann->client, NULL, confab_test_result_cb, &result);
  sessions = confab_client_list_sessions_finish (fixture->ann->client, confab_test_await (&result),
                                                 &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (ConfabSession) session = g_list_model_get_item (sessions, i);

      if (confab_session_get_current (session))
        continue;
      confab_client_end_session_async (fixture->ann->client, session, NULL, confab_test_result_cb,
                                       &result);
      g_assert_true (confab_client_end_session_finish (fixture->ann->client,
                                                       confab_test_await (&result), &error));
      g_assert_no_error (error);
      confab_client_end_session_async (fixture->ann->client, session, NULL, confab_test_result_cb,
                                       &result);
      g_assert_false (confab_client_end_session_finish (fixture->ann->client,
                                                        confab_test_await (&result), &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_FOUND);
      g_clear_error (&error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      confab_test_until (confab_client_get_connection_state (others[i]->client)
                         == CONFAB_CONNECTION_SIGNED_OUT);
      g_assert_error (confab_client_get_connection_error (others[i]->client), CONFAB_PROBLEM,
                      CONFAB_PROBLEM_NOT_SIGNED_IN);
      confab_test_device_free (others[i]);
    }
  g_assert_cmpint (confab_client_get_connection_state (fixture->ann->client), ==,
                   CONFAB_CONNECTION_ONLINE);
}

/* ---- history ---- */

#define HISTORY 1500

typedef struct
{
  guint n_returned;
} Sends;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sends *sends = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (confab_client_send_finish (CONFAB_CLIENT (source), result, &error));
  g_assert_no_error (error);
  sends->n_returned++;
}

static void
prepare (ConfabTimeline *timeline, guint position)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_timeline_prepare_async (timeline, position, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_timeline_prepare_finish (timeline, confab_test_await (&result), &error));
  g_assert_no_error (error);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *left = user_data;

  g_assert_true (confab_timeline_prepare_finish (CONFAB_TIMELINE (source), result, NULL));
  *left -= 1;
  /* Jump from the last position, like a user holding a key. */
  if (*left > 0)
    confab_timeline_prepare_async (CONFAB_TIMELINE (source), *left * 97 % HISTORY, NULL,
                                   prepared_cb, left);
}

static void
assert_content (ConfabTimeline *timeline, guint position)
{
  g_autoptr (ConfabMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), position);
  g_autofree char *expected = g_strdup_printf ("message %u", position + 1);

  confab_test_until (confab_message_get_loaded (message));
  g_assert_cmpstr (confab_message_get_content (message), ==, expected);
  g_assert_cmpint (confab_message_get_seq (message), ==, position + 1);
}

/* Loading a long history on a new computer while messages arrive. */
static void
test_long_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();
  gint64 group = make_group (fixture, "Group");
  ConfabConversation *at_ann = get_conversation (fixture->ann, group);
  g_autoptr (ConfabTimeline) timeline = NULL;
  Sends sends = { 0 };
  guint jumps = 40;
  guint more_jumps = 30;
  Copy copy;

  for (guint i = 1; i <= HISTORY; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      confab_client_send_async (fixture->ann->client, at_ann, text, NULL, sent_cb, &sends);
    }
  confab_test_until (sends.n_returned == HISTORY);
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);

  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_until (confab_client_get_conversation (other->client, group) != NULL);
  timeline = confab_client_open_timeline (other->client, get_conversation (other, group));
  copy_init (&copy, G_LIST_MODEL (timeline));
  while (!confab_timeline_get_complete (timeline))
    {
      confab_timeline_want_older (timeline);
      confab_test_idle_ms (10);
      copy_check (&copy);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, HISTORY);
  prepare (timeline, 0);
  assert_content (timeline, 0);
  prepare (timeline, HISTORY / 2);
  assert_content (timeline, HISTORY / 2);
  assert_content (timeline, HISTORY - 1);

  confab_timeline_prepare_async (timeline, 5, NULL, prepared_cb, &jumps);
  confab_timeline_prepare_async (timeline, 6, NULL, prepared_cb, &more_jumps);
  confab_test_until (jumps == 0 && more_jumps == 0);
  copy_clear (&copy);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/window/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  ADD ("order", test_order);
  ADD ("row", test_row);
  ADD ("members", test_members);
  ADD ("one-person-one-object", test_one_person_one_object);
  ADD ("shared-groups", test_shared_groups);
  ADD ("find-people", test_find_people);
  ADD ("problems", test_problems);
  ADD ("offline-calls", test_offline_calls);
  ADD ("cancelled-calls", test_cancelled_calls);
  ADD ("cancelled-at-any-moment", test_cancelled_at_any_moment);
  ADD ("read-on-two-devices", test_read_on_two_devices);
  ADD ("end-others", test_end_others);
  ADD ("long-history", test_long_history);

  return g_test_run ();
}
