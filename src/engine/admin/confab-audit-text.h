/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Formats a page of the audit as lines of a file. Without side effects; any thread. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CONFAB_AUDIT_CSV_HEAD "id,at,actor,target,conversation_id,action,old,new,address\r\n"

/* @next: (nullable): the key of the next page */
typedef struct
{
  char *text;
  gsize length;
  guint n_entries;
  char *next;
} ConfabAuditText;

void confab_audit_text_free (ConfabAuditText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAuditText, confab_audit_text_free)

gpointer confab_audit_text_decode_csv (JsonObject *answer, GError **error);
gpointer confab_audit_text_decode_json (JsonObject *answer, GError **error);

G_END_DECLS
