/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Measures the time of a message from the sender's confab_client_send_async() through the server's
 * disk to the recipient's mirror, without windows. Prints one JSON object.
 *
 * Usage: confab-latency ORIGIN DIRECTORY COUNT; DIRECTORY holds the data of both clients. */

#include <stdio.h>
#include <stdlib.h>

#include "confab-sign-in.h"

#define PASSWORD "one for the measurement only"
#define WARM_UP 20

typedef struct
{
  ConfabEnvironment *environment;
  ConfabAccountStore *store;
  ConfabClient *client;
  ConfabConversation *conversation;
} Side;

typedef struct
{
  GMainLoop *loop;
  Side sides[2];
  GArray *latencies; /* µs, double */
  guint count;
  guint sent;
  gint64 sent_at;
} Bench;

static void send_next (Bench *self);

static void
die (const char *what, const GError *error)
{
  g_printerr ("confab-latency: %s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}

static void
side_register (Side *self, const char *origin, const char *directory, const char *name)
{
  g_autofree char *username = g_strdup_printf ("%s-%u", name, g_random_int ());
  g_autofree char *email = g_strdup_printf ("%s@example.org", username);
  g_autofree char *data = g_build_filename (directory, username, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  self->environment = confab_environment_new (data);
  self->environment->use_keyring = FALSE;
  self->store = confab_account_store_new (self->environment);
  confab_account_store_load_async (self->store, NULL, keep_result_cb, &slot);
  result = wait_for (&slot);
  if (!confab_account_store_load_finish (self->store, result, &error))
    die ("accounts", error);
  g_clear_object (&result);
  confab_register_async (self->store, origin, username, email, PASSWORD, NULL, NULL, keep_result_cb,
                         &slot);
  result = wait_for (&slot);
  self->client = confab_register_finish (result, &error);
  if (self->client == NULL)
    die ("registering", error);
  confab_client_start (self->client);
  while (confab_client_get_connection_state (self->client) != CONFAB_CONNECTION_ONLINE)
    g_main_context_iteration (NULL, TRUE);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!confab_client_send_finish (CONFAB_CLIENT (source), result, &error))
    die ("sending", error);
}

static gboolean
send_next_cb (gpointer user_data)
{
  send_next (user_data);
  return G_SOURCE_REMOVE;
}

static void
arrived_cb (ConfabConversation *conversation, GParamSpec *pspec, Bench *self)
{
  double took = g_get_monotonic_time () - self->sent_at;

  if (confab_conversation_get_last_seq (conversation) < self->sent)
    return;
  if (self->sent > WARM_UP)
    g_array_append_val (self->latencies, took);
  if (self->sent < self->count + WARM_UP)
    g_timeout_add (2, send_next_cb, self); /* one at a time: latency, not throughput */
  else
    g_main_loop_quit (self->loop);
}

static void
send_next (Bench *self)
{
  Side *from = &self->sides[0];
  g_autofree char *text =
      g_strdup_printf ("Message %u of the measurement, of the usual length.", self->sent);

  self->sent++;
  self->sent_at = g_get_monotonic_time ();
  confab_client_send_async (from->client, from->conversation, text, NULL, sent_cb, NULL);
}

static void
meet (Bench *self)
{
  Side *a = &self->sides[0];
  Side *b = &self->sides[1];
  GListModel *list = confab_client_get_conversations (b->client);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  confab_client_create_direct_async (a->client, confab_client_get_self_user (b->client), NULL,
                                     keep_result_cb, &slot);
  result = wait_for (&slot);
  a->conversation = confab_client_create_finish (a->client, result, &error);
  if (a->conversation == NULL)
    die ("creating the conversation", error);
  while (g_list_model_get_n_items (list) == 0)
    g_main_context_iteration (NULL, TRUE);
  b->conversation = g_list_model_get_item (list, 0);
  g_signal_connect (b->conversation, "notify::last-seq", G_CALLBACK (arrived_cb), self);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
percentile_ms (GArray *sorted, double fraction)
{
  return g_array_index (sorted, double, (guint)(fraction * (sorted->len - 1))) / 1000;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (double));
  Bench self = { .loop = loop, .latencies = latencies };

  if (argc != 4 || atoi (argv[3]) < 1)
    {
      g_printerr ("Usage: confab-latency ORIGIN DIRECTORY COUNT\n");
      return 2;
    }
  self.count = atoi (argv[3]);
  side_register (&self.sides[0], argv[1], argv[2], "sender");
  side_register (&self.sides[1], argv[1], argv[2], "receiver");
  meet (&self);
  send_next (&self);
  g_main_loop_run (loop);
  g_array_sort (latencies, compare_doubles);
  g_print ("{\"count\": %u, \"p50_ms\": %.3f, \"p99_ms\": %.3f}\n", latencies->len,
           percentile_ms (latencies, 0.5), percentile_ms (latencies, 0.99));
  return 0;
}
