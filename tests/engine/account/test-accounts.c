/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of accounts on the disk. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "confab-account-folder.h"
#include "confab-account-private.h"
#include "confab-engine-error.h"
#include "confab-mirror-schema.h"
#include "confab-strays.h"
#include "confab-test-engine.h"
#include "confab-unsent-file.h"
#include "confab-unsent-record.h"

typedef struct
{
  char *folder;
  ConfabEnvironment *environment;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *top = confab_test_make_folder ();

  fixture->folder = g_build_filename (top, "confab", NULL); /* to be made */
  fixture->environment = confab_environment_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *top = g_path_get_dirname (fixture->folder);

  confab_environment_unref (fixture->environment);
  g_chmod (fixture->folder, 0700);
  confab_test_remove_folder (top);
  g_free (fixture->folder);
}

static ConfabAccountStore *
load (Fixture *fixture)
{
  ConfabAccountStore *store = confab_account_store_new (fixture->environment);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_account_store_load_async (store, NULL, confab_test_result_cb, &result);
  confab_account_store_load_finish (store, confab_test_await (&result), &error);
  g_assert_no_error (error);

  return store;
}

static void
save (ConfabAccountStore *store, ConfabAccount *removed, GError **error)
{
  GAsyncResult *result = NULL;

  confab_account_store_save_async (store, removed, confab_test_result_cb, &result);
  confab_account_store_save_finish (store, confab_test_await (&result), error);
}

static ConfabAccount *
add (ConfabAccountStore *store, const char *server, const char *username, gint64 user_id)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (ConfabAccount) account = confab_account_new (id, server, username, user_id);

  confab_account_store_add (store, account);

  return account;
}

static guint
get_mode (const char *path)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);

  return buffer.st_mode & 0777;
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == CONFAB_TYPE_ACCOUNT);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (ConfabAccountStore) again = NULL;
  g_autoptr (ConfabAccount) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autofree char *text = NULL;
  g_autofree char *server = NULL;
  g_autofree char *username = NULL;
  ConfabAccount *ann = add (store, "https://one.example", "änn = [x]", 7);
  gint64 user_id;

  add (store, "https://two.example", "bob", G_MAXINT64);
  confab_account_set_token (ann, "a-secret-token");
  confab_account_set_signed_out (ann, TRUE);
  save (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_mode (fixture->folder), ==, 0700);
  g_assert_cmpuint (get_mode (file), ==, 0600);
  g_file_get_contents (file, &text, NULL, NULL);
  g_assert_null (strstr (text, "secret"));

  again = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  read = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_cmpstr (confab_account_get_id (read), ==, confab_account_get_id (ann));
  g_object_get (read, "server", &server, "username", &username, "user-id", &user_id, NULL);
  g_assert_cmpstr (server, ==, "https://one.example");
  g_assert_cmpstr (username, ==, "änn = [x]");
  g_assert_cmpint (user_id, ==, 7);
  g_assert_true (confab_account_get_signed_out (read));
  g_assert_null (confab_account_get_token (read));
  g_assert_nonnull (confab_account_store_find (again, "https://two.example", G_MAXINT64, 0));
  g_assert_null (confab_account_store_find (again, "https://two.example", 7, 0));
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (ConfabAccountStore) again = NULL;
  g_autoptr (GError) error = NULL;
  ConfabAccount *ann = add (store, "https://one.example", "ann", 1);
  ConfabAccount *bob = add (store, "https://one.example", "bob", 2);
  g_autofree char *ann_folder = confab_account_store_get_directory (store, ann);
  g_autofree char *bob_folder = confab_account_store_get_directory (store, bob);
  g_autofree char *file = g_build_filename (ann_folder, "mirror.db", NULL);

  g_mkdir_with_parents (ann_folder, 0700);
  g_mkdir_with_parents (bob_folder, 0700);
  g_file_set_contents (file, "messages", -1, NULL);
  save (store, ann, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (ann_folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (bob_folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  again = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  g_assert_nonnull (confab_account_store_find (again, "https://one.example", 2, 0));
}

/* Saves in the wrong order would leave an old list. */
static void
test_last_save_wins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (ConfabAccountStore) again = NULL;
  GAsyncResult *results[20] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      add (store, "https://one.example", "ann", i + 1);
      confab_account_store_save_async (store, NULL, confab_test_result_cb, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_true (confab_account_store_save_finish (store, confab_test_await (&results[i]), NULL));
  again = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, G_N_ELEMENTS (results));
}

typedef struct
{
  guint n_left;
  guint n_failed;
} Chain;

static void
save_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Chain *chain = user_data;

  chain->n_failed +=
      !confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, NULL);
  if (--chain->n_left > 0)
    confab_account_store_save_async (CONFAB_ACCOUNT_STORE (source), NULL, save_again_cb, chain);
}

