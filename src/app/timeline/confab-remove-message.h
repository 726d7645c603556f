/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks for confirmation and then removes a message for all members. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/**
 * confab_remove_message:
 * @widget: the parent of the dialog and of the toast that reports a failure
 */
void confab_remove_message (GtkWidget *widget,
                            ConfabClient *client,
                            ConfabConversation *conversation,
                            ConfabMessage *message);

G_END_DECLS
