/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A mirror built by deltas equals one built from scratch, for random actions, with computers
 * offline and the server killed at random. Real clients, the real server, real sockets.
 *
 * CONFAB_SEED sets the first world's seed (printed; a failure names its world's), CONFAB_WORLDS the
 * number of worlds. */

#include <stdlib.h>
#include <string.h>

#include "confab-client-account.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

#define DEFAULT_WORLDS 16
#define SEQUENCES 15 /* per world */
#define MAX_COMMANDS 24
#define FIRST_PEOPLE 3
#define MAX_PEOPLE 5

typedef struct
{
  GRand *rand;
  ConfabTestServer *server;
  GPtrArray *devices; /* ConfabTestDevice; a user's first device is before their others */
  guint n_people;
  guint pending; /* unfinished calls */
  guint n_texts;
} World;

static int
roll (World *world, int n)
{
  return g_rand_int_range (world->rand, 0, n);
}

/* ---- choosing users and conversations ---- */

static gint64
get_user_id (ConfabTestDevice *device)
{
  g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (device->store), 0);

  return confab_account_get_user_id (account);
}

static ConfabTestDevice *
pick_device (World *world)
{
  return g_ptr_array_index (world->devices, roll (world, (int)world->devices->len));
}

/* (nullable): NULL if there is none. @group: only choose groups */
static ConfabConversation *
pick_conversation (World *world, ConfabTestDevice *device, gboolean group)
{
  GListModel *list = confab_client_get_conversations (device->client);
  guint n_items = g_list_model_get_n_items (list);
  g_autoptr (ConfabConversation) conversation = NULL;

  if (n_items == 0)
    return NULL;
  conversation = g_list_model_get_item (list, roll (world, (int)n_items));
  if (group && !confab_conversation_get_is_group (conversation))
    return NULL;

  return conversation; /* the list keeps it until the main loop runs */
}

static GListModel *
pick_people (World *world, ConfabTestDevice *except)
{
  GListStore *people = g_list_store_new (CONFAB_TYPE_USER);

  for (guint i = 0; i < world->devices->len; i++)
    {
      gint64 id = get_user_id (g_ptr_array_index (world->devices, i));
      gboolean known = id == get_user_id (except);

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (people)) && !known; j++)
        {
          g_autoptr (ConfabUser) other = g_list_model_get_item (G_LIST_MODEL (people), j);

          known = confab_user_get_id (other) == id;
        }
      if (!known && roll (world, 2) == 0)
        {
          g_autoptr (ConfabUser) user = confab_user_new (id);

          g_list_store_append (people, user);
        }
    }

  return G_LIST_MODEL (people);
}

static void
add_person (World *world)
{
  ConfabTestDevice *device = confab_test_device_new ();
  g_autofree char *username = g_strdup_printf ("person%u", world->n_people++);

  confab_test_device_register (device, confab_test_server_get_origin (world->server), username);
  if (world->n_people % 2 == 1)
    confab_test_server_set_role (world->server, username, "moderator");
  g_ptr_array_add (world->devices, device);
}

static void
add_device (World *world)
{
  ConfabTestDevice *first =
      g_ptr_array_index (world->devices, roll (world, (int)world->devices->len));
  ConfabTestDevice *device = confab_test_device_new ();

  confab_test_device_adopt (device, first->client);
  g_ptr_array_add (world->devices, device);
}

/* ---- actions: most may fail (offline, or left meanwhile); none is waited for ---- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *world = user_data;

  confab_client_change_finish (CONFAB_CLIENT (source), result, NULL);
  world->pending--;
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *world = user_data;
  g_autoptr (ConfabConversation) conversation = NULL;

  conversation = confab_client_create_finish (CONFAB_CLIENT (source), result, NULL);
  world->pending--;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *world = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_send_finish (CONFAB_CLIENT (source), result, &error);
  g_assert_no_error (error); /* the outbox accepts it, online or not */
  world->pending--;
}

