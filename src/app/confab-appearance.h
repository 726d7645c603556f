/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Applies the settings of the appearance to the whole application: light or dark, and the text size
 * of messages. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Apply the settings now and whenever they change. Call this once, after GTK was initialized. */
void confab_appearance_follow_settings (void);

G_END_DECLS
