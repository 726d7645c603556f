/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs commands in the writer's transaction. */

#include "confab-call.h"

#include "confab-backend-resources.h"

G_DEFINE_INTERFACE (ConfabBackendWriter, confab_backend_writer, G_TYPE_OBJECT)

static void
confab_backend_writer_default_init (ConfabBackendWriterInterface *iface)
{
}

gboolean
confab_backend_writer_begin (ConfabBackendWriter *self, GError **error)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->begin (self, error);
}

ConfabOutcome *
confab_backend_writer_execute (ConfabBackendWriter *self, const ConfabCommand *command)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->execute (self, command);
}

gboolean
confab_backend_writer_commit (ConfabBackendWriter *self, GError **error)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->commit (self, error);
}

void
confab_backend_writer_rollback (ConfabBackendWriter *self)
{
  CONFAB_BACKEND_WRITER_GET_IFACE (self)->rollback (self);
}

gboolean
confab_backend_writer_changed_elsewhere (ConfabBackendWriter *self)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->changed_elsewhere (self);
}

/* ---- the one over a database ---- */

#define CONFAB_TYPE_DATABASE_WRITER (confab_database_writer_get_type ())
G_DECLARE_FINAL_TYPE (ConfabDatabaseWriter, confab_database_writer, CONFAB, DATABASE_WRITER,
                      GObject)

struct _ConfabDatabaseWriter
{
  GObject parent_instance;
  ConfabDatabase *database;
  gint64 rev;          /* the last one assigned in this transaction */
  gint64 first_rev;    /* the one before this transaction */
  gint64 data_version; /* SQLite's counter of other connections' commits */
};

static void confab_database_writer_backend_init (ConfabBackendWriterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabDatabaseWriter,
                               confab_database_writer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CONFAB_TYPE_BACKEND_WRITER,
                                                      confab_database_writer_backend_init))

/* Convert a database error to a problem. Return FALSE. */
static gboolean
hand_on (GError *local_error, GError **error)
{
  confab_problem_set (error, confab_backend_get_problem (local_error));
  g_error_free (local_error);

  return FALSE;
}

static gboolean
confab_database_writer_begin (ConfabBackendWriter *backend, GError **error)
{
  ConfabDatabaseWriter *self = CONFAB_DATABASE_WRITER (backend);
  g_autoptr (GError) local_error = NULL;

  if (confab_database_begin (self->database, &local_error))
    {
      if (confab_backend_get_head (self->database, &self->rev, &local_error))
        {
          self->first_rev = self->rev;
          return TRUE;
        }
      confab_database_rollback (self->database);
    }

  return hand_on (g_steal_pointer (&local_error), error);
}

/* After some errors (especially a full disk) SQLite has rolled back the whole transaction. Further
 * statements would be committed one by one, so run none. */
static gboolean
transaction_is_open (ConfabDatabaseWriter *self, GError **error)
{
  return !sqlite3_get_autocommit (confab_database_get_handle (self->database))
         || confab_problem_set (error, CONFAB_PROBLEM_UNAVAILABLE);
}

/* A user who was suspended or deleted has lost their session, and requests sent just before must
 * not run. */
static gboolean
require_active_actor (ConfabCall *call, GError **error)
{
  const gint64 actor_id = call->command->actor_id;
  gint64 active = 0;

  return actor_id < 0
         || (confab_database_query_int (call->database, &active, error,
                                        "SELECT 1 FROM users WHERE id = $1 AND state = 'active'",
                                        sql_int (actor_id))
             && (active || confab_problem_set (error, CONFAB_PROBLEM_NOT_SIGNED_IN)));
}

/* Run the command in a savepoint, and undo it if it fails. */
static gboolean
run_in_savepoint (ConfabDatabaseWriter *self, ConfabCall *call, GError **error)
{
  if (!transaction_is_open (self, error)
      || !confab_database_run (self->database, error, "SAVEPOINT command"))
    return FALSE;

  if (require_active_actor (call, error) && call->command->run (call, error))
    return confab_database_run (self->database, error, "RELEASE command");

  if (transaction_is_open (self, NULL))
    {
      confab_database_run (self->database, NULL, "ROLLBACK TO command");
      confab_database_run (self->database, NULL, "RELEASE command");
    }

  return FALSE;
}

