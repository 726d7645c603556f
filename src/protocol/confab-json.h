/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* JSON parsing for untrusted input: strict, with size, depth and counts limited before parsing; and
 * typed access to members that fails with a problem, not an assertion. Any thread. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_json_parse_answer:
 * @data: (array length=length): UTF-8 JSON, not necessarily NUL-terminated
 * @max_bytes: the largest @length that is accepted
 *
 * Fails with %CONFAB_PROBLEM_MALFORMED_JSON or %CONFAB_PROBLEM_BODY_TOO_LARGE. Before json-glib
 * parses the text, a scan limits its depth (json-glib 1.6 overflowed the stack on deep arrays), its
 * number of values (%CONFAB_ANSWER_MAX_NODES), and the number of members per object
 * (%CONFAB_JSON_MAX_MEMBERS): names that collide in g_str_hash() make an object cost quadratic
 * time.
 *
 * Characters that no text may have, which are bytes that are not UTF-8, an escaped NUL and half a
 * surrogate pair, are replaced by U+FFFD, so that one text does not make the others unreadable.
 *
 * Returns: (transfer full): the object
 */
JsonObject *confab_json_parse_answer (const char *data,
                                      gsize length,
                                      gsize max_bytes,
                                      GError **error);

/**
 * confab_json_parse_request:
 * @data: (array length=length): as for confab_json_parse_answer()
 * @max_bytes: as for confab_json_parse_answer()
 *
 * Like confab_json_parse_answer(), for requests to a server: at most %CONFAB_REQUEST_MAX_NODES
 * values, to bound the time on the server's loop thread, and no bad characters: they are refused
 * here, and an escaped NUL by the accessors below.
 *
 * Returns: (transfer full): the object
 */
JsonObject *confab_json_parse_request (const char *data,
                                       gsize length,
                                       gsize max_bytes,
                                       GError **error);

/* Typed members. If a member is missing, null or of another type, these functions fail with
 * CONFAB_PROBLEM_INVALID_FIELD and the member's name as the error's message; the _opt forms accept
 * missing and null as "none". Integers must be JSON integers in [min, max] and differ from both
 * ends of gint64. Strings must be without U+FDD0, which stands for an escaped NUL in a
 * request. Returned strings and containers belong to @object. */
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
/**
 * confab_json_get_ids:
 *
 * Reads an array of distinct positive integers, at most @max of them.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the ids, or %NULL with an error
 */
GArray *confab_json_get_ids (JsonObject *object, const char *member, guint max, GError **error);

/* The same for a line of text to show, of at most @max_chars characters; see
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

/* Set null if @value is NULL or 0. */
void confab_json_set_string_opt (JsonObject *object, const char *member, const char *value);
void confab_json_set_int_opt (JsonObject *object, const char *member, gint64 value);

/* Returns: (transfer full): compact UTF-8 text of @object */
char *confab_json_object_to_string (JsonObject *object, gsize *length);

G_END_DECLS
