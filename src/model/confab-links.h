/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds addresses (http, https and mailto) in messages. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabLink:
 * @start: first byte of the address in the text
 * @end: first byte behind it
 * @uri: the address as it is opened: ASCII, percent-encoded, the host in Punycode
 */
typedef struct
{
  guint start;
  guint end;
  char *uri;
} ConfabLink;

void confab_link_free (ConfabLink *self);

/**
 * confab_links_find:
 * @text: valid UTF-8
 *
 * Returns: (transfer full) (element-type ConfabLink): the addresses in @text, in order, not
 * overlapping
 */
GPtrArray *confab_links_find (const char *text);

/**
 * confab_link_describe:
 * @self: a link
 *
 * Tells a person where a link leads: the host that would be contacted, followed by its Punycode
 * form if the two differ, or the address of a mailto link.
 *
 * Returns: (transfer full): the description
 */
char *confab_link_describe (const ConfabLink *self);

G_END_DECLS
