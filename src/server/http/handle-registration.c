/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Registering: open, by invitation, or closed; and the first administrator, with the set-up
 * code. */

#include "handlers.h"

#include "confab-code.h"
#include "confab-errand.h"
#include "confab-password-strength.h"
#include "confab-password.h"
#include "confab-look-alike.h"
#include "confab-api-sign-in.h"
#include "confab-text.h"

#define MAX_REGISTRATION_WAIT_SECONDS 900

typedef struct
{
  char *username;
  char *email;
  char *password;
  ConfabApiDevice *device;
  char *password_hash;
  GBytes *invitation; /* (nullable): the hash of the invitation's code */
  gboolean first_admin;
} Registration;

static void
registration_free (gpointer data)
{
  Registration *self = data;

  g_free (self->username);
  g_free (self->email);
  g_free (self->password);
  g_clear_pointer (&self->device, confab_api_device_free);
  g_free (self->password_hash);
  g_clear_pointer (&self->invitation, g_bytes_unref);
  g_free (self);
}

static void
user_added (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  confab_api_sign_in (api, request, outcome->id, data, NULL);
}

static void
password_hashed (ConfabErrand *errand)
{
  Registration *self = errand->data;
  ConfabCommand *command = confab_command_new (confab_run_add_user, CONFAB_ACTOR_SELF);

  command->add_user.username = confab_command_take (command, g_steal_pointer (&self->username));
  command->add_user.email = confab_command_take (command, g_steal_pointer (&self->email));
  command->add_user.password_hash =
      confab_command_take (command, g_steal_pointer (&self->password_hash));
  command->add_user.rolename = confab_command_copy (command, self->first_admin ? "admin" : "user");
  command->add_user.first_admin = self->first_admin;
  command->add_user.invitation_hash =
      confab_command_take_bytes (command, g_steal_pointer (&self->invitation));
  confab_api_submit (errand->api, errand->request, command, user_added,
                     g_steal_pointer (&self->device), (GDestroyNotify)confab_api_device_free);
}

/* On the hasher's thread. */
static void
hash_password (ConfabErrand *errand, GError **error)
{
  Registration *self = errand->data;
  const char *const own_words[] = { self->username, self->email, NULL };

  if (confab_password_check_strength (self->password, own_words, error))
    self->password_hash = confab_password_hash (self->password, error);
}

static guint
throttle_registration (ConfabApi *api, ConfabRequest *request)
{
  guint per_hour = api->config->registrations_per_hour;
  const ConfabThrottleRule rule = { per_hour, 3600.0 / per_hour, MAX_REGISTRATION_WAIT_SECONDS };
  g_autofree char *name = g_strconcat ("register ", confab_request_get_address (request), NULL);

  return confab_throttle_take (api->throttle, &rule, name, g_get_monotonic_time ());
}

/* Return whether @code (nullable) is the set-up code printed for the operator. */
static gboolean
is_setup_code (ConfabApi *api, GBytes *code)
{
  return code != NULL && api->setup_code != NULL && g_bytes_equal (code, api->setup_code);
}

/* Check the invitation if one is required or given. If it is missing, answer and return FALSE. */
static gboolean
take_invitation (ConfabErrand *errand, JsonObject *body)
{
  Registration *self = errand->data;
  const ConfabRegistration policy = errand->api->config->registration;
  g_autoptr (GBytes) hash = NULL;
  g_autofree char *code = NULL;
  const char *typed = NULL;
  GError *error = NULL;

  if (!confab_json_get_string_opt (body, "invitation", &typed, &error))
    {
      confab_request_fail_with (errand->request, error);
      return FALSE;
    }

  code = typed != NULL ? confab_code_normalise (typed) : NULL;
  hash = code != NULL ? confab_code_hash (code) : NULL;
  self->first_admin = is_setup_code (errand->api, hash);
  if (self->first_admin)
    return TRUE;

  if (policy == CONFAB_REGISTRATION_CLOSED)
    confab_request_fail (errand->request, CONFAB_PROBLEM_REGISTRATION_CLOSED, NULL, 0);
  else if (policy == CONFAB_REGISTRATION_INVITATION && typed == NULL)
    confab_request_fail (errand->request, CONFAB_PROBLEM_INVITATION_REQUIRED, NULL, 0);
  else if (typed != NULL && hash == NULL)
    confab_request_fail (errand->request, CONFAB_PROBLEM_INVITATION_INVALID, "invitation", 0);
  else
    {
      self->invitation = g_steal_pointer (&hash);
      return TRUE;
    }

  return FALSE;
}

static gboolean
take_members (ConfabErrand *errand, JsonObject *body)
{
  Registration *self = errand->data;
  const struct
  {
    const char *member;
    char *(*rule) (const char *text, GError **error);
    char **value;
  } members[] = {
    { "username", confab_look_alike_username, &self->username },
    { "email", confab_text_email, &self->email },
    { "password", confab_text_password, &self->password },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      *members[i].value =
          confab_api_take_text (errand->request, body, members[i].member, members[i].rule);
      if (*members[i].value == NULL)
        return FALSE;
    }

  self->device = confab_api_take_device (errand->request, body);

  return self->device != NULL;
}

void
confab_handle_register (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabErrand) errand = NULL;

  if (body == NULL)
    return;

  /* Count first, because a wrong invitation is an attempt, too. */
  if (confab_api_throttled (request, throttle_registration (api, request)))
    return;

  errand = confab_errand_new (api, request, g_new0 (Registration, 1), registration_free);
  if (take_invitation (errand, body) && take_members (errand, body))
    confab_errand_hash (errand, hash_password, password_hashed);
}
