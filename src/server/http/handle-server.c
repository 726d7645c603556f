/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Properties of the server, and whether it works. */

#include "handlers.h"

#include "confab-errand.h"
#include "confab-limits.h"

/* The result of a successful write is valid for this time. */
#define HEALTH_SECONDS 1

static void
answer_well (ConfabRequest *request)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "status", "ok");
  confab_api_answer (request, 200, answer);
}

/* @error: (nullable): why nothing can be written */
static void
answer_waiting (ConfabApi *api, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&api->health_waiting);

  for (guint i = 0; i < waiting->len; i++)
    {
      ConfabRequest *request = g_ptr_array_index (waiting, i);

      if (error != NULL)
        confab_request_fail_with (request, g_error_copy (error));
      else
        answer_well (request);
    }
}

static void
written (ConfabErrand *errand, ConfabOutcome *outcome)
{
  errand->api->health_known_until = g_get_monotonic_time () + HEALTH_SECONDS * G_TIME_SPAN_SECOND;
  answer_waiting (errand->api, NULL);
}

static void
not_written (ConfabErrand *errand, GError *error)
{
  answer_waiting (errand->api, error);
  g_error_free (error);
}

static gboolean
try_writing (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (ConfabErrand) errand = confab_errand_new (api, request, NULL, NULL);

  errand->failed = not_written;

  return confab_errand_write (
      errand, confab_command_new (confab_run_try_writing, CONFAB_ACTOR_SERVER), written);
}

/* Only a write shows whether the server works. At most one write a second is tried; requests that
 * arrive during a write wait for its result. */
void
confab_handle_health (ConfabApi *api, ConfabRequest *request)
{
  if (g_get_monotonic_time () < api->health_known_until)
    {
      answer_well (request);
      return;
    }

  if (api->health_waiting == NULL)
    {
      if (!try_writing (api, request))
        return;
      api->health_waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_request_unref);
    }
  g_ptr_array_add (api->health_waiting, confab_request_ref (request));
}

void
confab_handle_server (ConfabApi *api, ConfabRequest *request)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "name", api->config->name);
  json_object_set_string_member (answer, "version", CONFAB_VERSION);
  json_object_set_int_member (answer, "protocol", CONFAB_PROTOCOL_VERSION);
  json_object_set_string_member (answer, "registration",
                                 confab_registration_to_string (api->config->registration));
  json_object_set_int_member (answer, "password_min", CONFAB_PASSWORD_MIN_CHARS);
  json_object_set_boolean_member (answer, "mail", api->mailer != NULL);
  confab_api_answer (request, 200, answer);
}
