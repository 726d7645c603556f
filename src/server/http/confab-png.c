/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-png.h"

#include <string.h>

#include "confab-limits.h"

static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

#define CHUNK_OVERHEAD 12 /* length, type and CRC */
#define HEADER_LENGTH 13

static guint32
read_number (const guint8 *data)
{
  return (guint32)data[0] << 24 | (guint32)data[1] << 16 | (guint32)data[2] << 8 | data[3];
}

static gboolean
is_type (const guint8 *chunk, const char *type)
{
  return memcmp (chunk + 4, type, 4) == 0;
}

static gboolean
is_size (guint32 pixels)
{
  return pixels > 0 && pixels <= CONFAB_PICTURE_MAX_PIXELS;
}

/* The first chunk is the header. */
static gboolean
is_header (const guint8 *chunk, guint32 length)
{
  return is_type (chunk, "IHDR") && length == HEADER_LENGTH && is_size (read_number (chunk + 8))
         && is_size (read_number (chunk + 12));
}

/* Follow the chunks; the last one must end the file. */
static gboolean
is_png (const guint8 *data, gsize length)
{
  gsize offset = sizeof signature;
  gboolean has_data = FALSE;

  if (length > CONFAB_PICTURE_MAX_BYTES || length < offset
      || memcmp (data, signature, sizeof signature) != 0)
    return FALSE;

  while (length - offset >= CHUNK_OVERHEAD)
    {
      const guint8 *chunk = data + offset;
      guint32 chunk_length = read_number (chunk);

      if (chunk_length > length - offset - CHUNK_OVERHEAD
          || (offset == sizeof signature && !is_header (chunk, chunk_length)))
        return FALSE;

      offset += CHUNK_OVERHEAD + chunk_length;
      has_data = has_data || is_type (chunk, "IDAT");
      if (is_type (chunk, "IEND"))
        return has_data && chunk_length == 0 && offset == length;
    }

  return FALSE;
}

gboolean
confab_png_check (const guint8 *data, gsize length, GError **error)
{
  return is_png (data, length) || confab_problem_set (error, CONFAB_PROBLEM_INVALID_PICTURE);
}
