/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes confab.json: one object, row by row, so that memory does not grow with the history. SQLite
 * encodes the rows. */

#include "confab-export-private.h"

#define FORMAT "confab-export-1"

/* Add the texts in the first column of @result as elements of an array. */
static gboolean
add_elements (ConfabExportJob *job,
              ConfabExportFile *file,
              ConfabResult *result,
              gboolean messages,
              GError **error)
{
  gboolean first = TRUE;

  confab_export_file_add (file, "[");
  while (confab_result_next (result))
    {
      confab_export_file_add (file, first ? "\n" : ",\n");
      confab_export_file_add (file, confab_result_get_text (result, 0));
      first = FALSE;
      if (messages && !confab_export_step (job, error))
        return FALSE;
    }
  confab_export_file_add (file, "]");

  return confab_result_end (result, error);
}

static gboolean
add_table (ConfabExportJob *job,
           ConfabExportFile *file,
           const char *name,
           const char *sql,
           GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query_values (job->copy, sql, CONFAB_VALUES ());

  confab_export_file_printf (file, ",\n\"%s\": ", name);

  return add_elements (job, file, result, FALSE, error);
}

static gboolean
add_head (ConfabExportJob *job, ConfabExportFile *file, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      job->copy,
      "SELECT '\"format\": \"" FORMAT "\"'"
      "    || ', \"confab\": ' || json_quote ($1) || ', \"server\": ' || json_quote ($2)"
      "    || ', \"user_id\": ' || $3 || ', \"username\": ' || json_quote ($4)"
      "    || ', \"exported_at\": ' || $5 || ', \"missing_messages\": ' || $6",
      sql_text (CONFAB_VERSION), sql_text (job->server), sql_int (job->user_id),
      sql_text (job->username), sql_int (job->now), sql_int (job->result->n_missing));

  if (!confab_result_next (result))
    return confab_result_end (result, error);

  confab_export_file_add (file, confab_result_get_text (result, 0));

  return TRUE;
}

/* The object with the messages stays open. */
static gboolean
add_conversation_head (ConfabExportJob *job, ConfabExportFile *file, gint64 id, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      job->copy,
      "SELECT rtrim (json_object ('id', id, 'kind', kind, 'title', title, 'created_at', created_at,"
      "                           'last_seq', last_seq), '}')"
      "  FROM conversations WHERE id = $1",
      sql_int (id));

  if (!confab_result_next (result))
    return confab_result_end (result, error);

  confab_export_file_add (file, confab_result_get_text (result, 0));
  confab_export_file_add (file, ",\"messages\": ");

  return TRUE;
}

static gboolean
add_messages (ConfabExportJob *job, ConfabExportFile *file, gint64 id, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      job->copy,
      "SELECT json_object ('id', id, 'sender_id', sender_id, 'seq', seq, 'sent_at', sent_at,"
      "                    'content', content, 'removed_at', removed_at)"
      "  FROM messages WHERE conversation_id = $1 ORDER BY seq",
      sql_int (id));

  return add_elements (job, file, result, TRUE, error);
}

static gboolean
add_conversations (ConfabExportJob *job, ConfabExportFile *file, GError **error)
{
  g_autoptr (GPtrArray) conversations = confab_export_list_conversations (job, error);

  if (conversations == NULL)
    return FALSE;

  confab_export_file_add (file, ",\n\"conversations\": [");
  for (guint i = 0; i < conversations->len; i++)
    {
      const ConfabExportConversation *conversation = g_ptr_array_index (conversations, i);

      confab_export_file_add (file, i == 0 ? "\n" : ",\n");
      if (!add_conversation_head (job, file, conversation->id, error)
          || !add_messages (job, file, conversation->id, error))
        return FALSE;
      confab_export_file_add (file, "}");
    }
  confab_export_file_add (file, "]");

  return TRUE;
}

gboolean
confab_export_json (ConfabExportJob *job, GError **error)
{
  ConfabExportFile *file = confab_export_file_new (job, "confab.json", error);
  gboolean added;

  if (file == NULL)
    return FALSE;

  confab_export_file_add (file, "{");
  added =
      add_head (job, file, error)
      && add_table (
          job, file, "roles",
          "SELECT json_object ('id', id, 'rolename', rolename, 'label', label) FROM roles", error)
      && add_table (
          job, file, "users",
          "SELECT json_object ('id', id, 'username', username, 'email', email, 'about', about,"
          "                    'created_at', created_at, 'role_id', role_id,"
          "                    'deleted', json (iif (deleted, 'true', 'false')))"
          "  FROM users",
          error)
      && add_table (job, file, "conversation_users",
                    "SELECT json_object ('id', id, 'conversation_id', conversation_id,"
                    "                    'user_id', user_id, 'joined_at', joined_at,"
                    "                    'left_at', left_at)"
                    "  FROM conversation_users",
                    error)
      && add_conversations (job, file, error);
  confab_export_file_add (file, "\n}\n");

  return confab_export_file_close (file, added ? error : NULL) && added;
}
