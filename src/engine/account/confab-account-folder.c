/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-accounts"

#include "confab-account-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "confab-account-private.h"
#include "confab-disk.h"

#define LABEL "account.ini" /* in each folder */
#define REMOVED ".removed"
#define FORGOTTEN "forgotten" /* in a folder */
#define CHECK_CHARS 16
/* Confab writes no larger files. */
#define MAX_BYTES (4 * 1024 * 1024)

void
confab_account_folders_free (ConfabAccountFolders *self)
{
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->strays);
  g_ptr_array_unref (self->left);
  g_free (self);
}

/* How the folders are read. */
typedef struct
{
  ConfabAccountFolders *folders;
  char *accounts_dir;
  GHashTable *spared; /* (nullable): ids */
  gboolean look_only; /* change nothing on the disk */
} Reading;

/* ---- an account in a key file ---- */

/* Return a checksum of the whole group, including the account's id: a damaged letter would lead to
 * another server, which would then be sent the password. */
static char *
make_check (ConfabAccount *account)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *sum = NULL;

  g_string_printf (all, "%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%d", confab_account_get_id (account),
                   confab_account_get_server (account), confab_account_get_username (account),
                   confab_account_get_user_id (account), confab_account_get_signed_out (account));
  /* An entry without the time has the checksum that it had before there was one. */
  if (confab_account_get_created_at (account) != 0)
    g_string_append_printf (all, "\n%" G_GINT64_FORMAT, confab_account_get_created_at (account));
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all->str, -1);

  return g_strndup (sum, CHECK_CHARS);
}

void
confab_account_folder_describe (ConfabAccount *account, GKeyFile *file, const char *group)
{
  g_autofree char *check = make_check (account);

  g_key_file_set_string (file, group, "server", confab_account_get_server (account));
  g_key_file_set_string (file, group, "username", confab_account_get_username (account));
  g_key_file_set_int64 (file, group, "user-id", confab_account_get_user_id (account));
  if (confab_account_get_created_at (account) != 0)
    g_key_file_set_int64 (file, group, "created-at", confab_account_get_created_at (account));
  if (confab_account_get_signed_out (account))
    g_key_file_set_boolean (file, group, "signed-out", TRUE);
  g_key_file_set_string (file, group, "check", check);
}

/* @id becomes a folder's name, and the folder may be deleted, so check it. Return NULL if damaged.
 * (nullable) */
static ConfabAccount *
read_account (GKeyFile *file, const char *group, const char *id)
{
  g_autofree char *server = g_key_file_get_string (file, group, "server", NULL);
  g_autofree char *username = g_key_file_get_string (file, group, "username", NULL);
  g_autofree char *check = g_key_file_get_string (file, group, "check", NULL);
  gint64 user_id = g_key_file_get_int64 (file, group, "user-id", NULL);
  g_autoptr (ConfabAccount) account = NULL;
  g_autofree char *expected = NULL;

  if (!g_uuid_string_is_valid (id) || server == NULL || username == NULL || user_id <= 0)
    return NULL;
  account = confab_account_new (id, server, username, user_id);
  confab_account_set_created_at (account, g_key_file_get_int64 (file, group, "created-at", NULL));
  confab_account_set_signed_out (account, g_key_file_get_boolean (file, group, "signed-out", NULL));
  expected = make_check (account);
  return check == NULL || g_str_equal (check, expected) ? g_steal_pointer (&account) : NULL;
}

/* ---- untrusted files ---- */

/* Read regular files only: reading a named pipe would block. */
static char *
read_regular (const char *path, gsize *length)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  g_autofree char *data = NULL;
  struct stat buffer;
  gssize n = -1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &buffer) == 0 && S_ISREG (buffer.st_mode) && buffer.st_size <= MAX_BYTES)
    {
      data = g_malloc ((gsize)buffer.st_size + 1);
      n = read (fd, data, (gsize)buffer.st_size);
    }
  g_close (fd, NULL);
  *length = (gsize)MAX (n, 0);
  return n >= 0 ? g_steal_pointer (&data) : NULL;
}

