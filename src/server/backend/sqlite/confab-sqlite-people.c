/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People as administrators see them. */

#include "confab-limits.h"
#include "confab-problem.h"
#include "confab-sqlite-administration.h"
#include "confab-sqlite-private.h"
#include "confab-sqlite-rows.h"

gboolean
confab_sqlite_require_permitted (ConfabDatabase *database,
                                 gint64 user_id,
                                 ConfabPermission permission,
                                 GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (database,
                               "SELECT r.base FROM users AS u JOIN roles AS r ON r.id = u.role_id"
                               " WHERE u.id = ?1 AND u.state = 'active'",
                               error);
  ConfabRoleBase base;

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  if (confab_statement_step (statement, error)
      && confab_role_base_from_string (confab_statement_get_string (statement, 0), &base)
      && confab_role_base_permits (base, permission))
    return TRUE;

  return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_FORBIDDEN);
}

/* Columns: CONFAB_SQLITE_PERSON_COLUMNS */
static ConfabPersonRow *
read_person (ConfabStatement *statement)
{
  ConfabPersonRow *row = g_new0 (ConfabPersonRow, 1);

  row->user = g_new0 (ConfabUserRow, 1);
  row->user->id = confab_statement_get_int (statement, 0);
  row->user->username = confab_statement_dup_string (statement, 1);
  row->user->email = confab_statement_dup_string (statement, 2);
  row->user->created_at = confab_statement_get_int (statement, 3);
  row->user->role_id = confab_statement_get_int (statement, 4);
  row->user->rev = confab_statement_get_int (statement, 5);
  row->user->picture = confab_statement_dup_string (statement, 6);
  row->state = confab_statement_dup_string (statement, 7);
  row->user->deleted = g_str_equal (row->state, "deleted");
  row->sessions = confab_statement_get_int (statement, 9);
  row->last_seen_at = confab_statement_get_int (statement, 10);

  return row;
}

/* Only the newest change can be undone, so that the role is still what it made it; every change
 * of a role has an entry. */
static gboolean
load_undo (ConfabDatabase *database,
           gint64 viewer_id,
           gint64 now,
           ConfabPersonRow *row,
           GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT a.id, r.id, a.at FROM audit AS a JOIN roles AS r ON r.rolename = a.old_value"
      " WHERE a.id = (SELECT id FROM audit WHERE target_id = ?1"
      "                  AND action IN ('role-changed', 'role-change-undone')"
      "                ORDER BY rev DESC, id DESC LIMIT 1)"
      "   AND a.action = 'role-changed' AND a.actor_id = ?2 AND a.at > ?3",
      error);
  gint64 lasts = CONFAB_ROLE_UNDO_SECONDS * 1000;

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, row->user->id);
  confab_statement_bind_int (statement, 2, viewer_id);
  confab_statement_bind_int (statement, 3, now - lasts);
  if (confab_statement_step (statement, error))
    {
      row->undo_audit_id = confab_statement_get_int (statement, 0);
      row->undo_role_id = confab_statement_get_int (statement, 1);
      row->undo_expires_at = confab_statement_get_int (statement, 2) + lasts;
    }

  return *error == NULL;
}

ConfabPersonRow *
confab_sqlite_load_person (ConfabDatabase *database,
                           gint64 viewer_id,
                           gint64 user_id,
                           gint64 now,
                           GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database, "SELECT " CONFAB_SQLITE_PERSON_COLUMNS ("?2") " FROM users AS u WHERE u.id = ?1",
      error);
  g_autoptr (ConfabPersonRow) row = NULL;

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, user_id);
  confab_statement_bind_int (statement, 2, now - CONFAB_SQLITE_SESSION_IDLE_MS);
  if (confab_statement_step (statement, error))
    row = read_person (statement);
  else if (*error == NULL)
    confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  if (row == NULL)
    return NULL;

  if (user_id != viewer_id && !row->user->deleted
      && !load_undo (database, viewer_id, now, row, error))
    return NULL;

  return g_steal_pointer (&row);
}

