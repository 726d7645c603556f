/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The audit and the invitations, read. */

#include "confab-sqlite-administration.h"
#include "confab-text.h"

static ConfabAuditRow *
read_entry (ConfabStatement *statement)
{
  ConfabAuditRow *row = g_new0 (ConfabAuditRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->at = confab_statement_get_int (statement, 1);
  row->actor_id = confab_statement_get_int (statement, 2);
  row->actor = confab_statement_dup_string (statement, 3);
  row->target_id = confab_statement_get_int (statement, 4);
  row->target = confab_statement_dup_string (statement, 5);
  row->conversation_id = confab_statement_get_int (statement, 6);
  row->action = confab_statement_dup_string (statement, 7);
  row->old_value = confab_statement_dup_string (statement, 8);
  row->new_value = confab_statement_dup_string (statement, 9);
  row->address = confab_statement_dup_string (statement, 10);

  return row;
}

/* How many entries one request looks at; a search that finds nothing goes on with the next. */
#define MAX_LOOKED_AT 5000

/* The newest entry before @before, 0 if there is none. */
static gint64
find_newest (ConfabDatabase *database, gint64 before, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database, "SELECT coalesce (max (id), 0) FROM audit WHERE id < ?1", error);

  if (statement == NULL)
    return 0;

  confab_statement_bind_int (statement, 1, before);

  return confab_statement_step (statement, error) ? confab_statement_get_int (statement, 0) : 0;
}

/* Adds what is found between @oldest and @newest to @entries, one more than a page holds at
 * most. */
static gboolean
search (ConfabDatabase *database,
        const ConfabAuditQuery *query,
        gint64 newest,
        gint64 oldest,
        GPtrArray *entries,
        GError **error)
{
  g_autofree char *key = query->text != NULL ? confab_text_key (query->text) : NULL;
  /* Values have no keys: they are compared as they are, and with their ASCII letters in lower
   * case. */
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT a.id, a.at, a.actor_id, actor.username, a.target_id, target.username, "
      "a.conversation_id,"
      "       a.action, a.old_value, a.new_value, a.address"
      "  FROM audit AS a LEFT JOIN users AS actor ON actor.id = a.actor_id"
      "  LEFT JOIN users AS target ON target.id = a.target_id"
      " WHERE a.id BETWEEN ?5 AND ?1"
      "   AND (?2 IS NULL OR instr (actor.username_key, ?3) OR instr (target.username_key, ?3)"
      "        OR instr (a.action, ?3) OR instr (a.old_value, ?2) OR instr (a.new_value, ?2)"
      "        OR instr (lower (a.old_value), ?3) OR instr (lower (a.new_value), ?3))"
      " ORDER BY a.id DESC LIMIT ?4",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, newest);
  confab_statement_bind_string (statement, 2, query->text);
  confab_statement_bind_string (statement, 3, key);
  confab_statement_bind_int (statement, 4, query->limit + 1);
  confab_statement_bind_int (statement, 5, oldest);
  while (confab_statement_step (statement, error))
    g_ptr_array_add (entries, read_entry (statement));

  return *error == NULL;
}

ConfabAuditPage *
confab_sqlite_read_audit (ConfabDatabase *database, const ConfabAuditQuery *query, GError **error)
{
  g_autoptr (ConfabAuditPage) page = g_new0 (ConfabAuditPage, 1);
  const gint64 newest = find_newest (database, query->before, error);
  const gint64 oldest = MAX (newest - MAX_LOOKED_AT + 1, 1);

  page->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_audit_row_free);
  if (*error != NULL || !search (database, query, newest, oldest, page->entries, error))
    return NULL;

  if (page->entries->len > query->limit)
    {
      g_ptr_array_set_size (page->entries, (int)query->limit);
      page->next = ((ConfabAuditRow *)g_ptr_array_index (page->entries, query->limit - 1))->id;
    }
  else if (find_newest (database, oldest, error) > 0)
    page->next = oldest;

  return *error == NULL ? g_steal_pointer (&page) : NULL;
}

GPtrArray *
confab_sqlite_list_invitations (ConfabDatabase *database,
                                gint64 invitation_id,
                                gint64 now,
                                GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_invitation_row_free);
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT i.id, i.created_at, u.username, i.expires_at, i.uses, i.uses_left"
      "  FROM invitations AS i LEFT JOIN users AS u ON u.id = i.creator_id"
      " WHERE (?1 = 0 OR i.id = ?1) AND i.uses_left > 0 AND i.expires_at > ?2 ORDER BY i.id DESC",
      error);

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, invitation_id);
  confab_statement_bind_int (statement, 2, now);
  while (confab_statement_step (statement, error))
    {
      ConfabInvitationRow *row = g_new0 (ConfabInvitationRow, 1);

      row->id = confab_statement_get_int (statement, 0);
      row->created_at = confab_statement_get_int (statement, 1);
      row->created_by = confab_statement_dup_string (statement, 2);
      row->expires_at = confab_statement_get_int (statement, 3);
      row->uses = confab_statement_get_int (statement, 4);
      row->uses_left = confab_statement_get_int (statement, 5);
      g_ptr_array_add (rows, row);
    }

  return *error == NULL ? g_steal_pointer (&rows) : NULL;
}
