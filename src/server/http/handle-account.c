/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The caller's account: profile, password, deletion. */

#include "handlers.h"

#include "confab-api-password.h"
#include "confab-letters.h"
#include "confab-password-strength.h"
#include "confab-password.h"
#include "confab-look-alike.h"
#include "confab-text.h"

/* ---- profile ---- */

/* Read the member, which may be null to clear the text. If it is invalid, answer and return
 * FALSE. */
static gboolean
take_about (ConfabRequest *request, JsonObject *body, ConfabCommand *command)
{
  g_autofree char *about = NULL;

  if (!json_object_has_member (body, "about"))
    return TRUE;

  command->set_profile.sets_about = TRUE;
  if (json_object_get_null_member (body, "about"))
    return TRUE;

  about = confab_api_take_text (request, body, "about", confab_text_about);
  if (about == NULL)
    return FALSE;
  if (about[0] != '\0')
    command->set_profile.about = confab_command_take (command, g_steal_pointer (&about));

  return TRUE;
}

void
confab_handle_change_profile (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command =
      confab_command_new (confab_run_set_profile, confab_request_get_user_id (request));

  if (body == NULL)
    return;

  if (json_object_has_member (body, "username"))
    {
      command->set_profile.username = confab_command_take (
          command, confab_api_take_text (request, body, "username", confab_look_alike_username));
      if (command->set_profile.username == NULL)
        return;
    }
  if (take_about (request, body, command))
    confab_api_submit (api, request, g_steal_pointer (&command), confab_api_answer_user, NULL,
                       NULL);
}

static JsonObject *
read_available (ConfabApi *api,
                ConfabDatabase *database,
                const ConfabReadArgs *args,
                GError **error)
{
  JsonObject *answer;
  gboolean is_free;

  if (!confab_backend_username_is_free (database, args->user_id, args->username_key,
                                        args->username_look, &is_free, error))
    return NULL;

  answer = json_object_new ();
  json_object_set_boolean_member (answer, "available", is_free);

  return answer;
}

void
confab_handle_username (ConfabApi *api, ConfabRequest *request)
{
  GError *error = NULL;
  g_autofree char *username =
      confab_look_alike_username (confab_request_get_param (request, 0), &error);

  if (username == NULL)
    confab_request_fail_with (request, error);
  else
    confab_api_read (api, request, 200, read_available,
                     (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                       .username_key = confab_text_key (username),
                                       .username_look = confab_look_alike_key (username) });
}

/* ---- password ---- */

typedef struct
{
  char *password;
  char *hash;
} NewPassword;

static void
new_password_free (gpointer data)
{
  NewPassword *self = data;

  g_free (self->password);
  g_free (self->hash);
  g_free (self);
}

static gboolean
hash_new_password (const ConfabCredentials *credentials, gpointer data, GError **error)
{
  NewPassword *self = data;
  const char *const own_words[] = { credentials->username, credentials->email, NULL };

  if (confab_password_check_strength (self->password, own_words, error))
    self->hash = confab_password_hash (self->password, error);

  return self->hash != NULL;
}

/* @data: the mail about the change. */
static void
password_changed (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  ConfabMail **letter = data;

  confab_api_mail (api, g_steal_pointer (letter));
  confab_request_respond (request, 204, NULL, 0);
}

static void
letter_free (gpointer data)
{
  ConfabMail **letter = data;

  g_clear_pointer (letter, confab_mail_free);
  g_free (letter);
}

static void
set_password (ConfabApi *api,
              ConfabRequest *request,
              const ConfabCredentials *credentials,
              gpointer data)
{
  NewPassword *self = data;
  ConfabCommand *command = confab_command_new (confab_run_set_password, credentials->user_id);
  const ConfabAddressee to = confab_api_address (api, request, credentials->user_id,
                                                 credentials->username, credentials->email);
  ConfabMail **letter = g_new (ConfabMail *, 1);

  *letter = confab_letter_password_changed (&to);
  command->user_id = credentials->user_id;
  command->session_id = confab_request_get_session_id (request);
  command->set_password.replaced_hash = confab_command_copy (command, credentials->password_hash);
  command->set_password.password_hash =
      confab_command_take (command, g_steal_pointer (&self->hash));
  confab_api_submit (api, request, command, password_changed, letter, letter_free);
}

void
confab_handle_change_password (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *current;
  NewPassword *self;

  if (body == NULL)
    return;
  if (!confab_api_get_string (request, body, "current_password", &current))
    return;

  self = g_new0 (NewPassword, 1);
  self->password = confab_api_take_text (request, body, "password", confab_text_password);
  if (self->password == NULL)
    {
      new_password_free (self);
      return;
    }

  confab_api_check_password (api, request,
                             &(ConfabPasswordCheck){ .password = current,
                                                     .work = hash_new_password,
                                                     .done = set_password,
                                                     .data = self,
                                                     .free_data = new_password_free });
}

/* ---- deletion ---- */

static void
account_deleted (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  confab_request_respond (request, 204, NULL, 0);
}

static void
delete_account (ConfabApi *api,
                ConfabRequest *request,
                const ConfabCredentials *credentials,
                gpointer data)
{
  ConfabCommand *command = confab_command_new (confab_run_delete_account, credentials->user_id);

  command->delete_account.verified_hash = confab_command_copy (command, credentials->password_hash);
  confab_api_submit (api, request, command, account_deleted, NULL, NULL);
}

void
confab_handle_delete_account (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *password;

  if (body == NULL)
    return;
  if (confab_api_get_string (request, body, "password", &password))
    confab_api_check_password (
        api, request, &(ConfabPasswordCheck){ .password = password, .done = delete_account });
}
