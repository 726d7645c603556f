/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Users as administrators see them, and administrators' changes of users except roles. */

#include "confab-call.h"

#include "confab-limits.h"

/* ---- one ---- */

/* Columns: CONFAB_PERSON_COLUMNS */
static ConfabPersonRow *
read_person (ConfabResult *result)
{
  ConfabPersonRow *row = g_new0 (ConfabPersonRow, 1);

  row->user = g_new0 (ConfabUserRow, 1);
  row->user->id = confab_result_get_int (result, 0);
  row->user->username = confab_result_dup_text (result, 1);
  row->user->email = confab_result_dup_text (result, 2);
  row->user->created_at = confab_result_get_int (result, 3);
  row->user->role_id = confab_result_get_int (result, 4);
  row->user->rev = confab_result_get_int (result, 5);
  row->user->picture = confab_result_dup_text (result, 6);
  row->state = confab_result_dup_text (result, 7);
  row->user->deleted = g_str_equal (row->state, "deleted");
  row->sessions = confab_result_get_int (result, 9);
  row->last_seen_at = confab_result_get_int (result, 10);

  return row;
}

/* Every role change has an entry, and only the newest can be undone, so the role still is the one
 * it set. */
static gboolean
load_undo (ConfabDatabase *database,
           gint64 viewer_id,
           gint64 now,
           ConfabPersonRow *row,
           GError **error)
{
  gint64 lasts = CONFAB_ROLE_UNDO_SECONDS * 1000;
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT a.id, r.id, a.at FROM audit AS a JOIN roles AS r ON r.rolename = a.old_value"
      " WHERE a.id = (SELECT id FROM audit WHERE target_id = $1"
      "                  AND action IN ('role-changed', 'role-change-undone')"
      "                ORDER BY rev DESC, id DESC LIMIT 1)"
      "   AND a.action = 'role-changed' AND a.actor_id = $2 AND a.at > $3",
      sql_int (row->user->id), sql_int (viewer_id), sql_int (now - lasts));

  if (confab_result_next (result))
    {
      row->undo_audit_id = confab_result_get_int (result, 0);
      row->undo_role_id = confab_result_get_int (result, 1);
      row->undo_expires_at = confab_result_get_int (result, 2) + lasts;
    }

  return confab_result_end (result, error);
}

ConfabPersonRow *
confab_backend_load_person (ConfabDatabase *database,
                            gint64 viewer_id,
                            gint64 user_id,
                            gint64 now,
                            GError **error)
{
  g_autoptr (ConfabPersonRow) row = NULL;
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "SELECT " CONFAB_PERSON_COLUMNS ("$2") " FROM users AS u WHERE u.id = $1",
      sql_int (user_id), sql_int (now - CONFAB_SESSION_IDLE_MS));

  if (!confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error))
    return NULL;

  row = read_person (result);
  if (user_id != viewer_id && !row->user->deleted
      && !load_undo (database, viewer_id, now, row, error))
    return NULL;

  return g_steal_pointer (&row);
}

ConfabPersonRow *
confab_backend_get_person (ConfabDatabase *database,
                           gint64 actor_id,
                           gint64 user_id,
                           GError **error)
{
  return confab_backend_require_permitted (database, actor_id, CONFAB_PERMISSION_LIST_PEOPLE, error)
             ? confab_backend_load_person (database, actor_id, user_id, confab_backend_now (),
                                           error)
             : NULL;
}

/* ---- many ---- */

/* Read one more row than fits, to know whether this is the last page. */
static gboolean
fill_page (ConfabDatabase *database,
           const ConfabPeopleQuery *query,
           ConfabPeoplePage *page,
           GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (ConfabResult) result = confab_database_query (
      database, CONFAB_LIST_PEOPLE, sql_text (query->key), sql_int (query->role_id),
      sql_text (query->state), sql_text (query->after), sql_int ((gint64)query->limit + 1),
      sql_int (confab_backend_now () - CONFAB_SESSION_IDLE_MS));

  while (confab_result_next (result))
    {
      if (page->people->len == query->limit)
        {
          page->next = g_steal_pointer (&last);
          break;
        }
      g_ptr_array_add (page->people, read_person (result));
      g_set_str (&last, confab_result_get_text (result, 8));
    }

  return confab_result_end (result, error);
}

