/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one codec: rows, pages, frames and problems between JSON and the model; both ends use it. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-json.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * ConfabPage:
 * @from: (nullable): the cursor it begins at
 * @to: the cursor it ends at
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

JsonObject *confab_codec_encode_user (const ConfabUserRow *row);
JsonObject *confab_codec_encode_rows (const ConfabRows *rows);
JsonObject *confab_codec_encode_page (const ConfabPage *page);

/* Decoders never trust: every error is in CONFAB_PROBLEM (MALFORMED_JSON or INVALID_FIELD).
 * Returns: (transfer full) */
ConfabUserRow *confab_codec_decode_user (JsonObject *object, GError **error);
ConfabRows *confab_codec_decode_rows (JsonObject *object, GError **error);
ConfabPage *confab_codec_decode_page (JsonObject *object, GError **error);

/**
 * ConfabProblemDetails:
 * @field: (nullable): which member
 * @retry_after: seconds, 0 if not said
 */
typedef struct
{
  ConfabProblem problem;
  char *field;
  guint retry_after;
} ConfabProblemDetails;

/* application/problem+json (RFC 9457). @field may be NULL. Returns: (transfer full) */
char *confab_codec_encode_problem (ConfabProblem problem,
                                   const char *field,
                                   guint retry_after,
                                   gsize *length);

/* Returns FALSE if @object is not a problem of a code we know. @details->field is (transfer
 * full). */
gboolean confab_codec_decode_problem (JsonObject *object, ConfabProblemDetails *details);

G_END_DECLS
