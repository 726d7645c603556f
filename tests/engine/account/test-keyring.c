/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The states of a keyring, with the real gnome-keyring on its own bus (dbus-run-session). The tests
 * build on each other: first there is no keyring, then one is started. */

#include <libsecret/secret.h>
#include <string.h>

#include "confab-account-private.h"
#include "confab-engine-error.h"
#include "confab-keyring-private.h"
#include "confab-reset.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

static char *folder;
static GSubprocess *daemon_process;

static ConfabAccount *
make_account (const char *id)
{
  return confab_account_new (id, "https://confab.example.org", "ann", 1);
}

static ConfabKeyringState
store (ConfabAccount *account, const char *token)
{
  GAsyncResult *result = NULL;

  confab_keyring_store_async (account, token, NULL, confab_test_result_cb, &result);

  return confab_keyring_store_finish (confab_test_await (&result));
}

static ConfabKeyringState
lookup (ConfabAccount *account, gboolean unlock, char **token)
{
  GAsyncResult *result = NULL;
  ConfabKeyringState state;

  confab_keyring_lookup_async (account, unlock, NULL, confab_test_result_cb, &result);
  *token = confab_keyring_lookup_finish (confab_test_await (&result), &state);

  return state;
}

static void
clear (ConfabAccount *account)
{
  GAsyncResult *result = NULL;

  confab_keyring_clear_async (account, confab_test_result_cb, &result);
  confab_keyring_clear_finish (confab_test_await (&result));
}

/* Return how many devices the server knows for the single device. */
static gint64
count_devices (ConfabTestServer *server)
{
  return dump_number (confab_test_server_get_database (server),
                      "SELECT count (*) FROM known_devices");
}

static void
start_daemon (void)
{
  const char *argv[] = { "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets",
                         NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", folder, TRUE);
  daemon_process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (daemon_process);
  g_output_stream_write_all (input, "keyring", strlen ("keyring"), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);

  /* Wait until it is on the bus and has made its default collection. */
  for (guint i = 0; i < 500 && service == NULL; i++)
    {
      g_autoptr (SecretCollection) collection = NULL;

      service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, NULL);
      if (service != NULL)
        collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                       SECRET_COLLECTION_NONE, NULL, NULL);
      if (collection == NULL)
        {
          g_clear_object (&service);
          g_usleep (20000);
        }
    }
  g_assert_nonnull (service);
}

static void
lock_default_collection (void)
{
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) error = NULL;
  GList list = { NULL, NULL, NULL };

  service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  list.data = collection;
  g_assert_cmpint (secret_service_lock_sync (service, &list, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

static void
test_absent (void)
{
  g_autoptr (ConfabAccount) account = make_account ("11111111-1111-4111-8111-111111111111");
  g_autofree char *token = NULL;

  g_assert_cmpint (lookup (account, FALSE, &token), ==, CONFAB_KEYRING_ABSENT);
  g_assert_null (token);
  g_assert_cmpint (store (account, "token"), ==, CONFAB_KEYRING_ABSENT);
  g_assert_cmpint (lookup (account, TRUE, &token), ==, CONFAB_KEYRING_ABSENT);
  clear (account);
}

static void
test_cancelled (void)
{
  g_autoptr (ConfabAccount) account = make_account ("11111111-1111-4111-8111-111111111111");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  ConfabKeyringState state;

  confab_keyring_lookup_async (account, FALSE, cancellable, confab_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (confab_keyring_lookup_finish (confab_test_await (&result), &state));
  g_assert_cmpint (state, ==, CONFAB_KEYRING_UNKNOWN);
}

static void
test_available (void)
{
  g_autoptr (ConfabAccount) account = make_account ("22222222-2222-4222-8222-222222222222");
  g_autoptr (ConfabAccount) other = make_account ("33333333-3333-4333-8333-333333333333");
  g_autofree char *token = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *none = NULL;

  start_daemon ();
  g_assert_cmpint (store (account, "first"), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpint (lookup (account, FALSE, &token), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpstr (token, ==, "first");
  g_assert_cmpint (store (account, "second"), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpint (lookup (account, FALSE, &newer), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpstr (newer, ==, "second");
  g_assert_cmpint (lookup (other, FALSE, &none), ==, CONFAB_KEYRING_LOST);
  g_assert_null (none);
}

/* If the list of accounts has another server than the token's entry, that server gets no token. */
static void
test_another_server (void)
{
  static const char *const servers[] = { "https://confab.example.net", "http://confab.example.org",
                                         "https://confab.example.org:8443" };
  const char *id = "22222222-2222-4222-8222-222222222222";

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (ConfabAccount) moved = confab_account_new (id, servers[i], "ann", 1);
      g_autofree char *token = NULL;

      g_assert_cmpint (lookup (moved, TRUE, &token), ==, CONFAB_KEYRING_LOST);
      g_assert_null (token);
    }
}

/* If the list of accounts has another server than the token's entry, that server gets no token. */
static void
test_attributes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) attributes = NULL;
  g_autolist (GObject) found = NULL;

  service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_hash_table_insert (wanted, (char *)"xdg:schema", (char *)"chat.confab.Confab.Credential");
  found = secret_service_search_sync (service, NULL, wanted, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  attributes = secret_item_get_attributes (found->data);
  g_assert_cmpuint (g_hash_table_size (attributes), ==, 5);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "kind"), ==, "session");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "server"), ==, "https://confab.example.org");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "account"), ==,
                   "22222222-2222-4222-8222-222222222222");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "version"), ==, "1");
}

