/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <stdio.h>
#include <string.h>

#include "confab-serve.h"
#include "confab-backend.h"

#define DEFAULT_CONFIG "/etc/confab/confabd.conf"

static int
run_serve (ConfabConfig *config, char **arguments)
{
  return confab_serve (config);
}

static const ConfabCliCommand confab_cli_serve = {
  .name = "serve",
  .arguments = "",
  .summary = "Run the server",
  .run = run_serve,
};

static const ConfabCliCommand *const commands[] = {
  &confab_cli_serve,
  &confab_cli_user_add,
  &confab_cli_user_list,
  &confab_cli_user_set_role,
  &confab_cli_user_set_password,
  &confab_cli_user_reset_code,
  &confab_cli_user_suspend,
  &confab_cli_user_restore,
  &confab_cli_role_add,
  &confab_cli_role_list,
  &confab_cli_check,
  &confab_cli_backup,
  &confab_cli_sample,
};

static void
print_usage (FILE *stream)
{
  fputs ("Usage: confabd COMMAND [ARGUMENT…] [--config FILE]\n"
         "       confabd --help | --version\n\n",
         stream);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *left = g_strjoin (" ", commands[i]->name, commands[i]->arguments, NULL);

      fprintf (stream, "  %-32s %s\n", left, commands[i]->summary);
    }

  fputs ("\nThe configuration is read from " DEFAULT_CONFIG " unless --config is given.\n"
         "Use “confabd COMMAND --help” for help on a command.\n",
         stream);
}

int
confab_cli_fail (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "confabd: %s\n", message);

  return CONFAB_CLI_FAILED;
}

ConfabWriter *
confab_cli_open_writer (ConfabConfig *config)
{
  g_autoptr (GError) error = NULL;
  ConfabBackendWriter *backend = confab_backend_open_to_write (config->database_path, &error);

  if (backend != NULL)
    return confab_writer_new (backend, NULL, NULL);

  confab_cli_fail ("%s: %s", config->database_path, error->message);

  return NULL;
}

ConfabDatabase *
confab_cli_open_reader (ConfabConfig *config)
{
  g_autoptr (GError) error = NULL;
  ConfabDatabase *database = confab_backend_open_to_read (config->database_path, &error);

  if (database == NULL)
    confab_cli_fail ("%s: %s", config->database_path, error->message);

  return database;
}

/* Return how many words of @argv, from the second on, match @name; 0 if they differ. */
static guint
match (const char *name, int argc, char **argv)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  guint n_words = g_strv_length (words);

  for (guint i = 0; i < n_words; i++)
    {
      if ((int)i + 1 >= argc || !g_str_equal (words[i], argv[i + 1]))
        return 0;
    }

  return n_words;
}

/* Arguments are in the locale's encoding, or in UTF-8 if that is only ASCII, as in a bare shell or
 * a service. Return @argument in UTF-8. (transfer full) (nullable) */
static char *
decode (const char *argument, GError **error)
{
  char *text = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);
  g_autofree char *readable = NULL;
  const char *charset;

  if (text != NULL)
    return text;
  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);

  readable = g_utf8_make_valid (argument, -1);
  g_get_charset (&charset);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "“%s” is neither UTF-8 nor what the locale uses, %s", readable, charset);

  return NULL;
}

/* Replace @argument by its decoded form. */
static gboolean
decode_in_place (char **argument, GError **error)
{
  char *text = decode (*argument, error);

  if (text == NULL)
    return FALSE;
  g_free (*argument);
  *argument = text;

  return TRUE;
}

/* Copy @options with strings taken as raw bytes, because in an ASCII locale GOption refuses other
 * strings. (transfer full) */
static GOptionEntry *
take_texts_raw (const GOptionEntry *options)
{
  GArray *raw = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (; options->long_name != NULL; options++)
    {
      GOptionEntry option = *options;

      if (option.arg == G_OPTION_ARG_STRING)
        option.arg = G_OPTION_ARG_FILENAME;
      g_array_append_val (raw, option);
    }

  return (GOptionEntry *)g_array_free (raw, FALSE);
}

static gboolean
decode_texts (const ConfabCliCommand *command, char **argv, GError **error)
{
  for (const GOptionEntry *option = command->options; option != NULL && option->long_name != NULL;
       option++)
    {
      char **text = option->arg_data;

      if (option->arg == G_OPTION_ARG_STRING && *text != NULL && !decode_in_place (text, error))
        return FALSE;
    }

  for (guint i = 0; i < command->n_arguments; i++)
    {
      if (!command->takes_file && !decode_in_place (&argv[i + 1], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse (const ConfabCliCommand *command, char ***argv, char **config_path, GError **error)
{
  g_autofree char *usage = g_strjoin (" ", command->name, command->arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, config_path, "The configuration", "FILE" },
    G_OPTION_ENTRY_NULL,
  };

  g_autofree GOptionEntry *options =
      command->options != NULL ? take_texts_raw (command->options) : NULL;

  g_option_context_set_summary (context, command->summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (options != NULL)
    g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse_strv (context, argv, error))
    return FALSE;

  if (g_strv_length (*argv) - 1 != command->n_arguments)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "Usage: confabd %s", usage);
      return FALSE;
    }

  return decode_texts (command, *argv, error);
}

static int
run_command (const ConfabCliCommand *command, guint n_words, int argc, char **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConfig) config = NULL;
  g_autofree char *config_path = NULL;
  g_auto (GStrv) words = NULL;

  g_strv_builder_add (builder, argv[0]);
  for (int i = n_words + 1; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);
  words = g_strv_builder_end (builder);

  if (!parse (command, &words, &config_path, &error))
    {
      confab_cli_fail ("%s", error->message);
      return CONFAB_CLI_USAGE;
    }

  config = confab_config_load (config_path != NULL ? config_path : DEFAULT_CONFIG, &error);
  if (config == NULL)
    return confab_cli_fail ("%s", error->message);

  return command->run (config, words + 1);
}

int
confab_cli_run (int argc, char **argv)
{
  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      print_usage (stdout);
      return CONFAB_CLI_DONE;
    }

  if (argc > 1 && g_str_equal (argv[1], "--version"))
    {
      puts ("confabd " CONFAB_VERSION);
      return CONFAB_CLI_DONE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint n_words = match (commands[i]->name, argc, argv);

      if (n_words > 0)
        return run_command (commands[i], n_words, argc, argv);
    }

  print_usage (stderr);

  return CONFAB_CLI_USAGE;
}
