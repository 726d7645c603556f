/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the files of administration share: objects that are made of rows, and pages of them. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-admin-codec.h"
#include "confab-client-admin.h"
#include "confab-client-call-private.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* ---- objects ---- */

/* Each takes over a row: ConfabPersonRow, ConfabInvitationRow, ConfabAuditRow. Returns: (transfer
 * full): the object */
gpointer confab_person_new (gpointer row);
gpointer confab_invitation_new (gpointer row);
gpointer confab_audit_entry_new (gpointer row);

gint64 confab_person_get_undo_audit_id (ConfabPerson *self);
/* Make @row (transfer full) what @self shows. */
void confab_person_take_row (ConfabPerson *self, ConfabPersonRow *row);
/* The same with what is known already about undoing a change of role. */
void confab_person_take_row_but_undo (ConfabPerson *self, ConfabPersonRow *row);

/* ---- pages ---- */

/* How a list is asked for. */
typedef struct
{
  const char *path;     /* "/v1/admin/users" */
  const char *page_key; /* the query's member that says where the page begins */
  guint limit;
  ConfabRowList *(*decode) (JsonObject *answer, GError **error);
  gpointer (*new_item) (gpointer row); /* takes over the row; makes an object */
} ConfabAdminSource;

extern const ConfabAdminSource confab_admin_people;
extern const ConfabAdminSource confab_admin_audit;

/* @query: (nullable): "&name=value…", escaped; @key: (nullable): the first page. Returns:
 * (transfer full) */
char *confab_admin_source_path (const ConfabAdminSource *self, const char *query, const char *key);
/* "&name=value", escaped; "" for an empty @value. Returns: (transfer full) */
char *confab_admin_parameter (const char *name, const char *value);

ConfabPagedList *confab_paged_list_new (ConfabClient *client, const ConfabAdminSource *source);
/* @query: as above. Fetches anew if it differs. */
void confab_paged_list_search (ConfabPagedList *self, const char *query);

G_END_DECLS
