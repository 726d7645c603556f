/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The head of an HTTP/1.1 request (RFC 9112), read strictly: what two parties could read
 * differently is refused, and nothing is cut or mended. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONFAB_HEAD_MAX_BYTES 8192

typedef enum
{
  CONFAB_HEAD_WHOLE,
  CONFAB_HEAD_PARTIAL,
  CONFAB_HEAD_MALFORMED,
  CONFAB_HEAD_TOO_LARGE,
} ConfabHeadState;

/**
 * ConfabHead:
 * @method: as it was sent
 * @path: without the query, percent-decoded; its bytes need not be UTF-8
 * @query: (nullable) (array zero-terminated=1): each "name=value", decoded
 * @minor: of HTTP/1.x
 */
typedef struct
{
  char *method;
  char *path;
  char **query;
  guint minor;
  GPtrArray *fields; /* private */
} ConfabHead;

/**
 * confab_head_find_end:
 * @data: (array length=length): what has been received
 * @scanned: (inout): how much of it is known to be without an end; 0 at first
 * @end: (out): where the head ends, if it is whole
 *
 * Looks only at what is new, so that a head that comes byte by byte costs no more than one that
 * comes at once.
 *
 * Returns: %CONFAB_HEAD_MALFORMED for a character that belongs in no head, or a line end that is
 * not CR LF
 */
ConfabHeadState confab_head_find_end (const char *data, gsize length, gsize *scanned, gsize *end);

/**
 * confab_head_parse:
 * @data: (array length=length): a whole head, with the empty line that ends it
 *
 * Returns: (transfer full) (nullable): %NULL if it is malformed
 */
ConfabHead *confab_head_parse (const char *data, gsize length);

void confab_head_free (ConfabHead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabHead, confab_head_free)

/* The value of the field @name (lower case), NULL if there is none. Fields of one name are
 * joined by ", ". */
const char *confab_head_get (const ConfabHead *self, const char *name);

/* Whether the list in the field @name has @token, whatever the case. */
gboolean confab_head_has_token (const ConfabHead *self, const char *name, const char *token);

G_END_DECLS
