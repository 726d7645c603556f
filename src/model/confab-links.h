/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Addresses in what people write: http, https and mailto, nothing else. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabLink:
 * @start: where it begins in the text, in bytes
 * @end: where it ends
 * @uri: the address as it is opened: ASCII, percent-encoded, its host in Punycode
 */
typedef struct
{
  guint start;
  guint end;
  char *uri;
} ConfabLink;

void confab_link_free (ConfabLink *self);

/* @text: valid UTF-8. Returns: (transfer full) (element-type ConfabLink): in order, not
 * overlapping */
GPtrArray *confab_links_find (const char *text);

/* Where the link leads, for a person to read: the host that would really be asked (and its
 * Punycode form if that differs), or the address of a mailto link. Returns: (transfer full) */
char *confab_link_describe (const ConfabLink *self);

G_END_DECLS
