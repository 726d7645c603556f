/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-unsent.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "confab-mirror-rows.h"
#include "confab-unsent-record.h"
#include "confab-unsent.h"

/* Below this size, writing the file again gains nothing. */
#define TIDY_BYTES (16 * 1024)
#define TIDY_FACTOR 4

/* ---- recording changes ---- */

static GString *
lines_of (ConfabChanges *changes)
{
  if (changes->unsent == NULL)
    changes->unsent = g_string_new (NULL);
  return changes->unsent;
}

void
confab_unsent_note_message (ConfabChanges *changes, const ConfabOutboxRow *row)
{
  confab_unsent_record_add_message (lines_of (changes), row);
}

void
confab_unsent_note_gone (ConfabChanges *changes, const char *client_id)
{
  /* A damaged mirror may contain any bytes. */
  if (client_id != NULL && g_utf8_validate (client_id, -1, NULL))
    confab_unsent_record_add_gone (lines_of (changes), client_id);
}

void
confab_unsent_note_draft (ConfabChanges *changes, gint64 conversation_id, const char *text)
{
  confab_unsent_record_add_draft (lines_of (changes), conversation_id, text != NULL ? text : "");
}

/* ---- the part of the file that the mirror contains ---- */

static gboolean
write_mark (ConfabUnsentFile *file, ConfabDatabase *database, GError **error)
{
  g_autofree char *mark =
      g_strdup_printf ("%s:%" G_GSIZE_FORMAT, confab_unsent_file_get_name (file),
                       confab_unsent_file_get_length (file));

  return confab_database_run (database, error,
                              "INSERT OR REPLACE INTO meta (key, value) VALUES ('unsent', $1)",
                              sql_text (mark));
}

/* Return in @mark how many bytes of the file named @name the mirror contains; 0 if none. */
static gboolean
read_mark (ConfabDatabase *database, const char *name, gsize *mark, GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT value FROM meta WHERE key = 'unsent'");

  *mark = 0;
  if (confab_result_next (result))
    {
      const char *text = confab_result_get_text (result, 0);
      g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ":", 2);

      if (g_strv_length (parts) == 2 && g_str_equal (parts[0], name))
        *mark = (gsize)g_ascii_strtoull (parts[1], NULL, 10);
    }
  return confab_result_end (result, error);
}

gboolean
confab_unsent_write (ConfabUnsentFile *file,
                     ConfabDatabase *database,
                     ConfabChanges *changes,
                     gboolean durable,
                     GError **error)
{
  if (changes->unsent == NULL)
    return TRUE;
  if (!confab_unsent_file_append (file, changes->unsent, durable, error))
    return FALSE;
  if (write_mark (file, database, error))
    return TRUE;
  confab_unsent_file_undo (file);
  return FALSE;
}

/* ---- writing the file again ---- */

/* The mirror must not be able to fall back behind the lines that the new file leaves out, so sync
 * its log. */
static gboolean
sync_log (ConfabDatabase *database, GError **error)
{
  sqlite3 *handle = confab_database_get_handle (database);
  const char *path = sqlite3_filename_wal (sqlite3_db_filename (handle, "main"));
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 ? fdatasync (fd) == 0 : errno == ENOENT;

  if (!synced)
    g_set_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED, "%s: %s", path,
                 g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return synced;
}

/* The order matters: until the mark is written, opening applies all of the new file. */
static gboolean
write_file (ConfabUnsentFile *file,
            ConfabDatabase *database,
            gint64 self_user_id,
            const ConfabUnsent *unsent,
            GError **error)
{
  g_autofree char *name = g_uuid_string_random ();
  g_autoptr (GString) lines = g_string_new (NULL);

  confab_unsent_record_add_header (lines, self_user_id, name);
  confab_unsent_print (unsent, lines);
  if (!sync_log (database, error) || !confab_unsent_file_replace (file, name, lines, error)
      || !confab_database_begin (database, error))
    return FALSE;
  if (write_mark (file, database, error) && confab_database_commit (database, error))
    return TRUE;
  confab_database_rollback (database);
  return FALSE;
}

void
confab_unsent_tidy (ConfabUnsentFile *file, ConfabDatabase *database, gint64 self_user_id)
{
  g_autoptr (ConfabUnsent) unsent = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_chars;

  if (confab_unsent_file_get_length (file) < TIDY_BYTES)
    return;
  if (confab_database_query_int (database, &n_chars, &error,
                                 "SELECT (SELECT coalesce (sum (length (content)), 0) FROM outbox)"
                                 " + (SELECT coalesce (sum (length (content)), 0) FROM drafts)")
      && confab_unsent_file_get_length (file) < TIDY_FACTOR * (gsize)MAX (n_chars, 0))
    return;
  if (error == NULL)
    unsent = confab_unsent_read (database, &error);
  if (unsent == NULL || !write_file (file, database, self_user_id, unsent, &error))
    g_message ("The unsent file stays as long as it is: %s", error->message);
}

