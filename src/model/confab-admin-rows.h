/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What administrators, and people about their own sessions, are shown; docs/protocol.md,
 * *Administration*. Unlike the rows in confab-rows.h these are asked for and never kept. Immutable
 * once made; times are ms since the Unix epoch. Any thread. */

#pragma once

#include "confab-rows.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_PERSON_ACTIVE,
  CONFAB_PERSON_SUSPENDED,
  CONFAB_PERSON_DELETED,
} ConfabPersonState;

/* Return "active", "suspended" or "deleted". */
const char *confab_person_state_to_string (ConfabPersonState state);
/* Return whether @text names a state; otherwise @state is unchanged. */
gboolean confab_person_state_from_string (const char *text, ConfabPersonState *state);

/**
 * ConfabPersonRow:
 * @user: with the email
 * @state: "active", "suspended" or "deleted"
 * @sessions: the number of valid sessions
 * @last_seen_at: in any of them; 0 for none
 * @undo_audit_id: the role change that the viewer made and can still undo; 0 for none
 * @undo_role_id: the role that undoing it restores
 * @undo_expires_at: until when it can be undone
 *
 * A user with the fields that administrators see.
 */
typedef struct
{
  ConfabUserRow *user;
  char *state;
  gint64 sessions;
  gint64 last_seen_at;
  gint64 undo_audit_id;
  gint64 undo_role_id;
  gint64 undo_expires_at;
} ConfabPersonRow;

/* An invitation that can still be used. */
typedef struct
{
  gint64 id;
  gint64 created_at;
  char *created_by; /* (nullable): a username; NULL is the server's operator */
  gint64 expires_at;
  gint64 uses;
  gint64 uses_left;
} ConfabInvitationRow;

/* An entry of the audit. */
typedef struct
{
  gint64 id;
  gint64 at;
  gint64 actor_id;        /* 0: the server's operator */
  char *actor;            /* (nullable) */
  gint64 target_id;       /* 0: no user */
  char *target;           /* (nullable) */
  gint64 conversation_id; /* 0: none */
  char *action;
  char *old_value; /* (nullable) */
  char *new_value; /* (nullable) */
  char *address;   /* (nullable) */
} ConfabAuditRow;

/* A session of an account. */
typedef struct
{
  gint64 id;
  char *device_name; /* (nullable) */
  gint64 created_at;
  gint64 last_seen_at;
  gboolean current; /* whether it is that of the request */
} ConfabSessionRow;

void confab_person_row_free (ConfabPersonRow *self);
void confab_invitation_row_free (ConfabInvitationRow *self);
void confab_audit_row_free (ConfabAuditRow *self);
void confab_session_row_free (ConfabSessionRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabPersonRow, confab_person_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabInvitationRow, confab_invitation_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAuditRow, confab_audit_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSessionRow, confab_session_row_free)

G_END_DECLS
