/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long something still lasts, in words. Pure; main thread (translated). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @ms: less than 0 is 0. "0:42", "29:41", from an hour on "23 h 59 min". (transfer full) */
char *confab_remaining_text (gint64 ms);

G_END_DECLS
