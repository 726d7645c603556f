/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-errand.h"

/* What clients are asked to wait when too much is queued. */
#define BUSY_SECONDS 1
#define HASHER_BUSY_SECONDS 5

typedef struct
{
  ConfabErrand *errand;
  ConfabErrandRead read; /* of these two, what runs on the thread */
  ConfabErrandHash hash;
  ConfabErrandDone done; /* of these two, what is told on the loop */
  ConfabErrandWritten written;
  ConfabOutcome *outcome;
  GError *error;
} Step;

ConfabErrand *
confab_errand_new (ConfabApi *api, ConfabRequest *request, gpointer data, GDestroyNotify free_data)
{
  ConfabErrand *self = g_new0 (ConfabErrand, 1);

  self->api = api;
  self->request = confab_request_ref (request);
  self->data = data;
  self->free_data = free_data;
  self->ref_count = 1;

  return self;
}

void
confab_errand_unref (ConfabErrand *self)
{
  if (--self->ref_count > 0)
    return;

  if (self->free_data != NULL)
    self->free_data (self->data);
  confab_request_unref (self->request);
  g_free (self);
}

/* ---- a step ---- */

static Step *
step_new (ConfabErrand *errand)
{
  Step *self = g_new0 (Step, 1);

  self->errand = errand;
  errand->ref_count++;

  return self;
}

static void
step_free (Step *self)
{
  confab_errand_unref (self->errand);
  g_clear_pointer (&self->outcome, confab_outcome_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
finish (gpointer data)
{
  Step *self = data;
  ConfabErrand *errand = self->errand;

  if (self->outcome != NULL && self->outcome->error != NULL)
    self->error = g_error_copy (self->outcome->error);

  if (self->error != NULL && errand->failed != NULL)
    errand->failed (errand, g_steal_pointer (&self->error));
  else if (self->error != NULL)
    confab_request_fail_with (errand->request, g_steal_pointer (&self->error));
  else if (self->written != NULL)
    self->written (errand, self->outcome);
  else
    self->done (errand);
  step_free (self);
}

/* The step was not taken. */
static gboolean
refuse (Step *self, guint retry_after)
{
  confab_request_fail (self->errand->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, retry_after);
  step_free (self);

  return FALSE;
}

/* On a reader's thread. */
static void
run_reading (ConfabDatabase *database, gpointer data)
{
  Step *self = data;

  self->read (self->errand, database, &self->error);
  confab_http_server_post (self->errand->api->http, finish, self);
}

gboolean
confab_errand_read (ConfabErrand *self, ConfabErrandRead read, ConfabErrandDone done)
{
  Step *step = step_new (self);

  step->read = read;
  step->done = done;

  return (!self->api->closed && confab_reader_pool_push (self->api->readers, run_reading, step))
         || refuse (step, BUSY_SECONDS);
}

/* On the hasher's thread. */
static void
run_hashing (gpointer data)
{
  Step *self = data;

  self->hash (self->errand, &self->error);
  confab_http_server_post (self->errand->api->http, finish, self);
}

gboolean
confab_errand_hash_as (ConfabErrand *self,
                       ConfabHasherClass klass,
                       const char *asker,
                       ConfabErrandHash hash,
                       ConfabErrandDone done)
{
  Step *step = step_new (self);

  step->hash = hash;
  step->done = done;

  return (!self->api->closed
          && confab_hasher_push (self->api->hasher, klass, asker, run_hashing, step))
         || refuse (step, HASHER_BUSY_SECONDS);
}

gboolean
confab_errand_hash (ConfabErrand *self, ConfabErrandHash hash, ConfabErrandDone done)
{
  const gint64 session_id = confab_request_get_session_id (self->request);
  g_autofree char *session = NULL;

  if (session_id == 0)
    return confab_errand_hash_as (self, CONFAB_HASHER_STRANGERS,
                                  confab_request_get_address (self->request), hash, done);

  session = g_strdup_printf ("session %" G_GINT64_FORMAT, session_id);

  return confab_errand_hash_as (self, CONFAB_HASHER_KNOWN, session, hash, done);
}

/* On the writer thread. */
static void
on_written (ConfabOutcome *outcome, gpointer user_data)
{
  Step *self = user_data;

  self->outcome = confab_outcome_ref (outcome);
  confab_http_server_post (self->errand->api->http, finish, self);
}

gboolean
confab_errand_try_write (ConfabErrand *self, ConfabCommand *command, ConfabErrandWritten written)
{
  g_autoptr (ConfabCommand) owned = command;
  Step *step = step_new (self);

  step->written = written;
  owned->address = confab_command_copy (owned, confab_request_get_address (self->request));

  if (!self->api->closed
      && confab_writer_submit (self->api->writer, g_steal_pointer (&owned), on_written, step))
    return TRUE;

  step_free (step);

  return FALSE;
}

gboolean
confab_errand_write (ConfabErrand *self, ConfabCommand *command, ConfabErrandWritten written)
{
  if (confab_errand_try_write (self, command, written))
    return TRUE;

  confab_request_fail (self->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, BUSY_SECONDS);

  return FALSE;
}

gboolean
confab_errand_write_and_forget (ConfabApi *api, ConfabCommand *command)
{
  g_autoptr (ConfabCommand) owned = command;

  return !api->closed && confab_writer_submit (api->writer, g_steal_pointer (&owned), NULL, NULL);
}