static void
test_lost (void)
{
  g_autoptr (ConfabAccount) account = make_account ("22222222-2222-4222-8222-222222222222");
  g_autofree char *token = NULL;

  clear (account);
  g_assert_cmpint (lookup (account, FALSE, &token), ==, CONFAB_KEYRING_LOST);
  g_assert_null (token);
}

/* ---- entries that Confab did not write ---- */

/* Write an entry as another program does. @length: -1 for text */
static void
write_entry (const char *kind,
             const char *server,
             const char *id,
             const char *secret,
             gssize length)
{
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *attributes = secret_attributes_build (&confab_keyring_schema, "kind", kind, "server",
                                                    server, "version", "1", NULL);

  if (id != NULL)
    g_hash_table_insert (attributes, g_strdup ("account"), g_strdup (id));
  value = secret_value_new (secret, length, length < 0 ? "text/plain" : "application/octet-stream");
  secret_password_storev_binary_sync (&confab_keyring_schema, attributes, SECRET_COLLECTION_DEFAULT,
                                      "garbage", value, NULL, &error);
  g_assert_no_error (error);
  g_hash_table_unref (attributes);
}

static const struct
{
  const char *secret;
  gssize length;
} garbage[] = {
  { "", -1 },
  { " ", -1 },
  { "two words", -1 },
  { "token\r\nX-Evil: 1", -1 },
  { "t\xc3\xb6ken", -1 },
  { "{\"token\":", -1 },
  { "to\0ken", 6 },
  { "\xff\xfe\x80", 3 },
};

