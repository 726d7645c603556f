/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* JSON as it may be trusted: strict, bounded in size, depth and number before it is parsed; and
 * typed access to members that answers with a problem instead of an assertion. Any thread. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_json_parse_object:
 * @data: (array length=length): UTF-8 JSON, not necessarily terminated
 * @max_bytes: what is too large
 *
 * Fails with %CONFAB_PROBLEM_MALFORMED_JSON or %CONFAB_PROBLEM_BODY_TOO_LARGE. A scan looks at
 * the text before json-glib does: at its depth (json-glib 1.6 overflowed the stack on deep
 * arrays), at how many values it has (%CONFAB_ANSWER_MAX_NODES), and at how many members an
 * object has (%CONFAB_JSON_MAX_MEMBERS): names that collide in g_str_hash() make an object cost
 * the square of their number.
 *
 * Returns: (transfer full): the object
 */
JsonObject *confab_json_parse_object (const char *data,
                                      gsize length,
                                      gsize max_bytes,
                                      GError **error);

/**
 * confab_json_parse_request:
 * @data: (array length=length): as above
 * @max_bytes: what is too large
 *
 * As confab_json_parse_object(), of what a server is sent: at most %CONFAB_REQUEST_MAX_NODES
 * values, so that it costs the server's loop little whatever it holds.
 *
 * Returns: (transfer full): the object
 */
JsonObject *confab_json_parse_request (const char *data,
                                       gsize length,
                                       gsize max_bytes,
                                       GError **error);

/* Typed members. A missing one, null or one of another type is CONFAB_PROBLEM_INVALID_FIELD,
 * with the member's name as the error's message; the _opt forms take missing and null as "none".
 * Integers must be JSON integers in [min, max], and the two ends of gint64 count as beyond it.
 * Strings must be valid UTF-8 without NUL, escaped or not, and without U+FDD0, which stands for
 * it inside. Returned strings and containers belong to @object. */
gboolean confab_json_get_string (JsonObject *object,
                                 const char *member,
                                 const char **value,
                                 GError **error);
gboolean confab_json_get_string_opt (JsonObject *object,
                                     const char *member,
                                     const char **value,
                                     GError **error);
gboolean confab_json_get_int (JsonObject *object,
                              const char *member,
                              gint64 min,
                              gint64 max,
                              gint64 *value,
                              GError **error);
gboolean confab_json_get_int_opt (JsonObject *object,
                                  const char *member,
                                  gint64 min,
                                  gint64 max,
                                  gint64 fallback,
                                  gint64 *value,
                                  GError **error);
gboolean confab_json_get_bool (JsonObject *object,
                               const char *member,
                               gboolean *value,
                               GError **error);
gboolean confab_json_get_array (JsonObject *object,
                                const char *member,
                                JsonArray **value,
                                GError **error);
gboolean confab_json_get_object (JsonObject *object,
                                 const char *member,
                                 JsonObject **value,
                                 GError **error);
/* An array of distinct positive integers, at most @max of them: (transfer full) (element-type
 * gint64) */
GArray *confab_json_get_ids (JsonObject *object, const char *member, guint max, GError **error);

/* The same for text that is to be shown on a line, of at most @max_chars characters; see
 * confab_text_fits_line(). */
gboolean confab_json_get_line (JsonObject *object,
                               const char *member,
                               gsize max_chars,
                               const char **value,
                               GError **error);
gboolean confab_json_get_line_opt (JsonObject *object,
                                   const char *member,
                                   gsize max_chars,
                                   const char **value,
                                   GError **error);

/* Null for NULL, or for 0. */
void confab_json_set_string_opt (JsonObject *object, const char *member, const char *value);
void confab_json_set_int_opt (JsonObject *object, const char *member, gint64 value);

/* Returns: (transfer full): compact UTF-8 text of @object */
char *confab_json_object_to_string (JsonObject *object, gsize *length);

G_END_DECLS
