/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chunked transfer coding (RFC 9112 §7.1), which libwebsockets does not decode for a server. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_CHUNKED_SIZE,
  CONFAB_CHUNKED_EXTENSION,
  CONFAB_CHUNKED_SIZE_LF,
  CONFAB_CHUNKED_DATA,
  CONFAB_CHUNKED_DATA_CR,
  CONFAB_CHUNKED_DATA_LF,
  CONFAB_CHUNKED_TRAILER,      /* at the beginning of a line */
  CONFAB_CHUNKED_TRAILER_TEXT, /* inside one */
  CONFAB_CHUNKED_TRAILER_LF,
  CONFAB_CHUNKED_END_LF,
  CONFAB_CHUNKED_DONE,
  CONFAB_CHUNKED_BROKEN,
} ConfabChunkedState;

/* Begins as all zeros. */
typedef struct
{
  ConfabChunkedState state;
  guint64 remaining; /* of the chunk */
  guint n_digits;
  guint overhead; /* bytes of extensions and trailers so far */
} ConfabChunked;

/* Decodes what came next, appending data to @body, which does not grow beyond @max_bytes: the
 * rest is passed over, and counted in @n_bytes. @taken says how much of @data belongs to it.
 * Returns the state. */
ConfabChunkedState confab_chunked_decode (ConfabChunked *self,
                                          const guint8 *data,
                                          gsize length,
                                          GByteArray *body,
                                          gsize max_bytes,
                                          guint64 *n_bytes,
                                          gsize *taken);

G_END_DECLS
