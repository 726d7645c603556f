/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>

#include "confab-cli.h"

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");

  return confab_cli_run (argc, argv);
}