/* Return NULL if the file is missing or damaged. (nullable) */
static GKeyFile *
read_key_file (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize length;
  g_autofree char *data = read_regular (path, &length);

  /* GLib would treat data after a NUL as part of a value. */
  if (data == NULL || memchr (data, '\0', length) != NULL
      || !g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

/* ---- the list ---- */

static void
set_list_aside (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_warning ("Setting aside the damaged list of accounts, %s", path);
  if (!confab_disk_set_aside (path, &error))
    g_warning ("That failed: %s", error->message);
}

static void
read_list (ConfabAccountFolders *self, const char *data_dir, gboolean look_only)
{
  g_autofree char *path = g_build_filename (data_dir, "accounts.ini", NULL);
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) ids = NULL;
  GStatBuf buffer;

  if (g_lstat (path, &buffer) != 0)
    return;
  file = read_key_file (path);
  if (file == NULL)
    {
      if (!look_only)
        set_list_aside (path);
      self->mended = TRUE;
      return;
    }
  ids = g_key_file_get_groups (file, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      ConfabAccount *account = read_account (file, ids[i], ids[i]);

      if (account != NULL)
        g_ptr_array_add (self->accounts, account);
      else
        g_warning ("Passing over the damaged account “%s”", ids[i]);
      self->mended = self->mended || account == NULL;
    }
}

/* ---- folders ---- */

gboolean
confab_account_folder_forget (const char *path, GError **error)
{
  g_autofree char *mark = g_build_filename (path, FORGOTTEN, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  return g_file_set_contents_full (
      mark, "", 0, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

void
confab_account_folder_remember (const char *path)
{
  g_autofree char *mark = g_build_filename (path, FORGOTTEN, NULL);

  g_unlink (mark);
}

static gboolean
is_forgotten (const char *path)
{
  g_autofree char *mark = g_build_filename (path, FORGOTTEN, NULL);

  return g_file_test (mark, G_FILE_TEST_EXISTS);
}

gboolean
confab_account_folder_begin_removal (const char *path, GError **error)
{
  g_autofree char *removed = g_strconcat (path, REMOVED, NULL);

  if (g_rename (path, removed) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

/* A folder inside is not Confab's, so it stays, but does not keep the files. @error is the first.
 */
static gboolean
remove_folder (const char *path, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFileEnumerator) files = NULL;
  g_autoptr (GError) first = NULL;

  files = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                     G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (files != NULL)
    {
      GFile *file = NULL;

      if (!g_file_enumerator_iterate (files, NULL, &file, NULL, error))
        return FALSE;
      if (file == NULL)
        break;
      g_file_delete (file, NULL, first == NULL ? &first : NULL);
    }
  if (first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  return files == NULL || g_file_delete (folder, NULL, error);
}

gboolean
confab_account_folder_end_removal (const char *path, GError **error)
{
  g_autofree char *removed = g_strconcat (path, REMOVED, NULL);

  return remove_folder (removed, error);
}

gboolean
confab_account_folder_label (const char *data_dir, const char *id, const char *text, GError **error)
{
  g_autofree char *folder = g_build_filename (data_dir, "accounts", id, NULL);
  g_autofree char *path = g_build_filename (folder, LABEL, NULL);
  g_autofree char *present = NULL;
  gsize length;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  present = read_regular (path, &length);
  if (present != NULL && length == strlen (text) && memcmp (present, text, length) == 0)
    return TRUE;
  return g_file_set_contents_full (
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* (nullable) */
static ConfabAccount *
read_label (const char *folder, const char *id)
{
  g_autofree char *path = g_build_filename (folder, LABEL, NULL);
  g_autoptr (GKeyFile) file = read_key_file (path);

  return file != NULL ? read_account (file, CONFAB_ACCOUNT_FOLDER_GROUP, id) : NULL;
}

/* ---- reconciling list and folders ---- */

static gboolean
find_id (ConfabAccountFolders *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      *position = i;
      if (g_str_equal (confab_account_get_id (g_ptr_array_index (self->accounts, i)), id))
        return TRUE;
    }
  return FALSE;
}

/* Drop an entry of the same user whose folder is missing: its id may be damaged. */
static void
drop_double (ConfabAccountFolders *self, const char *accounts_dir, ConfabAccount *account)
{
  for (guint i = self->accounts->len; i-- > 0;)
    {
      ConfabAccount *other = g_ptr_array_index (self->accounts, i);
      g_autofree char *folder =
          g_build_filename (accounts_dir, confab_account_get_id (other), NULL);

      if (confab_account_is_of (other, confab_account_get_server (account),
                                confab_account_get_user_id (account),
                                confab_account_get_created_at (account))
          && !g_file_test (folder, G_FILE_TEST_IS_DIR))
        g_ptr_array_remove_index (self->accounts, i);
    }
}

static void
add_folder (ConfabAccountFolders *self, const char *accounts_dir, const char *id)
{
  g_autofree char *folder = g_build_filename (accounts_dir, id, NULL);
  ConfabAccount *account;
  guint position;

  if (!g_uuid_string_is_valid (id) || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;
  if (find_id (self, id, &position))
    return;
  account = read_label (folder, id);
  if (account == NULL)
    {
      g_ptr_array_add (self->strays, g_steal_pointer (&folder));
      return;
    }
  g_message ("Taking the account in %s back into the list", folder);
  drop_double (self, accounts_dir, account);
  g_ptr_array_add (self->accounts, account);
  self->mended = TRUE;
}

static void
drop (ConfabAccountFolders *self, const char *id)
{
  guint position;

  if (find_id (self, id, &position))
    g_ptr_array_remove_index (self->accounts, position);
}

/* Take the account out of the list. @folder: has its label */
static void
leave (ConfabAccountFolders *self, const char *folder, const char *id)
{
  guint position;
  ConfabAccount *account;

  if (find_id (self, id, &position))
    {
      account = g_ptr_array_steal_index (self->accounts, position);
      self->mended = TRUE;
    }
  else
    account = read_label (folder, id);
  if (account == NULL)
    return;
  confab_account_set_signed_out (account, TRUE);
  g_ptr_array_add (self->left, account);
}

/* Remove the folder called @name if the user asked for that before Confab ended, during signing
 * out or between the two steps of the removal. Return whether there is nothing else to do. */
static gboolean
finish_removal (Reading *reading, const char *name)
{
  ConfabAccountFolders *self = reading->folders;
  const char *accounts_dir = reading->accounts_dir;
  gboolean begun = g_str_has_suffix (name, REMOVED);
  g_autofree char *id = g_strndup (name, strlen (name) - (begun ? strlen (REMOVED) : 0));
  g_autofree char *path = g_build_filename (accounts_dir, id, NULL);
  g_autofree char *removed = g_strconcat (path, REMOVED, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_uuid_string_is_valid (id) || (!begun && !is_forgotten (path)))
    return FALSE;
  if (reading->spared != NULL && g_hash_table_contains (reading->spared, id))
    return begun; /* this process uses the folder, or removes it */
  if (reading->look_only)
    {
      drop (self, id);
      return TRUE;
    }
  if (begun || confab_account_folder_begin_removal (path, &error))
    {
      if (!g_file_test (path, G_FILE_TEST_IS_DIR)) /* else it could not be begun */
        leave (self, removed, id);
      confab_account_folder_end_removal (path, &error);
    }
  if (error != NULL)
    g_message ("An account's folder stays behind: %s", error->message);
  return begun || error == NULL;
}

/* The folders that could not be removed: no client may use their accounts unasked. */
static void
sign_out_forgotten (ConfabAccountFolders *self, const char *accounts_dir)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      ConfabAccount *account = g_ptr_array_index (self->accounts, i);
      g_autofree char *path =
          g_build_filename (accounts_dir, confab_account_get_id (account), NULL);

      if (!is_forgotten (path))
        continue;
      confab_account_set_signed_out (account, TRUE);
      confab_account_set_forgotten (account, TRUE);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static ConfabAccountFolders *
read_all (const char *data_dir, GHashTable *spared, gboolean look_only)
{
  ConfabAccountFolders *self = g_new0 (ConfabAccountFolders, 1);
  g_autofree char *accounts_dir = g_build_filename (data_dir, "accounts", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (accounts_dir, 0, NULL);
  Reading reading = { self, accounts_dir, spared, look_only };
  const char *name;

  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->strays = g_ptr_array_new_with_free_func (g_free);
  self->left = g_ptr_array_new_with_free_func (g_object_unref);
  read_list (self, data_dir, look_only);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      if (!finish_removal (&reading, name))
        add_folder (self, accounts_dir, name);
    }
  sign_out_forgotten (self, accounts_dir);
  return self;
}

ConfabAccountFolders *
confab_account_folders_read (const char *data_dir, GHashTable *spared)
{
  return read_all (data_dir, spared, FALSE);
}

ConfabAccountFolders *
confab_account_folders_look (const char *data_dir)
{
  return read_all (data_dir, NULL, TRUE);
}
