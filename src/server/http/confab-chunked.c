/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-chunked.h"

#define MAX_OVERHEAD_BYTES 4096
#define MAX_DIGITS 15

/* What no line holds, but for the sign that begins its end: a line feed alone ends a line for
 * some readers only. */
static gboolean
is_control (guint8 byte)
{
  return (byte < ' ' && byte != '\t' && byte != '\r') || byte == 0x7f;
}

static ConfabChunkedState
take_size (ConfabChunked *self, guint8 byte)
{
  int digit = g_ascii_xdigit_value ((char)byte);

  if (digit >= 0)
    {
      if (++self->n_digits > MAX_DIGITS)
        return CONFAB_CHUNKED_BROKEN;
      self->remaining = self->remaining * 16 + (guint)digit;
      return CONFAB_CHUNKED_SIZE;
    }

  if (self->n_digits == 0)
    return CONFAB_CHUNKED_BROKEN;
  if (byte == '\r')
    return CONFAB_CHUNKED_SIZE_LF;

  return byte == ';' || byte == ' ' || byte == '\t' ? CONFAB_CHUNKED_EXTENSION
                                                    : CONFAB_CHUNKED_BROKEN;
}

/* What ends a chunk's first line also says whether it was the last. */
static ConfabChunkedState
end_size (ConfabChunked *self, guint8 byte)
{
  if (byte != '\n')
    return CONFAB_CHUNKED_BROKEN;

  self->n_digits = 0;

  return self->remaining > 0 ? CONFAB_CHUNKED_DATA : CONFAB_CHUNKED_TRAILER;
}

static ConfabChunkedState
take_byte (ConfabChunked *self, guint8 byte)
{
  switch (self->state)
    {
    case CONFAB_CHUNKED_SIZE:
      return take_size (self, byte);

    case CONFAB_CHUNKED_EXTENSION:
      if (++self->overhead > MAX_OVERHEAD_BYTES || is_control (byte))
        return CONFAB_CHUNKED_BROKEN;
      return byte == '\r' ? CONFAB_CHUNKED_SIZE_LF : CONFAB_CHUNKED_EXTENSION;

    case CONFAB_CHUNKED_SIZE_LF:
      return end_size (self, byte);

    case CONFAB_CHUNKED_DATA_CR:
      return byte == '\r' ? CONFAB_CHUNKED_DATA_LF : CONFAB_CHUNKED_BROKEN;

    case CONFAB_CHUNKED_DATA_LF:
      return byte == '\n' ? CONFAB_CHUNKED_SIZE : CONFAB_CHUNKED_BROKEN;

    case CONFAB_CHUNKED_TRAILER:
      if (is_control (byte))
        return CONFAB_CHUNKED_BROKEN;
      return byte == '\r' ? CONFAB_CHUNKED_END_LF : CONFAB_CHUNKED_TRAILER_TEXT;

    case CONFAB_CHUNKED_TRAILER_TEXT:
      if (++self->overhead > MAX_OVERHEAD_BYTES || is_control (byte))
        return CONFAB_CHUNKED_BROKEN;
      return byte == '\r' ? CONFAB_CHUNKED_TRAILER_LF : CONFAB_CHUNKED_TRAILER_TEXT;

    case CONFAB_CHUNKED_TRAILER_LF:
      return byte == '\n' ? CONFAB_CHUNKED_TRAILER : CONFAB_CHUNKED_BROKEN;

    case CONFAB_CHUNKED_END_LF:
      return byte == '\n' ? CONFAB_CHUNKED_DONE : CONFAB_CHUNKED_BROKEN;

    case CONFAB_CHUNKED_DATA:
    case CONFAB_CHUNKED_DONE:
    case CONFAB_CHUNKED_BROKEN:
    default:
      return self->state;
    }
}

ConfabChunkedState
confab_chunked_decode (ConfabChunked *self,
                       const guint8 *data,
                       gsize length,
                       GByteArray *body,
                       gsize max_bytes,
                       guint64 *n_bytes,
                       gsize *taken)
{
  const guint8 *start = data;
  const guint8 *end = data + length;

  while (data < end && self->state < CONFAB_CHUNKED_DONE)
    {
      if (self->state == CONFAB_CHUNKED_DATA)
        {
          gsize part = (gsize)MIN ((guint64)(end - data), self->remaining);

          g_byte_array_append (body, data, (guint)MIN (part, max_bytes - body->len));
          *n_bytes += part;
          self->remaining -= part;
          data += part;
          if (self->remaining == 0)
            self->state = CONFAB_CHUNKED_DATA_CR;
        }
      else
        self->state = take_byte (self, *data++);
    }
  *taken = (gsize)(data - start);

  return self->state;
}
