/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Information about the server, and its health. */

#include "handlers.h"

#include "confab-limits.h"

/* How long a successful write counts as healthy. */
#define HEALTH_SECONDS 1

static void
answer_well (ConfabRequest *request)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "status", "ok");
  confab_api_answer (request, 200, answer);
}

static void
answer_health (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  api->health_known_until = g_get_monotonic_time () + HEALTH_SECONDS * G_TIME_SPAN_SECOND;
  answer_well (request);
}

/* Only a write shows whether the server works, so try one at most once a second. */
void
confab_handle_health (ConfabApi *api, ConfabRequest *request)
{
  if (g_get_monotonic_time () < api->health_known_until)
    answer_well (request);
  else
    confab_api_submit (api, request, confab_command_new (confab_run_try_writing), answer_health,
                       NULL, NULL);
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