/* The callback of a save saves, as signing in does when it fails. Each is done once. */
static void
test_save_in_callback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autofree char *list = g_build_filename (fixture->folder, "accounts.ini", NULL);

  add (store, "https://one.example", "ann", 1);
  for (int fails = 0; fails < 2; fails++)
    {
      Chain chain = { .n_left = 5 };

      if (fails)
        {
          g_unlink (list);
          g_assert_cmpint (g_mkdir_with_parents (list, 0700), ==, 0);
        }
      confab_account_store_save_async (store, NULL, save_again_cb, &chain);
      confab_test_until (chain.n_left == 0);
      g_assert_cmpuint (chain.n_failed, ==, fails ? 5 : 0);
    }
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autofree char *aside = g_strconcat (file, ".damaged-1", NULL);
  g_autoptr (ConfabAccountStore) store = NULL;

  g_mkdir_with_parents (fixture->folder, 0700);
  g_file_set_contents (file, "\x01\x02 this is no key file", -1, NULL);
  store = load (fixture);
  g_assert_cmpuint (confab_test_take_warnings ("Setting aside"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

/* ---- labels ---- */

static void
make_two (Fixture *fixture)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (GError) error = NULL;
  const char *names[] = { "ann", "bob" };

  for (gint64 i = 0; i < 2; i++)
    {
      ConfabAccount *account = add (store, "https://one.example", names[i], i + 1);
      g_autofree char *folder = confab_account_store_get_directory (store, account);

      g_mkdir_with_parents (folder, 0700);
    }
  save (store, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_two (Fixture *fixture)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
  for (gint64 i = 0; i < 2; i++)
    {
      ConfabAccount *account = confab_account_store_find (store, "https://one.example", i + 1, 0);

      g_assert_nonnull (account);
      g_assert_cmpstr (confab_account_get_username (account), ==, i == 0 ? "ann" : "bob");
    }
  g_assert_cmpuint (confab_account_store_get_strays (store)->len, ==, 0);
  /* The list is written again completely: this save waits for the one that loading queued. */
  save (store, NULL, &error);
  g_assert_no_error (error);
}

/* The list is written again completely: this save waits for the one that loading queued. */
static void
test_flipped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autofree char *text = NULL;
  gsize length;

  make_two (fixture);
  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *damaged = g_memdup2 (text, length);
      g_autoptr (ConfabAccountStore) store = NULL;

      damaged[i] = i % 2 == 0 ? '\0' : '(';
      g_assert_true (g_file_set_contents (file, damaged, (gssize)length, NULL));
      store = load (fixture);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
      g_assert_cmpuint (confab_account_store_get_strays (store)->len, ==, 0);
    }
  confab_test_take_warnings ("");
}

/* With one bit of the list or of a label flipped, the other has the right value. A wrong server
 * would get the password. */
static void
test_flipped_bits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autofree char *entry = NULL;
  g_autoptr (ConfabAccountStore) first = NULL;
  g_autofree char *folder = NULL;

  make_two (fixture);
  first = load (fixture);
  folder = confab_account_store_get_directory (
      first, confab_account_store_find (first, "https://one.example", 1, 0));
  entry = g_build_filename (folder, "account.ini", NULL);
  for (int kind = 0; kind < 2; kind++)
    {
      const char *file = kind == 0 ? list : entry;
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (file, &text, &length, NULL));
      for (gsize at = 0; at < length; at++)
        {
          g_autofree char *damaged = g_memdup2 (text, length);

          damaged[at] ^= (char)(1 << at % 8);
          g_assert_true (g_file_set_contents (file, damaged, (gssize)length, NULL));
          assert_two (fixture);
        }
      g_assert_true (g_file_set_contents (file, text, (gssize)length, NULL));
    }
  confab_test_take_warnings ("");
}

static void
test_no_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "accounts.ini", NULL);

  make_two (fixture);
  g_assert_cmpint (g_unlink (file), ==, 0);
  assert_two (fixture);
  for (int kind = 0; kind < 4; kind++)
    {
      g_unlink (file);
      if (kind == 0)
        g_assert_cmpint (mkfifo (file, 0600), ==, 0);
      else if (kind == 1)
        g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
      else if (kind == 2)
        g_assert_cmpint (symlink ("/nowhere", file), ==, 0);
      else
        g_assert_true (g_file_set_contents (file, "\0\0\0\0", 4, NULL));
      assert_two (fixture);
      g_assert_cmpuint (confab_test_take_warnings ("Setting aside"), ==, 1);
      assert_two (fixture);
    }
}

