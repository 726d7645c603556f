/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asking whether a message is to be removed, for everyone, and doing it. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* @widget: what the question is asked over; failures are told there, too */
void confab_remove_message (GtkWidget *widget,
                            ConfabClient *client,
                            ConfabConversation *conversation,
                            ConfabMessage *message);

G_END_DECLS