static void
bind_condition (ConfabStatement *statement, const ConfabPeopleQuery *query)
{
  confab_statement_bind_string (statement, 1, query->key);
  confab_statement_bind_int (statement, 2, query->role_id);
  confab_statement_bind_string (statement, 3, query->state);
}

static gboolean
count_people (ConfabDatabase *database,
              const ConfabPeopleQuery *query,
              gint64 *total,
              GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (database, CONFAB_SQLITE_COUNT_PEOPLE, error);

  if (statement == NULL)
    return FALSE;

  bind_condition (statement, query);
  if (!confab_statement_step (statement, error))
    return FALSE;

  *total = confab_statement_get_int (statement, 0);

  return TRUE;
}

/* One more is read than is shown, to know whether that is the end. */
static gboolean
fill_page (ConfabDatabase *database,
           const ConfabPeopleQuery *query,
           gint64 now,
           ConfabPeoplePage *page,
           GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (database, CONFAB_SQLITE_LIST_PEOPLE, error);
  g_autofree char *last = NULL;

  if (statement == NULL)
    return FALSE;

  bind_condition (statement, query);
  confab_statement_bind_string (statement, 4, query->after);
  confab_statement_bind_int (statement, 5, (gint64)query->limit + 1);
  confab_statement_bind_int (statement, 6, now - CONFAB_SQLITE_SESSION_IDLE_MS);
  while (confab_statement_step (statement, error))
    {
      if (page->people->len == query->limit)
        {
          page->next = g_steal_pointer (&last);
          break;
        }
      g_ptr_array_add (page->people, read_person (statement));
      g_set_str (&last, confab_statement_get_string (statement, 8));
    }

  return *error == NULL;
}

ConfabPeoplePage *
confab_sqlite_list_people (ConfabDatabase *database,
                           const ConfabPeopleQuery *query,
                           gint64 now,
                           GError **error)
{
  g_autoptr (ConfabPeoplePage) page = g_new0 (ConfabPeoplePage, 1);

  page->people = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_person_row_free);
  if (!count_people (database, query, &page->total, error)
      || !fill_page (database, query, now, page, error))
    return NULL;

  return g_steal_pointer (&page);
}

static gboolean
count_admins (ConfabDatabase *database, gint64 *admins, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT count (*) FROM roles AS r CROSS JOIN users AS u ON u.role_id = r.id"
      " WHERE r.base = 'admin' AND u.state = 'active'",
      error);

  if (statement == NULL || !confab_statement_step (statement, error))
    return FALSE;

  *admins = confab_statement_get_int (statement, 0);

  return TRUE;
}

gboolean
confab_sqlite_preview_role (ConfabDatabase *database,
                            gint64 user_id,
                            gint64 role_id,
                            gint64 now,
                            ConfabRoleChange *change,
                            GError **error)
{
  g_autoptr (ConfabPersonRow) person = confab_sqlite_load_person (database, 0, user_id, now, error);
  g_autoptr (ConfabRoleRow) to = NULL;
  g_autoptr (ConfabRoleRow) from = NULL;

  if (person == NULL)
    return FALSE;

  to = confab_sqlite_load_role (database, role_id, error);
  if (to == NULL && *error == NULL)
    g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "role_id");
  if (to == NULL)
    return FALSE;

  from = confab_sqlite_load_role (database, person->user->role_id, error);
  if (from == NULL || !count_admins (database, &change->admins_now, error))
    return FALSE;

  change->sessions = person->sessions;
  change->admins_after = change->admins_now;
  if (g_str_equal (person->state, "active"))
    change->admins_after +=
        (to->base == CONFAB_ROLE_BASE_ADMIN) - (from->base == CONFAB_ROLE_BASE_ADMIN);

  return TRUE;
}