static ConfabOutcome *
confab_database_writer_execute (ConfabBackendWriter *backend, const ConfabCommand *command)
{
  ConfabDatabaseWriter *self = CONFAB_DATABASE_WRITER (backend);
  g_autoptr (ConfabOutcome) outcome = confab_outcome_new ();
  g_autoptr (GError) error = NULL;
  ConfabCall call = { self->database, command, self->rev + 1, outcome };

  outcome->actor_id = command->actor_id;
  outcome->conversation_id = command->conversation_id;

  if (!run_in_savepoint (self, &call, &error))
    {
      g_autoptr (ConfabOutcome) failed = confab_outcome_new ();

      if (error->domain == CONFAB_PROBLEM)
        failed->error = g_steal_pointer (&error);
      else
        hand_on (g_steal_pointer (&error), &failed->error);
      return g_steal_pointer (&failed);
    }

  if (outcome->rev > 0)
    self->rev = outcome->rev;
  if (outcome->rows == NULL)
    outcome->rows = confab_rows_new ();
  if (outcome->shared_rows == NULL)
    outcome->shared_rows = confab_rows_new ();

  return g_steal_pointer (&outcome);
}

static gboolean
write_clock (ConfabDatabaseWriter *self, GError **error)
{
  return self->rev == self->first_rev
         || confab_database_run (self->database, error, "UPDATE clock SET rev = $1",
                                 sql_int (self->rev));
}

static gboolean
confab_database_writer_commit (ConfabBackendWriter *backend, GError **error)
{
  ConfabDatabaseWriter *self = CONFAB_DATABASE_WRITER (backend);
  g_autoptr (GError) local_error = NULL;

  if (transaction_is_open (self, &local_error) && write_clock (self, &local_error)
      && confab_database_commit (self->database, &local_error))
    return TRUE;

  return hand_on (g_steal_pointer (&local_error), error);
}

static void
confab_database_writer_rollback (ConfabBackendWriter *backend)
{
  ConfabDatabaseWriter *self = CONFAB_DATABASE_WRITER (backend);

  if (transaction_is_open (self, NULL))
    confab_database_rollback (self->database);
}

/* SQLite's counter changes with commits of other connections only. */
static gboolean
read_data_version (ConfabDatabaseWriter *self, gint64 *version, GError **error)
{
  return confab_database_query_int (self->database, version, error, "PRAGMA data_version");
}

static gboolean
confab_database_writer_changed_elsewhere (ConfabBackendWriter *backend)
{
  ConfabDatabaseWriter *self = CONFAB_DATABASE_WRITER (backend);
  g_autoptr (GError) error = NULL;
  gint64 last = self->data_version;

  if (!read_data_version (self, &self->data_version, &error))
    g_warning ("The database: %s", error->message);

  return self->data_version != last;
}

static void
confab_database_writer_backend_init (ConfabBackendWriterInterface *iface)
{
  iface->begin = confab_database_writer_begin;
  iface->execute = confab_database_writer_execute;
  iface->commit = confab_database_writer_commit;
  iface->rollback = confab_database_writer_rollback;
  iface->changed_elsewhere = confab_database_writer_changed_elsewhere;
}

static void
confab_database_writer_finalize (GObject *object)
{
  ConfabDatabaseWriter *self = CONFAB_DATABASE_WRITER (object);

  g_clear_pointer (&self->database, confab_database_close);

  G_OBJECT_CLASS (confab_database_writer_parent_class)->finalize (object);
}

static void
confab_database_writer_class_init (ConfabDatabaseWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_database_writer_finalize;
}

static void
confab_database_writer_init (ConfabDatabaseWriter *self)
{
}

ConfabBackendWriter *
confab_backend_open_to_write (const char *path, GError **error)
{
  g_autoptr (ConfabDatabaseWriter) self = g_object_new (CONFAB_TYPE_DATABASE_WRITER, NULL);

  /* Refer to the resource, so that the linker includes the scripts from the static library. */
  confab_backend_get_resource ();

  self->database = confab_database_open (path, CONFAB_DATABASE_WRITE, TRUE, error);
  if (self->database == NULL
      || !confab_database_migrate (self->database, CONFAB_BACKEND_RESOURCES, error)
      || !read_data_version (self, &self->data_version, error))
    return NULL;

  return CONFAB_BACKEND_WRITER (g_steal_pointer (&self));
}
