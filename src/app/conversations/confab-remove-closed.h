/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Removes a closed conversation from this computer. A toast above @widget offers to undo that;
 * when it goes, what is on the disk goes, too. */
void confab_remove_closed (GtkWidget *widget,
                           ConfabClient *client,
                           ConfabConversation *conversation);

G_END_DECLS
