/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether the desktop shows times of day with 12 or 24 hours. Main thread. */

#pragma once

#include "confab-date-format.h"

G_BEGIN_DECLS

ConfabDateFormat confab_clock_format_get (void);

G_END_DECLS
