/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the user wants to be notified now, as the settings of this computer say. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Return whether @minute (of the day) is in the hours from @from until @until, which may include
 * midnight. If both are equal, no minute is. */
gboolean confab_quiet_hours_contain (int from, int until, int minute);
/* Return whether notifications are on, and it is not a time of rest. @now: a local time */
gboolean confab_quiet_hours_permit (GDateTime *now);

G_END_DECLS
