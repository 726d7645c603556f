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
confab_mirror_rows_text (ConfabResult *result, int column, GError **error)
{
  const char *text = confab_result_get_text (result, column);

  return is_text (text, error) ? g_strdup (text) : NULL;
}

gboolean
confab_mirror_rows_optional_text (ConfabResult *result, int column, char **text, GError **error)
{
  const char *value = confab_result_get_text (result, column);

  *text = NULL;
  if (value == NULL)
    return TRUE;
  if (!is_text (value, error))
    return FALSE;
  *text = g_strdup (value);
  return TRUE;
}

ConfabUserRow *
confab_mirror_rows_user (ConfabResult *result, GError **error)
{
  g_autoptr (ConfabUserRow) row = g_new0 (ConfabUserRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->created_at = confab_result_get_int (result, 3);
  row->role_id = confab_result_get_int (result, 4);
  row->rev = confab_result_get_int (result, 5);
  row->username = confab_mirror_rows_text (result, 1, error);
  row->deleted = confab_result_get_int (result, 8) != 0;
  if (row->username == NULL || !confab_mirror_rows_optional_text (result, 2, &row->email, error)
      || !confab_mirror_rows_optional_text (result, 6, &row->about, error)
      || !confab_mirror_rows_optional_text (result, 7, &row->picture, error))
    return NULL;
  return g_steal_pointer (&row);
}

ConfabMessageRow *
confab_mirror_rows_message (ConfabResult *result, GError **error)
{
  g_autoptr (ConfabMessageRow) row = g_new0 (ConfabMessageRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->conversation_id = confab_result_get_int (result, 2);
  row->sender_id = confab_result_get_int (result, 3);
  row->seq = confab_result_get_int (result, 4);
  row->sent_at = confab_result_get_int (result, 6);
  row->rev = confab_result_get_int (result, 7);
  row->removed_at = confab_result_get_int (result, 8);
  row->client_id = confab_mirror_rows_text (result, 1, error);
  if (row->client_id == NULL)
    return NULL;
  row->content = confab_mirror_rows_text (result, 5, error);
  if (row->content == NULL)
    return NULL;
  return g_steal_pointer (&row);
}

ConfabOutboxRow *
confab_mirror_rows_outbox (ConfabResult *result, GError **error)
{
  g_autoptr (ConfabOutboxRow) row = g_new0 (ConfabOutboxRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->conversation_id = confab_result_get_int (result, 2);
  row->created_at = confab_result_get_int (result, 4);
  row->state = confab_result_get_int (result, 5) == CONFAB_OUTBOX_FAILED ? CONFAB_OUTBOX_FAILED
                                                                         : CONFAB_OUTBOX_WAITING;
  row->problem = (int)confab_result_get_int (result, 6);
  row->client_id = confab_mirror_rows_text (result, 1, error);
  if (row->client_id == NULL)
    return NULL;
  row->content = confab_mirror_rows_text (result, 3, error);
  if (row->content == NULL)
    return NULL;
  return g_steal_pointer (&row);
}

GPtrArray *
confab_mirror_rows_collect (ConfabResult *result,
                            ConfabMirrorRowsFunc read,
                            GDestroyNotify free_row,
                            GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);

  while (confab_result_next (result))
    {
      gpointer row = read (result, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return confab_result_end (result, error) ? g_steal_pointer (&rows) : NULL;
}

static gpointer
read_id (ConfabResult *result, GError **error)
{
  gint64 id = confab_result_get_int (result, 0);

  return g_memdup2 (&id, sizeof id);
}

GPtrArray *
confab_mirror_rows_ids (ConfabResult *result, GError **error)
{
  return confab_mirror_rows_collect (result, read_id, g_free, error);
}
