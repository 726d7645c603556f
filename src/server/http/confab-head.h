/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The head of an HTTP/1.1 request. llhttp has divided it into parts (confab-http-parser.h), which
 * are checked here: anything that two recipients could interpret differently is refused, and
 * nothing is truncated or repaired. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabHead:
 * @method: as received
 * @path: without the query, percent-decoded; may be invalid UTF-8
 * @query: (nullable) (array zero-terminated=1): each "name=value", decoded
 * @minor: of HTTP/1.x
 * @chunked: whether the last transfer coding of the body is "chunked"
 * @content_length: of the body; 0 if not given
 * @keep_alive: whether the client will reuse the connection (RFC 9112 §9.3)
 */
typedef struct
{
  char *method;
  char *path;
  char **query;
  guint minor;
  gboolean chunked;
  guint64 content_length;
  gboolean keep_alive;
  GPtrArray *fields; /* private */
} ConfabHead;

ConfabHead *confab_head_new (const char *method);

void confab_head_free (ConfabHead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabHead, confab_head_free)

/* Return whether a method or a field's name may contain @c (RFC 9110 §5.6.2). */
gboolean confab_head_is_token_char (char c);

/* Set path and query. Return FALSE if @target is malformed. */
gboolean confab_head_set_target (ConfabHead *self, const char *target);

/* Add a field in any case; white space at the end of @value is dropped. Return FALSE if the field
 * is not permitted there. */
gboolean confab_head_add_field (ConfabHead *self, const char *name, const char *value);

/* Return the value of the field @name (lower case), or NULL. Fields of one name are joined by ",
 * ". */
const char *confab_head_get (const ConfabHead *self, const char *name);

/* Return whether the list in the field @name contains @token, ignoring case. */
gboolean confab_head_has_token (const ConfabHead *self, const char *name, const char *token);

G_END_DECLS
