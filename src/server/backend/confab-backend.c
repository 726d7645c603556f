/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-call.h"

#include "confab-backend-resources.h"

/* ---- opening ---- */

ConfabDatabase *
confab_backend_open_to_read (const char *path, GError **error)
{
  g_autoptr (ConfabDatabase) database =
      confab_database_open (path, CONFAB_DATABASE_READ, FALSE, error);

  /* Refer to the resource, so that the linker includes the scripts, whose number is the newest
   * version. */
  confab_backend_get_resource ();

  return database != NULL
                 && confab_database_check_version (database, CONFAB_BACKEND_RESOURCES, error)
             ? g_steal_pointer (&database)
             : NULL;
}

gboolean
confab_backend_begin_snapshot (ConfabDatabase *database, GError **error)
{
  return confab_database_exec (database, "BEGIN", error);
}

void
confab_backend_end_snapshot (ConfabDatabase *database)
{
  confab_database_exec (database, "COMMIT", NULL);
}

/* ---- any statement ---- */

ConfabProblem
confab_backend_get_problem (const GError *error)
{
  if (error->domain == CONFAB_PROBLEM)
    return (ConfabProblem)error->code;

  g_warning ("The database: %s", error->message);

  return g_error_matches (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FULL)
                 || g_error_matches (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_BUSY)
             ? CONFAB_PROBLEM_UNAVAILABLE
             : CONFAB_PROBLEM_INTERNAL;
}

gint64
confab_backend_now (void)
{
  return g_get_real_time () / 1000;
}

gboolean
confab_backend_require_row (ConfabResult *result, ConfabProblem problem, GError **error)
{
  if (confab_result_next (result))
    return TRUE;

  return confab_result_end (result, error) && confab_problem_set (error, problem);
}

gboolean
confab_call_require_change (ConfabCall *call, ConfabProblem problem, GError **error)
{
  return confab_database_changes (call->database) > 0 || confab_problem_set (error, problem);
}

gboolean
confab_backend_collect_ids (ConfabResult *result, GArray *ids, GError **error)
{
  g_autoptr (ConfabResult) owned = result;

  while (confab_result_next (owned))
    {
      gint64 id = confab_result_get_int (owned, 0);

      g_array_append_val (ids, id);
    }

  return confab_result_end (owned, error);
}

gboolean
confab_call_answer (ConfabCall *call, ConfabGathering *gathering, gboolean shared, GError **error)
{
  call->outcome->rows = confab_gathering_end (gathering, error);
  if (call->outcome->rows == NULL)
    return FALSE;

  if (shared)
    call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}

/* ---- the clock ---- */

char *
confab_backend_get_epoch (ConfabDatabase *database, GError **error)
{
  char *epoch;

  confab_database_query_text (database, &epoch, error, "SELECT epoch FROM clock");

  return epoch;
}

gboolean
confab_backend_get_head (ConfabDatabase *database, gint64 *rev, GError **error)
{
  return confab_database_query_int (database, rev, error, "SELECT rev FROM clock");
}

/* SQLite would skip a row that does not change, so change a page. */
gboolean
confab_run_try_writing (ConfabCall *call, GError **error)
{
  return confab_database_run (call->database, error, "UPDATE clock SET rev = rev + 1")
         && confab_database_run (call->database, error, "UPDATE clock SET rev = rev - 1");
}

/* ---- rows ---- */

void
confab_credentials_free (ConfabCredentials *self)
{
  g_free (self->password_hash);
  g_free (self->username);
  g_free (self->email);
  g_free (self);
}

void
confab_reset_row_free (ConfabResetRow *self)
{
  g_free (self->username);
  g_free (self->email);
  g_free (self->token_key);
  g_free (self->code_hash);
  g_free (self);
}

void
confab_email_change_free (ConfabEmailChange *self)
{
  g_free (self->username);
  g_free (self->old_email);
  g_free (self->email);
  g_free (self->code_hash);
  g_free (self);
}
