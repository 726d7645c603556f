/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the server is, and whether it works. */

#include "confab-api.h"

#include "confab-limits.h"

static JsonObject *
read_health (ConfabApi *api,
             ConfabBackendReader *reader,
             const ConfabReadArgs *args,
             GError **error)
{
  gint64 head;
  JsonObject *answer;

  if (!confab_backend_reader_get_head (reader, &head, error))
    return NULL;

  answer = json_object_new ();
  json_object_set_string_member (answer, "status", "ok");

  return answer;
}

void
confab_handle_health (ConfabApi *api, ConfabRequest *request)
{
  confab_api_read (api, request, 200, read_health, (ConfabReadArgs){ 0 });
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
