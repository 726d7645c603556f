/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One open account: its mirror, its outbox, its connection and its lists. Main thread; nothing
 * blocks. */

#pragma once

#include <gio/gio.h>

#include "confab-account.h"
#include "confab-conversation.h"
#include "confab-message.h"
#include "confab-notice.h"
#include "confab-permission.h"
#include "confab-role.h"
#include "confab-timeline.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_CONNECTION_STOPPED,    /* not started, or no token */
  CONFAB_CONNECTION_CONNECTING, /* the first attempt, or one after a loss */
  CONFAB_CONNECTION_SYNCING,    /* reached; catching up */
  CONFAB_CONNECTION_ONLINE,
  CONFAB_CONNECTION_POLLING,    /* reached, but news come late: there is no stream; see
                                   connection-error */
  CONFAB_CONNECTION_OFFLINE,    /* the last attempt failed; another will come */
  CONFAB_CONNECTION_SIGNED_OUT, /* the server ended the session: sign in again */
  CONFAB_CONNECTION_REFUSED,    /* a newer server or a bad certificate; see connection-error */
} ConfabConnectionState;

typedef enum
{
  CONFAB_KEYRING_UNKNOWN, /* not asked yet */
  CONFAB_KEYRING_AVAILABLE,
  CONFAB_KEYRING_LOCKED, /* confab_client_unlock_async() asks the person */
  CONFAB_KEYRING_ABSENT, /* no service: signed in for this session only */
  CONFAB_KEYRING_SILENT, /* the service does not answer: sign in again, or wait for it */
  CONFAB_KEYRING_LOST,   /* the service answers but the token is gone: sign in again */
} ConfabKeyringState;

typedef enum
{
  CONFAB_STORAGE_GOOD,
  CONFAB_STORAGE_FULL, /* the disk is full: reading works, nothing new is kept until there is room
                        */
  CONFAB_STORAGE_REBUILDING, /* the mirror was damaged and is fetched again */
  CONFAB_STORAGE_FAILED,
} ConfabStorageState;

#define CONFAB_TYPE_CONNECTION_STATE (confab_connection_state_get_type ())
#define CONFAB_TYPE_KEYRING_STATE (confab_keyring_state_get_type ())
#define CONFAB_TYPE_STORAGE_STATE (confab_storage_state_get_type ())
GType confab_connection_state_get_type (void);
GType confab_keyring_state_get_type (void);
GType confab_storage_state_get_type (void);

/* Properties, read-only, notified: account, connection-state, keyring-state, storage-state
 * (enums above), connection-error and sending-error (GError boxed, nullable), self-user
 * (ConfabUser), unsent-count (uint). Signals: ::permissions-changed: ask confab_client_permits()
 * again. */
#define CONFAB_TYPE_CLIENT (confab_client_get_type ())
G_DECLARE_FINAL_TYPE (ConfabClient, confab_client, CONFAB, CLIENT, GObject)

/* Opens the account's mirror and reads the conversation list: needs neither keyring nor network.
 * A damaged mirror is set aside and made anew, its outbox and drafts saved; one of a newer
 * Confab is CONFAB_ENGINE_ERROR_MIRROR_NEWER and stays untouched. */
