/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-parser.h"

#include <llhttp.h>

/* Adding a field compares it with all before it. Browsers send about 15. */
#define MAX_FIELDS 100
/* The methods of this server have at most 7 letters. */
#define METHOD_MAX_BYTES 32
/* The framing allowed in a chunked body: a chunk of one byte takes 6 bytes; the rest is for
 * extensions and trailers. */
#define FRAMING_MAX_BYTES 4096
#define RAW_PER_BODY_BYTE 8

/* In a file of its own: llhttp's names are libwebsockets', too. */
struct _ConfabHttpParser
{
  llhttp_t llhttp;
  ConfabHead *head; /* the head being parsed */
  GString *target;
  GString *name;
  GString *value;
  gsize n_head;   /* bytes of the head so far */
  guint64 n_raw;  /* bytes of the body so far, with its framing */
  guint64 n_body; /* the same without framing */
  ConfabBodyFunc take_body;
  gpointer user_data;
};

/* ---- callbacks of llhttp ---- */

static int
on_target (llhttp_t *llhttp, const char *data, size_t length)
{
  ConfabHttpParser *self = llhttp->data;

  g_string_append_len (self->target, data, (gssize)length);

  return 0;
}

/* Fields after the head are trailers, which are ignored. */
static int
on_name (llhttp_t *llhttp, const char *data, size_t length)
{
  ConfabHttpParser *self = llhttp->data;

  if (self->head != NULL)
    g_string_append_len (self->name, data, (gssize)length);

  return 0;
}

static int
on_value (llhttp_t *llhttp, const char *data, size_t length)
{
  ConfabHttpParser *self = llhttp->data;

  if (self->head != NULL)
    g_string_append_len (self->value, data, (gssize)length);

  return 0;
}

static int
on_field (llhttp_t *llhttp)
{
  ConfabHttpParser *self = llhttp->data;

  if (self->head == NULL)
    return 0;
  if (self->head->fields->len == MAX_FIELDS
      || !confab_head_add_field (self->head, self->name->str, self->value->str))
    return -1;

  g_string_truncate (self->name, 0);
  g_string_truncate (self->value, 0);

  return 0;
}

/* Refuse a chunk longer than a body may be before it arrives. */
static int
on_chunk (llhttp_t *llhttp)
{
  return llhttp->content_length <= G_MAXINT32 ? 0 : -1;
}

static int
on_body (llhttp_t *llhttp, const char *data, size_t length)
{
  ConfabHttpParser *self = llhttp->data;

  self->n_body += length;
  self->take_body (data, length, self->user_data);

  return 0;
}

/* Make llhttp_execute() return at the end of the head or body. */
static int
on_end (llhttp_t *llhttp)
{
  return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
  .on_url = on_target,
  .on_header_field = on_name,
  .on_header_value = on_value,
  .on_header_value_complete = on_field,
  .on_headers_complete = on_end,
  .on_chunk_header = on_chunk,
  .on_body = on_body,
  .on_message_complete = on_end,
};

static ConfabParseState
execute (ConfabHttpParser *self, const char *data, gsize length, gsize *taken)
{
  llhttp_errno_t problem = llhttp_execute (&self->llhttp, data, length);

  *taken = length;
  if (problem == HPE_OK)
    return CONFAB_PARSE_PARTIAL;
  if (problem != HPE_PAUSED)
    return CONFAB_PARSE_MALFORMED;

  *taken = (gsize)(llhttp_get_error_pos (&self->llhttp) - data);
  llhttp_resume (&self->llhttp);

  return CONFAB_PARSE_WHOLE;
}

ConfabHttpParser *
confab_http_parser_new (void)
{
  ConfabHttpParser *self = g_new0 (ConfabHttpParser, 1);

  self->target = g_string_new (NULL);
  self->name = g_string_new (NULL);
  self->value = g_string_new (NULL);

  return self;
}

void
confab_http_parser_free (ConfabHttpParser *self)
{
  g_clear_pointer (&self->head, confab_head_free);
  g_string_free (self->target, TRUE);
  g_string_free (self->name, TRUE);
  g_string_free (self->value, TRUE);
  g_free (self);
}

