/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The codec of administration and of the list of sessions, used by both programs: converts rows and
 * answers between JSON and structs. See docs/protocol.md, *Administration*. Any thread. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-admin-rows.h"

G_BEGIN_DECLS

/* ---- encoding ---- */

/* Returns: (transfer full): the object for @row: a person without the undo, or an invitation */
JsonObject *confab_codec_encode_person (const ConfabPersonRow *row);
JsonObject *confab_codec_encode_invitation (const ConfabInvitationRow *row);
/* Set the member "undo" of @answer: null if there is nothing to undo. */
void confab_codec_set_undo (JsonObject *answer, const ConfabPersonRow *row);

/* Returns: (transfer full): a complete answer. @next: (nullable): where the next page begins; NULL,
 * or 0, at the end */
JsonObject *confab_codec_encode_people (GPtrArray *people, const char *next, gint64 total);
JsonObject *confab_codec_encode_audit (GPtrArray *entries, gint64 next);
JsonObject *confab_codec_encode_invitations (GPtrArray *invitations, const char *registration);
JsonObject *confab_codec_encode_sessions (GPtrArray *sessions);

/* ---- decoding ---- */

/* Rows that cannot be read are mended or skipped, see confab-row-reader.h. Errors are in
 * CONFAB_PROBLEM (INVALID_FIELD). */

/* Returns: (transfer full): the row in "user", with the fields of "undo" if present */
ConfabPersonRow *confab_codec_decode_person_answer (JsonObject *answer, GError **error);

/**
 * ConfabRowList:
 * @rows: owned, of one kind
 * @next: (nullable): the next page's key, opaque; NULL at the end
 * @total: the number of rows on all pages; -1 if not given
 *
 * A page of a paged list.
 */
typedef struct
{
  GPtrArray *rows;
  char *next;
  gint64 total;
} ConfabRowList;

void confab_row_list_free (ConfabRowList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabRowList, confab_row_list_free)

/* Returns: (transfer full): a page of ConfabPersonRow, or of ConfabAuditRow */
ConfabRowList *confab_codec_decode_people (JsonObject *answer, GError **error);
ConfabRowList *confab_codec_decode_audit (JsonObject *answer, GError **error);

/* Returns: (transfer full) (element-type ConfabInvitationRow). @registration: (out) (transfer
 * none): the text of @answer */
GPtrArray *confab_codec_decode_invitations (JsonObject *answer,
                                            const char **registration,
                                            GError **error);
/* Returns: (transfer full) (element-type ConfabSessionRow) */
GPtrArray *confab_codec_decode_sessions (JsonObject *answer, GError **error);

G_END_DECLS