void confab_client_open_async (ConfabEnvironment *environment,
                               ConfabAccountStore *store,
                               ConfabAccount *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ConfabClient *confab_client_open_finish (GAsyncResult *result, GError **error);

/* Looks for the token, then the network, and goes on trying. Call it after the first frame. */
void confab_client_start (ConfabClient *self);
/* Asks the person to unlock the keyring, then starts. */
void confab_client_unlock_async (ConfabClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean confab_client_unlock_finish (ConfabClient *self, GAsyncResult *result, GError **error);
/* A new session for this account (SIGNED_OUT, keyring LOST or ABSENT); mirror, outbox and drafts
 * stay. */
void confab_client_sign_in_again_async (ConfabClient *self,
                                        const char *password,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_client_sign_in_again_finish (ConfabClient *self,
                                             GAsyncResult *result,
                                             GError **error);
/* Begins a new attempt now, whatever is under way, and sends what waits: a person pressed "Try
 * Again". */
void confab_client_reconnect (ConfabClient *self);
/* Stops everything and closes the mirror; drafts and read positions are written. */
void confab_client_close_async (ConfabClient *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean confab_client_close_finish (ConfabClient *self, GAsyncResult *result, GError **error);
/* Ends the session at the server if it can be reached, forgets the token, closes. @wipe removes
 * the account's folder too, outbox and drafts included; otherwise the account stays listed,
 * readable, signed out. */
void confab_client_sign_out_async (ConfabClient *self,
                                   gboolean wipe,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean confab_client_sign_out_finish (ConfabClient *self, GAsyncResult *result, GError **error);

ConfabAccount *confab_client_get_account (ConfabClient *self);
ConfabConnectionState confab_client_get_connection_state (ConfabClient *self);
/* Whether the server can be reached and we have caught up: ONLINE or POLLING. */
gboolean confab_client_is_online (ConfabClient *self);
const GError *confab_client_get_connection_error (ConfabClient *self);
/* (nullable): why messages wait although the server can be reached. They are sent once it lets
 * us. */
const GError *confab_client_get_sending_error (ConfabClient *self);
ConfabKeyringState confab_client_get_keyring_state (ConfabClient *self);
ConfabStorageState confab_client_get_storage_state (ConfabClient *self);
ConfabUser *confab_client_get_self_user (ConfabClient *self);
guint confab_client_get_unsent_count (ConfabClient *self);

/* ---- one's own account ---- */

/* What one's own role permits, as far as this computer knows: the server decides. Changes live,
 * with ::permissions-changed; FALSE until the role is known. */
gboolean confab_client_permits (ConfabClient *self, ConfabPermission permission);
/* All roles, by id, live. (transfer none): GListModel of ConfabRole */
GListModel *confab_client_get_roles (ConfabClient *self);
/* (transfer none) (nullable): until it is known */
ConfabRole *confab_client_get_role (ConfabClient *self, gint64 role_id);
/* What was done to the account, newest first, live. (transfer none): GListModel of ConfabNotice */
GListModel *confab_client_get_notices (ConfabClient *self);
/* The person has seen all of them. */
void confab_client_mark_notices_shown (ConfabClient *self);

/* ---- lists ---- */

/* All conversations, newest first, live. (transfer none): GListModel of ConfabConversation */
GListModel *confab_client_get_conversations (ConfabClient *self);
/* (transfer none) (nullable) */
ConfabConversation *confab_client_get_conversation (ConfabClient *self, gint64 conversation_id);
/* The messages of one conversation, oldest first, live; fills itself. (transfer full) */
ConfabTimeline *confab_client_open_timeline (ConfabClient *self, ConfabConversation *conversation);
/* Who is in @conversation, by username, live; fills itself. (transfer full): GListModel of
 * ConfabUser */
GListModel *confab_client_open_members (ConfabClient *self, ConfabConversation *conversation);

/* The groups that @user and oneself are in, by name, live; fills itself.
 * (transfer full): GListModel of ConfabConversation */
GListModel *confab_client_open_shared_groups (ConfabClient *self, ConfabUser *user);
/* The direct conversation with @user, if there is one on this computer. (transfer none)
 * (nullable) */
ConfabConversation *confab_client_get_direct (ConfabClient *self, ConfabUser *user);

/* People whose username begins with @query, without oneself; known people when offline.
 * (transfer full): GListModel of ConfabUser */
void confab_client_find_people_async (ConfabClient *self,
                                      const char *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GListModel *confab_client_find_people_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

/* The picture of that @hash (see ConfabUser): a PNG of at most CONFAB_PICTURE_MAX_BYTES, not
 * decoded and not to be trusted. From this computer, or once from the server. (transfer full) */
void confab_client_load_picture_async (ConfabClient *self,
                                       const char *hash,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *confab_client_load_picture_finish (ConfabClient *self,
                                           GAsyncResult *result,
                                           GError **error);

/* ---- messages ---- */

/* Ends when the message is in the outbox, on the disk: then the timeline has it, too. */
void confab_client_send_async (ConfabClient *self,
                               ConfabConversation *conversation,
                               const char *content,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean confab_client_send_finish (ConfabClient *self, GAsyncResult *result, GError **error);
/* For a FAILED message (retry) and for a FAILED or WAITING one (discard). */
void confab_client_retry (ConfabClient *self, ConfabMessage *message);
void confab_client_discard (ConfabClient *self, ConfabMessage *message);
/* Everything up to @seq was really seen. Only grows; written locally, told to the server when it
 * can be. */
void confab_client_mark_read (ConfabClient *self, ConfabConversation *conversation, gint64 seq);
/* NULL or "" removes it. One that cannot be written is kept until the client is closed. */
void confab_client_save_draft (ConfabClient *self,
                               ConfabConversation *conversation,
                               const char *text);

/* (nullable): what was typed last, whether it is on the disk or not */
const char *confab_client_get_draft (ConfabClient *self, ConfabConversation *conversation);
/* Tries once more to write the drafts that could not be written. FALSE if there are some left;
 * one at a time. */
void confab_client_settle_drafts_async (ConfabClient *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_client_settle_drafts_finish (ConfabClient *self, GAsyncResult *result);
/* (transfer full): the texts that are not on the disk, one after the other */
char *confab_client_dup_unkept_drafts (ConfabClient *self);
/* How many unsent messages or drafts could not be read from a damaged disk when this was opened. */
guint confab_client_get_lost_count (ConfabClient *self);

/* ---- conversations: these need the network (CONFAB_ENGINE_ERROR_OFFLINE) ---- */

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
/* For both. Returns: (transfer full): in the list already */
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
/* Removing what others said, or others from a group, needs CONFAB_PERMISSION_REMOVE_MESSAGES or
 * _MEMBERS. */
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
/* For rename, add members, leave, remove message and remove member. */
gboolean confab_client_change_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* ---- closed conversations, on this computer alone ---- */

void confab_client_remove_closed (ConfabClient *self, ConfabConversation *conversation);
void confab_client_restore_closed (ConfabClient *self, ConfabConversation *conversation);
void confab_client_forget_closed (ConfabClient *self, ConfabConversation *conversation);

/* ---- sessions ---- */

/* One of the account's sessions. Properties, read-only: id (gint64), device-name, created-at,
 * last-seen-at (gint64, ms), current (gboolean). */
#define CONFAB_TYPE_SESSION (confab_session_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSession, confab_session, CONFAB, SESSION, GObject)

gint64 confab_session_get_id (ConfabSession *self);
const char *confab_session_get_device_name (ConfabSession *self);
gint64 confab_session_get_created_at (ConfabSession *self);
gint64 confab_session_get_last_seen_at (ConfabSession *self);
gboolean confab_session_get_current (ConfabSession *self);

/* (transfer full): GListModel of ConfabSession, newest use first */
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