ConfabPeoplePage *
confab_backend_list_people (ConfabDatabase *database,
                            gint64 actor_id,
                            const ConfabPeopleQuery *query,
                            GError **error)
{
  g_autoptr (ConfabPeoplePage) page = g_new0 (ConfabPeoplePage, 1);

  page->people = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_person_row_free);
  if (!confab_backend_require_permitted (database, actor_id, CONFAB_PERMISSION_LIST_PEOPLE, error)
      || !confab_database_query_int (database, &page->total, error, CONFAB_COUNT_PEOPLE,
                                     sql_text (query->key), sql_int (query->role_id),
                                     sql_text (query->state))
      || !fill_page (database, query, page, error))
    return NULL;

  return g_steal_pointer (&page);
}

GArray *
confab_backend_list_suspended (ConfabDatabase *database, GError **error)
{
  g_autoptr (GArray) user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return confab_backend_collect_ids (
             confab_database_query (database, "SELECT id FROM users WHERE state = 'suspended'"),
             user_ids, error)
             ? g_steal_pointer (&user_ids)
             : NULL;
}

/* ---- changing them ---- */

/* Load the user that the command is about, if its actor has @permission. */
static ConfabPersonRow *
load_target (ConfabCall *call, ConfabPermission permission, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_call_require_permission (call, permission, error)
             ? confab_backend_load_person (call->database, command->actor_id, command->user_id,
                                           command->at, error)
             : NULL;
}

gboolean
confab_call_answer_with_person (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->user_id;
  call->outcome->person = confab_backend_load_person (call->database, command->actor_id,
                                                      command->user_id, command->at, error);

  return call->outcome->person != NULL;
}

static gboolean
write_state (ConfabCall *call, GError **error)
{
  return confab_database_run (call->database, error, "UPDATE users SET state = $2 WHERE id = $1",
                              sql_int (call->command->user_id),
                              sql_text (call->command->set_state.state));
}

static gboolean
suspend (ConfabCall *call, GError **error)
{
  gint64 user_id = call->command->user_id;

  call->outcome->end_problem = CONFAB_PROBLEM_ACCOUNT_SUSPENDED;

  return confab_call_require_admin_left (call, user_id, error)
         && confab_call_end_sessions (call, user_id, 0, error) && write_state (call, error)
         && confab_call_audit (call, "suspended", user_id, "active", "suspended", error);
}

static gboolean
restore (ConfabCall *call, GError **error)
{
  return write_state (call, error)
         && confab_call_audit (call, "restored", call->command->user_id, "suspended", "active",
                               error);
}

gboolean
confab_run_set_state (ConfabCall *call, GError **error)
{
  const char *state = call->command->set_state.state;
  const char *expected = call->command->set_state.expected_state;
  g_autoptr (ConfabPersonRow) person = load_target (call, CONFAB_PERMISSION_SUSPEND_PEOPLE, error);

  if (person == NULL)
    return FALSE;

  if (person->user->deleted || (expected != NULL && !g_str_equal (expected, person->state)))
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  if (!g_str_equal (state, person->state)
      && !(g_str_equal (state, "suspended") ? suspend (call, error) : restore (call, error)))
    return FALSE;

  return confab_call_answer_with_person (call, error);
}

gboolean
confab_run_end_user_sessions (ConfabCall *call, GError **error)
{
  g_autoptr (ConfabPersonRow) person = load_target (call, CONFAB_PERMISSION_END_SESSIONS, error);
  g_autofree char *number = NULL;

  if (person == NULL || !confab_call_end_sessions (call, person->user->id, 0, error))
    return FALSE;

  call->outcome->id = person->user->id;
  if (call->outcome->ended_sessions->len == 0)
    return TRUE;

  number = g_strdup_printf ("%u", call->outcome->ended_sessions->len);

  return confab_call_audit (call, "sessions-ended", person->user->id, NULL, number, error);
}
