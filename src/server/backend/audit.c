/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The audit: adding entries, always in the transaction of the change, and reading them. */

#include "confab-call.h"

#include "confab-text.h"

gboolean
confab_call_audit (ConfabCall *call,
                   const char *action,
                   gint64 target_id,
                   const char *old_value,
                   const char *new_value,
                   GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 actor_id = command->actor_id == CONFAB_ACTOR_SELF ? target_id : command->actor_id;

  call->outcome->rev = call->rev;
  if (target_id > 0)
    call->outcome->notified_user_id = target_id;

  return confab_database_run (
      call->database, error,
      "INSERT INTO audit (at, actor_id, target_id, conversation_id, action, old_value, new_value,"
      "                   address, rev, actor_name)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT username FROM users WHERE id = $2))",
      sql_int (command->at), sql_id (MAX (actor_id, 0)), sql_id (target_id),
      sql_id (command->conversation_id), sql_text (action), sql_text (old_value),
      sql_text (new_value), sql_text (command->address), sql_int (call->rev));
}

/* ---- reading ---- */

static ConfabAuditRow *
read_entry (ConfabResult *result)
{
  ConfabAuditRow *row = g_new0 (ConfabAuditRow, 1);

  row->id = confab_result_get_int (result, 0);
  row->at = confab_result_get_int (result, 1);
  row->actor_id = confab_result_get_int (result, 2);
  row->actor = confab_result_dup_text (result, 3);
  row->target_id = confab_result_get_int (result, 4);
  row->target = confab_result_dup_text (result, 5);
  row->conversation_id = confab_result_get_int (result, 6);
  row->action = confab_result_dup_text (result, 7);
  row->old_value = confab_result_dup_text (result, 8);
  row->new_value = confab_result_dup_text (result, 9);
  row->address = confab_result_dup_text (result, 10);

  return row;
}

/* The maximum of entries examined per request; a search without results continues with the next. */
#define MAX_LOOKED_AT 5000

/* Set *@newest to the newest entry before @before, 0 if there is none. */
static gboolean
find_newest (ConfabDatabase *database, gint64 before, gint64 *newest, GError **error)
{
  return confab_database_query_int (database, newest, error,
                                    "SELECT max (id) FROM audit WHERE id < $1", sql_int (before));
}

/* Add matches between @oldest and @newest to @entries, at most one more than fits on a page. Values
 * have no keys, so compare them as they are, with ASCII letters in lower case. */
static gboolean
search (ConfabDatabase *database,
        const ConfabAuditQuery *query,
        gint64 newest,
        gint64 oldest,
        GPtrArray *entries,
        GError **error)
{
  g_autofree char *key = query->text != NULL ? confab_text_key (query->text) : NULL;
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT a.id, a.at, a.actor_id, actor.username, a.target_id, target.username,"
      "       a.conversation_id, a.action, a.old_value, a.new_value, a.address"
      "  FROM audit AS a LEFT JOIN users AS actor ON actor.id = a.actor_id"
      "  LEFT JOIN users AS target ON target.id = a.target_id"
      " WHERE a.id BETWEEN $1 AND $2"
      "   AND ($3 IS NULL OR instr (actor.username_key, $4) > 0"
      "        OR instr (target.username_key, $4) > 0 OR instr (a.action, $4) > 0"
      "        OR instr (a.old_value, $3) > 0 OR instr (a.new_value, $3) > 0"
      "        OR instr (lower (a.old_value), $4) > 0 OR instr (lower (a.new_value), $4) > 0)"
      " ORDER BY a.id DESC LIMIT $5",
      sql_int (oldest), sql_int (newest), sql_text (query->text), sql_text (key),
      sql_int ((gint64)query->limit + 1));

  while (confab_result_next (result))
    g_ptr_array_add (entries, read_entry (result));

  return confab_result_end (result, error);
}

/* Set @page's next if the page is full, or there are entries not examined yet. */
static gboolean
find_next (ConfabDatabase *database,
           const ConfabAuditQuery *query,
           gint64 oldest,
           ConfabAuditPage *page,
           GError **error)
{
  gint64 older;

  if (page->entries->len > query->limit)
    {
      g_ptr_array_set_size (page->entries, (int)query->limit);
      page->next = ((ConfabAuditRow *)g_ptr_array_index (page->entries, query->limit - 1))->id;
      return TRUE;
    }

  if (!find_newest (database, oldest, &older, error))
    return FALSE;

  page->next = older > 0 ? oldest : 0;

  return TRUE;
}

ConfabAuditPage *
confab_backend_read_audit (ConfabDatabase *database,
                           gint64 actor_id,
                           const ConfabAuditQuery *query,
                           GError **error)
{
  g_autoptr (ConfabAuditPage) page = g_new0 (ConfabAuditPage, 1);
  gint64 newest, oldest;

  page->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_audit_row_free);
  if (!confab_backend_require_permitted (database, actor_id, CONFAB_PERMISSION_READ_AUDIT, error)
      || !find_newest (database, query->before, &newest, error))
    return NULL;

  oldest = MAX (newest - MAX_LOOKED_AT + 1, 1);
  if (!search (database, query, newest, oldest, page->entries, error)
      || !find_next (database, query, oldest, page, error))
    return NULL;

  return g_steal_pointer (&page);
}
