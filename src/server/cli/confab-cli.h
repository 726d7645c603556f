/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The command line of confabd. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs the command that @argv names. Returns the exit status: 0 done, 1 failed, 2 not
 * understood; what went wrong has been said on the standard error. */
int confab_cli_run (int argc, char **argv);

G_END_DECLS
