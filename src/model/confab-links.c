/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-links.h"

#include <gio/gio.h>
#include <string.h>

#include "confab-email.h"
#include "confab-link-end.h"
#include "confab-host.h"

/* Limits the search for an “@”: without it, a text of many beginnings costs quadratic time. */
#define USER_INFO_MAX_BYTES 255

/* Characters allowed unescaped in an address (RFC 3986 §2.2), and “%” for escapes. */
#define UNESCAPED "%:/?#[]@!$&'()*+,;="

void
confab_link_free (ConfabLink *self)
{
  g_free (self->uri);
  g_free (self);
}

/* ---- user information, host and port ---- */

/* Return the position behind the user information and its “@”, or @start if there is none. */
static const char *
skip_user_info (const char *start)
{
  const char *host = start;

  for (const char *p = start; *p != '\0' && p - start <= USER_INFO_MAX_BYTES;
       p = g_utf8_next_char (p))
    {
      ConfabLinkTerm term = confab_link_term (g_utf8_get_char (p));

      if (strchr ("/\\?#\"", *p) != NULL || term == CONFAB_LINK_HARD || term == CONFAB_LINK_OPEN
          || term == CONFAB_LINK_CLOSE)
        break;
      if (*p == '@')
        host = p + 1;
    }

  return host;
}

/* Return the end of the port, @start if there is none, or NULL if the port is invalid. */
static const char *
find_port_end (const char *start)
{
  const char *p = start + 1;
  guint port = 0;

  if (*start != ':')
    return start;
  for (; g_ascii_isdigit (*p) && port <= G_MAXUINT16; p++)
    port = 10 * port + (guint)g_ascii_digit_value (*p);
  if (p > start + 1)
    return port <= G_MAXUINT16 ? p : NULL;

  return g_ascii_isalnum (*p) ? NULL : start;
}

/* ---- normalisation ---- */

static char *
make_host (const char *start, const char *end)
{
  g_autofree char *host = g_strndup (start, (gsize)(end - start));
  g_autofree char *plain = NULL;

  if (*host == '[')
    {
      g_autofree char *inner = g_strndup (host + 1, strlen (host) - 2);

      return g_hostname_is_ip_address (inner) ? g_steal_pointer (&host) : NULL;
    }

  plain = g_uri_unescape_string (host, NULL);

  return plain != NULL && g_utf8_validate (plain, -1, NULL) ? confab_host_to_ascii (plain) : NULL;
}

/* Escape as browsers do: they escape what RFC 3986 forbids, keep escapes that are not UTF-8, keep a
 * stray “%”, and read “\” before the query as “/”. */
static void
append_escaped (GString *uri, const char *start, const char *end)
{
  gboolean in_path = TRUE;

  for (const char *p = start; p < end; p++)
    {
      guchar c = (guchar)*p;

      if (c == '?' || c == '#')
        in_path = FALSE;
      if (c == '\\' && in_path)
        g_string_append_c (uri, '/');
      else if (c == '%' && !(end - p > 2 && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2])))
        g_string_append (uri, "%25");
      else if (g_ascii_isalnum (c) || (c < 0x80 && strchr ("-._~" UNESCAPED, c) != NULL))
        g_string_append_c (uri, (char)c);
      else
        g_string_append_printf (uri, "%%%02X", c);
    }
}

/* @end is behind the last “@”. Any “@” before it is part of the name and gets escaped. */
static void
append_user_info (GString *uri, const char *start, const char *end)
{
  for (const char *p = start, *at; p < end; p = at + 1)
    {
      at = memchr (p, '@', (gsize)(end - p));
      append_escaped (uri, p, at);
      g_string_append (uri, at + 1 < end ? "%40" : "@");
    }
}

/* ---- finding ---- */

static ConfabLink *
make_link (const char *text, const char *start, const char *end, char *uri)
{
  ConfabLink *link = g_new (ConfabLink, 1);

  link->start = (guint)(start - text);
  link->end = (guint)(end - text);
  link->uri = uri;

  return link;
}

static gunichar
get_char_before (const char *text, const char *p)
{
  return p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
}

