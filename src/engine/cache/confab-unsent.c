/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-unsent.h"

#include "confab-id-set.h"
#include "confab-mirror-rows.h"
#include "confab-unsent-record.h"

ConfabUnsent *
confab_unsent_new (void)
{
  ConfabUnsent *self = g_new0 (ConfabUnsent, 1);

  self->messages =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)confab_outbox_row_free);
  self->drafts = confab_id_map_new (g_free);
  self->added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
confab_unsent_free (ConfabUnsent *self)
{
  g_hash_table_unref (self->messages);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->added);
  g_free (self);
}

/* ---- the tables ---- */

/* Takes ownership of @row. */
static void
put_message (ConfabUnsent *self, ConfabOutboxRow *row)
{
  g_hash_table_replace (self->messages, row->client_id, row);
}

static gboolean
read_messages (ConfabUnsent *self, ConfabDatabase *database, GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o");
  g_autoptr (GPtrArray) rows = NULL;

  rows = confab_mirror_rows_collect (result, (ConfabMirrorRowsFunc)confab_mirror_rows_outbox,
                                     (GDestroyNotify)confab_outbox_row_free, error);
  if (rows == NULL)
    return FALSE;
  while (rows->len > 0)
    put_message (self, g_ptr_array_steal_index_fast (rows, rows->len - 1));
  return TRUE;
}

static gboolean
read_drafts (ConfabUnsent *self, ConfabDatabase *database, GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT conversation_id, content FROM drafts");

  while (confab_result_next (result))
    {
      gint64 id = confab_result_get_int (result, 0);
      char *text = confab_mirror_rows_text (result, 1, error);

      if (text == NULL)
        return FALSE;
      confab_id_map_set (self->drafts, id, text);
    }
  return confab_result_end (result, error);
}