static void
do_create (World *world, ConfabTestDevice *device)
{
  g_autoptr (GListModel) people = pick_people (world, device);
  g_autoptr (ConfabUser) one = g_list_model_get_item (people, 0);

  world->pending++;
  if (one != NULL && roll (world, 3) == 0)
    confab_client_create_direct_async (device->client, one, NULL, created_cb, world);
  else
    confab_client_create_group_async (device->client, roll (world, 2) == 0 ? "A title" : NULL,
                                      people, NULL, created_cb, world);
}

static void
do_rename (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, TRUE);
  g_autofree char *title = g_strdup_printf ("Title %d", roll (world, 100));

  if (conversation == NULL)
    return;
  world->pending++;
  confab_client_rename_async (device->client, conversation, roll (world, 5) == 0 ? NULL : title,
                              NULL, changed_cb, world);
}

static void
do_add (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, TRUE);
  g_autoptr (GListModel) people = pick_people (world, device);

  if (conversation == NULL)
    return;
  world->pending++;
  confab_client_add_members_async (device->client, conversation, people, NULL, changed_cb, world);
}

static void
do_leave (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, TRUE);

  if (conversation == NULL)
    return;
  world->pending++;
  confab_client_leave_async (device->client, conversation, NULL, changed_cb, world);
}

static void
do_send (World *world, ConfabTestDevice *device)
{
  /* Sometimes more than is sent along with a gained conversation. */
  int count = roll (world, 12) == 0 ? 45 : 1 + roll (world, 4);
  ConfabConversation *conversation = pick_conversation (world, device, FALSE);

  for (int i = 0; conversation != NULL && i < count; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", world->n_texts++);

      world->pending++;
      confab_client_send_async (device->client, conversation, text, NULL, sent_cb, world);
    }
}

/* Half of the users are moderators; others are refused. */
static void
do_remove_message (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, FALSE);
  gint64 last_seq = conversation != NULL ? confab_conversation_get_last_seq (conversation) : 0;
  g_autoptr (ConfabMessage) message = confab_message_new ();
  ConfabMessageRow row = { 0 };

  if (last_seq == 0)
    return;
  row.seq = 1 + roll (world, (int)last_seq);
  confab_message_update (message, &row, NULL, FALSE);
  world->pending++;
  confab_client_remove_message_async (device->client, conversation, message, NULL, changed_cb,
                                      world);
}

static void
do_remove_member (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, TRUE);
  g_autoptr (ConfabUser) user = confab_user_new (get_user_id (pick_device (world)));

  if (conversation == NULL)
    return;
  world->pending++;
  confab_client_remove_member_async (device->client, conversation, user, NULL, changed_cb, world);
}

static void
do_read (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, FALSE);
  gint64 last_seq = conversation != NULL ? confab_conversation_get_last_seq (conversation) : 0;

  if (last_seq > 0)
    confab_client_mark_read (device->client, conversation, 1 + roll (world, (int)last_seq));
}

static void
do_change_settings (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, FALSE);
  ConfabNotify notify = roll (world, 2) == 0 ? CONFAB_NOTIFY_ALL : CONFAB_NOTIFY_NONE;

  if (conversation == NULL)
    return;
  world->pending++;
  confab_client_change_settings_async (device->client, conversation, notify,
                                       (guint)roll (world, 3) * 3600, NULL, changed_cb, world);
}

static void
do_disconnect (World *world, ConfabTestDevice *device)
{
  if (confab_client_get_connection_state (device->client) == CONFAB_CONNECTION_STOPPED)
    confab_client_start (device->client);
  else
    confab_client_stop (device->client, CONFAB_CONNECTION_STOPPED);
}

static void
do_reopen (World *world, ConfabTestDevice *device)
{
  confab_test_until (world->pending == 0);
  confab_test_device_close (device);
  confab_test_device_open (device);
}

static void
do_server (World *world, ConfabTestDevice *device)
{
  if (roll (world, 4) == 0)
    confab_test_server_stop (world->server);
  else
    confab_test_server_kill (world->server);
  confab_test_idle_ms ((guint)roll (world, 30));
  confab_test_server_start (world->server);
}

static void
do_nothing (World *world, ConfabTestDevice *device)
{
  confab_test_idle_ms ((guint)roll (world, 25));
}

