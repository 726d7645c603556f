/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api-password.h"

#include "confab-attempt-buckets.h"
#include "confab-network.h"
#include "confab-password.h"
#include "confab-text.h"
#include "confab-token.h"

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  ConfabPasswordCheck check;
  char *login_key; /* (nullable) */
  char *password;
  gint64 user_id;
  GBytes *device_hash; /* (nullable) */
  char *device;        /* (nullable): the same, in hexadecimal */
  char *network;
  ConfabCredentials *credentials; /* (nullable): NULL if there is no such user */
  ConfabAcquaintance known;
  ConfabAttemptBuckets buckets;
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
  g_clear_pointer (&self->device_hash, g_bytes_unref);
  g_free (self->device);
  g_free (self->network);
  confab_attempt_buckets_clear (&self->buckets);
  g_clear_pointer (&self->credentials, confab_credentials_free);
  g_free (self->new_hash);
  g_clear_error (&self->error);
  g_free (self);
}

static void
rehash (Attempt *self)
{
  ConfabCommand *command = confab_command_new (confab_run_rehash_password);

  command->user_id = self->credentials->user_id;
  command->rehash_password.replaced_hash =
      confab_command_copy (command, self->credentials->password_hash);
  command->rehash_password.password_hash = confab_command_copy (command, self->new_hash);
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
      confab_attempt_buckets_reset (&self->buckets, self->api->throttle);
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

static void
choose_buckets (Attempt *self)
{
  const ConfabCredentials *credentials = self->credentials;
  const gint64 session_id = confab_request_get_session_id (self->request);
  g_autofree char *account = NULL;

  if (session_id != 0)
    {
      confab_attempt_buckets_add_session (&self->buckets, session_id);
      return;
    }
  if (credentials != NULL && self->known.device)
    {
      confab_attempt_buckets_add_device (&self->buckets, credentials->user_id, self->device);
      return;
    }

  account = credentials != NULL
                ? g_strdup_printf ("account %" G_GINT64_FORMAT, credentials->user_id)
                : g_strconcat ("nobody ", self->login_key, NULL);
  confab_attempt_buckets_add_account (
      &self->buckets, account, self->known.network ? self->network : NULL,
      confab_request_get_address (self->request), self->api->config->sign_ins_per_minute);
}

/* Queue under the name of the bucket that the attempt counts in: the session, the device or the
 * address. */
static gboolean
push (Attempt *self)
{
  const gboolean is_known = self->known.device || self->known.network;

  if (confab_request_get_session_id (self->request) != 0)
    return confab_api_hash (self->api, self->request, verify_password, self);

  if (!self->api->closed
      && confab_hasher_push (self->api->hasher,
                             is_known ? CONFAB_HASHER_KNOWN : CONFAB_HASHER_STRANGERS,
                             self->known.device ? self->buckets.buckets[0].name
                                                : confab_request_get_address (self->request),
                             verify_password, self))
    return TRUE;

  confab_request_fail (self->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, CONFAB_API_BUSY_SECONDS);

  return FALSE;
}

/* Count an attempt before it is made, or simultaneous ones would not count; an attempt that is not
 * made does not count. */
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

  choose_buckets (self);
  wait = confab_attempt_buckets_check (&self->buckets, self->api->throttle);
  if (wait > 0)
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      attempt_free (self);
    }
  else if (push (self))
    confab_attempt_buckets_count (&self->buckets,
                                  self->api->throttle); /* completes later on the loop thread */
  else
    attempt_free (self);
}

/* On a reader thread. */
static void
find_credentials (ConfabDatabase *database, gpointer data)
{
  Attempt *self = data;

  if (self->login_key != NULL)
    self->credentials = confab_backend_find_credentials (database, self->login_key, &self->error);
  else
    self->credentials = confab_backend_get_credentials (database, self->user_id, &self->error);
  /* Do this without a user, too, so that the time does not reveal whether there is one. */
  if (self->login_key != NULL && self->error == NULL)
    confab_backend_get_acquaintance (database,
                                     self->credentials != NULL ? self->credentials->user_id : 0,
                                     self->device_hash, self->network, &self->known, &self->error);
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
  if (check->device_secret != NULL)
    {
      self->device_hash = confab_token_hash (check->device_secret);
      self->device = confab_token_key (check->device_secret);
    }
  self->network = confab_network_from_address (confab_request_get_address (request));
  /* An invalid password is compared all the same, as one that never matches. */
  self->password = confab_text_password (check->password, NULL);
  if (self->password == NULL)
    self->password = g_strdup ("");
  if (api->closed || !confab_reader_pool_push (api->readers, find_credentials, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      attempt_free (self);
    }
}
