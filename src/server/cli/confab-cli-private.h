/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the commands of confabd share. */

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
 * @arguments: what must follow, in capitals, for the usage line
 * @n_arguments: how many those are
 * @takes_file: whether its arguments are names of files, which have no encoding
 * @options: (nullable): the command's own, ending with G_OPTION_ENTRY_NULL
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

/* Says what went wrong. Returns CONFAB_CLI_FAILED. */
int confab_cli_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The database of @config, opened for writing beside a server that may be running; NULL after
 * saying why not. */
ConfabWriter *confab_cli_open_writer (ConfabConfig *config);
ConfabBackendReader *confab_cli_open_reader (ConfabConfig *config);

/* The id of the person of that username or email; 0 after saying why not. */
gint64 confab_cli_find_user (ConfabConfig *config, const char *name);

/* The name of a role as it is stored: names are told apart as usernames are, whatever the case.
 * Returns: (transfer full) (nullable): NULL if it is none */
char *confab_cli_dup_rolename (const char *typed);

/* Carries out @command (transfer full), by nobody, that is about @name. Returns the exit status,
 * after saying why not. */
int confab_cli_carry_out (ConfabConfig *config, ConfabCommand *command, const char *name);

/* A password from the terminal, asked for twice and not shown, or a line of the standard input.
 * Returns: (transfer full) (nullable): NULL after saying why not */
char *confab_cli_read_password (void);

G_END_DECLS
