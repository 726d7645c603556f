/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <stdio.h>

#include "confab-backend.h"
#include "confab-text.h"

static char *like = NULL;
static char *label = NULL;

static const GOptionEntry add_options[] = {
  { "like", 'l', 0, G_OPTION_ARG_STRING, &like, "What it permits: admin, moderator or user",
    "ROLE" },
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, "What people call it (its name)", "TEXT" },
  G_OPTION_ENTRY_NULL,
};

char *
confab_cli_dup_rolename (const char *typed)
{
  g_autofree char *name = confab_text_username (typed, NULL);

  return name != NULL ? confab_text_key (name) : NULL;
}

static int
run_add (ConfabConfig *config, char **arguments)
{
  g_autoptr (ConfabCommand) command =
      confab_command_new (confab_run_add_role, CONFAB_ACTOR_OPERATOR);
  g_autofree char *base = NULL;

  command->add_role.rolename =
      confab_command_take (command, confab_cli_dup_rolename (arguments[0]));
  if (command->add_role.rolename == NULL)
    return confab_cli_fail (
        "%s: a role's name has letters, digits, “.”, “-” and “_”, as a username", arguments[0]);

  base = like != NULL ? confab_cli_dup_rolename (like) : NULL;
  if (!confab_role_base_from_string (base, &command->add_role.base))
    {
      confab_cli_fail ("--like wants admin, moderator or user");
      return like == NULL ? CONFAB_CLI_USAGE : CONFAB_CLI_FAILED;
    }

  if (label != NULL && *label != '\0')
    {
      command->add_role.label = confab_command_take (command, confab_text_role_label (label, NULL));
      if (command->add_role.label == NULL)
        return confab_cli_fail ("--label wants at most 100 characters on one line");
    }

  return confab_cli_carry_out (config, g_steal_pointer (&command), arguments[0]);
}

const ConfabCliCommand confab_cli_role_add = {
  .name = "role add",
  .arguments = "NAME",
  .n_arguments = 1,
  .summary = "Add a role (--like ROLE, --label TEXT)",
  .options = add_options,
  .run = run_add,
};

static void
print_role_cb (const ConfabRoleRow *role, gpointer user_data)
{
  printf ("%s\t%s\t%s\n", role->rolename, confab_role_base_to_string (role->base),
          role->label != NULL ? role->label : "");
}

static int
run_list (ConfabConfig *config, char **arguments)
{
  g_autoptr (ConfabDatabase) database = confab_cli_open_reader (config);
  g_autoptr (GError) error = NULL;

  if (database == NULL)
    return CONFAB_CLI_FAILED;
  if (!confab_backend_list_roles (database, print_role_cb, NULL, &error))
    return confab_cli_fail ("%s: %s", config->database_path, error->message);

  return CONFAB_CLI_DONE;
}

const ConfabCliCommand confab_cli_role_list = {
  .name = "role list",
  .arguments = "",
  .summary = "List all roles: name, base role, label",
  .run = run_list,
};
