/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Prints a conversation. Main thread; pages are laid out in small steps so that the window keeps
 * responding. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * confab_print_operation_new:
 * @title: the heading of each page
 * @rows: (transfer none): the messages, oldest first, and their senders
 * @self_user_id: the user, whose messages are marked as their own
 *
 * Returns: (transfer full): an operation that prints @rows when the caller runs it
 */
GtkPrintOperation *confab_print_operation_new (const char *title,
                                               ConfabRows *rows,
                                               gint64 self_user_id);

/* Load @conversation and show the print dialog over @parent's window. Failures are shown in the
 * window. */
void confab_print_conversation (GtkWidget *parent,
                                ConfabClient *client,
                                ConfabConversation *conversation);

G_END_DECLS
