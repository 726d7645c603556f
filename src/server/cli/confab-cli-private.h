/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the commands of confabd. */

#pragma once

#include "confab-backend.h"
#include "confab-cli.h"
#include "confab-config.h"
#include "confab-writer.h"

G_BEGIN_DECLS

enum
{
  CONFAB_CLI_DONE = 0,
  CONFAB_CLI_FAILED = 1,
  CONFAB_CLI_USAGE = 2,
};

/**
 * ConfabCliCommand:
 * @name: one or two words
 * @arguments: the required arguments in capitals, for the usage line
 * @n_arguments: their number
 * @takes_file: whether the arguments are file names, which have no encoding
 * @options: (nullable): the command's options, ending with G_OPTION_ENTRY_NULL
 * @run: returns the exit status
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  guint n_arguments;
  gboolean takes_file;
  const GOptionEntry *options;
  int (*run) (ConfabConfig *config, char **arguments);
} ConfabCliCommand;

extern const ConfabCliCommand confab_cli_user_add;
extern const ConfabCliCommand confab_cli_user_list;
extern const ConfabCliCommand confab_cli_user_set_role;
extern const ConfabCliCommand confab_cli_user_set_password;
extern const ConfabCliCommand confab_cli_user_suspend;
extern const ConfabCliCommand confab_cli_user_restore;
extern const ConfabCliCommand confab_cli_role_add;
extern const ConfabCliCommand confab_cli_role_list;
extern const ConfabCliCommand confab_cli_user_reset_code;
extern const ConfabCliCommand confab_cli_check;
extern const ConfabCliCommand confab_cli_backup;
extern const ConfabCliCommand confab_cli_sample;

/* Print an error message. Return CONFAB_CLI_FAILED. */
int confab_cli_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Open the database of @config, for writing, which is safe while a server runs, or for reading. On
 * failure print an error message and return NULL. */
ConfabWriter *confab_cli_open_writer (ConfabConfig *config);
ConfabDatabase *confab_cli_open_reader (ConfabConfig *config);

/* Return the id of the user with that username or email. On failure print an error message and
 * return 0. */
gint64 confab_cli_find_user (ConfabConfig *config, const char *name);

/* Normalise a role's name, ignoring case as for usernames. Return NULL if it is invalid. (transfer
 * full) (nullable) */
char *confab_cli_dup_rolename (const char *typed);

/* Run @command (transfer full) with no actor, and print an error message about @name if it fails.
 * Return the exit status. */
int confab_cli_carry_out (ConfabConfig *config, ConfabCommand *command, const char *name);

/* Read a password: on a terminal prompt twice without echo, else read a line of standard input. On
 * failure print an error message and return NULL. (transfer full) (nullable) */
char *confab_cli_read_password (void);

G_END_DECLS