/* The program ended in the middle of a removal: it is completed, and the account stays removed. */
static void
test_half_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *removed = NULL;

  make_two (fixture);
  store = load (fixture);
  folder = confab_account_store_get_directory (
      store, confab_account_store_find (store, "https://one.example", 1, 0));
  removed = g_strconcat (folder, ".removed", NULL);
  g_assert_cmpint (g_rename (folder, removed), ==, 0);
  g_clear_object (&store);
  store = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_null (confab_account_store_find (store, "https://one.example", 1, 0));
  g_assert_false (g_file_test (removed, G_FILE_TEST_EXISTS));
}

/* The user asked to remove the messages, but the program ended before it did: the next start does.
 */
static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  ConfabAccount *ann;

  make_two (fixture);
  store = load (fixture);
  ann = confab_account_store_find (store, "https://one.example", 1, 0);
  folder = confab_account_store_get_directory (store, ann);
  file = g_build_filename (folder, "mirror.db", NULL);
  g_assert_true (g_file_set_contents (file, "messages", -1, NULL));
  confab_account_set_signed_out (ann, TRUE);
  confab_account_set_forgotten (ann, TRUE);
  save (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));

  g_clear_object (&store);
  store = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_null (confab_account_store_find (store, "https://one.example", 1, 0));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (confab_account_store_get_strays (store)->len, ==, 0);
}

/* The disk does not let go of the folder: the account stays, signed out, until the user signs in
 * again. */
static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *inside = NULL;
  ConfabAccount *ann;

  make_two (fixture);
  store = load (fixture);
  ann = confab_account_store_find (store, "https://one.example", 1, 0);
  folder = confab_account_store_get_directory (store, ann);
  removed = g_strconcat (folder, ".removed", NULL);
  inside = g_build_filename (removed, "inside", NULL);
  confab_account_set_forgotten (ann, TRUE);
  save (store, NULL, &error);
  g_assert_no_error (error);
  /* A folder that is not empty cannot be replaced. Its name is no account's. */
  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);

  g_clear_object (&store);
  store = load (fixture);
  ann = confab_account_store_find (store, "https://one.example", 1, 0);
  g_assert_nonnull (ann);
  g_assert_true (confab_account_get_signed_out (ann));
  g_assert_true (confab_account_get_forgotten (ann));

  confab_account_set_forgotten (ann, FALSE);
  save (store, NULL, &error);
  g_assert_no_error (error);
  assert_two (fixture);
}

/* Reading the list again, after an account could not be opened, does not replace the accounts that
 * are open. */
static void
test_load_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  ConfabAccount *ann;

  make_two (fixture);
  store = load (fixture);
  ann = confab_account_store_find (store, "https://one.example", 1, 0);
  confab_account_store_load_async (store, NULL, confab_test_result_cb, &result);
  confab_account_store_load_finish (store, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
  g_assert_true (confab_account_store_find (store, "https://one.example", 1, 0) == ann);
}

/* The user signs out and asks to remove the messages. While the server is waited for, the list is
 * read again: the folder, which is in use, stays. When it is removed, it is not taken back. */
static void
test_load_while_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  ConfabAccount *ann;
  GAsyncResult *loaded = NULL;
  GAsyncResult *removed = NULL;

  make_two (fixture);
  store = load (fixture);
  ann = confab_account_store_find (store, "https://one.example", 1, 0);
  folder = confab_account_store_get_directory (store, ann);
  file = g_build_filename (folder, "mirror.db", NULL);
  g_assert_true (g_file_set_contents (file, "messages", -1, NULL));
  confab_account_set_open (ann, TRUE);
  confab_account_set_signed_out (ann, TRUE);
  confab_account_set_forgotten (ann, TRUE);
  save (store, NULL, &error);
  g_assert_no_error (error);

  confab_account_store_load_async (store, NULL, confab_test_result_cb, &loaded);
  g_assert_true (confab_account_store_load_finish (store, confab_test_await (&loaded), &error));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_true (confab_account_store_find (store, "https://one.example", 1, 0) == ann);

  /* The removal and a load run side by side, with the account in neither list or in one. */
  confab_account_set_open (ann, FALSE);
  g_object_ref (ann);
  for (int first = 0; first < 2; first++)
    {
      if (first == 0)
        confab_account_store_load_async (store, NULL, confab_test_result_cb, &loaded);
      confab_account_store_save_async (store, ann, confab_test_result_cb, &removed);
      if (first == 1)
        confab_account_store_load_async (store, NULL, confab_test_result_cb, &loaded);
      g_assert_true (
          confab_account_store_save_finish (store, confab_test_await (&removed), &error));
      g_assert_true (confab_account_store_load_finish (store, confab_test_await (&loaded), &error));
      g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
      g_assert_null (confab_account_store_find (store, "https://one.example", 1, 0));
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (file, "messages", -1, NULL));
    }
  g_object_unref (ann);
}

