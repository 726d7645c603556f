/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-host.h"

#include <string.h>
#include <unicode/uidna.h>
#include <unicode/uscript.h>

#include "confab-link-end.h"

/* RFC 1035 §2.3.4. In the Unicode form each of these bytes becomes at most four. */
#define MAX_BYTES 253
#define MAX_UTF8_BYTES (4 * MAX_BYTES)

/* “Forbidden domain code point” of the URL Standard, without the controls. */
#define FORBIDDEN " #/:<>?@[\\]^|%\x7f"

/* Errors of ICU that the URL Standard ignores (“beStrict = false”). */
#define ACCEPTED                                                                                   \
  (UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4               \
   | UIDNA_ERROR_EMPTY_LABEL)

static const UIDNA *
get_idna (void)
{
  static UIDNA *idna;

  if (g_once_init_enter_pointer (&idna))
    {
      UErrorCode status = U_ZERO_ERROR;
      UIDNA *opened =
          uidna_openUTS46 (UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII
                               | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                           &status);

      if (U_FAILURE (status))
        g_error ("ICU has no data: %s", u_errorName (status));
      g_once_init_leave_pointer (&idna, opened);
    }

  return idna;
}

/* Return whether @ascii has a letter or digit and no empty label except the root's. */
static gboolean
is_name (const char *ascii)
{
  if (*ascii == '.' || strstr (ascii, "..") != NULL || strpbrk (ascii, FORBIDDEN) != NULL)
    return FALSE;

  for (const char *p = ascii; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        return TRUE;
    }

  return FALSE;
}

char *
confab_host_to_ascii (const char *host)
{
  char ascii[MAX_BYTES + 2];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  int32_t length =
      uidna_nameToASCII_UTF8 (get_idna (), host, -1, ascii, sizeof ascii, &info, &status);

  if (U_FAILURE (status) || length >= (int32_t)sizeof ascii || (info.errors & ~ACCEPTED) != 0)
    return NULL;

  ascii[length] = '\0';

  return is_name (ascii) ? g_strdup (ascii) : NULL;
}

char *
confab_host_to_unicode (const char *host)
{
  char text[MAX_UTF8_BYTES + 1];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  int32_t length =
      uidna_nameToUnicodeUTF8 (get_idna (), host, -1, text, sizeof text, &info, &status);

  if (U_FAILURE (status) || length >= (int32_t)sizeof text || (info.errors & ~ACCEPTED) != 0)
    return g_strdup (host);

  return g_strndup (text, (gsize)length);
}

/* ---- in running text ---- */

/* Return whether @c is a letter, mark, digit or symbol of any script, or joins labels. */
static gboolean
is_host_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char)c) || c == '-' || c == '.' || c == '_' || c == '%';

  return confab_link_term (c) == CONFAB_LINK_INCLUDE;
}

/* No top-level domain mixes Latin letters with another script's, so in “example.org然后” the host
 * ends before “然后”. Return the new end of the host from @start to @end. */
static const char *
end_before_other_script (const char *start, const char *end)
{
  const char *label = start;
  UErrorCode status = U_ZERO_ERROR;

  for (const char *p = start; p < end; p++)
    {
      if (*p == '.' && p + 1 < end)
        label = p + 1;
    }
  if (uscript_getScript ((UChar32)g_utf8_get_char (label), &status) != USCRIPT_LATIN)
    return end;

  for (const char *p = label; p < end; p = g_utf8_next_char (p))
    {
      UScriptCode script = uscript_getScript ((UChar32)g_utf8_get_char (p), &status);

      if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
        return p;
    }

  return end;
}

const char *
confab_host_end (const char *start, gunichar before)
{
  const char *p = start;

  if (*start == '[')
    {
      p += 1 + strspn (start + 1, "0123456789abcdefABCDEF:.");
      return *p == ']' ? p + 1 : NULL;
    }

  while (*p != '\0' && is_host_char (g_utf8_get_char (p)) && !confab_link_closes (before, p))
    {
      p = g_utf8_next_char (p);
      if (p - start > MAX_UTF8_BYTES)
        return NULL;
    }
  while (p > start && p[-1] == '.')
    p--;

  return p > start ? end_before_other_script (start, p) : NULL;
}
