/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells in toasts what was done to one's account. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/**
 * confab_notice_toasts_tell:
 * @widget: where they are shown; nothing happens if it is not mapped
 * @client: whose notices
 * @in_view: (nullable): the conversation that the person sees, which tells itself that it is closed
 *
 * Shows the notices that have not been shown yet.
 */
void confab_notice_toasts_tell (GtkWidget *widget,
                                ConfabClient *client,
                                ConfabConversation *in_view);

G_END_DECLS
