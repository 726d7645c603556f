/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the files of this folder: the call of a command within the writer's transaction, and
 * functions for rows that several files read. Failures are in CONFAB_STORE_ERROR unless noted. */

#pragma once

#include "confab-backend.h"
#include "confab-gathering.h"
#include "confab-problem.h"
#include "confab-query.h"

G_BEGIN_DECLS

#define CONFAB_BACKEND_RESOURCES "/chat/confab/server/sql"

/* A session unused for longer has ended. */
#define CONFAB_SESSION_IDLE_MS (90 * (G_TIME_SPAN_DAY / 1000))

/**
 * ConfabCall:
 * @rev: the revision of this command's changes, if it makes any that are synchronised
 * @outcome: the result, set by the call
 */
struct _ConfabCall
{
  ConfabDatabase *database;
  const ConfabCommand *command;
  gint64 rev;
  ConfabOutcome *outcome;
};

/* ---- any statement ---- */

gint64 confab_backend_now (void); /* ms */

/* Move to the next row. FALSE with @problem if there is none, or with a failure. */
gboolean confab_backend_require_row (ConfabResult *result, ConfabProblem problem, GError **error);

/* FALSE with @problem if the last statement changed nothing. */
gboolean confab_call_require_change (ConfabCall *call, ConfabProblem problem, GError **error);

/* Add the ids in the one column of @result (transfer full) to @ids. */
gboolean confab_backend_collect_ids (ConfabResult *result, GArray *ids, GError **error);

/* Answer with the gathered rows; @shared: send them to the audience, too. */
gboolean confab_call_answer (ConfabCall *call,
                             ConfabGathering *gathering,
                             gboolean shared,
                             GError **error);

/* ---- who may, and what is written down of it ---- */

/**
 * confab_call_audit:
 * @action: one of docs/protocol.md, *Audit*
 * @target_id: the user concerned, who gets a notice; 0 for none
 * @old_value: (nullable)
 * @new_value: (nullable)
 *
 * Adds an entry by the command's actor (0: the server's operator), in its conversation, if it has
 * one, and from its address. Assigns the command's revision.
 */
gboolean confab_call_audit (ConfabCall *call,
                            const char *action,
                            gint64 target_id,
                            const char *old_value,
                            const char *new_value,
                            GError **error);

/* CONFAB_PROBLEM_FORBIDDEN unless @user_id is active and their role has the permission. */
gboolean confab_backend_require_permitted (ConfabDatabase *database,
                                           gint64 user_id,
                                           ConfabPermission permission,
                                           GError **error);

/* The same for the command's actor. Actor 0, the server's operator, has all permissions. */
gboolean confab_call_require_permission (ConfabCall *call,
                                         ConfabPermission permission,
                                         GError **error);

/**
 * confab_call_require_admin_left:
 *
 * CONFAB_PROBLEM_LAST_ADMIN if @user_id is the only active administrator. Call this in the
 * transaction that demotes, suspends or deletes @user_id, *before* doing so, and only then: other
 * changes never remove an administrator, even on a server that never had one.
 */
gboolean confab_call_require_admin_left (ConfabCall *call, gint64 user_id, GError **error);

/**
 * confab_call_require_verification:
 *
 * CONFAB_PROBLEM_PASSWORD_NEEDED unless the password was confirmed in the command's session, which
 * must be the actor's, within the last CONFAB_VERIFICATION_SECONDS. Actor 0, the server's operator,
 * is exempt.
 */
gboolean confab_call_require_verification (ConfabCall *call, GError **error);

/* CONFAB_PROBLEM_WRONG_CREDENTIALS unless @user_id's password still has the hash that was verified,
 * which must not be NULL. */
gboolean confab_call_require_password (ConfabCall *call,
                                       gint64 user_id,
                                       const char *verified_hash,
                                       GError **error);

/* ---- people ---- */

/* Returns: (transfer full): or NULL with CONFAB_PROBLEM_NOT_FOUND */
ConfabUserRow *confab_backend_load_user (ConfabDatabase *database,
                                         gint64 user_id,
                                         gboolean with_email,
                                         GError **error);

/* Load a user as @viewer_id sees them at @now. Returns: (transfer full): or NULL with
 * CONFAB_PROBLEM_NOT_FOUND */
ConfabPersonRow *confab_backend_load_person (ConfabDatabase *database,
                                             gint64 viewer_id,
                                             gint64 user_id,
                                             gint64 now,
                                             GError **error);

/* Load a role by its id or name. Returns: (transfer full): or NULL with
 * CONFAB_PROBLEM_INVALID_FIELD, "role_id" or "rolename" */
ConfabRoleRow *confab_backend_load_role (ConfabDatabase *database, gint64 role_id, GError **error);
ConfabRoleRow *confab_backend_find_role (ConfabDatabase *database,
                                         const char *rolename,
                                         GError **error);

/* List the invitations that are valid at @now, newest first, or only @invitation_id if it is valid.
 * (transfer full) */
GPtrArray *confab_backend_load_invitations (ConfabDatabase *database,
                                            gint64 invitation_id,
                                            gint64 now,
                                            GError **error);

/* The row of @user_id has changed: send it to the user and to all who share a conversation with
 * them. Assigns the command's revision. */