/* @start points at the scheme, @authority behind “://”. */
static ConfabLink *
find_web_link (const char *text, const char *start, const char *authority)
{
  gunichar before = get_char_before (text, start);
  const char *host = skip_user_info (authority);
  const char *host_end = confab_host_end (host, before);
  const char *port_end = host_end != NULL ? find_port_end (host_end) : NULL;
  const char *end = port_end;
  g_autofree char *ascii = NULL;
  g_autoptr (GString) uri = NULL;

  if (port_end == NULL)
    return NULL;
  ascii = make_host (host, host_end);
  if (ascii == NULL)
    return NULL;
  if (*port_end != '\0' && strchr ("/\\?#", *port_end) != NULL)
    end = confab_link_end (port_end, before);

  uri = g_string_new (NULL);
  for (const char *p = start; p < authority; p++)
    g_string_append_c (uri, g_ascii_tolower (*p));
  append_user_info (uri, authority, host);
  g_string_append (uri, ascii);
  append_escaped (uri, host_end, end);

  return make_link (text, start, end, g_string_free_and_steal (g_steal_pointer (&uri)));
}

/* @start points at the scheme, @address behind “mailto:”. */
static ConfabLink *
find_mail_link (const char *text, const char *start, const char *address)
{
  gunichar before = get_char_before (text, start);
  const char *address_end = confab_email_end (address);
  const char *end = address_end;
  GString *uri;

  if (address_end == NULL)
    return NULL;
  if (*address_end == '?')
    end = confab_link_end (address_end, before);

  uri = g_string_new ("mailto:");
  append_escaped (uri, address, end);

  return make_link (text, start, end, g_string_free_and_steal (uri));
}

/* Return whether a scheme may begin at @p: not within a word or within another address. */
static gboolean
may_begin (const char *text, const char *p)
{
  char previous = p > text ? p[-1] : ' ';

  return !g_ascii_isalnum (previous) && strchr ("@/.+-", previous) == NULL;
}

static ConfabLink *
find_at (const char *text, const char *p)
{
  static const struct
  {
    const char *scheme;
    ConfabLink *(*find) (const char *text, const char *start, const char *rest);
  } kinds[] = {
    { "https://", find_web_link },
    { "http://", find_web_link },
    { "mailto:", find_mail_link },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize length = strlen (kinds[i].scheme);

      if (g_ascii_strncasecmp (p, kinds[i].scheme, length) == 0 && may_begin (text, p))
        return kinds[i].find (text, p, p + length);
    }

  return NULL;
}

GPtrArray *
confab_links_find (const char *text)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_link_free);
  const char *p = strchr (text, ':') != NULL ? text : ""; /* most messages have no “:” */

  while ((p = strpbrk (p, "hHmM")) != NULL)
    {
      ConfabLink *link = find_at (text, p);

      if (link != NULL)
        g_ptr_array_add (links, link);
      p = link != NULL ? text + link->end : p + 1;
    }

  return links;
}

/* Return the host of a web link as it is opened. (transfer full) */
static char *
dup_host (const char *uri)
{
  const char *authority = strstr (uri, "://") + strlen ("://");
  const char *host = authority;
  gsize length = strcspn (authority, "/?#");

  for (const char *p = authority; p < authority + length; p++)
    {
      if (*p == '@')
        host = p + 1;
    }
  length -= (gsize)(host - authority);
  if (*host == '[')
    return g_strndup (host, strcspn (host, "]") + 1);

  return g_strndup (host, MIN (length, strcspn (host, ":")));
}

char *
confab_link_describe (const ConfabLink *self)
{
  g_autofree char *host = NULL;
  g_autofree char *readable = NULL;

  if (g_str_has_prefix (self->uri, "mailto:"))
    {
      const char *address = self->uri + strlen ("mailto:");
      g_autofree char *escaped = g_strndup (address, strcspn (address, "?"));
      char *plain = g_uri_unescape_string (escaped, NULL);

      return plain != NULL ? plain : g_steal_pointer (&escaped);
    }

  host = dup_host (self->uri);
  readable = confab_host_to_unicode (host);
  if (g_str_equal (readable, host))
    return g_steal_pointer (&host);

  /* Letters of other scripts can look like Latin ones, so add the Punycode form, which is
   * unambiguous. */
  return g_strdup_printf ("%s (%s)", readable, host);
}
