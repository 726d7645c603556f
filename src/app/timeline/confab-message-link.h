/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A focusable, accessible stand-in for a link in a message's text. The text itself paints the link
 * and handles the pointer. */

#pragma once

#include <gtk/gtk.h>

#include "confab-links.h"

G_BEGIN_DECLS

/* Action: link.open: activates the text's text.open-link, for assistive technologies without a
 * keyboard. */
#define CONFAB_TYPE_MESSAGE_LINK (confab_message_link_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessageLink, confab_message_link, CONFAB, MESSAGE_LINK, GtkWidget)

/**
 * confab_message_link_new:
 * @link: the link, for its description
 * @text: the visible text of the link
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *confab_message_link_new (const ConfabLink *link, const char *text);

G_END_DECLS