/* Remove a closed conversation from this computer, and sometimes undo that. */
static void
do_forget (World *world, ConfabTestDevice *device)
{
  ConfabConversation *conversation = pick_conversation (world, device, FALSE);

  if (conversation == NULL)
    return;
  confab_client_remove_closed (device->client, conversation);
  if (roll (world, 3) == 0)
    confab_client_restore_closed (device->client, conversation);
  else if (roll (world, 2) == 0)
    confab_client_forget_closed (device->client, conversation);
}

static const struct
{
  int weight;
  void (*run) (World *world, ConfabTestDevice *device);
} commands[] = {
  { 10, do_create }, { 6, do_rename },          { 12, do_add },           { 9, do_leave },
  { 30, do_send },   { 12, do_read },           { 10, do_disconnect },    { 3, do_reopen },
  { 1, do_server },  { 20, do_nothing },        { 9, do_remove_message }, { 6, do_remove_member },
  { 6, do_forget },  { 8, do_change_settings },
};

static void
run_command (World *world)
{
  int sum = 0;
  int pick;
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    sum += commands[i].weight;
  pick = roll (world, sum);
  for (i = 0; pick >= commands[i].weight; i++)
    pick -= commands[i].weight;
  commands[i].run (world, pick_device (world));
}

/* ---- deleting accounts ---- */

static void
drop_devices_of (World *world, gint64 user_id)
{
  for (guint i = world->devices->len; i-- > 0;)
    {
      if (get_user_id (g_ptr_array_index (world->devices, i)) == user_id)
        g_ptr_array_remove_index (world->devices, i);
    }
}

/* Delete the newest user, because other devices adopt the first one's session. */
static void
delete_person (World *world)
{
  ConfabTestDevice *device = g_ptr_array_index (world->devices, world->devices->len - 1);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_client_delete_account_async (device->client, CONFAB_TEST_PASSWORD, NULL,
                                      confab_test_result_cb, &result);
  confab_client_delete_account_finish (device->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  drop_devices_of (world, get_user_id (device));
}

/* ---- closed conversations ---- */

#define SELF "(SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'self_user_id')"

/* List, for each conversation, the number of messages and since when the user is a member. */
static char *
list_histories (ConfabTestDevice *device, const char *which)
{
  g_autofree char *mirror = confab_test_device_get_mirror (device);
  g_autofree char *sql = g_strdup_printf (
      "SELECT c.id, k.joined_at, (SELECT count (*) FROM messages WHERE conversation_id = c.id)"
      " FROM conversations c JOIN conversation_users k ON k.conversation_id = c.id"
      " AND k.user_id = " SELF " WHERE %s ORDER BY c.id",
      which);

  return dump_query (mirror, sql);
}

/* Check that a conversation closed since @before has all that was stored then. */
static void
check_kept (ConfabTestDevice *device, const char *before)
{
  g_autofree char *after = list_histories (
      device, "c.id IN (SELECT conversation_id FROM closed_conversations WHERE NOT hidden)");
  g_autofree char *mirror = confab_test_device_get_mirror (device);
  g_auto (GStrv) lines = g_strsplit (before, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) then = g_strsplit (lines[i], "|", -1);
      g_autofree char *sql = g_strdup_printf (
          "SELECT EXISTS (SELECT 1 FROM closed_conversations"
          " WHERE conversation_id = %s AND NOT hidden)"
          " AND %s > coalesce ((SELECT count (*) FROM messages m JOIN conversation_users k"
          " ON k.conversation_id = m.conversation_id AND k.user_id = " SELF
          " AND k.joined_at = %s WHERE m.conversation_id = %s), 0)"
          " AND EXISTS (SELECT 1 FROM conversation_users WHERE conversation_id = %s"
          " AND user_id = " SELF " AND joined_at = %s)",
          then[0], then[2], then[1], then[0], then[0], then[1]);

      if (dump_number (mirror, sql) != 0)
        g_error ("%s: messages of conversation %s were lost when it closed: %s\n%s", mirror,
                 then[0], lines[i], after);
    }
}

