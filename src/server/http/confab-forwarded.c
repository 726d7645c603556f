/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-forwarded.h"

#include <arpa/inet.h>
#include <string.h>

#define NETWORK_BYTES 8 /* of an IPv6 address */

void
confab_forwarded_use_network (char *text)
{
  struct in6_addr address;

  if (inet_pton (AF_INET6, text, &address) != 1)
    return;

  if (IN6_IS_ADDR_V4MAPPED (&address))
    {
      inet_ntop (AF_INET, &address.s6_addr[12], text, INET6_ADDRSTRLEN);
      return;
    }

  memset (&address.s6_addr[NETWORK_BYTES], 0, sizeof address - NETWORK_BYTES);
  inet_ntop (AF_INET6, &address, text, INET6_ADDRSTRLEN);
}

gboolean
confab_forwarded_is_proxy (GPtrArray *networks, const char *address)
{
  g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (address);

  for (guint i = 0; parsed != NULL && i < networks->len; i++)
    if (g_inet_address_mask_matches (g_ptr_array_index (networks, i), parsed))
      return TRUE;

  return FALSE;
}

static gboolean
is_port (const char *text)
{
  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, NULL, NULL);
}

/* Parse 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1] and [2001:db8::1]:80. The address is
 * returned in its canonical form, so that all spellings count as one. */
static gboolean
parse_node (const char *text, char *address)
{
  g_autofree char *host = g_strdup (text);
  const char *start = host;
  struct in6_addr v6;
  struct in_addr v4;
  char *end;

  if (*host == '[')
    {
      end = strchr (host, ']');
      if (end == NULL || (end[1] != '\0' && (end[1] != ':' || !is_port (end + 2))))
        return FALSE;
      *end = '\0';
      start = host + 1;
    }
  else if ((end = strchr (host, ':')) != NULL && strchr (end + 1, ':') == NULL)
    {
      if (!is_port (end + 1))
        return FALSE;
      *end = '\0';
    }

  if (inet_pton (AF_INET, start, &v4) == 1)
    return *host != '[' && inet_ntop (AF_INET, &v4, address, INET6_ADDRSTRLEN) != NULL;
  if (inet_pton (AF_INET6, start, &v6) != 1)
    return FALSE;

  if (IN6_IS_ADDR_V4MAPPED (&v6))
    return inet_ntop (AF_INET, &v6.s6_addr[12], address, INET6_ADDRSTRLEN) != NULL;

  return inet_ntop (AF_INET6, &v6, address, INET6_ADDRSTRLEN) != NULL;
}

/* Split at semicolons outside quotes. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = text;
  gboolean quoted = FALSE;

  for (const char *p = text;; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      if (*p == '\0' || (*p == ';' && !quoted))
        {
          g_ptr_array_add (parts, g_strstrip (g_strndup (start, (gsize)(p - start))));
          start = p + 1;
        }
      if (*p == '\0')
        return parts;
    }
}

/* Return the node in an element such as: for="[2001:db8::1]:80";proto=https. (nullable) (transfer
 * full) */
static char *
find_for (const char *element)
{
  g_autoptr (GPtrArray) pairs = split (element);

  for (guint i = 0; i < pairs->len; i++)
    {
      const char *pair = g_ptr_array_index (pairs, i);
      gsize length = strlen (pair);

      if (g_ascii_strncasecmp (pair, "for=", 4) != 0)
        continue;
      if (pair[4] == '"' && length > 5 && pair[length - 1] == '"')
        return g_strndup (pair + 5, length - 6);
      return g_strdup (pair + 4);
    }

  return NULL;
}

/* Remove and return the last element of @list. The list is parsed from its end, where a trusted
 * proxy appends: an unclosed quote of the client must not swallow the proxy's element. Only
 * Forwarded has quotes. */
static char *
take_last (char *list, gboolean has_quotes)
{
  gboolean quoted = FALSE;
  char *p = list + strlen (list);
  char *element;

  while (p > list && (p[-1] != ',' || quoted))
    {
      p--;
      if (*p == '"' && has_quotes)
        quoted = !quoted;
    }
  element = g_strstrip (g_strdup (p));
  if (p > list)
    p--;
  *p = '\0';

  return element;
}

void
confab_forwarded_find (GPtrArray *networks,
                       const char *peer,
                       const char *x_forwarded_for,
                       const char *forwarded,
                       char *address)
{
  g_autofree char *list = g_strdup (x_forwarded_for != NULL ? x_forwarded_for : forwarded);

  g_strlcpy (address, peer, INET6_ADDRSTRLEN);
  while (list != NULL && *list != '\0' && confab_forwarded_is_proxy (networks, address))
    {
      g_autofree char *element = take_last (list, x_forwarded_for == NULL);
      g_autofree char *node = x_forwarded_for != NULL ? g_strdup (element) : find_for (element);
      char next[INET6_ADDRSTRLEN];

      if (node == NULL || !parse_node (node, next))
        return;
      g_strlcpy (address, next, INET6_ADDRSTRLEN);
    }
}
