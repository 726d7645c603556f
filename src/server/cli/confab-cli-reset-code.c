/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Issues a reset code for a user who lost their password, who may be the only administrator. */

#include "confab-cli-private.h"

#include <stdio.h>

#include "confab-limits.h"
#include "confab-reset-secrets.h"

static ConfabOutcome *
issue (ConfabWriter *writer, gint64 user_id, const ConfabResetSecrets *secrets)
{
  ConfabCommand *command = confab_command_new (confab_run_issue_reset_code, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->issue_reset_code.token_key = confab_command_copy (command, secrets->token_key);
  command->issue_reset_code.code_hash = confab_command_copy (command, secrets->code_hash);
  command->issue_reset_code.expires_at =
      g_get_real_time () / 1000 + CONFAB_RESET_ADMIN_SECONDS * G_GINT64_CONSTANT (1000);

  return confab_writer_submit_sync (writer, command);
}

static int
run_reset_code (ConfabConfig *config, char **arguments)
{
  g_autofree char *origin = confab_config_get_origin (config, config->listen_port);
  g_autoptr (ConfabResetSecrets) secrets = NULL;
  g_autoptr (ConfabOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  gint64 user_id = confab_cli_find_user (config, arguments[0]);
  ConfabWriter *writer;

  if (user_id == 0)
    return CONFAB_CLI_FAILED;
  secrets = confab_reset_secrets_new (origin, &error);
  if (secrets == NULL)
    return confab_cli_fail ("%s", error->message);
  writer = confab_cli_open_writer (config);
  if (writer == NULL)
    return CONFAB_CLI_FAILED;

  outcome = issue (writer, user_id, secrets);
  confab_writer_free (writer);
  if (g_error_matches (outcome->error, CONFAB_PROBLEM, CONFAB_PROBLEM_CONFLICT))
    return confab_cli_fail ("%s is suspended; restore the account first", arguments[0]);
  if (outcome->error != NULL)
    return confab_cli_fail ("%s: %s", arguments[0], outcome->error->message);

  printf ("Code: %s\n", secrets->code);
  /* Without a fixed port the server's address is unknown. */
  if (config->url != NULL || config->listen_port != 0)
    printf ("Link: %s\n", secrets->link);
  printf ("Either serves once, for %d hours.\n", CONFAB_RESET_ADMIN_SECONDS / 3600);

  return CONFAB_CLI_DONE;
}

const ConfabCliCommand confab_cli_user_reset_code = {
  .name = "user reset-code",
  .arguments = "NAME",
  .n_arguments = 1,
  .summary = "Issue a code with which a person can choose a new password",
  .run = run_reset_code,
};
