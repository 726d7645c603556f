/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-email.h"

#include <string.h>
#include <unicode/uchar.h>

#include "confab-host.h"
#include "confab-limits.h"

/* RFC 5322 §3.2.3: the characters allowed without quoting, besides letters and digits. */
#define ATEXT "!#$%&'*+-/=?^_`{|}~"

#define LOCAL_MAX_BYTES 64

/* Return whether @c is a visible letter, mark or digit of any script. */
static gboolean
is_letter (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char)c);

  return u_hasBinaryProperty ((UChar32)c, UCHAR_XID_CONTINUE)
         && !u_hasBinaryProperty ((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static gboolean
is_local_char (gunichar c)
{
  return is_letter (c) || c == '.' || (c < 0x80 && strchr (ATEXT, (int)c) != NULL);
}

/* Return the end of the local part at @start, at most its maximum length further on. */
static const char *
skip_local_part (const char *start)
{
  const char *p = start;

  while (*p != '\0' && p - start <= LOCAL_MAX_BYTES && is_local_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return p;
}

/* Return whether the text from @start to the “@” at @at is a local part. */
static gboolean
is_local_part (const char *start, const char *at)
{
  gsize length = (gsize)(at - start);

  return length > 0 && length <= LOCAL_MAX_BYTES && *start != '.' && at[-1] != '.'
         && g_strstr_len (start, (gssize)length, "..") == NULL;
}

/* Return whether @ascii, from confab_host_to_ascii(), has at least two labels and the last is not a
 * number. */
static gboolean
is_domain (const char *ascii)
{
  g_auto (GStrv) labels = g_strsplit (ascii, ".", -1);
  guint n_labels = g_strv_length (labels);

  for (guint i = 0; i < n_labels; i++)
    {
      const char *label = labels[i];

      if (*label == '\0' || *label == '-' || g_str_has_suffix (label, "-"))
        return FALSE;
    }

  return n_labels > 1 && labels[n_labels - 1][strspn (labels[n_labels - 1], "0123456789")] != '\0';
}

/* Return whether @text is a domain written in letters. Web addresses may have symbols too, but
 * libidn2, which curl uses for mail, refuses them. */
static gboolean
is_written_domain (const char *text)
{
  g_autofree char *ascii = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_letter (c) && c != '-' && c != '.')
        return FALSE;
    }
  ascii = confab_host_to_ascii (text);

  return ascii != NULL && is_domain (ascii);
}

gboolean
confab_email_is_address (const char *text)
{
  const char *at;

  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > CONFAB_EMAIL_MAX_BYTES)
    return FALSE;
  at = skip_local_part (text);

  return *at == '@' && is_local_part (text, at) && is_written_domain (at + 1);
}

const char *
confab_email_end (const char *start)
{
  const char *at = skip_local_part (start);
  const char *end = *at == '@' ? confab_host_end (at + 1, 0) : NULL;
  g_autofree char *address = NULL;

  if (end == NULL)
    return NULL;
  address = g_strndup (start, (gsize)(end - start));

  return confab_email_is_address (address) ? end : NULL;
}