ConfabUnsent *
confab_unsent_read (ConfabDatabase *database, GError **error)
{
  g_autoptr (ConfabUnsent) self = confab_unsent_new ();

  if (!read_messages (self, database, error) || !read_drafts (self, database, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
insert_message (ConfabDatabase *database, const ConfabOutboxRow *row, gint64 id, GError **error)
{
  return confab_database_run (
      database, error,
      "INSERT INTO outbox (id, client_id, conversation_id, content, created_at, state, problem)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      sql_int (id), sql_text (row->client_id), sql_int (row->conversation_id),
      sql_text (row->content), sql_int (row->created_at), sql_int (row->state),
      sql_int (row->problem));
}

static gboolean
insert_draft (ConfabDatabase *database, gint64 id, const char *text, GError **error)
{
  return confab_database_run (database, error,
                              "INSERT INTO drafts (conversation_id, content) VALUES ($1, $2)",
                              sql_int (id), sql_text (text));
}

gboolean
confab_unsent_write_tables (const ConfabUnsent *self, ConfabDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) rows = confab_unsent_list (self);
  gint64 last = 0;
  GHashTableIter iter;
  gpointer id;
  gpointer text;

  if (!confab_database_exec (database, "DELETE FROM outbox; DELETE FROM drafts", error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const ConfabOutboxRow *row = g_ptr_array_index (rows, i);

      /* Rows from two sources may have the same number. */
      last = MAX (row->id, last + 1);
      if (!insert_message (database, row, last, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      if (!insert_draft (database, *(gint64 *)id, text, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- comparing and writing ---- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ConfabOutboxRow *one = *(const ConfabOutboxRow *const *)a;
  const ConfabOutboxRow *other = *(const ConfabOutboxRow *const *)b;

  if (one->id != other->id)
    return one->id < other->id ? -1 : 1;
  return (one->created_at > other->created_at) - (one->created_at < other->created_at);
}

GPtrArray *
confab_unsent_list (const ConfabUnsent *self)
{
  GPtrArray *rows = g_hash_table_get_values_as_ptr_array (self->messages);

  g_ptr_array_sort (rows, compare_rows);
  return rows;
}

static gboolean
is_same_message (const ConfabOutboxRow *one, const ConfabOutboxRow *other)
{
  return one->conversation_id == other->conversation_id && one->state == other->state
         && one->problem == other->problem && g_str_equal (one->content, other->content);
}

gboolean
confab_unsent_equal (const ConfabUnsent *self, const ConfabUnsent *other)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (g_hash_table_size (self->messages) != g_hash_table_size (other->messages)
      || g_hash_table_size (self->drafts) != g_hash_table_size (other->drafts))
    return FALSE;
  g_hash_table_iter_init (&iter, self->messages);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const ConfabOutboxRow *row = g_hash_table_lookup (other->messages, key);

      if (row == NULL || !is_same_message (value, row))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (g_hash_table_lookup (other->drafts, key), value) != 0)
        return FALSE;
    }
  return TRUE;
}

void
confab_unsent_print (const ConfabUnsent *self, GString *lines)
{
  g_autoptr (GPtrArray) rows = confab_unsent_list (self);
  GHashTableIter iter;
  gpointer id;
  gpointer text;

  for (guint i = 0; i < rows->len; i++)
    confab_unsent_record_add_message (lines, g_ptr_array_index (rows, i));
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &id, &text))
    confab_unsent_record_add_draft (lines, *(gint64 *)id, text);
}

/* ---- applying lines ---- */

static void
set_draft (ConfabUnsent *self, gint64 conversation_id, const char *text)
{
  const char *old = g_hash_table_lookup (self->drafts, &conversation_id);

  if (g_strcmp0 (old, *text != '\0' ? text : NULL) == 0)
    return;
  self->changed = TRUE;
  if (*text == '\0')
    g_hash_table_remove (self->drafts, &conversation_id);
  else
    confab_id_map_set (self->drafts, conversation_id, g_strdup (text));
}

static void
add_message (ConfabUnsent *self, ConfabOutboxRow *row)
{
  g_hash_table_add (self->added, g_strdup (row->client_id));
  put_message (self, row);
  self->changed = TRUE;
}

static void
replay_message (ConfabUnsent *self, const ConfabOutboxRow *row, gboolean is_new)
{
  const ConfabOutboxRow *present = g_hash_table_lookup (self->messages, row->client_id);
  ConfabOutboxRow *copy;

  if (present == NULL)
    {
      if (is_new)
        add_message (self, confab_outbox_row_copy (row));
      return;
    }
  if (is_same_message (present, row))
    return;
  copy = confab_outbox_row_copy (row);
  if (!is_new)
    {
      /* A text never changes, and the line's is protected by a checksum. The table's state is
       * newer. */
      copy->state = present->state;
      copy->problem = present->problem;
      /* A conversation closed meanwhile has a local id (confab-mirror-keep.h). */
      if (present->conversation_id < 0)
        copy->conversation_id = present->conversation_id;
      if (is_same_message (present, copy))
        {
          confab_outbox_row_free (copy);
          return;
        }
    }
  put_message (self, copy);
  self->changed = TRUE;
}

static void
replay_gone (ConfabUnsent *self, const char *client_id)
{
  self->changed = g_hash_table_remove (self->messages, client_id) || self->changed;
  g_hash_table_remove (self->added, client_id);
}

/* Replace the drafts of the tables by the newest ones of the lines, which have a checksum. */
static void
mend_drafts (ConfabUnsent *self, GHashTable *known)
{
  GHashTableIter iter;
  gpointer id;
  gpointer text;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      if (g_hash_table_contains (self->drafts, id))
        set_draft (self, *(gint64 *)id, text);
    }
}

static void
replay_damaged (ConfabUnsent *self, const ConfabUnsentRecord *record)
{
  if (record->kind == CONFAB_UNSENT_MESSAGE
      && !g_hash_table_contains (self->messages, record->message->client_id))
    {
      ConfabOutboxRow *row = confab_outbox_row_copy (record->message);

      row->state = CONFAB_OUTBOX_FAILED;
      row->problem = -1;
      add_message (self, row);
    }
  else if (record->kind == CONFAB_UNSENT_DRAFT
           && !g_hash_table_contains (self->drafts, &record->id))
    set_draft (self, record->id, record->text);
}

static void
replay_sound (ConfabUnsent *self, ConfabUnsentRecord *record, gboolean is_new, GHashTable *known)
{
  switch (record->kind)
    {
    case CONFAB_UNSENT_MESSAGE:
      replay_message (self, record->message, is_new);
      break;
    case CONFAB_UNSENT_GONE:
      if (is_new)
        replay_gone (self, record->text);
      break;
    case CONFAB_UNSENT_DRAFT:
      g_hash_table_remove (known, &record->id);
      if (is_new)
        set_draft (self, record->id, record->text);
      else
        g_hash_table_replace (known, &record->id, record->text);
      break;
    case CONFAB_UNSENT_HEADER:
    case CONFAB_UNSENT_UNKNOWN:
    default:
      break;
    }
}

void
confab_unsent_replay (ConfabUnsent *self,
                      GPtrArray *records,
                      gsize mark,
                      gboolean damaged,
                      gboolean sound)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  /* Apply damaged lines first: an intact line after them may record that the message was sent, or
   * have a newer draft. */
  for (guint i = 0; i < records->len && !sound; i++)
    {
      const ConfabUnsentRecord *record = g_ptr_array_index (records, i);

      if (!record->sound)
        replay_damaged (self, record);
    }
  for (guint i = 0; i < records->len; i++)
    {
      ConfabUnsentRecord *record = g_ptr_array_index (records, i);

      if (record->sound)
        replay_sound (self, record, record->offset >= mark, known);
    }
  if (!damaged)
    mend_drafts (self, known);
}

/* ---- messages sent meanwhile ---- */

static gboolean
drop_arrived_in (ConfabUnsent *self,
                 gint64 conversation_id,
                 ConfabDatabase *database,
                 gint64 self_user_id,
                 GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "SELECT client_id FROM messages WHERE conversation_id = $1 AND sender_id = $2",
      sql_int (conversation_id), sql_int (self_user_id));

  while (confab_result_next (result))
    {
      const char *client_id = confab_result_get_text (result, 0);

      if (client_id != NULL && g_hash_table_contains (self->added, client_id))
        replay_gone (self, client_id);
    }
  return confab_result_end (result, error);
}

gboolean
confab_unsent_drop_arrived (ConfabUnsent *self,
                            ConfabDatabase *database,
                            gint64 self_user_id,
                            GError **error)
{
  g_autoptr (GHashTable) conversations = confab_id_set_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->added);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const ConfabOutboxRow *row = g_hash_table_lookup (self->messages, key);

      confab_id_set_add (conversations, row->conversation_id);
    }
  g_hash_table_iter_init (&iter, conversations);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!drop_arrived_in (self, *(gint64 *)key, database, self_user_id, error))
        return FALSE;
    }
  return TRUE;
}
