/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rows of the data model as plain structs, used by the server's database, the protocol and the
 * mirror. All times are milliseconds since the Unix epoch, UTC. All ids are > 0 once known. Rows
 * own their strings. Only one thread at a time may use a row, unless it is in a set that is shared
 * (see ConfabRows), and so immutable. */

#pragma once

#include "confab-columns.h"
#include "confab-permission.h"

G_BEGIN_DECLS

/**
 * ConfabConversationKind:
 *
 * Stored and sent by name; see confab_conversation_kind_to_string().
 */
typedef enum
{
  CONFAB_CONVERSATION_DIRECT,
  CONFAB_CONVERSATION_GROUP,
} ConfabConversationKind;

const char *confab_conversation_kind_to_string (ConfabConversationKind kind);
/**
 * confab_conversation_kind_from_string:
 * @kind: (out): the kind; unchanged on failure
 *
 * Returns: whether @string names a kind
 */
gboolean confab_conversation_kind_from_string (const char *string, ConfabConversationKind *kind);

typedef struct
{
  gint64 id;
  char *rolename;
  char *label; /* (nullable): the name that administrators gave */
  ConfabRoleBase base;
  gint64 rev;
} ConfabRoleRow;

typedef struct
{
  gint64 id;
  char *username;
  char *email;   /* (nullable): only in the user's own row */
  char *about;   /* (nullable) */
  char *picture; /* (nullable): hash of the picture, see GET /v1/pictures/{hash} */
  gint64 created_at;
  gint64 role_id;
  gboolean deleted;
  gint64 rev;
} ConfabUserRow;

typedef struct
{
  gint64 id;
  ConfabConversationKind kind;
  char *title; /* (nullable) */
  gint64 created_at;
  gint64 last_seq; /* 0: no messages */
  gint64 rev;
} ConfabConversationRow;

/* A row of conversation_users. */
typedef struct
{
  gint64 id;
  gint64 conversation_id;
  gint64 user_id;
  gint64 joined_at;
  gint64 left_at;    /* 0: still a member */
  gint64 removed_by; /* 0: still a member, or left voluntarily */
  gint64 rev;
} ConfabMembershipRow;

/* The user's own read position in one conversation. */
typedef struct
{
  gint64 conversation_id;
  gint64 last_read_seq;
  gint64 rev;
} ConfabReadPositionRow;

/* Of which messages the user is notified. */
typedef enum
{
  CONFAB_NOTIFY_ALL,
  CONFAB_NOTIFY_NONE,
} ConfabNotify;

/* "all" or "none". */
const char *confab_notify_to_string (ConfabNotify notify);
gboolean confab_notify_from_string (const char *string, ConfabNotify *notify);

/* The user's own settings of one conversation. */
typedef struct
{
  gint64 conversation_id;
  ConfabNotify notify;
  gint64 muted_until; /* ms: notify of nothing until then; 0: not muted for a time */
  gint64 rev;
} ConfabConversationSettingsRow;

typedef struct
{
  gint64 id;
  char *client_id; /* UUID, lower case */
  gint64 conversation_id;
  gint64 sender_id;
  gint64 seq;
  char *content; /* "" once removed */
  gint64 sent_at;
  gint64 removed_at; /* 0: not removed */
  gint64 rev;
} ConfabMessageRow;

/* A change made to the user's own account: the user's view of an audit entry. */
typedef struct
{
  gint64 id;
  gint64 at;
  char *action; /* as in docs/protocol.md; newer servers may send others */
  char *actor;  /* (nullable): username of the person who did it; NULL is the server's operator */
  char *old_value; /* (nullable) */
  char *new_value; /* (nullable) */
  gboolean by_self;
  gint64 rev;
} ConfabNoticeRow;

/* The members that are shown; those of a user, a message and a role are properties of ConfabUser,
 * ConfabMessage and ConfabRole, too. A new text must be in its table, which frees it. */
extern const ConfabColumns confab_role_columns;
extern const ConfabColumns confab_user_columns;
extern const ConfabColumns confab_message_columns;
extern const ConfabColumns confab_notice_columns;

void confab_role_row_free (ConfabRoleRow *self);
void confab_user_row_free (ConfabUserRow *self);
void confab_conversation_row_free (ConfabConversationRow *self);
void confab_membership_row_free (ConfabMembershipRow *self);
void confab_read_position_row_free (ConfabReadPositionRow *self);
void confab_conversation_settings_row_free (ConfabConversationSettingsRow *self);
void confab_message_row_free (ConfabMessageRow *self);
void confab_notice_row_free (ConfabNoticeRow *self);

/**
 * confab_user_row_copy:
 *
 * Returns: (transfer full): a deep copy
 */
ConfabUserRow *confab_user_row_copy (const ConfabUserRow *self);
ConfabMessageRow *confab_message_row_copy (const ConfabMessageRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabRoleRow, confab_role_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabUserRow, confab_user_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConversationRow, confab_conversation_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabMembershipRow, confab_membership_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabReadPositionRow, confab_read_position_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConversationSettingsRow, confab_conversation_settings_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabMessageRow, confab_message_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabNoticeRow, confab_notice_row_free)

/**
 * ConfabRows:
 * @roles: (element-type ConfabRoleRow): owned
 * @users: (element-type ConfabUserRow): owned
 * @conversations: (element-type ConfabConversationRow): owned
 * @memberships: (element-type ConfabMembershipRow): owned
 * @read_positions: (element-type ConfabReadPositionRow): owned
 * @settings: (element-type ConfabConversationSettingsRow): owned
 * @messages: (element-type ConfabMessageRow): owned
 * @notices: (element-type ConfabNoticeRow): owned
 * @is_mended: whether the codec did not understand a row and mended or skipped it
 *
 * A set of changed rows. The arrays are never %NULL and free their elements. The reference count is
 * atomic, so that the fan-out can share one set between threads; a shared set is immutable.
 */
typedef struct
{
  GPtrArray *roles;
  GPtrArray *users;
  GPtrArray *conversations;
  GPtrArray *memberships;
  GPtrArray *read_positions;
  GPtrArray *settings;
  GPtrArray *messages;
  GPtrArray *notices;
  gboolean is_mended;
} ConfabRows;

/**
 * confab_rows_new:
 *
 * Returns: (transfer full): an empty set with one reference
 */
ConfabRows *confab_rows_new (void);
ConfabRows *confab_rows_ref (ConfabRows *self);
void confab_rows_unref (ConfabRows *self);
/**
 * confab_rows_count:
 *
 * Returns: the number of rows in all arrays
 */
guint confab_rows_count (const ConfabRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabRows, confab_rows_unref)

G_END_DECLS
