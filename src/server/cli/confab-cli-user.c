/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <stdio.h>

#include "confab-password-strength.h"
#include "confab-password.h"
#include "confab-look-alike.h"
#include "confab-text.h"

static char *role = NULL;

static const GOptionEntry add_options[] = {
  { "role", 'r', 0, G_OPTION_ARG_STRING, &role,
    "What the person may do: user (the default), moderator, admin or another role", "ROLE" },
  G_OPTION_ENTRY_NULL,
};

/* On failure print an error message and return NULL. (transfer full) (nullable) */
static ConfabCredentials *
find_credentials (ConfabConfig *config, const char *name)
{
  g_autoptr (ConfabDatabase) database = confab_cli_open_reader (config);
  g_autoptr (ConfabCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  if (database == NULL)
    return NULL;

  key = g_utf8_validate (name, -1, NULL) ? confab_text_key (name) : g_strdup ("");
  credentials = confab_backend_find_credentials (database, key, &error);
  if (credentials != NULL)
    return g_steal_pointer (&credentials);

  confab_cli_fail ("%s: %s", name, error != NULL ? error->message : "there is nobody by that name");

  return NULL;
}

gint64
confab_cli_find_user (ConfabConfig *config, const char *name)
{
  g_autoptr (ConfabCredentials) credentials = find_credentials (config, name);

  return credentials != NULL ? credentials->user_id : 0;
}

/* Read and hash a password for the user with that name and address. On failure print an error
 * message and return NULL. */
static char *
read_password_hash (const char *username, const char *email)
{
  const char *const own_words[] = { username, email, NULL };
  g_autofree char *typed = confab_cli_read_password ();
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;
  char *hash = NULL;

  if (typed == NULL)
    return NULL;

  password = confab_text_password (typed, &error);
  if (password != NULL && confab_password_check_strength (password, own_words, &error))
    hash = confab_password_hash (password, &error);
  if (hash == NULL)
    confab_cli_fail ("%s", error->message);

  return hash;
}

int
confab_cli_carry_out (ConfabConfig *config, ConfabCommand *command, const char *name)
{
  g_autoptr (ConfabCommand) owned = command;
  g_autoptr (ConfabOutcome) outcome = NULL;
  ConfabWriter *writer = confab_cli_open_writer (config);

  if (writer == NULL)
    return CONFAB_CLI_FAILED;

  outcome = confab_writer_submit_sync (writer, g_steal_pointer (&owned));
  confab_writer_free (writer);
  if (outcome->error == NULL)
    return CONFAB_CLI_DONE;

  if (g_error_matches (outcome->error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD))
    return confab_cli_fail ("%s: there is no such role; “confabd role list” shows those there are",
                            name);
  if (g_error_matches (outcome->error, CONFAB_PROBLEM, CONFAB_PROBLEM_CONFLICT))
    return confab_cli_fail ("%s is there already, or not any more", name);
  if (g_error_matches (outcome->error, CONFAB_PROBLEM, CONFAB_PROBLEM_LAST_ADMIN))
    return confab_cli_fail ("%s is the only administrator; make another one first", name);

  return confab_cli_fail ("%s: %s", name, outcome->error->message);
}

/* An invalid name is looked up unchanged, and not found. */
static char *
dup_rolename (const char *typed)
{
  char *rolename = confab_cli_dup_rolename (typed);

  return rolename != NULL ? rolename : g_strdup (typed);
}

static int
run_add (ConfabConfig *config, char **arguments)
{
  g_autoptr (ConfabCommand) command =
      confab_command_new (confab_run_add_user, CONFAB_ACTOR_OPERATOR);
  g_autoptr (GError) error = NULL;
  int status;

  command->add_user.rolename =
      confab_command_take (command, dup_rolename (role != NULL ? role : "user"));
  command->add_user.username =
      confab_command_take (command, confab_look_alike_username (arguments[0], &error));
  if (command->add_user.username == NULL)
    return confab_cli_fail ("%s: %s", arguments[0], error->message);

  command->add_user.email = confab_command_take (command, confab_text_email (arguments[1], &error));
  if (command->add_user.email == NULL)
    return confab_cli_fail ("%s: %s", arguments[1], error->message);

  command->add_user.password_hash = confab_command_take (
      command, read_password_hash (command->add_user.username, command->add_user.email));
  if (command->add_user.password_hash == NULL)
    return CONFAB_CLI_FAILED;

  status = confab_cli_carry_out (config, g_steal_pointer (&command), arguments[0]);
  if (status == CONFAB_CLI_DONE)
    printf ("%s can sign in\n", arguments[0]);

  return status;
}

const ConfabCliCommand confab_cli_user_add = {
  .name = "user add",
  .arguments = "NAME EMAIL",
  .n_arguments = 2,
  .summary = "Add a person (--role ROLE); asks for the password",
  .options = add_options,
  .run = run_add,
};

static int
run_set_role (ConfabConfig *config, char **arguments)
{
  ConfabCommand *command;
  gint64 user_id = confab_cli_find_user (config, arguments[0]);

  if (user_id == 0)
    return CONFAB_CLI_FAILED;

  command = confab_command_new (confab_run_set_role, CONFAB_ACTOR_OPERATOR);
  command->user_id = user_id;
  command->set_role.rolename = confab_command_take (command, dup_rolename (arguments[1]));

  return confab_cli_carry_out (config, command, arguments[0]);
}

const ConfabCliCommand confab_cli_user_set_role = {
  .name = "user set-role",
  .arguments = "NAME ROLE",
  .n_arguments = 2,
  .summary = "Change a person's role: admin, moderator, user…",
  .run = run_set_role,
};

static int
run_set_password (ConfabConfig *config, char **arguments)
{
  g_autoptr (ConfabCommand) command =
      confab_command_new (confab_run_set_password, CONFAB_ACTOR_OPERATOR);
  g_autoptr (ConfabCredentials) credentials = find_credentials (config, arguments[0]);

  if (credentials == NULL)
    return CONFAB_CLI_FAILED;

  command->user_id = credentials->user_id;
  command->set_password.password_hash =
      confab_command_take (command, read_password_hash (credentials->username, credentials->email));
  if (command->set_password.password_hash == NULL)
    return CONFAB_CLI_FAILED;

  return confab_cli_carry_out (config, g_steal_pointer (&command), arguments[0]);
}

const ConfabCliCommand confab_cli_user_set_password = {
  .name = "user set-password",
  .arguments = "NAME",
  .n_arguments = 1,
  .summary = "Set a person's password and end their sessions",
  .run = run_set_password,
};

static int
set_state (ConfabConfig *config, const char *name, const char *state)
{
  ConfabCommand *command;
  gint64 user_id = confab_cli_find_user (config, name);

  if (user_id == 0)
    return CONFAB_CLI_FAILED;

  command = confab_command_new (confab_run_set_state, CONFAB_ACTOR_OPERATOR);
  command->user_id = user_id;
  command->set_state.state = confab_command_copy (command, state);

  return confab_cli_carry_out (config, command, name);
}

static int
run_suspend (ConfabConfig *config, char **arguments)
{
  return set_state (config, arguments[0], "suspended");
}

const ConfabCliCommand confab_cli_user_suspend = {
  .name = "user suspend",
  .arguments = "NAME",
  .n_arguments = 1,
  .summary = "Suspend a person and end their sessions; nothing is deleted",
  .run = run_suspend,
};

static int
run_restore (ConfabConfig *config, char **arguments)
{
  return set_state (config, arguments[0], "active");
}

const ConfabCliCommand confab_cli_user_restore = {
  .name = "user restore",
  .arguments = "NAME",
  .n_arguments = 1,
  .summary = "Let a suspended person sign in again",
  .run = run_restore,
};
