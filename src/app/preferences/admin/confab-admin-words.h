/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Texts for administration. Times are in ms since the Unix epoch. Main thread. */

#pragma once

#include "confab-client-admin.h"

G_BEGIN_DECLS

/* "Last seen: Yesterday, 14:32", "Never signed in". Returns: (transfer full) */
char *confab_admin_last_seen (ConfabPerson *person);
/* "Today, 14:32". Returns: (transfer full) */
char *confab_admin_time (gint64 time);
/* Return the user's state or role, if remarkable: "Moderator", "Suspended". (nullable) Returns:
 * (transfer full) */
char *confab_admin_badge (ConfabClient *client, ConfabPerson *person);

/* Return "By ada", or by the operator if @actor is NULL. (transfer full) */
char *confab_admin_by (const char *actor);

/* The texts of an audit entry. All return (transfer full). @values: (nullable) */
char *confab_audit_title (ConfabAuditEntry *entry);
char *confab_audit_values (ConfabAuditEntry *entry, GListModel *roles);
char *confab_audit_origin (ConfabAuditEntry *entry);

G_END_DECLS
