/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api-password.h"

#include "confab-password.h"
#include "confab-text.h"

/* Wrong passwords: for one account from anywhere, and for one account from one address. */
static const ConfabThrottleRule account_rule = { 10, 60, 900 };
static const ConfabThrottleRule pair_rule = { 5, 60, 900 };

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  ConfabPasswordCheck check;
  char *login_key; /* (nullable) */
  char *password;
  gint64 user_id;
  char *account; /* the names of the buckets */
  char *pair;
  ConfabCredentials *credentials; /* (nullable): nobody */
  gboolean right;
  char *new_hash; /* (nullable) */
  GError *error;
} Attempt;

static void
attempt_free (Attempt *self)
{
  confab_request_unref (self->request);
  if (self->check.free_data != NULL)
    self->check.free_data (self->check.data);
  g_free (self->login_key);
  g_free (self->password);
  g_free (self->account);
  g_free (self->pair);
  g_clear_pointer (&self->credentials, confab_credentials_free);
  g_free (self->new_hash);
  g_clear_error (&self->error);
  g_free (self);
}

static void
rehash (Attempt *self)
{
  ConfabCommand *command = confab_command_new (CONFAB_COMMAND_REHASH_PASSWORD);

  command->user_id = self->credentials->user_id;
  command->text = g_strdup (self->credentials->password_hash);
  command->password_hash = g_strdup (self->new_hash);
  if (!self->api->closed && confab_writer_submit (self->api->writer, command, NULL, NULL))
    {
      g_free (self->credentials->password_hash);
      self->credentials->password_hash = g_steal_pointer (&self->new_hash);
    }
}

static void
password_verified (gpointer data)
{
  Attempt *self = data;

  if (!self->right)
    confab_request_fail (self->request, CONFAB_PROBLEM_WRONG_CREDENTIALS, NULL, 0);
  else
    {
      confab_throttle_reset (self->api->throttle, self->account);
      confab_throttle_reset (self->api->throttle, self->pair);
      if (self->new_hash != NULL)
        rehash (self);
      if (self->error != NULL)
        confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      else
        self->check.done (self->api, self->request, self->credentials, self->check.data);
    }
  attempt_free (self);
}

/* On the hasher's thread. */
static void
verify_password (gpointer data)
{
  Attempt *self = data;
  const char *hash = self->credentials != NULL ? self->credentials->password_hash : NULL;

  self->right = confab_password_verify (hash, self->password);
  if (self->right && confab_password_needs_rehash (hash))
    self->new_hash = confab_password_hash (self->password, NULL);
  if (self->right && self->check.work != NULL)
    self->check.work (self->credentials, self->check.data, &self->error);
  confab_http_server_post (self->api->http, password_verified, self);
}

/* An attempt counts before it is made, or many at once would count as none. */
static guint
throttle_account (Attempt *self)
{
  ConfabThrottle *throttle = self->api->throttle;
  gint64 now = g_get_monotonic_time ();
  guint wait;

  if (self->credentials != NULL)
    self->account = g_strdup_printf ("account %" G_GINT64_FORMAT, self->credentials->user_id);
  else
    self->account = g_strconcat ("nobody ", self->login_key, NULL);
  self->pair = g_strconcat (self->account, " ", confab_request_get_address (self->request), NULL);

  wait = MAX (confab_throttle_check (throttle, &account_rule, self->account, now),
              confab_throttle_check (throttle, &pair_rule, self->pair, now));
  if (wait == 0)
    {
      confab_throttle_add (throttle, &account_rule, self->account, now);
      confab_throttle_add (throttle, &pair_rule, self->pair, now);
    }

  return wait;
}

static void
credentials_found (gpointer data)
{
  Attempt *self = data;
  guint wait;

  if (self->error != NULL)
    {
      confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      attempt_free (self);
      return;
    }

  wait = throttle_account (self);
  if (wait > 0)
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      attempt_free (self);
    }
  else if (self->api->closed || !confab_hasher_push (self->api->hasher, verify_password, self))
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 5);
      attempt_free (self);
    }
}

/* On a reader's thread. */
static void
find_credentials (ConfabBackendReader *reader, gpointer data)
{
  Attempt *self = data;

  if (self->login_key != NULL)
    self->credentials =
        confab_backend_reader_find_credentials (reader, self->login_key, &self->error);
  else
    self->credentials = confab_backend_reader_get_credentials (reader, self->user_id, &self->error);
  confab_http_server_post (self->api->http, credentials_found, self);
}

void
confab_api_check_password (ConfabApi *api, ConfabRequest *request, const ConfabPasswordCheck *check)
{
  Attempt *self = g_new0 (Attempt, 1);

  self->api = api;
  self->request = confab_request_ref (request);
  self->check = *check;
  self->login_key = g_strdup (check->login_key);
  self->user_id = confab_request_get_user_id (request);
  /* One that breaks the rules is nobody's; it is compared all the same. */
  self->password = confab_text_password (check->password, NULL);
  if (self->password == NULL)
    self->password = g_strdup ("");
  if (api->closed || !confab_reader_pool_push (api->readers, find_credentials, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      attempt_free (self);
    }
}
