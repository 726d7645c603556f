/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One command being carried out inside the writer's transaction. */

#pragma once

#include "confab-command.h"
#include "confab-problem.h"
#include "confab-sqlite-rows.h"

G_BEGIN_DECLS

/**
 * ConfabSqliteCall:
 * @rev: the revision this command's changes get, should it make any that are synchronised
 * @outcome: to be filled
 */
typedef struct
{
  ConfabDatabase *database;
  const ConfabCommand *command;
  gint64 rev;
  ConfabOutcome *outcome;
} ConfabSqliteCall;

/* FALSE with an error, in CONFAB_PROBLEM or CONFAB_STORE_ERROR, undoes whatever the call did.
 * @error is never NULL. */
typedef gboolean (*ConfabSqliteFunc) (ConfabSqliteCall *call, GError **error);

gboolean confab_sqlite_add_user (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_set_password (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_set_profile (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_set_picture (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_set_email (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_start_email_change (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_take_email_attempt (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_confirm_email (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_delete_account (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_set_role (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_undo_role (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_label_role (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_add_role (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_set_state (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_end_user_sessions (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_add_invitation (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_end_invitation (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_rehash_password (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_add_session (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_end_session (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_verify_session (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_end_other_sessions (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_touch_session (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_start_reset (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_issue_reset_code (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_take_reset_attempt (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_return_reset_attempt (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_complete_reset (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_forget_expired (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_create_conversation (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_rename_conversation (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_add_members (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_leave (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_send (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_read (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_remove_message (ConfabSqliteCall *call, GError **error);
gboolean confab_sqlite_remove_member (ConfabSqliteCall *call, GError **error);

/**
 * confab_sqlite_audit:
 * @action: one of docs/protocol.md, *Audit*
 * @target_id: whom it concerns, who is told; 0 for nobody
 * @old_value: (nullable)
 * @new_value: (nullable)
 *
 * Adds an entry by the command's actor (0: the server's operator), in its conversation if it
 * names one, from its address. The command gets its revision by it.
 */
gboolean confab_sqlite_audit (ConfabSqliteCall *call,
                              const char *action,
                              gint64 target_id,
                              const char *old_value,
                              const char *new_value,
                              GError **error);

/**
 * confab_sqlite_require_permission:
 *
 * CONFAB_PROBLEM_FORBIDDEN unless the command's actor is active and their role permits it now.
 * Actor 0, the server's operator, may do everything.
 */
gboolean confab_sqlite_require_permission (ConfabSqliteCall *call,
                                           ConfabPermission permission,
                                           GError **error);

/**
 * confab_sqlite_require_admin_left:
 *
 * CONFAB_PROBLEM_LAST_ADMIN if @user_id is the only active administrator. To be called in the
 * transaction that demotes, suspends or deletes @user_id, *before* it does so, and only if it
 * does: whoever is no active administrator takes nothing away, also on a server that never had one.
 */
gboolean confab_sqlite_require_admin_left (ConfabSqliteCall *call, gint64 user_id, GError **error);

/**
 * confab_sqlite_require_verification:
 *
 * CONFAB_PROBLEM_PASSWORD_NEEDED unless the password was given again in the command's session,
 * which must be the actor's, within the last CONFAB_VERIFICATION_SECONDS. Actor 0, the server's
 * operator, has no need to.
 */
gboolean confab_sqlite_require_verification (ConfabSqliteCall *call, GError **error);

/* CONFAB_PROBLEM_WRONG_CREDENTIALS unless @user_id's password still has the hash that was
 * verified, which must not be NULL. */
gboolean confab_sqlite_require_password (ConfabSqliteCall *call,
                                         gint64 user_id,
                                         const char *password_hash,
                                         GError **error);

/* The row of @user_id has changed: tells the person and whoever shares a conversation with them.
 * Gives the command its revision. */
gboolean confab_sqlite_tell_of_user (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* The row of @user_id, email and all, becomes the answer. */
gboolean confab_sqlite_answer_with_user (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* The command's user, as its actor is shown them now, becomes the answer. */
gboolean confab_sqlite_answer_with_person (ConfabSqliteCall *call, GError **error);

/* USERNAME_TAKEN, USERNAME_LOOK_ALIKE or EMAIL_TAKEN if anybody but @user_id has one of the
 * three keys; each may be NULL. */
gboolean confab_sqlite_require_free (ConfabDatabase *database,
                                     gint64 user_id,
                                     const char *username_key,
                                     const char *username_look,
                                     const char *email_key,
                                     GError **error);

/* INVITATION_INVALID unless there is a use left of the invitation whose code has the command's
 * token_hash; takes one. */
gboolean confab_sqlite_use_invitation (ConfabSqliteCall *call, GError **error);

/* A change of email of @user_id that still waits for its code is over. */
gboolean confab_sqlite_clear_email_change (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* Takes @user_id's picture away, and the file with it if it was nobody else's. */
gboolean confab_sqlite_drop_picture (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* Runs @sql, a literal whose one parameter is @value. */
gboolean confab_sqlite_run_with (ConfabSqliteCall *call,
                                 const char *sql,
                                 gint64 value,
                                 GError **error);

/* Whatever reset of a forgotten password @user_id has is over: they have a new password, or
 * email, or are gone. */
gboolean confab_sqlite_clear_reset (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* The command's device and network, where it has them, are @user_id's from now on. */
gboolean confab_sqlite_know (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* Devices and networks that were not used for long are known no more. */
gboolean confab_sqlite_forget_unused_known (ConfabSqliteCall *call, GError **error);

/* Nothing is known of @user_id any more. */
gboolean confab_sqlite_forget_known (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* Ends the sessions of @user_id but @kept (0: all), noting them in the outcome. */
gboolean confab_sqlite_end_sessions (ConfabSqliteCall *call,
                                     gint64 user_id,
                                     gint64 kept,
                                     GError **error);

/* Inserts, or brings back, a member; everything so far counts as read. Notes the gain in the
 * outcome. */
gboolean confab_sqlite_join (ConfabSqliteCall *call,
                             const ConfabConversationRow *conversation,
                             gint64 user_id,
                             GError **error);

/* Takes @user_id, who is in, out of the command's conversation. Notes the loss in the outcome. */
gboolean confab_sqlite_end_membership (ConfabSqliteCall *call, gint64 user_id, GError **error);

/* Only the membership's row is told: who stays knows the person, and who left must forget. */
gboolean confab_sqlite_answer_with_membership (ConfabSqliteCall *call,
                                               gint64 user_id,
                                               GError **error);

/* CONFAB_PROBLEM_NOT_FOUND unless all of @user_ids (element-type gint64) exist and are not
 * deleted */
gboolean confab_sqlite_require_users (ConfabDatabase *database, GArray *user_ids, GError **error);

/* The command's text is one more that is stored of its actor. STORAGE_FULL if that is more than
 * its max_bytes. */
gboolean confab_sqlite_add_text (ConfabSqliteCall *call, GError **error);

/* The text of @message_id is about to go. */
gboolean confab_sqlite_subtract_text (ConfabSqliteCall *call, gint64 message_id, GError **error);

/* A change to what hangs on a conversation: its readers prune by this. */
gboolean confab_sqlite_raise_head (ConfabSqliteCall *call, gint64 conversation_id, GError **error);

G_END_DECLS
