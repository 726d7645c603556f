/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <stdio.h>

#include "confab-password.h"
#include "confab-sample.h"

static gint64 seed = 1;
static char *until_day = NULL;

static const GOptionEntry sample_options[] = {
  { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Another number, other conversations (1)", "N" },
  { "until", 'u', 0, G_OPTION_ARG_STRING, &until_day, "The day after the last message (today)",
    "YYYY-MM-DD" },
  G_OPTION_ENTRY_NULL,
};

/* Return the beginning of the day given, or of today, in ms, or -1. */
static gint64
get_until (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *day =
      until_day != NULL ? g_steal_pointer (&until_day) : g_date_time_format (now, "%F");
  g_autofree char *midnight = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) until = g_date_time_new_from_iso8601 (midnight, NULL);

  return until != NULL ? g_date_time_to_unix (until) * 1000 : -1;
}

static int
write_sample (ConfabWriter *writer, gint64 until)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = confab_password_hash (CONFAB_SAMPLE_PASSWORD, &error);
  g_autoptr (ConfabSamplePlan) plan = confab_sample_plan_new (seed, until);

  if (hash == NULL || !confab_sample_write (writer, plan, hash, &error))
    return confab_cli_fail ("%s", error->message);

  printf ("%u people, %u conversations and %u messages; everyone's password is “%s”\n",
          g_strv_length (plan->people), plan->conversations->len, plan->messages->len,
          CONFAB_SAMPLE_PASSWORD);

  return CONFAB_CLI_DONE;
}

/* Return whether the database, which exists by now, has no users. */
static gboolean
is_empty (ConfabConfig *config)
{
  g_autoptr (ConfabDatabase) database = confab_cli_open_reader (config);
  g_autoptr (GPtrArray) people = NULL;

  if (database == NULL)
    return FALSE;

  people = confab_backend_find_people (database, "", 1, NULL);
  if (people != NULL && people->len == 0)
    return TRUE;

  confab_cli_fail ("%s has people in it already; sample data is for an empty one",
                   config->database_path);

  return FALSE;
}

static int
run_sample (ConfabConfig *config, char **arguments)
{
  gint64 until = get_until ();
  ConfabWriter *writer;
  int status = CONFAB_CLI_FAILED;

  if (until < 0)
    {
      confab_cli_fail ("--until wants a day, as 2026-01-31");
      return CONFAB_CLI_USAGE;
    }

  writer = confab_cli_open_writer (config);
  if (writer == NULL)
    return CONFAB_CLI_FAILED;

  if (is_empty (config))
    status = write_sample (writer, until);
  confab_writer_free (writer);

  return status;
}

const ConfabCliCommand confab_cli_sample = {
  .name = "sample",
  .arguments = "",
  .summary = "Fill an empty server with sample people and messages (--seed N, --until DAY)",
  .options = sample_options,
  .run = run_sample,
};
