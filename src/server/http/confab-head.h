/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The head of an HTTP/1.1 request. llhttp has found its parts (confab-http-parser.h); here each is
 * judged: what two parties could understand differently is refused, and nothing is cut or
 * mended. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabHead:
 * @method: as it was sent
 * @path: without the query, percent-decoded; its bytes need not be UTF-8
 * @query: (nullable) (array zero-terminated=1): each "name=value", decoded
 * @minor: of HTTP/1.x
 * @chunked: whether the last coding of the body is "chunked"
 * @content_length: of the body; 0 if none was said
 * @keep_alive: whether the client will use the connection again (RFC 9112 §9.3)
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

/* Whether a method or the name of a field may have @c (RFC 9110 §5.6.2). */
gboolean confab_head_is_token_char (char c);

/* Sets path and query. Returns FALSE if @target is malformed. */
gboolean confab_head_set_target (ConfabHead *self, const char *target);

/* Adds a field of any case; white space at the end of @value is dropped. Returns FALSE if it may
 * not stand there. */
gboolean confab_head_add_field (ConfabHead *self, const char *name, const char *value);

/* The value of the field @name (lower case), NULL if there is none. Fields of one name are
 * joined by ", ". */
const char *confab_head_get (const ConfabHead *self, const char *name);

/* Whether the list in the field @name has @token, whatever the case. */
gboolean confab_head_has_token (const ConfabHead *self, const char *name, const char *token);

G_END_DECLS
