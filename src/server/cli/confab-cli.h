/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The command line of confabd. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Run the command named in @argv. Print error messages to standard error. Return the exit status: 0
 * success, 1 failure, 2 usage error. */
int confab_cli_run (int argc, char **argv);

G_END_DECLS