/* A secret that can be part of no request counts as none: the user is asked for the password. */
static void
test_garbage (void)
{
  const char *id = "44444444-4444-4444-8444-444444444444";
  const char *server = "https://confab.example.org";
  g_autoptr (ConfabAccount) account = make_account (id);
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autofree char *owned = g_strdup_printf ("%s %s", id, huge);
  g_autofree char *none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autofree char *secret = g_strdup_printf ("%s %s", id, garbage[i].secret);
      g_autofree char *token = NULL;

      write_entry ("session", server, id, garbage[i].secret, garbage[i].length);
      g_assert_cmpint (lookup (account, FALSE, &token), ==, CONFAB_KEYRING_LOST);
      if (garbage[i].length >= 0 || strchr (garbage[i].secret, '{') != NULL)
        continue;
      write_entry ("session", server, id, secret, -1);
      g_assert_cmpint (lookup (account, TRUE, &token), ==, CONFAB_KEYRING_LOST);
    }
  write_entry ("session", server, id, owned, -1);
  g_assert_cmpint (lookup (account, FALSE, &none), ==, CONFAB_KEYRING_LOST);
  g_assert_cmpint (store (account, "sound"), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpint (lookup (account, FALSE, &none), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpstr (none, ==, "sound");
  clear (account);
}

/* The keyring has another account's secret in an account's entry. */
static void
test_anothers (void)
{
  g_autoptr (ConfabAccount) account = make_account ("44444444-4444-4444-8444-444444444444");
  g_autofree char *token = NULL;

  write_entry ("session", "https://confab.example.org", confab_account_get_id (account),
               "55555555-5555-4555-8555-555555555555 token", -1);
  g_assert_cmpint (lookup (account, FALSE, &token), ==, CONFAB_KEYRING_LOST);
  g_assert_null (token);
  clear (account);
}

/* Whatever the entry of the device holds, one can sign in. */
static void
test_garbage_device (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  const char *origin;

  confab_test_server_start (server);
  origin = confab_test_server_get_origin (server);
  confab_test_device_register (ann, origin, "ann");
  confab_test_device_close (ann);
  for (guint i = 0; i <= G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr (ConfabTestDevice) device = confab_test_device_new ();
      gboolean last = i == G_N_ELEMENTS (garbage);

      device->environment->use_keyring = TRUE;
      write_entry ("device", origin, NULL, last ? huge : garbage[i].secret,
                   last ? -1 : garbage[i].length);
      confab_test_device_sign_in (device, origin, "ann");
      confab_test_wait_online (device->client);
    }
}

/* ---- resets ---- */

#define RESET_SERVER "https://reset.example.org"

static ConfabKeyringState
store_reset (const char *server, gint64 expires_at, const char *secret)
{
  GAsyncResult *result = NULL;

  confab_keyring_store_reset_async (server, expires_at, secret, confab_test_result_cb, &result);

  return confab_keyring_store_reset_finish (confab_test_await (&result));
}

static GPtrArray *
list_resets (gint64 now)
{
  GAsyncResult *result = NULL;

  confab_keyring_list_resets_async (now, NULL, confab_test_result_cb, &result);

  return confab_keyring_list_resets_finish (confab_test_await (&result));
}

/* Return the number of entries, independently of Confab's list, and the attributes of the last. */
static guint
count_resets (GHashTable **attributes)
{
  g_autoptr (SecretService) service =
      secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, NULL);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autolist (GObject) found = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (wanted, (char *)"kind", (char *)"reset");
  found = secret_service_search_sync (service, NULL, wanted, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  if (attributes != NULL && found != NULL)
    *attributes = secret_item_get_attributes (found->data);

  return g_list_length (found);
}

static void
test_resets_absent (void)
{
  g_autoptr (GPtrArray) resets = NULL;

  g_assert_cmpint (store_reset (RESET_SERVER, 1000, "secret"), ==, CONFAB_KEYRING_ABSENT);
  resets = list_resets (0);
  g_assert_cmpuint (resets->len, ==, 0);
}

static void
test_resets (void)
{
  g_autoptr (GPtrArray) resets = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  ConfabKeyringReset *reset;

  g_assert_cmpint (store_reset (RESET_SERVER, 1000, "first"), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpint (store_reset (RESET_SERVER, 3000, "second"), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpint (store_reset (RESET_SERVER, 2000, "third"), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_cmpuint (count_resets (&attributes), ==, 1);
  g_assert_cmpuint (g_hash_table_size (attributes), ==, 5);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "server"), ==, RESET_SERVER);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "version"), ==, "1");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "expires"), ==, "2000");

  g_assert_cmpint (store_reset ("https://other.example.org", 1500, "other"), ==,
                   CONFAB_KEYRING_AVAILABLE);
  resets = list_resets (1500);
  g_assert_cmpuint (resets->len, ==, 1);
  reset = g_ptr_array_index (resets, 0);
  g_assert_cmpstr (reset->server, ==, RESET_SERVER);
  g_assert_cmpint (reset->expires_at, ==, 2000);
  g_assert_cmpstr (reset->secret, ==, "third");
  g_assert_cmpuint (count_resets (NULL), ==, 1);

  none = list_resets (2000);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (count_resets (NULL), ==, 0);
}

