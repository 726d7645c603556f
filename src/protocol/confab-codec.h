/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The codec of both programs: converts rows, pages, frames and problems between JSON and
 * structs. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-json.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * ConfabPage:
 * @from: (nullable): the cursor before the page
 * @to: the cursor after the page
 *
 * One page of /v1/sync, or one "rows" frame of the stream.
 */
typedef struct
{
  char *from;
  char *to;
  gboolean has_more;
  ConfabRows *rows;
} ConfabPage;

void confab_page_free (ConfabPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabPage, confab_page_free)

/**
 * confab_codec_encode_user:
 *
 * Returns: (transfer full): the row as in the array "users" of "rows"
 */
JsonObject *confab_codec_encode_user (const ConfabUserRow *row);
JsonObject *confab_codec_encode_rows (const ConfabRows *rows);
/**
 * confab_codec_encode_page:
 *
 * Returns: (transfer full): the page as the answer of /v1/sync
 */
JsonObject *confab_codec_encode_page (const ConfabPage *page);

typedef JsonObject *(*ConfabRowEncode) (gconstpointer row);

/* Set @member to an array of @rows encoded by @encode. */
void confab_codec_set_rows (JsonObject *object,
                            const char *member,
                            GPtrArray *rows,
                            ConfabRowEncode encode);

/* Decoders mend or skip rows that cannot be read, see confab-row-reader.h; is_mended of ConfabRows
 * says so. If the rest of the answer is wrong, or the one row that was asked for cannot be read,
 * they return NULL with INVALID_FIELD in CONFAB_PROBLEM and the member's name as the message; else
 * they return (transfer full). */
ConfabUserRow *confab_codec_decode_user (JsonObject *object, GError **error);
/* (element-type ConfabUserRow): the array "users" of @object */
GPtrArray *confab_codec_decode_users (JsonObject *object, GError **error);
ConfabRows *confab_codec_decode_rows (JsonObject *object, GError **error);
/* Decode the member "rows", or the one row "user", of @answer. */
ConfabRows *confab_codec_decode_answer (JsonObject *answer, GError **error);
ConfabRows *confab_codec_decode_user_answer (JsonObject *answer, GError **error);
ConfabPage *confab_codec_decode_page (JsonObject *object, GError **error);

/**
 * ConfabProblemDetails:
 * @field: (nullable): the member that was wrong
 * @retry_after: seconds, 0 if not given
 */
typedef struct
{
  ConfabProblem problem;
  char *field;
  guint retry_after;
} ConfabProblemDetails;

/**
 * confab_codec_encode_problem:
 * @field: (nullable): the member that was wrong
 *
 * Encodes a problem as application/problem+json (RFC 9457).
 *
 * Returns: (transfer full): the JSON text
 */
char *confab_codec_encode_problem (ConfabProblem problem,
                                   const char *field,
                                   guint retry_after,
                                   gsize *length);

/**
 * confab_codec_decode_problem:
 * @details: (out): the problem; its "field" is (transfer full)
 *
 * Returns: %FALSE if @object is not a problem, or its code is unknown
 */
gboolean confab_codec_decode_problem (JsonObject *object, ConfabProblemDetails *details);

G_END_DECLS
