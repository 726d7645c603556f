/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The place of a link in a message's text, for the keyboard and for assistive technologies. The
 * text paints it and answers the pointer. */

#pragma once

#include <gtk/gtk.h>

#include "confab-links.h"

G_BEGIN_DECLS

/* Action: link.open: the text's text.open-link, for what has no keyboard. */
#define CONFAB_TYPE_MESSAGE_LINK (confab_message_link_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessageLink, confab_message_link, CONFAB, MESSAGE_LINK, GtkWidget)

/* @text: what the link stands on, as it is shown. Returns: (transfer floating) */
GtkWidget *confab_message_link_new (const ConfabLink *link, const char *text);

G_END_DECLS
