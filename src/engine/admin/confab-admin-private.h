/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the files of administration share: how objects are made of answers, and pages of them. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-client-admin.h"
#include "confab-client-call-private.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* ---- decoders: any thread ---- */

/* Makes an object of each element: an array of them, which owns them. */
GPtrArray *confab_admin_decode_array (JsonObject *answer,
                                      const char *member,
                                      ConfabTransportDecoder element,
                                      GError **error);

gpointer confab_person_decode (JsonObject *object, GError **error);
gpointer confab_invitation_decode (JsonObject *object, GError **error);
gpointer confab_audit_entry_decode (JsonObject *object, GError **error);

/* ---- people ---- */

typedef struct
{
  gint64 audit_id; /* 0: nothing can be undone */
  gint64 role_id;
  gint64 expires_at;
} ConfabUndo;

gint64 confab_person_get_undo_audit_id (ConfabPerson *self);
/* Makes @self what @fresh is; @undo (nullable) is what is known about undoing, NULL leaves it. */
void confab_person_update (ConfabPerson *self, ConfabPerson *fresh, const ConfabUndo *undo);

/* ---- pages ---- */

/* One page. @next: (nullable): the following page's key; NULL at the end. @total: -1 if not said */
typedef struct
{
  GPtrArray *items;
  char *next;
  gint64 total;
} ConfabAdminPage;

void confab_admin_page_free (ConfabAdminPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAdminPage, confab_admin_page_free)

/* How a list is asked for. */
typedef struct
{
  const char *path;     /* "/v1/admin/users" */
  const char *page_key; /* the query's member that says where the page begins */
  guint limit;
  ConfabTransportDecoder decoder; /* makes a ConfabAdminPage */
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
