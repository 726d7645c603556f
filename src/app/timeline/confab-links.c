/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-links.h"

#include <gio/gio.h>
#include <string.h>

/* A scheme that does not continue a word, then everything that is neither white space nor a sign
 * that RFC 3986 forbids in an address and that people put around one. What a sentence adds to the
 * end is taken off afterwards: a pattern cannot balance brackets. */
#define PATTERN "(?<![\\p{L}\\p{N}_@/.+-])(?:https?://|mailto:)[^\\s\\p{Z}\\p{Cc}<>\"`{}|\\\\^]+"

/* Closing signs that end a sentence rather than an address. */
#define TRAILING ".,;:!?'*_~…“”‘’«»‹›。，、！？；：」』】》〉）"

void
confab_link_free (ConfabLink *self)
{
  g_free (self->uri);
  g_free (self);
}

static GRegex *
get_pattern (void)
{
  static GRegex *regex;

  if (g_once_init_enter_pointer (&regex))
    {
      g_autoptr (GError) error = NULL;
      GRegex *compiled = g_regex_new (PATTERN, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);

      if (compiled == NULL)
        g_error ("The pattern for links: %s", error->message);
      g_once_init_leave_pointer (&regex, compiled);
    }

  return regex;
}

static guint
count_char (const char *start, const char *end, gunichar wanted)
{
  guint n = 0;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    n += g_utf8_get_char (p) == wanted;

  return n;
}

/* "(see https://example.org/a_(b))." ends before the last bracket: one that closes
 * more than the address itself opened belongs to the sentence. */
static const char *
trim_end (const char *start, const char *end)
{
  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);
      gunichar ch = g_utf8_get_char (last);

      if (g_utf8_strchr (TRAILING, -1, ch) != NULL
          || (ch == ')' && count_char (start, end, ')') > count_char (start, end, '('))
          || (ch == ']' && count_char (start, end, ']') > count_char (start, end, '[')))
        end = last;
      else
        break;
    }

  return end;
}

static char *
web_address (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autofree char *ascii_host = NULL;
  g_autoptr (GUri) plain = NULL;

  if (host == NULL || *host == '\0')
    return NULL;
  ascii_host = g_hostname_to_ascii (host);
  if (ascii_host == NULL)
    return NULL;

  plain = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), g_uri_get_userinfo (uri),
                       ascii_host, g_uri_get_port (uri), g_uri_get_path (uri),
                       g_uri_get_query (uri), g_uri_get_fragment (uri));
  return g_uri_to_string (plain);
}

/* (transfer full) (nullable): NULL if nothing could open it */
static char *
address_from_text (const char *text)
{
  g_autofree char *escaped = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (uri == NULL)
    return NULL;
  if (g_str_equal (g_uri_get_scheme (uri), "mailto"))
    {
      if (strchr (g_uri_get_path (uri), '@') == NULL)
        return NULL;
      address = g_uri_to_string (uri);
    }
  else
    {
      address = web_address (uri);
      if (address == NULL)
        return NULL;
    }

  escaped = g_uri_escape_string (address, "%:/?#[]@!$&'()*+,;=", FALSE);
  if (!g_uri_is_valid (escaped, G_URI_FLAGS_NONE, NULL))
    return NULL;

  return g_steal_pointer (&escaped);
}

GPtrArray *
confab_links_find (const char *text)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_link_free);
  g_autoptr (GMatchInfo) match = NULL;

  if (strchr (text, ':') == NULL)
    return links; /* most messages */

  g_regex_match (get_pattern (), text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *candidate = NULL;
      g_autofree char *uri = NULL;
      const char *stop;
      ConfabLink *link;
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      stop = trim_end (text + start, text + end);
      candidate = g_strndup (text + start, stop - (text + start));
      uri = address_from_text (candidate);
      if (uri == NULL)
        continue;

      link = g_new (ConfabLink, 1);
      link->start = start;
      link->end = stop - text;
      link->uri = g_steal_pointer (&uri);
      g_ptr_array_add (links, link);
    }

  return links;
}

char *
confab_link_describe (const ConfabLink *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->uri, G_URI_FLAGS_NONE, NULL);
  g_autofree char *readable = NULL;
  const char *host;

  if (uri == NULL)
    return g_strdup (self->uri);
  if (g_str_equal (g_uri_get_scheme (uri), "mailto"))
    return g_strdup (g_uri_get_path (uri));

  host = g_uri_get_host (uri);
  readable = g_hostname_to_unicode (host);
  if (readable == NULL || g_str_equal (readable, host))
    return g_strdup (host);

  /* Letters of other scripts can look like Latin ones: the second form cannot deceive. */
  return g_strdup_printf ("%s (%s)", readable, host);
}
