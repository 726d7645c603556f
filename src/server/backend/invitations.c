/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Invitations. Their rows are not synchronised. */

#include "confab-call.h"

GPtrArray *
confab_backend_load_invitations (ConfabDatabase *database,
                                 gint64 invitation_id,
                                 gint64 now,
                                 GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_invitation_row_free);
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT i.id, i.created_at, u.username, i.expires_at, i.uses, i.uses_left"
      "  FROM invitations AS i LEFT JOIN users AS u ON u.id = i.creator_id"
      " WHERE ($1 = 0 OR i.id = $1) AND i.uses_left > 0 AND i.expires_at > $2 ORDER BY i.id DESC",
      sql_int (invitation_id), sql_int (now));

  while (confab_result_next (result))
    {
      ConfabInvitationRow *row = g_new0 (ConfabInvitationRow, 1);

      row->id = confab_result_get_int (result, 0);
      row->created_at = confab_result_get_int (result, 1);
      row->created_by = confab_result_dup_text (result, 2);
      row->expires_at = confab_result_get_int (result, 3);
      row->uses = confab_result_get_int (result, 4);
      row->uses_left = confab_result_get_int (result, 5);
      g_ptr_array_add (rows, row);
    }

  return confab_result_end (result, error) ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
confab_backend_list_invitations (ConfabDatabase *database, gint64 actor_id, GError **error)
{
  return confab_backend_require_permitted (database, actor_id, CONFAB_PERMISSION_INVITE, error)
             ? confab_backend_load_invitations (database, 0, confab_backend_now (), error)
             : NULL;
}

gboolean
confab_run_add_invitation (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autofree char *uses = g_strdup_printf ("%" G_GINT64_FORMAT, command->add_invitation.uses);
  g_autoptr (GPtrArray) rows = NULL;

  call->outcome->created = TRUE;
  if (!confab_call_require_permission (call, CONFAB_PERMISSION_INVITE, error)
      || !confab_database_query_int (
          call->database, &call->outcome->id, error,
          "INSERT INTO invitations (code_hash, creator_id, created_at, expires_at, uses, uses_left)"
          " VALUES ($1, $2, $3, $4, $5, $5) RETURNING id",
          sql_bytes (command->add_invitation.code_hash), sql_id (command->actor_id),
          sql_int (command->at), sql_int (command->add_invitation.expires_at),
          sql_int (command->add_invitation.uses)))
    return FALSE;

  rows = confab_backend_load_invitations (call->database, call->outcome->id, command->at, error);
  if (rows == NULL)
    return FALSE;

  if (rows->len == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->invitation = g_ptr_array_steal_index (rows, 0);

  return confab_call_audit (call, "invitation-created", 0, NULL, uses, error);
}

/* Let the invitation expire now. */
gboolean
confab_run_end_invitation (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  const gint64 id = command->end_invitation.invitation_id;
  g_autofree char *left = NULL;
  gint64 uses_left;

  if (!confab_call_require_permission (call, CONFAB_PERMISSION_INVITE, error)
      || !confab_database_query_int (call->database, &uses_left, error,
                                     "UPDATE invitations SET expires_at = $2"
                                     " WHERE id = $1 AND uses_left > 0 AND expires_at > $2"
                                     " RETURNING uses_left",
                                     sql_int (id), sql_int (command->at)))
    return FALSE;

  if (uses_left == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  left = g_strdup_printf ("%" G_GINT64_FORMAT, uses_left);
  call->outcome->id = id;

  return confab_call_audit (call, "invitation-ended", 0, left, NULL, error);
}

gboolean
confab_call_use_invitation (ConfabCall *call, GBytes *code_hash, GError **error)
{
  return confab_database_run (call->database, error,
                              "UPDATE invitations SET uses_left = uses_left - 1"
                              " WHERE code_hash = $1 AND uses_left > 0 AND expires_at > $2",
                              sql_bytes (code_hash), sql_int (call->command->at))
         && confab_call_require_change (call, CONFAB_PROBLEM_INVITATION_INVALID, error);
}