/* ---- heads ---- */

/**
 * begin_head:
 *
 * Reads the method, up to the space behind it. llhttp only accepts methods that it knows, and
 * treats some specially; here any method is accepted and answered by its path. llhttp is told that
 * it is PUT, which has no special treatment and, unlike GET, does not occur in RTSP or ICE.
 *
 * Some clients send an empty line before a request (RFC 9112 §2.2).
 */
static ConfabParseState
begin_head (ConfabHttpParser *self, const char *data, gsize length, gsize *taken)
{
  gsize start = length >= 2 && data[0] == '\r' && data[1] == '\n' ? 2 : 0;
  g_autofree char *method = NULL;
  gsize n = 0, rest;

  *taken = 0;
  if (length == 0 || (length == 1 && data[0] == '\r'))
    return CONFAB_PARSE_PARTIAL;

  while (start + n < length && n <= METHOD_MAX_BYTES && confab_head_is_token_char (data[start + n]))
    n++;
  rest = length - start - n;
  if (n > METHOD_MAX_BYTES || (rest > 0 && (n == 0 || data[start + n] != ' '))
      || (rest > 1 && data[start + n + 1] == ' '))
    return CONFAB_PARSE_MALFORMED;
  if (rest < 2)
    return CONFAB_PARSE_PARTIAL;

  method = g_strndup (data + start, n);
  self->head = confab_head_new (method);
  self->n_head = n + 1;
  g_string_truncate (self->target, 0);
  g_string_truncate (self->name, 0);
  g_string_truncate (self->value, 0);
  llhttp_init (&self->llhttp, HTTP_REQUEST, &settings);
  self->llhttp.data = self;
  llhttp_execute (&self->llhttp, "PUT ", 4);
  *taken = start + self->n_head;

  return CONFAB_PARSE_WHOLE;
}

static ConfabParseState
end_head (ConfabHttpParser *self, ConfabHead **head)
{
  g_autoptr (ConfabHead) ended = g_steal_pointer (&self->head);

  if (self->llhttp.http_major != 1 || !confab_head_set_target (ended, self->target->str))
    return CONFAB_PARSE_MALFORMED;

  ended->minor = self->llhttp.http_minor;
  ended->chunked = (self->llhttp.flags & F_CHUNKED) != 0;
  ended->content_length = ended->chunked ? 0 : self->llhttp.content_length;
  ended->keep_alive = llhttp_should_keep_alive (&self->llhttp);
  self->n_raw = self->n_body = 0;
  *head = g_steal_pointer (&ended);

  return CONFAB_PARSE_WHOLE;
}

ConfabParseState
confab_http_parser_take_head (ConfabHttpParser *self,
                              const char *data,
                              gsize length,
                              gsize *taken,
                              ConfabHead **head)
{
  ConfabParseState state;
  gsize n_beginning = 0, room;

  *taken = 0;
  if (self->head == NULL)
    {
      state = begin_head (self, data, length, &n_beginning);
      if (state != CONFAB_PARSE_WHOLE)
        return state;
    }

  room = CONFAB_HEAD_MAX_BYTES - self->n_head;
  state = execute (self, data + n_beginning, MIN (length - n_beginning, room), taken);
  self->n_head += *taken;
  *taken += n_beginning;
  if (state == CONFAB_PARSE_WHOLE)
    return end_head (self, head);

  return state == CONFAB_PARSE_PARTIAL && self->n_head == CONFAB_HEAD_MAX_BYTES
             ? CONFAB_PARSE_TOO_LARGE
             : state;
}

/* ---- bodies ---- */

ConfabParseState
confab_http_parser_take_body (ConfabHttpParser *self,
                              const char *data,
                              gsize length,
                              gsize *taken,
                              ConfabBodyFunc func,
                              gpointer user_data)
{
  ConfabParseState state;

  self->take_body = func;
  self->user_data = user_data;
  state = execute (self, data, length, taken);
  self->n_raw += *taken;

  return self->n_raw <= FRAMING_MAX_BYTES + RAW_PER_BODY_BYTE * self->n_body
             ? state
             : CONFAB_PARSE_MALFORMED;
}
