/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What administrators are shown, read inside a transaction: the writer's, for the answer to a
 * change, or a reader's snapshot. @error is never NULL; failures are in CONFAB_STORE_ERROR
 * unless said otherwise. */

#pragma once

#include "confab-administration.h"
#include "confab-database.h"

G_BEGIN_DECLS

/* CONFAB_PROBLEM_FORBIDDEN unless @user_id is active and their role permits it. */
gboolean confab_sqlite_require_permitted (ConfabDatabase *database,
                                          gint64 user_id,
                                          ConfabPermission permission,
                                          GError **error);

/* As @viewer_id is shown them at @now. Returns: (transfer full): or NULL with
 * CONFAB_PROBLEM_NOT_FOUND */
ConfabPersonRow *confab_sqlite_load_person (ConfabDatabase *database,
                                            gint64 viewer_id,
                                            gint64 user_id,
                                            gint64 now,
                                            GError **error);

/* Returns: (transfer full) */
ConfabPeoplePage *confab_sqlite_list_people (ConfabDatabase *database,
                                             const ConfabPeopleQuery *query,
                                             gint64 now,
                                             GError **error);

/* NOT_FOUND without such a person, INVALID_FIELD without such a role */
gboolean confab_sqlite_preview_role (ConfabDatabase *database,
                                     gint64 user_id,
                                     gint64 role_id,
                                     gint64 now,
                                     ConfabRoleChange *change,
                                     GError **error);

/* Those that can still be used at @now, or the one @invitation_id if that can; the newest first.
 * (transfer full) */
GPtrArray *confab_sqlite_list_invitations (ConfabDatabase *database,
                                           gint64 invitation_id,
                                           gint64 now,
                                           GError **error);

/* Returns: (transfer full) (element-type ConfabAuditRow) */
ConfabAuditPage *confab_sqlite_read_audit (ConfabDatabase *database,
                                           const ConfabAuditQuery *query,
                                           GError **error);

/* What lists people and counts them: parameters ?1 key, ?2 role, ?3 state; of the list also ?4
 * after, ?5 limit, ?6 the oldest session that is not over. users_searched has all that is
 * compared, so that people who are passed over are not read; the tests hold the plan against
 * that. */
#define CONFAB_SQLITE_PERSON_COLUMNS(now)                                                          \
  "u.id, u.username, u.email, u.created_at, u.role_id, u.rev, u.picture, u.state, u.username_key," \
  " (SELECT count (*) FROM sessions AS s WHERE s.user_id = u.id AND s.last_seen_at >= " now "),"   \
  " (SELECT max (last_seen_at) FROM sessions AS s WHERE s.user_id = u.id)"
#define CONFAB_SQLITE_PEOPLE_CONDITION                                                             \
  " (?1 = '' OR instr (u.username_key, ?1) OR instr (u.email_key, ?1))"                            \
  " AND (?2 = 0 OR u.role_id = ?2)"                                                                \
  " AND CASE WHEN ?3 IS NULL THEN u.state <> 'deleted' ELSE u.state = ?3 END"
#define CONFAB_SQLITE_LIST_PEOPLE                                                                  \
  "SELECT " CONFAB_SQLITE_PERSON_COLUMNS (                                                         \
      "?6") "  FROM users AS u INDEXED BY users_searched"                                          \
            " WHERE u.username_key > ?4 AND" CONFAB_SQLITE_PEOPLE_CONDITION                        \
            " ORDER BY u.username_key LIMIT ?5"
#define CONFAB_SQLITE_COUNT_PEOPLE                                                                 \
  "SELECT count (*) FROM users AS u INDEXED BY users_searched "                                    \
  "WHERE" CONFAB_SQLITE_PEOPLE_CONDITION

G_END_DECLS