/* Another process reads the accounts: it changes nothing, and leaves out those to be removed. */
static void
test_look (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (ConfabAccountFolders) seen = NULL;
  g_autoptr (ConfabAccountFolders) damaged = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *list = g_build_filename (fixture->folder, "accounts.ini", NULL);
  ConfabAccount *ann;

  make_two (fixture);
  store = load (fixture);
  ann = confab_account_store_find (store, "https://one.example", 1, 0);
  folder = confab_account_store_get_directory (store, ann);
  confab_account_set_forgotten (ann, TRUE);
  save (store, NULL, &error);
  g_assert_no_error (error);

  seen = confab_account_folders_look (fixture->folder);
  g_assert_cmpuint (seen->accounts->len, ==, 1);
  g_assert_cmpstr (confab_account_get_username (seen->accounts->pdata[0]), ==, "bob");
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));

  g_assert_true (g_file_set_contents (list, "\x01\x02", -1, NULL));
  damaged = confab_account_folders_look (fixture->folder);
  g_assert_cmpuint (damaged->accounts->len, ==, 1);
  g_assert_true (g_file_test (list, G_FILE_TEST_EXISTS));
}

/* An account that is added while the list is read stays in it. */
static void
test_added_while_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (ConfabAccountStore) again = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *loaded = NULL;
  ConfabAccount *eve;

  make_two (fixture);
  store = confab_account_store_new (fixture->environment);
  confab_account_store_load_async (store, NULL, confab_test_result_cb, &loaded);
  eve = add (store, "https://two.example", "eve", 3);
  g_assert_true (confab_account_store_load_finish (store, confab_test_await (&loaded), &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 3);
  g_assert_true (confab_account_store_find (store, "https://two.example", 3, 0) == eve);
  save (store, NULL, &error);
  g_assert_no_error (error);
  again = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 3);
}

