/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Parses HTTP/1.1 requests from bytes as they arrive, with llhttp in its strict mode. Requests that
 * llhttp accepts but two recipients could interpret differently are refused here and in
 * confab-head.c. */

#pragma once

#include "confab-head.h"

G_BEGIN_DECLS

#define CONFAB_HEAD_MAX_BYTES 8192

typedef enum
{
  CONFAB_PARSE_WHOLE,
  CONFAB_PARSE_PARTIAL,
  CONFAB_PARSE_MALFORMED,
  CONFAB_PARSE_TOO_LARGE, /* only for heads */
} ConfabParseState;

/* A piece of a body, without its framing. */
typedef void (*ConfabBodyFunc) (gconstpointer data, gsize length, gpointer user_data);

/* Parses the requests of one connection. */
typedef struct _ConfabHttpParser ConfabHttpParser;

ConfabHttpParser *confab_http_parser_new (void);
void confab_http_parser_free (ConfabHttpParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabHttpParser, confab_http_parser_free)

/**
 * confab_http_parser_take_head:
 * @data: (array length=length): input that was not consumed yet
 * @taken: (out): how many bytes of @data are consumed
 * @head: (out) (transfer full) (optional): the head, once it is complete
 *
 * After %CONFAB_PARSE_WHOLE, read its body, if it has one, and then the next head. After a refusal,
 * nothing more can be read from the connection.
 *
 * Returns: the state of the head
 */
ConfabParseState confab_http_parser_take_head (ConfabHttpParser *self,
                                               const char *data,
                                               gsize length,
                                               gsize *taken,
                                               ConfabHead **head);

/**
 * confab_http_parser_take_body:
 * @data: (array length=length): input that was not consumed yet
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