gboolean confab_call_tell_of_user (ConfabCall *call, gint64 user_id, GError **error);

/* Answer with the row of @user_id, including the email; NOT_FOUND. */
gboolean confab_call_answer_with_user (ConfabCall *call, gint64 user_id, GError **error);

/* Answer with the command's user as its actor sees them now. */
gboolean confab_call_answer_with_person (ConfabCall *call, GError **error);

/* USERNAME_TAKEN, USERNAME_LOOK_ALIKE or EMAIL_TAKEN if another user than @user_id has one of the
 * three keys; each may be NULL. */
gboolean confab_call_require_free (ConfabCall *call,
                                   gint64 user_id,
                                   const char *username_key,
                                   const char *username_look,
                                   const char *email_key,
                                   GError **error);

/* Take a use of the invitation whose code has @code_hash; INVITATION_INVALID if none is left. */
gboolean confab_call_use_invitation (ConfabCall *call, GBytes *code_hash, GError **error);

/* Delete a pending change of @user_id's email. */
gboolean confab_call_clear_email_change (ConfabCall *call, gint64 user_id, GError **error);

/* Remove @user_id's picture, and its file if no other user has it. */
gboolean confab_call_drop_picture (ConfabCall *call, gint64 user_id, GError **error);

/* Delete a reset of @user_id, because their password or email has changed or they are deleted. */
gboolean confab_call_clear_reset (ConfabCall *call, gint64 user_id, GError **error);

/* Record @device_hash and @network, each may be NULL, as @user_id's. */
gboolean confab_call_know (ConfabCall *call,
                           gint64 user_id,
                           GBytes *device_hash,
                           const char *network,
                           GError **error);

/* Delete devices and networks that were not used for a long time. */
gboolean confab_call_forget_unused_known (ConfabCall *call, GError **error);

/* Delete all devices and networks of @user_id. */
gboolean confab_call_forget_known (ConfabCall *call, gint64 user_id, GError **error);

/* End the sessions of @user_id except @kept (0: all), and add them to the outcome. */
gboolean confab_call_end_sessions (ConfabCall *call, gint64 user_id, gint64 kept, GError **error);

/* ---- conversations ---- */

/* Returns: (transfer full): the conversation if @user_id is a member now; otherwise NULL with
 * CONFAB_PROBLEM_NOT_FOUND, even if it exists */
ConfabConversationRow *confab_backend_load_joined (ConfabDatabase *database,
                                                   gint64 conversation_id,
                                                   gint64 user_id,
                                                   GError **error);

/* Load the command's conversation if its actor is a member, and set the outcome's id to it. */
ConfabConversationRow *confab_call_load_joined (ConfabCall *call, GError **error);

/* The same, if the actor has @permission, too (FORBIDDEN). */
ConfabConversationRow *confab_call_load_moderated (ConfabCall *call,
                                                   ConfabPermission permission,
                                                   GError **error);

/* Add a member, new or former; all earlier messages count as read. Adds the gain to the outcome. */
gboolean confab_call_join (ConfabCall *call,
                           const ConfabConversationRow *conversation,
                           gint64 user_id,
                           GError **error);

/* CONFAB_PROBLEM_NOT_FOUND unless all of @user_ids (element-type gint64) exist and are not
 * deleted */
gboolean confab_call_require_users (ConfabCall *call, GArray *user_ids, GError **error);

/* Update the conversation's head_rev, by which readers skip unchanged conversations. */
gboolean confab_call_raise_head (ConfabCall *call, gint64 conversation_id, GError **error);

/* ---- what lists people and counts them ---- */

/* Parameters: $1 key, $2 role, $3 state; of the list also $4 after, $5 limit, $6 the start of the
 * oldest valid session. The index users_searched has all columns compared, so that other users'
 * rows are not read; the tests check the query plan. */
#define CONFAB_PERSON_COLUMNS(oldest)                                                              \
  "u.id, u.username, u.email, u.created_at, u.role_id, u.rev, u.picture, u.state, u.username_key," \
  " (SELECT count (*) FROM sessions AS s WHERE s.user_id = u.id AND s.last_seen_at >= " oldest     \
  "), (SELECT max (last_seen_at) FROM sessions AS s WHERE s.user_id = u.id)"
#define CONFAB_PEOPLE_CONDITION                                                                    \
  " ($1 = '' OR instr (u.username_key, $1) > 0 OR instr (u.email_key, $1) > 0)"                    \
  " AND ($2 = 0 OR u.role_id = $2)"                                                                \
  " AND CASE WHEN $3 IS NULL THEN u.state <> 'deleted' ELSE u.state = $3 END"
#define CONFAB_LIST_PEOPLE                                                                         \
  "SELECT " CONFAB_PERSON_COLUMNS (                                                                \
      "$6") " FROM users AS u WHERE u.id IN"                                                       \
            " (SELECT u.id FROM users AS u WHERE u.username_key > $4 AND" CONFAB_PEOPLE_CONDITION  \
            "   ORDER BY u.username_key LIMIT $5) ORDER BY u.username_key"
#define CONFAB_COUNT_PEOPLE "SELECT count (*) FROM users AS u WHERE" CONFAB_PEOPLE_CONDITION

G_END_DECLS
