/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <stdio.h>

#include "confab-backend.h"

static void
print_user_cb (const ConfabUserRow *user,
               const char *rolename,
               const char *state,
               gpointer user_data)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_utc (user->created_at / 1000);
  g_autofree char *day = made != NULL ? g_date_time_format (made, "%F") : g_strdup ("?");

  printf ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\n", user->id, user->username, user->email,
          rolename, state, day);
}

static int
run_list (ConfabConfig *config, char **arguments)
{
  g_autoptr (ConfabDatabase) database = confab_cli_open_reader (config);
  g_autoptr (GError) error = NULL;

  if (database == NULL)
    return CONFAB_CLI_FAILED;
  if (!confab_backend_list_users (database, print_user_cb, NULL, &error))
    return confab_cli_fail ("%s: %s", config->database_path, error->message);

  return CONFAB_CLI_DONE;
}

const ConfabCliCommand confab_cli_user_list = {
  .name = "user list",
  .arguments = "",
  .summary = "List all people: id, username, email address, role, state, date of joining",
  .run = run_list,
};
