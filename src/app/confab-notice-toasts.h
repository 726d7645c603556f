/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows new notices in toasts. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/**
 * confab_notice_toasts_tell:
 * @widget: a widget in the window that shows them; nothing happens if it is not mapped
 * @client: the account's client
 * @in_view: (nullable): the visible conversation, which shows by itself that it was closed
 *
 * Shows the notices that were not shown yet.
 */
void confab_notice_toasts_tell (GtkWidget *widget,
                                ConfabClient *client,
                                ConfabConversation *in_view);

G_END_DECLS