/* ---- comparing ---- */

static void
settle (World *world)
{
  confab_test_until (world->pending == 0);
  for (guint i = 0; i < world->devices->len; i++)
    {
      ConfabTestDevice *device = g_ptr_array_index (world->devices, i);

      if (confab_client_get_connection_state (device->client) == CONFAB_CONNECTION_STOPPED)
        confab_client_start (device->client);
    }
  for (guint i = 0; i < world->devices->len; i++)
    {
      ConfabTestDevice *device = g_ptr_array_index (world->devices, i);
      g_autofree char *mirror = confab_test_device_get_mirror (device);

      confab_test_wait_online (device->client);
      /* Messages that the server refused (after leaving) stay as failed. */
      confab_test_until (dump_number (mirror, "SELECT count (*) FROM outbox WHERE state = 0") == 0);
    }
}

static void
compare (World *world)
{
  g_autoptr (GPtrArray) fresh =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_test_device_free);

  for (guint i = 0; i < world->devices->len; i++)
    {
      ConfabTestDevice *device = g_ptr_array_index (world->devices, i);
      ConfabTestDevice *copy = confab_test_device_new ();

      confab_test_device_adopt (copy, device->client);
      g_ptr_array_add (fresh, copy);
    }
  for (guint i = 0; i < world->devices->len; i++)
    confab_test_wait_same_mirrors (g_ptr_array_index (world->devices, i),
                                   g_ptr_array_index (fresh, i));
}

/* Check the server's database: no message twice, no gap. */
static void
check_server (World *world)
{
  const char *database = confab_test_server_get_database (world->server);

  g_assert_cmpint (
      dump_number (database,
                   "SELECT count (*) FROM (SELECT 1 FROM messages WHERE removed_at IS NULL"
                   " GROUP BY content"
                   " HAVING count (*) > 1)"),
      ==, 0);
  g_assert_cmpint (dump_number (database,
                                "SELECT count (*) FROM conversations c WHERE last_seq <>"
                                " (SELECT count (*) FROM messages WHERE conversation_id = c.id)"),
                   ==, 0);
}

static void
run_world (guint32 seed)
{
  World world = { .rand = g_rand_new_with_seed (seed) };

  world.devices = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_test_device_free);
  world.server = confab_test_server_new ();
  confab_test_server_start (world.server);
  for (guint i = 0; i < FIRST_PEOPLE; i++)
    add_person (&world);

  for (guint i = 0; i < SEQUENCES; i++)
    {
      int count = 1 + roll (&world, MAX_COMMANDS);
      g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; j < world.devices->len; j++)
        g_ptr_array_add (before, list_histories (g_ptr_array_index (world.devices, j), "TRUE"));
      for (int j = 0; j < count; j++)
        run_command (&world);
      if (i == 2 || (i == 8 && world.n_people < MAX_PEOPLE))
        add_person (&world);
      if (i == 4)
        add_device (&world);
      settle (&world);
      for (guint j = 0; j < before->len; j++)
        check_kept (g_ptr_array_index (world.devices, j), g_ptr_array_index (before, j));
      compare (&world);
      if (i == 11)
        delete_person (&world);
    }

  check_server (&world);
  g_ptr_array_unref (world.devices);
  confab_test_server_free (world.server);
  g_rand_free (world.rand);
}

static guint32
get_number (const char *variable, guint32 fallback)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint32)g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
test_delta_equals_fresh (void)
{
  const guint32 seed = get_number ("CONFAB_SEED", g_random_int () % 1000000);
  const guint32 n_worlds = get_number ("CONFAB_WORLDS", DEFAULT_WORLDS);

  for (guint32 i = 0; i < n_worlds; i++)
    {
      const gint64 begin = g_get_monotonic_time ();

      g_test_message ("CONFAB_SEED=%u", seed + i);
      run_world (seed + i);
      g_test_message ("%d sequences in %d ms", SEQUENCES,
                      (int)((g_get_monotonic_time () - begin) / 1000));
    }
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  g_test_add_func ("/engine/delta-equals-fresh", test_delta_equals_fresh);

  return g_test_run ();
}
