/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What administrators are shown, as plain values; docs/protocol.md, *Administration*. Times are
 * ms. */

#pragma once

#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * ConfabPersonRow:
 * @user: with the email
 * @state: "active", "suspended" or "deleted"
 * @sessions: how many that are not over
 * @last_seen_at: in any of those; 0 for none
 * @undo_audit_id: the change of role that whoever looks made and can still undo; 0 for none
 * @undo_role_id: what undoing it would give back
 * @undo_expires_at: until when
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

/* What giving a role would mean. */
typedef struct
{
  gint64 sessions; /* the person's */
  gint64 admins_now;
  gint64 admins_after;
} ConfabRoleChange;

typedef struct
{
  gint64 id;
  gint64 created_at;
  char *created_by; /* (nullable): a username; NULL is the server's operator */
  gint64 expires_at;
  gint64 uses;
  gint64 uses_left;
} ConfabInvitationRow;

typedef struct
{
  gint64 id;
  gint64 at;
  gint64 actor_id;        /* 0: the server's operator */
  char *actor;            /* (nullable) */
  gint64 target_id;       /* 0: nobody */
  char *target;           /* (nullable) */
  gint64 conversation_id; /* 0: none */
  char *action;
  char *old_value; /* (nullable) */
  char *new_value; /* (nullable) */
  char *address;   /* (nullable) */
} ConfabAuditRow;

void confab_person_row_free (ConfabPersonRow *self);
void confab_invitation_row_free (ConfabInvitationRow *self);
void confab_audit_row_free (ConfabAuditRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabPersonRow, confab_person_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabInvitationRow, confab_invitation_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAuditRow, confab_audit_row_free)

/**
 * ConfabPeopleQuery:
 * @key: part of a username's or email's key; "" for everybody
 * @role_id: 0 for any
 * @state: (nullable): NULL for all but the deleted
 * @after: the key the page before ended with; "" at the beginning
 */
typedef struct
{
  const char *key;
  gint64 role_id;
  const char *state;
  const char *after;
  guint limit;
} ConfabPeopleQuery;

/**
 * ConfabPeoplePage:
 * @people: (element-type ConfabPersonRow): by username
 * @next: (nullable): where the next page begins; NULL at the end
 * @total: how many there are, on all pages
 */
typedef struct
{
  GPtrArray *people;
  char *next;
  gint64 total;
} ConfabPeoplePage;

void confab_people_page_free (ConfabPeoplePage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabPeoplePage, confab_people_page_free)

/**
 * ConfabAuditQuery:
 * @text: (nullable): part of a name, an action or a value; as typed
 * @before: an entry's id, G_MAXINT64 for the newest
 */
typedef struct
{
  const char *text;
  gint64 before;
  guint limit;
} ConfabAuditQuery;

/**
 * ConfabAuditPage:
 * @entries: (element-type ConfabAuditRow): newest first
 * @next: before which entry the next page begins; 0 at the end
 */
typedef struct
{
  GPtrArray *entries;
  gint64 next;
} ConfabAuditPage;

void confab_audit_page_free (ConfabAuditPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAuditPage, confab_audit_page_free)

G_END_DECLS
