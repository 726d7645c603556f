/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The running server. */

#pragma once

#include "confab-config.h"

G_BEGIN_DECLS

/**
 * confab_serve:
 *
 * Serves until SIGTERM or SIGINT, then finishes what was begun, within five seconds. Prints one
 * line, "listening on ORIGIN", once it accepts connections; says on stderr what kept it from
 * starting.
 *
 * Returns: the process's exit status
 */
int confab_serve (const ConfabConfig *config);

G_END_DECLS