/* A folder without a label. */
static void
test_stray (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *label = NULL;

  make_two (fixture);
  store = load (fixture);
  folder = confab_account_store_get_directory (
      store, confab_account_store_find (store, "https://one.example", 1, 0));
  g_clear_object (&store);
  label = g_build_filename (folder, "account.ini", NULL);
  g_assert_cmpint (g_unlink (label), ==, 0);
  g_assert_cmpint (g_unlink (file), ==, 0);
  store = load (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_cmpuint (confab_account_store_get_strays (store)->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (confab_account_store_get_strays (store), 0), ==, folder);
}

/* ---- unsent texts of folders without an account ---- */

static GPtrArray *
read_strays (ConfabAccountStore *store)
{
  GAsyncResult *result = NULL;

  confab_account_store_read_strays_async (store, confab_test_result_cb, &result);
  return confab_account_store_read_strays_finish (store, confab_test_await (&result));
}

static char *
make_stray (Fixture *fixture, const char *id)
{
  char *folder = g_build_filename (fixture->folder, "accounts", id, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return folder;
}

/* Write the file as the program does: one message that was sent, two that were not, and a draft. */
static void
write_unsent (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "unsent.log", NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  ConfabOutboxRow first = {
    1, (char *)"d9428888-122b-11e1-b85c-61cd3cbb0001", 7, (char *)"Sent", 1, 0, -1
  };
  ConfabOutboxRow second = {
    2, (char *)"d9428888-122b-11e1-b85c-61cd3cbb0002", 7, (char *)"Not sent", 2, 0, -1
  };
  ConfabOutboxRow third = {
    3, (char *)"d9428888-122b-11e1-b85c-61cd3cbb0003", 8, (char *)"Nor this", 3, 0, -1
  };

  confab_unsent_record_add_header (lines, 1, "a-name");
  confab_unsent_record_add_message (lines, &first);
  confab_unsent_record_add_message (lines, &second);
  confab_unsent_record_add_message (lines, &third);
  confab_unsent_record_add_draft (lines, 7, "Half a thought");
  confab_unsent_record_add_gone (lines, first.client_id);
  g_assert_true (g_file_set_contents (path, lines->str, (gssize)lines->len, NULL));
}

/* Write a mirror with the name of conversation 7 and an outbox message that the file lacks. */
static void
write_mirror (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "mirror.db", NULL);
  g_autoptr (ConfabDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  database = confab_database_open (path, CONFAB_DATABASE_WRITE, FALSE, &error);
  g_assert_no_error (error);
  confab_mirror_schema_prepare (database, &error);
  g_assert_no_error (error);
  confab_database_exec (
      database,
      "PRAGMA foreign_keys = OFF;"
      "INSERT INTO users (id, username, created_at, role_id, deleted, rev)"
      " VALUES (1, 'ann', 1, 1, 0, 1), (2, 'bob', 1, 1, 0, 1);"
      "INSERT INTO conversations (id, kind, title, created_at, last_seq, rev)"
      " VALUES (7, 'direct', NULL, 1, 0, 1), (9, 'group', 'Plans', 1, 0, 1);"
      "INSERT INTO conversation_users (conversation_id, user_id, joined_at, rev)"
      " VALUES (7, 1, 1, 1), (7, 2, 1, 1);"
      "INSERT INTO outbox (id, client_id, conversation_id, content, created_at, state, problem)"
      " VALUES (4, 'd9428888-122b-11e1-b85c-61cd3cbb0004', 9, 'In the mirror alone', 4, 1, -1);"
      "INSERT OR REPLACE INTO meta (key, value) VALUES ('self_user_id', '1');",
      &error);
  g_assert_no_error (error);
}

static void
assert_text (ConfabStray *stray, guint position, const char *name, const char *text, gboolean draft)
{
  const ConfabStrayText *found = g_ptr_array_index (stray->texts, position);

  g_assert_cmpstr (found->name, ==, name);
  g_assert_cmpstr (found->text, ==, text);
  g_assert_cmpint (found->draft, ==, draft);
}

#define STRAY_ID "d9428888-122b-11e1-b85c-61cd3cbb3210"
#define OTHER_STRAY_ID "d9428888-122b-11e1-b85c-61cd3cbb3211"

/* The file alone has the unsent texts, the mirror adds the names. */
static void
test_stray_texts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_stray (fixture, STRAY_ID);
  g_autofree char *empty = make_stray (fixture, OTHER_STRAY_ID);
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (GPtrArray) strays = NULL;
  g_autofree char *joined = NULL;
  ConfabStray *stray;

  write_unsent (folder);
  strays = read_strays (store);
  g_assert_cmpuint (strays->len, ==, 1);
  stray = g_ptr_array_index (strays, 0);
  g_assert_cmpstr (stray->path, ==, folder);
  g_assert_null (stray->username);
  g_assert_cmpuint (stray->texts->len, ==, 3);
  assert_text (stray, 0, NULL, "Not sent", FALSE);
  assert_text (stray, 1, NULL, "Nor this", FALSE);
  assert_text (stray, 2, NULL, "Half a thought", TRUE);
  joined = confab_stray_join (stray);
  g_assert_cmpstr (joined, ==, "Not sent\n\nNor this\n\nHalf a thought");

  write_mirror (folder);
  g_clear_pointer (&strays, g_ptr_array_unref);
  strays = read_strays (store);
  g_assert_cmpuint (strays->len, ==, 1);
  stray = g_ptr_array_index (strays, 0);
  g_assert_cmpstr (stray->username, ==, "ann");
  g_assert_cmpuint (stray->texts->len, ==, 4);
  assert_text (stray, 0, "bob", "Not sent", FALSE);
  assert_text (stray, 1, NULL, "Nor this", FALSE);
  assert_text (stray, 2, "Plans", "In the mirror alone", FALSE);
  assert_text (stray, 3, "bob", "Half a thought", TRUE);
}

/* Whatever is at the place of the two files, the data of the other is found. */
static void
test_stray_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_stray (fixture, STRAY_ID);
  g_autofree char *mirror = g_build_filename (folder, "mirror.db", NULL);
  g_autofree char *unsent = g_build_filename (folder, "unsent.log", NULL);
  g_autoptr (ConfabAccountStore) store = load (fixture);

  for (int kind = 0; kind < 4; kind++)
    {
      const char *struck = kind < 2 ? mirror : unsent;
      g_autoptr (GPtrArray) strays = NULL;

      g_unlink (mirror);
      g_unlink (unsent);
      write_unsent (folder);
      write_mirror (folder);
      g_unlink (struck);
      if (kind % 2 == 0)
        g_assert_cmpint (mkfifo (struck, 0600), ==, 0);
      else
        g_assert_true (g_file_set_contents (struck, "\0\xff no such thing", 16, NULL));
      strays = read_strays (store);
      g_assert_cmpuint (strays->len, ==, 1);
      g_assert_cmpuint (((ConfabStray *)g_ptr_array_index (strays, 0))->texts->len, ==,
                        kind < 2 ? 3 : 1);
    }
}

