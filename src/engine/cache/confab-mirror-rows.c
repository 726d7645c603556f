/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-rows.h"

static gboolean
is_text (const char *text, GError **error)
{
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    return TRUE;
  g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT,
                       "A text in the mirror is damaged");
  return FALSE;
}

char *
confab_mirror_rows_text (ConfabStatement *statement, int column, GError **error)
{
  const char *text = confab_statement_get_string (statement, column);

  return is_text (text, error) ? g_strdup (text) : NULL;
}

gboolean
confab_mirror_rows_optional_text (ConfabStatement *statement,
                                  int column,
                                  char **text,
                                  GError **error)
{
  const char *value = confab_statement_get_string (statement, column);

  *text = NULL;
  if (value == NULL)
    return TRUE;
  if (!is_text (value, error))
    return FALSE;
  *text = g_strdup (value);
  return TRUE;
}

ConfabUserRow *
confab_mirror_rows_user (ConfabStatement *statement, GError **error)
{
  g_autoptr (ConfabUserRow) row = g_new0 (ConfabUserRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->created_at = confab_statement_get_int (statement, 3);
  row->role_id = confab_statement_get_int (statement, 4);
  row->rev = confab_statement_get_int (statement, 5);
  row->username = confab_mirror_rows_text (statement, 1, error);
  row->deleted = confab_statement_get_int (statement, 8) != 0;
  if (row->username == NULL || !confab_mirror_rows_optional_text (statement, 2, &row->email, error)
      || !confab_mirror_rows_optional_text (statement, 6, &row->about, error)
      || !confab_mirror_rows_optional_text (statement, 7, &row->picture, error))
    return NULL;
  return g_steal_pointer (&row);
}

ConfabMessageRow *
confab_mirror_rows_message (ConfabStatement *statement, GError **error)
{
  g_autoptr (ConfabMessageRow) row = g_new0 (ConfabMessageRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->conversation_id = confab_statement_get_int (statement, 2);
  row->sender_id = confab_statement_get_int (statement, 3);
  row->seq = confab_statement_get_int (statement, 4);
  row->sent_at = confab_statement_get_int (statement, 6);
  row->rev = confab_statement_get_int (statement, 7);
  row->removed_at = confab_statement_get_int (statement, 8);
  row->client_id = confab_mirror_rows_text (statement, 1, error);
  if (row->client_id == NULL)
    return NULL;
  row->content = confab_mirror_rows_text (statement, 5, error);
  if (row->content == NULL)
    return NULL;
  return g_steal_pointer (&row);
}

ConfabOutboxRow *
confab_mirror_rows_outbox (ConfabStatement *statement, GError **error)
{
  g_autoptr (ConfabOutboxRow) row = g_new0 (ConfabOutboxRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->conversation_id = confab_statement_get_int (statement, 2);
  row->created_at = confab_statement_get_int (statement, 4);
  row->state = confab_statement_get_int (statement, 5) == CONFAB_OUTBOX_FAILED
                   ? CONFAB_OUTBOX_FAILED
                   : CONFAB_OUTBOX_WAITING;
  row->problem = (int)confab_statement_get_int (statement, 6);
  row->client_id = confab_mirror_rows_text (statement, 1, error);
  if (row->client_id == NULL)
    return NULL;
  row->content = confab_mirror_rows_text (statement, 3, error);
  if (row->content == NULL)
    return NULL;
  return g_steal_pointer (&row);
}

GPtrArray *
confab_mirror_rows_collect (ConfabStatement *statement,
                            ConfabMirrorRowsFunc read,
                            GDestroyNotify free_row,
                            GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (GError) failure = NULL;

  while (confab_statement_step (statement, &failure))
    {
      gpointer row = read (statement, error);

      if (row == NULL)
        {
          confab_statement_reset (statement);
          return NULL;
        }
      g_ptr_array_add (rows, row);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

gboolean
confab_mirror_rows_int (ConfabDatabase *database,
                        const char *sql,
                        gint64 id,
                        gint64 other,
                        gint64 fallback,
                        gint64 *value,
                        GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (database, sql, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  confab_statement_bind_int (statement, 1, id);
  if (other != 0)
    confab_statement_bind_int (statement, 2, other);
  *value = fallback;
  if (confab_statement_step (statement, &failure))
    *value = confab_statement_get_int (statement, 0);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
confab_mirror_rows_run (ConfabDatabase *database, const char *sql, gint64 id, GError **error)
{
  ConfabStatement *statement = confab_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  confab_statement_bind_int (statement, 1, id);
  return confab_statement_run (statement, error);
}
