/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The handlers of all operations in docs/protocol.md, by file. Each is called on the loop thread
 * once the request is complete and meets the requirements of its route; it answers at once or
 * later. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

/* handle-account.c */
void confab_handle_change_profile (ConfabApi *api, ConfabRequest *request);
void confab_handle_username (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_password (ConfabApi *api, ConfabRequest *request);
void confab_handle_delete_account (ConfabApi *api, ConfabRequest *request);

/* handle-audit.c */
void confab_handle_audit (ConfabApi *api, ConfabRequest *request);

/* handle-conversations.c */
void confab_handle_create_conversation (ConfabApi *api, ConfabRequest *request);
void confab_handle_rename_conversation (ConfabApi *api, ConfabRequest *request);
void confab_handle_add_members (ConfabApi *api, ConfabRequest *request);
void confab_handle_leave (ConfabApi *api, ConfabRequest *request);

/* handle-email.c */
void confab_handle_change_email (ConfabApi *api, ConfabRequest *request);
void confab_handle_confirm_email (ConfabApi *api, ConfabRequest *request);

/* handle-invitations.c */
void confab_handle_list_invitations (ConfabApi *api, ConfabRequest *request);
void confab_handle_invite (ConfabApi *api, ConfabRequest *request);
void confab_handle_end_invitation (ConfabApi *api, ConfabRequest *request);

/* handle-messages.c */
void confab_handle_send (ConfabApi *api, ConfabRequest *request);
void confab_handle_read (ConfabApi *api, ConfabRequest *request);
void confab_handle_history (ConfabApi *api, ConfabRequest *request);

/* handle-moderation.c */
void confab_handle_remove_message (ConfabApi *api, ConfabRequest *request);
void confab_handle_remove_member (ConfabApi *api, ConfabRequest *request);

/* handle-password-resets.c */
void confab_handle_ask_for_reset (ConfabApi *api, ConfabRequest *request);

/* handle-people-changes.c */
void confab_handle_change_role (ConfabApi *api, ConfabRequest *request);
void confab_handle_undo_role (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_state (ConfabApi *api, ConfabRequest *request);
void confab_handle_end_sessions_of (ConfabApi *api, ConfabRequest *request);
void confab_handle_label_role (ConfabApi *api, ConfabRequest *request);

/* handle-people.c */
void confab_handle_list_people (ConfabApi *api, ConfabRequest *request);
void confab_handle_get_person (ConfabApi *api, ConfabRequest *request);
void confab_handle_preview_role (ConfabApi *api, ConfabRequest *request);

/* handle-picture.c */
void confab_handle_set_picture (ConfabApi *api, ConfabRequest *request);
void confab_handle_remove_picture (ConfabApi *api, ConfabRequest *request);
void confab_handle_picture (ConfabApi *api, ConfabRequest *request);

/* handle-registration.c */
void confab_handle_register (ConfabApi *api, ConfabRequest *request);

/* handle-reset-codes.c */
void confab_handle_issue_reset_code (ConfabApi *api, ConfabRequest *request);

/* handle-reset-proofs.c */
void confab_handle_check_reset (ConfabApi *api, ConfabRequest *request);
void confab_handle_complete_reset (ConfabApi *api, ConfabRequest *request);

/* handle-server.c */
void confab_handle_health (ConfabApi *api, ConfabRequest *request);
void confab_handle_server (ConfabApi *api, ConfabRequest *request);

/* handle-sessions.c */
void confab_handle_sign_in (ConfabApi *api, ConfabRequest *request);
void confab_handle_verify_session (ConfabApi *api, ConfabRequest *request);
void confab_handle_list_sessions (ConfabApi *api, ConfabRequest *request);
void confab_handle_end_session (ConfabApi *api, ConfabRequest *request);

/* handle-settings.c */
void confab_handle_change_settings (ConfabApi *api, ConfabRequest *request);

/* handle-sync.c */
void confab_handle_sync (ConfabApi *api, ConfabRequest *request);
void confab_handle_not_upgraded (ConfabApi *api, ConfabRequest *request);

/* handle-users.c */
void confab_handle_me (ConfabApi *api, ConfabRequest *request);
void confab_handle_find_people (ConfabApi *api, ConfabRequest *request);

G_END_DECLS
