/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-test-engine.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dump.h"

void
confab_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_log_set_default_handler (g_log_default_handler, NULL);
}

/* ---- waiting ---- */

void
confab_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

void
confab_test_turn (gint64 deadline, const char *what, const char *file, int line)
{
  guint timer = g_timeout_add (20, wake_cb, NULL);

  if (g_get_monotonic_time () > deadline)
    g_error ("%s:%d: waited in vain for %s", file, line, what);
  g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, timer) != NULL)
    g_source_remove (timer);
}

GAsyncResult *
confab_test_await (GAsyncResult **result)
{
  static GAsyncResult *last;

  confab_test_until (*result != NULL);
  g_set_object (&last, *result);
  g_clear_object (result);

  return last;
}

void
confab_test_idle_ms (guint ms)
{
  const gint64 end = g_get_monotonic_time () + (gint64)ms * 1000;

  while (g_get_monotonic_time () < end)
    confab_test_turn (G_MAXINT64, "time", __FILE__, __LINE__);
}

/* ---- warnings ---- */

static GMutex warnings_lock;
static GPtrArray *warnings;

static GLogWriterOutput
writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & G_LOG_LEVEL_WARNING) == 0)
    return g_log_writer_default (level, fields, n_fields, user_data);

  g_mutex_lock (&warnings_lock);
  g_ptr_array_add (warnings, g_log_writer_format_fields (level, fields, n_fields, FALSE));
  g_mutex_unlock (&warnings_lock);

  return G_LOG_WRITER_HANDLED;
}

void
confab_test_collect_warnings (void)
{
  warnings = g_ptr_array_new_with_free_func (g_free);
  g_log_set_writer_func (writer, NULL, NULL);
}

guint
confab_test_take_warnings (const char *text)
{
  guint count = 0;

  g_mutex_lock (&warnings_lock);
  for (guint i = 0; i < warnings->len; i++)
    if (strstr (g_ptr_array_index (warnings, i), text) != NULL)
      count++;
  g_ptr_array_set_size (warnings, 0);
  g_mutex_unlock (&warnings_lock);

  return count;
}

/* ---- folders ---- */

char *
confab_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("confab-engine-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

void
confab_test_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        confab_test_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* ---- clients ---- */

ConfabTestDevice *
confab_test_device_new (void)
{
  ConfabTestDevice *self = g_new0 (ConfabTestDevice, 1);

  self->folder = confab_test_make_folder ();
  self->environment = confab_environment_new (self->folder);
  self->environment->use_keyring = FALSE;
  self->environment->speed = 5; /* tests wait for conditions, not for the next attempt */
  self->store = confab_account_store_new (self->environment);

  return self;
}

void
confab_test_device_close (ConfabTestDevice *self)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_close_async (self->client, confab_test_result_cb, &result);
  confab_client_close_finish (self->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_clear_object (&self->client);
}

void
confab_test_device_free (ConfabTestDevice *self)
{
  if (self->client != NULL)
    confab_test_device_close (self);
  g_clear_object (&self->store);
  confab_environment_unref (self->environment);
  confab_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

void
confab_test_device_register (ConfabTestDevice *self, const char *origin, const char *username)
{
  g_autofree char *email = g_strconcat (username, "@example.org", NULL);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_register_async (self->store, origin, username, email, CONFAB_TEST_PASSWORD, NULL, NULL,
                         confab_test_result_cb, &result);
  self->client = confab_register_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);
  confab_client_start (self->client);
}

void
confab_test_device_sign_in (ConfabTestDevice *self, const char *origin, const char *username)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_sign_in_async (self->store, origin, username, CONFAB_TEST_PASSWORD, NULL,
                        confab_test_result_cb, &result);
  self->client = confab_sign_in_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);
  confab_client_start (self->client);
}

static void
open_account (ConfabTestDevice *self, ConfabAccount *account)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_open_async (self->environment, self->store, account, NULL, confab_test_result_cb,
                            &result);
  self->client = confab_client_open_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);
  confab_client_start (self->client);
}

void
confab_test_device_adopt (ConfabTestDevice *self, ConfabClient *other)
{
  ConfabAccount *theirs = confab_client_get_account (other);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (ConfabAccount) account = NULL;

  account = confab_account_new (id, confab_account_get_server (theirs),
                                confab_account_get_username (theirs),
                                confab_account_get_user_id (theirs));
  confab_account_set_token (account, confab_account_get_token (theirs));
  confab_account_store_add (self->store, account);
  open_account (self, account);
}

void
confab_test_device_open (ConfabTestDevice *self)
{
  g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), 0);

  g_assert_nonnull (account);
  open_account (self, account);
}

char *
confab_test_device_get_mirror (ConfabTestDevice *self)
{
  g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), 0);
  g_autofree char *directory = confab_account_store_get_directory (self->store, account);

  return g_build_filename (directory, "mirror.db", NULL);
}

void
confab_test_wait_same_mirrors (ConfabTestDevice *self, ConfabTestDevice *other)
{
  const gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  g_autofree char *path = confab_test_device_get_mirror (self);
  g_autofree char *other_path = confab_test_device_get_mirror (other);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *difference = NULL;
  /* A conversation removed from one computer still is on the other. */
  g_autofree char *except =
      dump_query (path, "SELECT group_concat (conversation_id) FROM closed_conversations"
                        " WHERE reason = 'deleted' HAVING count (*) > 0");

  while (g_get_monotonic_time () < deadline)
    {
      g_free (a);
      g_free (b);
      a = dump_mirror (path, except);
      b = dump_mirror (other_path, except);
      if (a != NULL && g_strcmp0 (a, b) == 0)
        return;
      confab_test_idle_ms (5);
    }

  if (a == NULL || b == NULL)
    g_error ("%s is not complete", a == NULL ? path : other_path);
  g_test_message ("%s:\n%s", path, a);
  g_test_message ("%s:\n%s", other_path, b);
  difference = dump_difference (a, b);
  g_error ("The mirrors differ: %s", difference);
}

void
confab_test_wait_online (ConfabClient *client)
{
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_ONLINE);
}

ConfabConversation *
confab_test_create_group (ConfabClient *client,
                          const char *title,
                          gint64 *user_ids,
                          guint n_user_ids)
{
  g_autoptr (GListStore) users = g_list_store_new (CONFAB_TYPE_USER);
  g_autoptr (ConfabConversation) conversation = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_user_ids; i++)
    {
      g_autoptr (ConfabUser) user = confab_user_new (user_ids[i]);

      g_list_store_append (users, user);
    }
  confab_client_create_group_async (client, title, G_LIST_MODEL (users), NULL,
                                    confab_test_result_cb, &result);
  conversation = confab_client_create_finish (client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (conversation);

  return conversation; /* the list keeps it */
}

void
confab_test_send (ConfabClient *client, gint64 conversation_id, const char *text)
{
  ConfabConversation *conversation = confab_client_get_conversation (client, conversation_id);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (conversation);
  confab_client_send_async (client, conversation, text, NULL, confab_test_result_cb, &result);
  confab_client_send_finish (client, confab_test_await (&result), &error);
  g_assert_no_error (error);
}