static guint
count_names (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (folder);
  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
test_stray_removed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *removed = NULL;
  g_autofree char *folder = make_stray (fixture, STRAY_ID);
  g_autofree char *other = make_stray (fixture, OTHER_STRAY_ID);
  g_autofree char *foreign = g_build_filename (other, "not-ours", "full", NULL);
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (GPtrArray) strays = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  write_unsent (folder);
  write_unsent (other);
  g_assert_cmpint (g_mkdir_with_parents (foreign, 0700), ==, 0);
  g_assert_true (g_file_test (folder, G_FILE_TEST_EXISTS));
  confab_account_store_remove_stray_async (store, folder, confab_test_result_cb, &result);
  g_assert_true (
      confab_account_store_remove_stray_finish (store, confab_test_await (&result), &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  strays = read_strays (store);
  g_assert_cmpuint (strays->len, ==, 1);
  g_assert_cmpstr (((ConfabStray *)g_ptr_array_index (strays, 0))->path, ==, other);

  /* Confirmed again in a dialog that was opened before the removal. */
  g_clear_object (&result);
  confab_account_store_remove_stray_async (store, folder, confab_test_result_cb, &result);
  g_assert_true (
      confab_account_store_remove_stray_finish (store, confab_test_await (&result), &error));
  g_assert_no_error (error);

  /* A folder inside is not Confab's: it stays, and the error says so. No file stays. */
  g_clear_object (&result);
  confab_account_store_remove_stray_async (store, other, confab_test_result_cb, &result);
  g_assert_false (
      confab_account_store_remove_stray_finish (store, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
  removed = g_strconcat (other, ".removed", NULL);
  g_assert_cmpuint (count_names (removed), ==, 1);
}

/* The id becomes the name of a folder, which signing out deletes. */
static void
test_hostile_id (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autoptr (ConfabAccountStore) store = NULL;

  g_mkdir_with_parents (fixture->folder, 0700);
  g_file_set_contents (file,
                       "[../../../home]\nserver=https://one.example\nusername=ann\nuser-id=1\n"
                       "[d9428888-122b-11e1-b85c-61cd3cbb3210]\nserver=https://"
                       "one.example\nusername=bob\nuser-id=2\n",
                       -1, NULL);
  store = load (fixture);
  g_assert_cmpuint (confab_test_take_warnings ("Passing over"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
}

static void
test_cannot_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = load (fixture);
  g_autoptr (GError) error = NULL;

  /* There is a file at the folder's path. */
  g_file_set_contents (fixture->folder, "", 0, NULL);
  add (store, "https://one.example", "ann", 1);
  save (store, NULL, &error);
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
  g_remove (fixture->folder);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/accounts/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  confab_test_collect_warnings ();
  ADD ("empty", test_empty);
  ADD ("round-trip", test_round_trip);
  ADD ("remove", test_remove);
  ADD ("last-save-wins", test_last_save_wins);
  ADD ("save-in-callback", test_save_in_callback);
  ADD ("damaged", test_damaged);
  ADD ("flipped", test_flipped);
  ADD ("flipped-bits", test_flipped_bits);
  ADD ("no-list", test_no_list);
  ADD ("half-removed", test_half_removed);
  ADD ("forgotten", test_forgotten);
  ADD ("remembered", test_remembered);
  ADD ("load-again", test_load_again);
  ADD ("load-while-forgotten", test_load_while_forgotten);
  ADD ("look", test_look);
  ADD ("added-while-loading", test_added_while_loading);
  ADD ("stray", test_stray);
  ADD ("stray-texts", test_stray_texts);
  ADD ("stray-damaged", test_stray_damaged);
  ADD ("stray-removed", test_stray_removed);
  ADD ("hostile-id", test_hostile_id);
  ADD ("cannot-write", test_cannot_write);

  return g_test_run ();
}
