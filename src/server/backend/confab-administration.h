/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The data that administrators see, as plain structs; docs/protocol.md, *Administration*. Times are
 * in ms. */

#pragma once

#include "confab-admin-rows.h"

G_BEGIN_DECLS

/* The effects of a role change. */
typedef struct
{
  gint64 sessions; /* the user's */
  gint64 admins_now;
  gint64 admins_after;
} ConfabRoleChange;

/**
 * ConfabPeopleQuery:
 * @key: part of a username's or email's key; "" for all users
 * @role_id: 0 for any
 * @state: (nullable): NULL for all but deleted users
 * @after: the key with which the previous page ended; "" for the first page
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
 * @total: the number of users on all pages
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
 * @next: the id before which the next page begins; 0 at the end
 */
typedef struct
{
  GPtrArray *entries;
  gint64 next;
} ConfabAuditPage;

void confab_audit_page_free (ConfabAuditPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAuditPage, confab_audit_page_free)

G_END_DECLS
