/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A conversation on paper. Main thread; pages are laid out a little at a time, so that the
 * window stays alive. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * confab_print_operation_new:
 * @title: what stands at the top of each page
 * @rows: (transfer none): the messages, oldest first, and their senders
 * @self_user_id: whose messages are one's own
 *
 * Returns: (transfer full): an operation that prints @rows, to be run by the caller
 */
GtkPrintOperation *confab_print_operation_new (const char *title,
                                               ConfabRows *rows,
                                               gint64 self_user_id);

/* Reads @conversation, and shows the print dialog over @parent's window. What goes wrong is said
 * there. */
void confab_print_conversation (GtkWidget *parent,
                                ConfabClient *client,
                                ConfabConversation *conversation);

G_END_DECLS