/* Of overlapping calls, the last one wins. */
static void
test_resets_overlap (void)
{
  GAsyncResult *result = NULL;

  confab_keyring_store_reset_async (RESET_SERVER, 1000, "first", NULL, NULL);
  confab_keyring_clear_reset_async (RESET_SERVER, NULL, NULL);
  confab_keyring_store_reset_async (RESET_SERVER, 2000, "second", NULL, NULL);
  confab_keyring_store_reset_async (RESET_SERVER, 1000, "third", confab_test_result_cb, &result);
  confab_keyring_store_reset_finish (confab_test_await (&result));
  g_assert_cmpuint (count_resets (NULL), ==, 1);
  confab_keyring_clear_reset_async (RESET_SERVER, NULL, NULL);
  confab_keyring_clear_reset_async (RESET_SERVER, confab_test_result_cb, &result);
  confab_keyring_clear_finish (confab_test_await (&result));
  g_assert_cmpuint (count_resets (NULL), ==, 0);
}

static ConfabReset *
load_reset (ConfabAccountStore *accounts)
{
  GAsyncResult *result = NULL;

  confab_reset_load_async (accounts, NULL, confab_test_result_cb, &result);

  return confab_reset_load_finish (accounts, confab_test_await (&result));
}

/* The entry comes from an earlier run, or from any program that can write to the keyring. */
static void
test_reset_from_disk (void)
{
  static const char *const damaged[] = {
    "", "{", "[]", "{}", "{\"login\":1}", "{\"code\":\"7K3M-Q9TX\"}"
  };
  gint64 later = g_get_real_time () / 1000 + 60000;
  g_autoptr (ConfabReset) good = NULL;
  g_autoptr (ConfabTestDevice) device = confab_test_device_new ();

  device->environment->use_keyring = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (ConfabReset) none = NULL;

      store_reset (RESET_SERVER, later, damaged[i]);
      none = load_reset (device->store);
      g_assert_null (none);
    }

  store_reset (RESET_SERVER, later, "{\"login\":\"ann@example.org\",\"code\":\"7K3M-Q9TX\"}");
  good = load_reset (device->store);
  g_assert_cmpstr (confab_reset_get_server (good), ==, RESET_SERVER);
  g_assert_cmpstr (confab_reset_get_email (good), ==, "ann@example.org");
  g_assert_cmpint (confab_reset_get_expires_at (good), ==, later);
  g_assert_true (confab_reset_has_proof (good));

  confab_reset_forget (good);
  g_ptr_array_unref (list_resets (0)); /* queued after the removal */
  g_assert_cmpuint (count_resets (NULL), ==, 0);
}

/* ---- the client ---- */

static ConfabClient *
open_from_disk (ConfabTestDevice *device)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  /* Like a new process, with nothing in memory. */
  g_clear_object (&device->store);
  device->store = confab_account_store_new (device->environment);
  confab_account_store_load_async (device->store, NULL, confab_test_result_cb, &result);
  confab_account_store_load_finish (device->store, confab_test_await (&result), &error);
  g_assert_no_error (error);
  confab_test_device_open (device);

  return device->client;
}

