/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows may refer to users and roles that the server did not send. That is a bug of the server,
 * but no reason to refuse the rows: a placeholder is used until the row arrives, which is always
 * newer. */

#include "confab-mirror-apply.h"

#include "confab-mirror-rows.h"

gboolean
confab_apply_expect_role (ConfabApply *self, gint64 role_id, GError **error)
{
  if (!confab_database_run (self->database, error,
                            "INSERT OR IGNORE INTO roles (id, rolename, label, base, rev)"
                            " VALUES ($1, 'user', NULL, 'user', 0)",
                            sql_int (role_id)))
    return FALSE;
  self->changes->roles = self->changes->roles || confab_database_changes (self->database) > 0;
  return TRUE;
}

/* Shown like a deleted account, of which nothing is known either. */
static gboolean
insert_placeholder (ConfabApply *self, gint64 user_id, gint64 role_id, GError **error)
{
  return confab_database_run (
      self->database, error,
      "INSERT OR IGNORE INTO users (id, username, created_at, role_id, rev, deleted)"
      " VALUES ($1, '?', 0, $2, 0, 1)",
      sql_int (user_id), sql_int (role_id));
}

static void
tell (ConfabApply *self, gint64 user_id, gint64 role_id)
{
  ConfabUserRow *row = g_new0 (ConfabUserRow, 1);

  *row = (ConfabUserRow){
    .id = user_id, .username = g_strdup ("?"), .role_id = role_id, .deleted = TRUE
  };
  g_ptr_array_add (self->changes->made_users, row);
  g_ptr_array_add (self->changes->users, row);
}

gboolean
confab_apply_expect_user (ConfabApply *self, gint64 user_id, GError **error)
{
  gint64 role_id;
  gint64 found;

  if (confab_id_set_has (self->expected, user_id))
    return TRUE;
  confab_id_set_add (self->expected, user_id);
  if (!confab_database_query_int (self->database, &found, error,
                                  "SELECT 1 FROM users WHERE id = $1", sql_int (user_id)))
    return FALSE;
  if (found != 0)
    return TRUE;
  g_message ("The server did not say who the person with the id %" G_GINT64_FORMAT " is", user_id);
  if (!confab_database_query_int (self->database, &role_id, error,
                                  "SELECT coalesce (min (id), 1) FROM roles WHERE base = 'user'")
      || !confab_apply_expect_role (self, role_id, error)
      || !insert_placeholder (self, user_id, role_id, error))
    return FALSE;
  confab_id_set_add (self->suspects, user_id);
  tell (self, user_id, role_id);
  return TRUE;
}
