/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An open account: its mirror, outbox, connection and lists. Main thread; no call blocks. */

#pragma once

#include <gio/gio.h>

#include "confab-account.h"
#include "confab-client-state.h"
#include "confab-conversation.h"
#include "confab-message.h"
#include "confab-news.h"
#include "confab-notice.h"
#include "confab-permission.h"
#include "confab-role.h"
#include "confab-timeline.h"

G_BEGIN_DECLS

/* Properties, read-only, notified: account, connection-state, keyring-state, storage-state (enums
 * above), connection-error and sending-error (GError boxed, nullable), self-user (ConfabUser),
 * unsent-count (uint). Signals: ::permissions-changed: results of confab_client_permits() may have
 * changed. */
#define CONFAB_TYPE_CLIENT (confab_client_get_type ())
G_DECLARE_FINAL_TYPE (ConfabClient, confab_client, CONFAB, CLIENT, GObject)

/* Open the account's mirror and read the conversation list, without keyring and network. A damaged
 * mirror is renamed and rebuilt, keeping outbox and drafts; the mirror of a newer Confab fails with
 * CONFAB_ENGINE_ERROR_MIRROR_NEWER and is left alone, and so is one that another program has open,
 * with CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE. */
void confab_client_open_async (ConfabEnvironment *environment,
                               ConfabAccountStore *store,
                               ConfabAccount *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ConfabClient *confab_client_open_finish (GAsyncResult *result, GError **error);

/* Look up the token, connect, and keep trying. Call this after the first frame. */
void confab_client_start (ConfabClient *self);
/* Ask the user to unlock the keyring, then start. */
void confab_client_unlock_async (ConfabClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean confab_client_unlock_finish (ConfabClient *self, GAsyncResult *result, GError **error);
/* Get a new session for this account (when SIGNED_OUT, or the keyring is LOST or ABSENT). Mirror,
 * outbox and drafts stay. */
void confab_client_sign_in_again_async (ConfabClient *self,
                                        const char *password,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_client_sign_in_again_finish (ConfabClient *self,
                                             GAsyncResult *result,
                                             GError **error);
/* Start a new attempt now, even if one is in progress, and send waiting messages: the user pressed
 * "Try Again". */
void confab_client_reconnect (ConfabClient *self);
/* Stop everything, save drafts and read positions, and close the mirror. */
void confab_client_close_async (ConfabClient *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean confab_client_close_finish (ConfabClient *self, GAsyncResult *result, GError **error);
/* End the session on the server if possible, delete the token, and close. @wipe also deletes the
 * account's folder with outbox and drafts; otherwise the account stays listed and readable, but
 * signed out. */
void confab_client_sign_out_async (ConfabClient *self,
                                   gboolean wipe,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean confab_client_sign_out_finish (ConfabClient *self, GAsyncResult *result, GError **error);

ConfabAccount *confab_client_get_account (ConfabClient *self);
ConfabConnectionState confab_client_get_connection_state (ConfabClient *self);
/* Return whether the connection is ONLINE or POLLING: connected and caught up. */
gboolean confab_client_is_online (ConfabClient *self);
const GError *confab_client_get_connection_error (ConfabClient *self);
/* Return why messages wait although the server is reachable. They are sent once the server permits.
 * (nullable) */
const GError *confab_client_get_sending_error (ConfabClient *self);
ConfabKeyringState confab_client_get_keyring_state (ConfabClient *self);
ConfabStorageState confab_client_get_storage_state (ConfabClient *self);
ConfabUser *confab_client_get_self_user (ConfabClient *self);
guint confab_client_get_unsent_count (ConfabClient *self);

/* ---- account ---- */

/* Return whether the user's role has @permission, as far as this computer knows; the server
 * decides. FALSE until the role is known. Emits ::permissions-changed when that changes. */
gboolean confab_client_permits (ConfabClient *self, ConfabPermission permission);
/* All roles, ordered by id; follows changes. (transfer none): GListModel of ConfabRole */
GListModel *confab_client_get_roles (ConfabClient *self);
/* Return the role, or NULL while it is unknown. (transfer none) (nullable) */
ConfabRole *confab_client_get_role (ConfabClient *self, gint64 role_id);
/* The notices, newest first; follows changes. (transfer none): GListModel of ConfabNotice */
GListModel *confab_client_get_notices (ConfabClient *self);
/* Record that the user has seen all notices. */
void confab_client_mark_notices_shown (ConfabClient *self);

/* Return what the user is to be notified of. (transfer none) */
ConfabNews *confab_client_get_news (ConfabClient *self);

/* ---- lists ---- */

/* All conversations, newest first; follows changes. (transfer none): GListModel of
 * ConfabConversation */
GListModel *confab_client_get_conversations (ConfabClient *self);
/* (transfer none) (nullable) */
ConfabConversation *confab_client_get_conversation (ConfabClient *self, gint64 conversation_id);
/* Open the messages of a conversation, oldest first; loads and follows changes. (transfer full) */
ConfabTimeline *confab_client_open_timeline (ConfabClient *self, ConfabConversation *conversation);
/* Open the members of @conversation, by username; loads and follows changes. (transfer full):
 * GListModel of ConfabUser */
GListModel *confab_client_open_members (ConfabClient *self, ConfabConversation *conversation);

/* Open the groups shared with @user, by name; loads and follows changes. (transfer full):
 * GListModel of ConfabConversation */
GListModel *confab_client_open_shared_groups (ConfabClient *self, ConfabUser *user);
/* Return the direct conversation with @user if it exists on this computer. (transfer none)
 * (nullable) */
ConfabConversation *confab_client_get_direct (ConfabClient *self, ConfabUser *user);

/* Find other people whose username begins with @query; offline, only known people. (transfer full):
 * GListModel of ConfabUser */
void confab_client_find_people_async (ConfabClient *self,
                                      const char *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GListModel *confab_client_find_people_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

/* Load the picture with @hash (see ConfabUser): a PNG of at most CONFAB_PICTURE_MAX_BYTES,
 * undecoded and untrusted. From this computer, or once from the server. (transfer full) */
void confab_client_load_picture_async (ConfabClient *self,
                                       const char *hash,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *confab_client_load_picture_finish (ConfabClient *self,
                                           GAsyncResult *result,
                                           GError **error);

/* ---- messages ---- */

/* Completes when the message is stored in the outbox; the timeline has it then. */
void confab_client_send_async (ConfabClient *self,
                               ConfabConversation *conversation,
                               const char *content,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean confab_client_send_finish (ConfabClient *self, GAsyncResult *result, GError **error);
/* Retry a FAILED message; discard a FAILED or WAITING one. */
void confab_client_retry (ConfabClient *self, ConfabMessage *message);
void confab_client_discard (ConfabClient *self, ConfabMessage *message);
/* Record that the user has seen everything up to @seq. The position only grows; it is stored
 * locally and sent to the server when possible. */
void confab_client_mark_read (ConfabClient *self, ConfabConversation *conversation, gint64 seq);
/* Save a draft; NULL or "" deletes it. What cannot be written, a deletion included, is kept in
 * memory until the client is closed. */
void confab_client_save_draft (ConfabClient *self,
                               ConfabConversation *conversation,
                               const char *text);
/* Try again to write the drafts that could not be written. FALSE if the text of one still cannot.
 * Only one call at a time. */
void confab_client_settle_drafts_async (ConfabClient *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_client_settle_drafts_finish (ConfabClient *self, GAsyncResult *result);
/* Return the drafts that are not on disk, joined. (transfer full) */
char *confab_client_dup_unkept_drafts (ConfabClient *self);
/* Return how many unsent messages and drafts were lost to a damaged disk when this client was
 * opened. */
guint confab_client_get_lost_count (ConfabClient *self);

/* ---- conversations; these need the network (CONFAB_ENGINE_ERROR_OFFLINE) ---- */

void confab_client_create_direct_async (ConfabClient *self,
                                        ConfabUser *user,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void confab_client_create_group_async (ConfabClient *self,
                                       const char *title,
                                       GListModel *users,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* For both. Returns: (transfer full): the conversation, which the list has already */
ConfabConversation *confab_client_create_finish (ConfabClient *self,
                                                 GAsyncResult *result,
                                                 GError **error);
void confab_client_rename_async (ConfabClient *self,
                                 ConfabConversation *conversation,
                                 const char *title,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void confab_client_add_members_async (ConfabClient *self,
                                      ConfabConversation *conversation,
                                      GListModel *users,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void confab_client_leave_async (ConfabClient *self,
                                ConfabConversation *conversation,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Removing a message, one's own included, needs CONFAB_PERMISSION_REMOVE_MESSAGES; removing others
 * from a group needs CONFAB_PERMISSION_REMOVE_MEMBERS. */
void confab_client_remove_message_async (ConfabClient *self,
                                         ConfabConversation *conversation,
                                         ConfabMessage *message,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void confab_client_remove_member_async (ConfabClient *self,
                                        ConfabConversation *conversation,
                                        ConfabUser *user,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/**
 * confab_client_change_settings_async:
 * @notify: of which messages the user is notified
 * @mute_for_s: for how many seconds from now the user is notified of none; 0: not muted for a time
 *
 * Changes the settings of @conversation on all devices of the user.
 */
void confab_client_change_settings_async (ConfabClient *self,
                                          ConfabConversation *conversation,
                                          ConfabNotify notify,
                                          guint mute_for_s,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/* For change settings, rename, add members, leave, remove message and remove member. */
gboolean confab_client_change_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* ---- closed conversations, on this computer only ---- */

void confab_client_remove_closed (ConfabClient *self, ConfabConversation *conversation);
void confab_client_restore_closed (ConfabClient *self, ConfabConversation *conversation);
void confab_client_forget_closed (ConfabClient *self, ConfabConversation *conversation);

/* ---- sessions ---- */

/* A session of the account; it does not change. Times are in ms. */
#define CONFAB_TYPE_SESSION (confab_session_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSession, confab_session, CONFAB, SESSION, GObject)

gint64 confab_session_get_id (ConfabSession *self);
const char *confab_session_get_device_name (ConfabSession *self);
gint64 confab_session_get_created_at (ConfabSession *self);
gint64 confab_session_get_last_seen_at (ConfabSession *self);
gboolean confab_session_get_current (ConfabSession *self);

/* Returns: (transfer full): GListModel of ConfabSession, last used first */
void confab_client_list_sessions_async (ConfabClient *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GListModel *confab_client_list_sessions_finish (ConfabClient *self,
                                                GAsyncResult *result,
                                                GError **error);
void confab_client_end_session_async (ConfabClient *self,
                                      ConfabSession *session,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_client_end_session_finish (ConfabClient *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
