/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean confab_list_scroll_to (GtkListView *list, guint position, GtkListScrollFlags flags);

void confab_list_scroll_to_later (GtkListView *list, guint position, GtkListScrollFlags flags);

G_END_DECLS
