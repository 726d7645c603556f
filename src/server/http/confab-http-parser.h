/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* HTTP/1.1 requests, taken from bytes as they come. llhttp reads them, in its strict mode; what it
 * takes and two parties could understand differently is refused here and in confab-head.c. */

#pragma once

#include "confab-head.h"

G_BEGIN_DECLS

#define CONFAB_HEAD_MAX_BYTES 8192

typedef enum
{
  CONFAB_PARSE_WHOLE,
  CONFAB_PARSE_PARTIAL,
  CONFAB_PARSE_MALFORMED,
  CONFAB_PARSE_TOO_LARGE, /* heads only */
} ConfabParseState;

/* A piece of a body, without its framing. */
typedef void (*ConfabBodyFunc) (gconstpointer data, gsize length, gpointer user_data);

/* Reads the requests of one connection, one after the other. */
typedef struct _ConfabHttpParser ConfabHttpParser;

ConfabHttpParser *confab_http_parser_new (void);
void confab_http_parser_free (ConfabHttpParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabHttpParser, confab_http_parser_free)

/**
 * confab_http_parser_take_head:
 * @data: (array length=length): what has come and was not taken
 * @taken: (out): how many bytes of @data are done with
 * @head: (out) (transfer full) (optional): the head, once it is whole
 *
 * After %CONFAB_PARSE_WHOLE, its body is next, if it has one, and then another head. After a
 * refusal nothing more can be read from the connection.
 *
 * Returns: how far the head is
 */
ConfabParseState confab_http_parser_take_head (ConfabHttpParser *self,
                                               const char *data,
                                               gsize length,
                                               gsize *taken,
                                               ConfabHead **head);

/**
 * confab_http_parser_take_body:
 * @data: (array length=length): what has come and was not taken
 * @taken: (out): how many bytes of @data belong to the body
 * @func: (scope call): called with each piece of the body
 *
 * Returns: %CONFAB_PARSE_WHOLE, _PARTIAL or _MALFORMED
 */
ConfabParseState confab_http_parser_take_body (ConfabHttpParser *self,
                                               const char *data,
                                               gsize length,
                                               gsize *taken,
                                               ConfabBodyFunc func,
                                               gpointer user_data);

G_END_DECLS
