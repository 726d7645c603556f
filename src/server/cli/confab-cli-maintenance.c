/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <stdio.h>

#include "confab-backend.h"

static int
run_check (ConfabConfig *config, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = confab_backend_check (config->database_path, &error);

  if (findings == NULL)
    return confab_cli_fail ("%s: %s", config->database_path, error->message);

  for (guint i = 0; i < findings->len; i++)
    confab_cli_fail ("%s", (const char *)g_ptr_array_index (findings, i));

  if (findings->len > 0)
    return CONFAB_CLI_FAILED;

  printf ("%s is sound\n", config->database_path);

  return CONFAB_CLI_DONE;
}

const ConfabCliCommand confab_cli_check = {
  .name = "check",
  .arguments = "",
  .summary = "Check the database for damage",
  .run = run_check,
};

static int
run_backup (ConfabConfig *config, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (!confab_backend_backup (config->database_path, arguments[0], &error))
    return confab_cli_fail ("%s", error->message);

  return CONFAB_CLI_DONE;
}

const ConfabCliCommand confab_cli_backup = {
  .name = "backup",
  .arguments = "FILE",
  .n_arguments = 1,
  .takes_file = TRUE,
  .summary = "Copy the database to FILE; the server may be running",
  .run = run_backup,
};
