/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* confab --quit: ends the Confab that runs, with or without a window. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * confab_quit_command:
 * @app_id: the id of the application to end
 *
 * Waits until it has ended, so that what follows on the command line finds its data saved.
 *
 * Returns: the exit status; 0 also if none ran
 */
int confab_quit_command (const char *app_id);

G_END_DECLS
