/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cursor.h"

#include <string.h>

char *
confab_cursor_format (const char *epoch, gint64 rev)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, epoch, rev);
}

gboolean
confab_cursor_parse (const char *cursor, const char *epoch, gint64 *rev)
{
  gsize epoch_length = strlen (epoch);
  const char *digits;
  guint64 value;

  if (cursor == NULL || *cursor == '\0')
    {
      *rev = 0;
      return TRUE;
    }

  if (strncmp (cursor, epoch, epoch_length) != 0 || cursor[epoch_length] != ':')
    return FALSE;

  /* Cursors are compared as strings, so each must have only one spelling: refuse leading zeros. */
  digits = cursor + epoch_length + 1;
  if (digits[0] == '0' && digits[1] != '\0')
    return FALSE;
  for (const char *p = digits; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
    }

  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;

  *rev = (gint64)value;

  return TRUE;
}
