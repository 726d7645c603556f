/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-code-format.h"

#include <string.h>

#define GROUP 4
#define CODE_LENGTH (2 * GROUP + 1)

/* Return the code's character for @c, or 0. */
static char
code_char (char c)
{
  c = g_ascii_toupper (c);
  if (c == 'I' || c == 'L')
    return '1';
  if (c == 'O')
    return '0';
  return g_ascii_isalnum (c) && c != 'U' ? c : 0;
}

static gboolean
is_group (const char *text)
{
  for (guint i = 0; i < GROUP; i++)
    {
      if (text[i] == '\0' || code_char (text[i]) == 0)
        return FALSE;
    }

  return TRUE;
}

/* Return the first word in the form of a code, or the whole text if there is none. */
static const char *
find_code (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if ((at == text || !g_ascii_isalnum (at[-1])) && is_group (at) && at[GROUP] == '-'
          && is_group (at + GROUP + 1) && !g_ascii_isalnum (at[CODE_LENGTH]))
        return at;
    }

  return text;
}

char *
confab_code_format (const char *typed)
{
  GString *code = g_string_sized_new (CODE_LENGTH);

  for (const char *at = find_code (typed); *at != '\0' && code->len < CODE_LENGTH; at++)
    {
      char c = code_char (*at);

      if (c == 0)
        continue;
      if (code->len == GROUP)
        g_string_append_c (code, '-');
      g_string_append_c (code, c);
    }

  return g_string_free_and_steal (code);
}

gboolean
confab_code_is_complete (const char *formatted)
{
  return strlen (formatted) == CODE_LENGTH;
}