static void
test_client (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  ConfabClient *client;

  confab_test_server_start (server);
  ann->environment->use_keyring = TRUE;
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  g_assert_cmpint (confab_client_get_keyring_state (ann->client), ==, CONFAB_KEYRING_AVAILABLE);
  g_assert_null (confab_account_get_token (confab_client_get_account (ann->client)));
  confab_test_wait_online (ann->client);
  confab_test_device_close (ann);

  client = open_from_disk (ann);
  g_assert_cmpint (confab_client_get_keyring_state (client), ==, CONFAB_KEYRING_UNKNOWN);
  confab_test_wait_online (client);
  g_assert_cmpint (confab_client_get_keyring_state (client), ==, CONFAB_KEYRING_AVAILABLE);

  /* The token is gone; everything else stays, and a password restores the session. */
  clear (confab_client_get_account (client));
  confab_test_device_close (ann);
  client = open_from_disk (ann);
  confab_test_until (confab_client_get_keyring_state (client) == CONFAB_KEYRING_LOST);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_STOPPED);
  g_assert_cmpstr (confab_user_get_username (confab_client_get_self_user (client)), ==, "ann");
  confab_client_sign_in_again_async (client, CONFAB_TEST_PASSWORD, NULL, confab_test_result_cb,
                                     &result);
  g_assert_true (confab_client_sign_in_again_finish (client, confab_test_await (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (confab_client_get_keyring_state (client), ==, CONFAB_KEYRING_AVAILABLE);
  confab_test_wait_online (client);

  confab_client_sign_out_async (client, FALSE, confab_test_result_cb, &result);
  g_assert_true (confab_client_sign_out_finish (client, confab_test_await (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (lookup (confab_client_get_account (client), FALSE, &token), ==,
                   CONFAB_KEYRING_LOST);
  g_clear_object (&ann->client);

  /* The server still knew this computer, also after signing out and after a restart. */
  g_assert_cmpint (count_devices (server), ==, 1);
  g_clear_object (&ann->store);
  ann->store = confab_account_store_new (ann->environment);
  confab_test_device_sign_in (ann, confab_test_server_get_origin (server), "ann");
  g_assert_cmpint (count_devices (server), ==, 1);
  confab_client_sign_out_async (ann->client, TRUE, confab_test_result_cb, &result);
  g_assert_true (confab_client_sign_out_finish (ann->client, confab_test_await (&result), &error));
  g_clear_object (&ann->client);
  confab_test_idle_ms (200);

  /* Removing the account deletes all its data from this computer. */
  confab_test_device_sign_in (ann, confab_test_server_get_origin (server), "ann");
  g_assert_cmpint (count_devices (server), ==, 2);
}

static gint64
count_sessions (ConfabTestServer *server)
{
  return dump_number (confab_test_server_get_database (server), "SELECT count (*) FROM sessions");
}

/* Confab ended while it signed out. The next start has no network, so the token stays; the one
 * after it ends the session. */
static void
test_left_session (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autoptr (ConfabAccount) account = NULL;
  ConfabKeyringState state = CONFAB_KEYRING_UNKNOWN;
  GAsyncResult *result = NULL;

  confab_test_server_start (server);
  ann->environment->use_keyring = TRUE;
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  account = g_object_ref (confab_client_get_account (ann->client));
  confab_test_device_close (ann);
  confab_account_set_signed_out (account, TRUE);
  confab_account_store_save_async (ann->store, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_account_store_save_finish (ann->store, confab_test_await (&result), NULL));
  g_assert_cmpint (count_sessions (server), ==, 1);

  confab_test_server_kill (server);
  open_from_disk (ann);
  confab_test_device_close (ann);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *token = NULL;

      g_assert_cmpint (lookup (account, FALSE, &token), ==, CONFAB_KEYRING_AVAILABLE);
      confab_test_idle_ms (50);
    }

  confab_test_server_start (server);
  open_from_disk (ann);
  while (state != CONFAB_KEYRING_LOST)
    {
      g_autofree char *token = NULL;

      state = lookup (account, FALSE, &token);
    }
  g_assert_cmpint (count_sessions (server), ==, 0);
}

/* Nothing asks for the keyring's password before the user wants it; without a prompter it fails and
 * does not hang. */
static void
test_locked_client (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autofree char *token = NULL;
  ConfabClient *client;
  gint64 begin;

  confab_test_server_start (server);
  ann->environment->use_keyring = TRUE;
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  confab_test_device_close (ann);
  lock_default_collection ();
  begin = g_get_monotonic_time ();
  client = open_from_disk (ann);
  confab_test_until (confab_client_get_keyring_state (client) == CONFAB_KEYRING_LOCKED);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_STOPPED);
  confab_client_unlock_async (client, NULL, confab_test_result_cb, &result);
  g_assert_false (confab_client_unlock_finish (client, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_KEYRING);
  g_assert_cmpint (lookup (confab_client_get_account (client), TRUE, &token), ==,
                   CONFAB_KEYRING_LOCKED);
  g_assert_null (token);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
}

/* Signing in with a keyring that stays locked keeps the token in memory. */
static void
test_locked_sign_in (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();

  confab_test_server_start (server);
  ann->environment->use_keyring = TRUE;
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  g_assert_cmpint (confab_client_get_keyring_state (ann->client), ==, CONFAB_KEYRING_LOCKED);
  confab_test_wait_online (ann->client);
  confab_test_device_close (ann);
  confab_test_device_open (ann);
  confab_test_wait_online (ann->client);
}

/* A service on the bus that does not answer does not block, and is tried again automatically. */
static void
test_silent (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  ConfabClient *client;

  confab_test_server_start (server);
  ann->environment->use_keyring = TRUE;
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  g_assert_cmpint (confab_client_get_keyring_state (ann->client), ==, CONFAB_KEYRING_AVAILABLE);
  confab_test_device_close (ann);

  g_subprocess_send_signal (daemon_process, SIGSTOP);
  client = open_from_disk (ann);
  confab_test_until (confab_client_get_keyring_state (client) == CONFAB_KEYRING_SILENT);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_STOPPED);
  g_subprocess_send_signal (daemon_process, SIGCONT);
  confab_test_wait_online (client);
  g_assert_cmpint (confab_client_get_keyring_state (client), ==, CONFAB_KEYRING_AVAILABLE);
}

/* A service that starts later than Confab provides the token. */
static void
test_late (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  ConfabClient *client;

  confab_test_server_start (server);
  ann->environment->use_keyring = TRUE;
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  confab_test_device_close (ann);

  g_subprocess_send_signal (daemon_process, SIGTERM);
  g_subprocess_wait (daemon_process, NULL, NULL);
  g_clear_object (&daemon_process);
  secret_service_disconnect ();
  client = open_from_disk (ann);
  confab_test_until (confab_client_get_keyring_state (client) == CONFAB_KEYRING_ABSENT);
  start_daemon ();
  confab_test_wait_online (client);
  g_assert_cmpint (confab_client_get_keyring_state (client), ==, CONFAB_KEYRING_AVAILABLE);
}

int
main (int argc, char **argv)
{
  int status;

  confab_test_init (&argc, &argv);
  folder = confab_test_make_folder ();

  g_test_add_func ("/engine/keyring/absent", test_absent);
  g_test_add_func ("/engine/keyring/cancelled", test_cancelled);
  g_test_add_func ("/engine/keyring/resets-absent", test_resets_absent);
  g_test_add_func ("/engine/keyring/available", test_available);
  g_test_add_func ("/engine/keyring/another-server", test_another_server);
  g_test_add_func ("/engine/keyring/attributes", test_attributes);
  g_test_add_func ("/engine/keyring/lost", test_lost);
  g_test_add_func ("/engine/keyring/garbage", test_garbage);
  g_test_add_func ("/engine/keyring/anothers", test_anothers);
  g_test_add_func ("/engine/keyring/garbage-device", test_garbage_device);
  g_test_add_func ("/engine/keyring/resets", test_resets);
  g_test_add_func ("/engine/keyring/resets-overlap", test_resets_overlap);
  g_test_add_func ("/engine/keyring/reset-from-disk", test_reset_from_disk);
  g_test_add_func ("/engine/keyring/client", test_client);
  g_test_add_func ("/engine/keyring/left-session", test_left_session);
  g_test_add_func ("/engine/keyring/silent", test_silent);
  g_test_add_func ("/engine/keyring/late", test_late);
  g_test_add_func ("/engine/keyring/locked-client", test_locked_client);
  g_test_add_func ("/engine/keyring/locked-sign-in", test_locked_sign_in);
  status = g_test_run ();

  if (daemon_process != NULL)
    g_subprocess_force_exit (daemon_process);
  g_clear_object (&daemon_process);
  secret_service_disconnect ();
  confab_test_remove_folder (folder);
  g_free (folder);

  return status;
}
