/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

gint64 confab_clock_now (void);
gint64 confab_clock_day (gint64 time);
GDateTime *confab_clock_dup_local (gint64 time);
void confab_clock_check (void);
void confab_clock_refresh (void);
void confab_clock_connect (GCallback callback, gpointer object);

G_END_DECLS
