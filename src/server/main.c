/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli.h"
#include "confab-locale.h"

int
main (int argc, char *argv[])
{
  confab_locale_init ();

  return confab_cli_run (argc, argv);
}
