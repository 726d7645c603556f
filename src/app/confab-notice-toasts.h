/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells, in toasts, what was done to one's account, as soon as there is a window to tell it in.
 * Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* @widget: something that will be in a window; for as long as it lives */
void confab_notice_toasts_attach (GtkWidget *widget, ConfabClient *client);

G_END_DECLS