/* ---- opening ---- */

gboolean
confab_unsent_is_of (const char *path, gint64 user_id)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *data = NULL;
  gboolean found = FALSE;
  guint n_damaged;
  gsize length;

  /* Regular files only: reading a named pipe would block. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_file_get_contents (path, &data, &length, NULL))
    return FALSE;
  records = confab_unsent_record_parse (data, length, &n_damaged);
  for (guint i = 0; i < records->len; i++)
    {
      const ConfabUnsentRecord *record = g_ptr_array_index (records, i);

      if (record->kind == CONFAB_UNSENT_HEADER && record->sound)
        found = record->id == user_id;
    }
  return found;
}

/* Return in @name the file's name, "" if it cannot be read. */
static gboolean
read_header (GPtrArray *records, gint64 self_user_id, const char **name, GError **error)
{
  *name = "";
  for (guint i = 0; i < records->len; i++)
    {
      const ConfabUnsentRecord *record = g_ptr_array_index (records, i);

      if (record->kind == CONFAB_UNSENT_UNKNOWN)
        {
          g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_NEWER,
                               "A newer Confab wrote the unsent file");
          return FALSE;
        }
      if (record->kind != CONFAB_UNSENT_HEADER || !record->sound)
        continue;
      if (record->id != self_user_id)
        {
          g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED,
                               "The unsent file belongs to another person");
          return FALSE;
        }
      *name = record->text;
    }
  return TRUE;
}

static guint
count_lost (GPtrArray *records, guint n_damaged)
{
  guint n_read = 0;

  for (guint i = 0; i < records->len; i++)
    n_read += !((const ConfabUnsentRecord *)g_ptr_array_index (records, i))->sound;
  return n_damaged > n_read ? n_damaged - n_read : 0;
}

/* Return whether applying the lines to empty tables gives the same result. */
static gboolean
says_the_same (GPtrArray *records, const ConfabUnsent *unsent)
{
  g_autoptr (ConfabUnsent) again = confab_unsent_new ();

  confab_unsent_replay (again, records, 0, FALSE, TRUE);
  return confab_unsent_equal (again, unsent);
}

/* In one transaction: the tables, and the mark that they contain the whole file. */
static gboolean
write_mirror (ConfabUnsentFile *file,
              ConfabDatabase *database,
              const ConfabUnsent *unsent,
              GError **error)
{
  if (!confab_database_begin (database, error))
    return FALSE;
  if (confab_unsent_write_tables (unsent, database, error) && write_mark (file, database, error)
      && confab_database_commit (database, error))
    return TRUE;
  confab_database_rollback (database);
  return FALSE;
}

gboolean
confab_unsent_merge (ConfabUnsentFile *file,
                     GBytes *data,
                     ConfabDatabase *database,
                     gint64 self_user_id,
                     gboolean sound,
                     guint *n_lost,
                     GError **error)
{
  gsize length = g_bytes_get_size (data);
  guint n_damaged;
  g_autoptr (GPtrArray) records =
      confab_unsent_record_parse (g_bytes_get_data (data, NULL), length, &n_damaged);
  g_autoptr (ConfabUnsent) unsent = confab_unsent_read (database, error);
  const char *name;
  gsize mark;

  *n_lost = 0;
  if (unsent == NULL || !read_header (records, self_user_id, &name, error)
      || !read_mark (database, name, &mark, error))
    return FALSE;
  confab_unsent_file_set_name (file, name);
  /* If the file is shorter than the mark, its end is lost. */
  confab_unsent_replay (unsent, records, mark, n_damaged > 0 || mark > length, sound);
  if (!confab_unsent_drop_arrived (unsent, database, self_user_id, error)
      || ((unsent->changed || mark != length) && !write_mirror (file, database, unsent, error)))
    return FALSE;
  if (!sound)
    *n_lost = count_lost (records, n_damaged);
  if (n_damaged == 0 && *name != '\0' && says_the_same (records, unsent))
    return TRUE;
  return (n_damaged == 0 || confab_unsent_file_keep_damaged (file, data, error))
         && write_file (file, database, self_user_id, unsent, error);
}
