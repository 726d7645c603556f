/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api-password.h"

#include "confab-attempt-buckets.h"
#include "confab-errand.h"
#include "confab-subnet.h"
#include "confab-password.h"
#include "confab-text.h"
#include "confab-token.h"

typedef struct
{
  ConfabPasswordCheck check;
  char *login_key; /* (nullable) */
  char *password;
  gint64 user_id;
  GBytes *device_hash; /* (nullable) */
  char *device;        /* (nullable): the same, in hexadecimal */
  char *network;
  ConfabCredentials *credentials; /* (nullable): NULL for an unknown name */
  ConfabAcquaintance known;
  ConfabAttemptBuckets buckets;
  gboolean right;
  char *new_hash;     /* (nullable) */
  GError *work_error; /* (nullable): of check.work */
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *self = data;

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
  g_clear_error (&self->work_error);
  g_free (self);
}

static void
rehash (ConfabErrand *errand)
{
  Attempt *self = errand->data;
  ConfabCommand *command = confab_command_new (confab_run_rehash_password, CONFAB_ACTOR_SERVER);

  command->user_id = self->credentials->user_id;
  command->rehash_password.replaced_hash =
      confab_command_copy (command, self->credentials->password_hash);
  command->rehash_password.password_hash = confab_command_copy (command, self->new_hash);
  if (confab_errand_write_and_forget (errand->api, command))
    {
      g_free (self->credentials->password_hash);
      self->credentials->password_hash = g_steal_pointer (&self->new_hash);
    }
}

static void
password_verified (ConfabErrand *errand)
{
  Attempt *self = errand->data;

  if (!self->right)
    {
      confab_request_fail (errand->request, CONFAB_PROBLEM_WRONG_CREDENTIALS, NULL, 0);
      return;
    }

  confab_attempt_buckets_reset (&self->buckets, errand->api->throttle);
  if (self->new_hash != NULL)
    rehash (errand);
  if (self->work_error != NULL)
    confab_request_fail_with (errand->request, g_steal_pointer (&self->work_error));
  else
    self->check.done (errand->api, errand->request, self->credentials, self->check.data);
}

/* On the hasher's thread. An error of the work is kept for password_verified(), because the
 * password is correct all the same. */
static void
verify_password (ConfabErrand *errand, GError **error)
{
  Attempt *self = errand->data;
  const char *hash = self->credentials != NULL ? self->credentials->password_hash : NULL;

  self->right = confab_password_verify (hash, self->password);
  if (self->right && confab_password_needs_rehash (hash))
    self->new_hash = confab_password_hash (self->password, NULL);
  if (self->right && self->check.work != NULL)
    self->check.work (self->credentials, self->check.data, &self->work_error);
}

static void
choose_buckets (ConfabErrand *errand)
{
  Attempt *self = errand->data;
  const ConfabCredentials *credentials = self->credentials;
  const gint64 session_id = confab_request_get_session_id (errand->request);
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
      confab_request_get_address (errand->request), errand->api->config->sign_ins_per_minute);
}

/* Queue the hash under the name that the attempt is counted for: session, device or address. */
static gboolean
push (ConfabErrand *errand)
{
  const Attempt *self = errand->data;
  const gboolean is_known = self->known.device || self->known.network;

  if (confab_request_get_session_id (errand->request) != 0)
    return confab_errand_hash (errand, verify_password, password_verified);

  return confab_errand_hash_as (errand, is_known ? CONFAB_HASHER_KNOWN : CONFAB_HASHER_STRANGERS,
                                self->known.device ? self->buckets.buckets[0].name
                                                   : confab_request_get_address (errand->request),
                                verify_password, password_verified);
}

/* Count an attempt before it runs, or many simultaneous ones would not be limited. An attempt that
 * cannot run does not count. */
static void
credentials_found (ConfabErrand *errand)
{
  Attempt *self = errand->data;

  choose_buckets (errand);
  if (!confab_api_throttled (errand->request,
                             confab_attempt_buckets_check (&self->buckets, errand->api->throttle))
      && push (errand))
    confab_attempt_buckets_count (&self->buckets, errand->api->throttle);
}

/* On a reader thread. */
static void
find_credentials (ConfabErrand *errand, ConfabDatabase *database, GError **error)
{
  Attempt *self = errand->data;
  GError *problem = NULL;

  if (self->login_key != NULL)
    self->credentials = confab_backend_find_credentials (database, self->login_key, &problem);
  else
    self->credentials = confab_backend_get_credentials (database, self->user_id, &problem);
  /* For an unknown name, too: whether the name is known must not show in the time it takes. */
  if (self->login_key != NULL && problem == NULL)
    confab_backend_get_acquaintance (database,
                                     self->credentials != NULL ? self->credentials->user_id : 0,
                                     self->device_hash, self->network, &self->known, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
}

void
confab_api_check_password (ConfabApi *api, ConfabRequest *request, const ConfabPasswordCheck *check)
{
  Attempt *self = g_new0 (Attempt, 1);
  g_autoptr (ConfabErrand) errand = confab_errand_new (api, request, self, attempt_free);

  self->check = *check;
  self->login_key = g_strdup (check->login_key);
  self->user_id = confab_request_get_user_id (request);
  if (check->device_secret != NULL)
    {
      self->device_hash = confab_token_hash (check->device_secret);
      self->device = confab_token_key (check->device_secret);
    }
  self->network = confab_subnet_from_address (confab_request_get_address (request));
  /* A password that breaks the rules cannot be correct, but must take the same time. */
  self->password = confab_text_password (check->password, NULL);
  if (self->password == NULL)
    self->password = g_strdup ("");
  confab_errand_read (errand, find_credentials, credentials_found);
}
