/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the files of administration: objects that wrap rows, and pages of them. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-admin-codec.h"
#include "confab-client-admin.h"
#include "confab-client-call-private.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* ---- objects ---- */

/* Each takes ownership of a row: ConfabPersonRow, ConfabInvitationRow, ConfabAuditRow. Returns:
 * (transfer full): the object */
gpointer confab_person_new (gpointer row);
gpointer confab_invitation_new (gpointer row);
gpointer confab_audit_entry_new (gpointer row);

gint64 confab_person_get_undo_audit_id (ConfabPerson *self);
/* Replace the row of @self by @row (transfer full). */
void confab_person_take_row (ConfabPerson *self, ConfabPersonRow *row);
/* The same, but keep what is known about undoing a role change. */
void confab_person_take_row_but_undo (ConfabPerson *self, ConfabPersonRow *row);

/* ---- pages ---- */

/* How to request a list. */
typedef struct
{
  const char *path;     /* "/v1/admin/users" */
  const char *page_key; /* the query's member for the start of the page */
  guint limit;
  ConfabRowList *(*decode) (JsonObject *answer, GError **error);
  gpointer (*new_item) (gpointer row); /* takes ownership of the row; creates an object */
} ConfabAdminSource;

extern const ConfabAdminSource confab_admin_people;
extern const ConfabAdminSource confab_admin_audit;

/* @query: (nullable): "&name=value…", escaped; @key: (nullable): NULL for the first page. Returns:
 * (transfer full) */
char *confab_admin_source_path (const ConfabAdminSource *self, const char *query, const char *key);
/* Return "&name=value", escaped; "" for an empty @value. Returns: (transfer full) */
char *confab_admin_parameter (const char *name, const char *value);

ConfabPagedList *confab_paged_list_new (ConfabClient *client, const ConfabAdminSource *source);
/* @query: as above. Load the list again if it differs. */
void confab_paged_list_search (ConfabPagedList *self, const char *query);

G_END_DECLS
