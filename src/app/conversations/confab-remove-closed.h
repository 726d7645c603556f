/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Remove a closed conversation from this computer. A toast above @widget offers to undo that. The
 * data is deleted from disk only when the toast closes. */
void confab_remove_closed (GtkWidget *widget,
                           ConfabClient *client,
                           ConfabConversation *conversation);

G_END_DECLS
