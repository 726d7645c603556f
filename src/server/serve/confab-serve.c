/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-serve.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "confab-api.h"
#include "confab-certificate-watch.h"
#include "confab-code.h"
#include "confab-dispatch.h"
#include "confab-log.h"
#include "confab-backend.h"

#define N_READERS 2
#define MAX_BUCKETS 100000
#define TICK_MS 1000
#define STOP_POLL_MS 20
#define TIDY_SECONDS 3600
#define LOOK_SECONDS 5
/* glibc returns larger blocks to the system when they are freed. Memory of many small blocks is
 * trimmed after this much has been released. */
#define OWN_BLOCK_BYTES (128 * 1024)
#define TRIM_BYTES (8 * 1024 * 1024)
#define OLD_SESSIONS_SECONDS 60
/* The time that requests and streams have to end; the whole stop takes less than five seconds. */
#define STOP_MS 3500

typedef struct
{
  uv_loop_t loop;
  uv_signal_t terminate;
  uv_signal_t interrupt;
  uv_signal_t hang_up;
  uv_timer_t tick;
  uv_timer_t stop;
  gint64 stop_began; /* ms, by the loop's clock */
  ConfabApi api;
  gboolean reload_again;
  gint64 tidy_at;   /* monotonic, s */
  gint64 look_at;   /* monotonic, s */
  gsize trimmed_at; /* bytes released by then */
  int lock;         /* a file descriptor; -1 for none */
  ConfabCertificateWatch *certificate;
  gint64 sessions_at;
} Serve;

/* ---- committed changes ---- */

static void reload (Serve *self);

static void
on_session_ended (gint64 session_id, int problem, gpointer user_data)
{
  Serve *self = user_data;

  confab_feed_end_session (self->api.feed, session_id, problem);
}

typedef struct
{
  Serve *serve;
  GPtrArray *outcomes; /* (nullable): NULL if another process changed the database */
} Change;

static void
take_change (gpointer data)
{
  g_autofree Change *change = data;
  Serve *self = change->serve;

  if (change->outcomes == NULL)
    {
      reload (self);
      return;
    }

  for (guint i = 0; i < change->outcomes->len; i++)
    {
      const ConfabOutcome *outcome = g_ptr_array_index (change->outcomes, i);

      for (guint j = 0; outcome->ended_sessions != NULL && j < outcome->ended_sessions->len; j++)
        confab_sessions_remove (self->api.sessions,
                                g_array_index (outcome->ended_sessions, gint64, j),
                                outcome->end_problem);
    }
  confab_feed_publish (self->api.feed, change->outcomes);
  g_ptr_array_unref (change->outcomes);
}

/* On the writer thread. */
static void
on_committed (GPtrArray *outcomes, gpointer user_data)
{
  Serve *self = user_data;
  Change *change = g_new0 (Change, 1);

  change->serve = self;
  change->outcomes = outcomes != NULL ? g_ptr_array_ref (outcomes) : NULL;
  confab_http_server_post (self->api.http, take_change, change);
}

/* ---- state in memory ---- */

typedef struct
{
  Serve *serve;
  GPtrArray *sessions;
  GArray *memberships;
  GArray *suspended;
  gint64 head;
  GError *error;
} Snapshot;

static gboolean
read_snapshot (Snapshot *self, ConfabDatabase *database)
{
  self->memberships = confab_feed_read_memberships (database, &self->head, &self->error);
  if (self->memberships != NULL)
    self->sessions = confab_sessions_read (database, &self->error);
  if (self->sessions != NULL)
    self->suspended = confab_backend_list_suspended (database, &self->error);

  return self->suspended != NULL;
}

static void
snapshot_clear (Snapshot *self)
{
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_pointer (&self->memberships, g_array_unref);
  g_clear_pointer (&self->suspended, g_array_unref);
  g_clear_error (&self->error);
}

static void
take_snapshot (Serve *self, Snapshot *snapshot)
{
  confab_feed_set_suspended (self->api.feed, snapshot->suspended);
  confab_sessions_merge (self->api.sessions, snapshot->sessions);
  confab_feed_set_suspended (self->api.feed, NULL);
  confab_feed_reload (self->api.feed, snapshot->memberships, snapshot->head);
}

static void
reloaded (gpointer data)
{
  Snapshot *snapshot = data;
  Serve *self = snapshot->serve;

  if (snapshot->error != NULL)
    {
      g_printerr ("event=reload-failed message=\"%s\"\n", snapshot->error->message);
      self->reload_again = TRUE; /* at the next tick */
    }
  else
    take_snapshot (self, snapshot);
  snapshot_clear (snapshot);
  g_free (snapshot);
}

static void
read_again (ConfabDatabase *database, gpointer data)
{
  Snapshot *snapshot = data;

  read_snapshot (snapshot, database);
  confab_http_server_post (snapshot->serve->api.http, reloaded, snapshot);
}

static void
reload (Serve *self)
{
  Snapshot *snapshot = g_new0 (Snapshot, 1);

  snapshot->serve = self;
  self->reload_again = FALSE;
  confab_sessions_begin_merge (self->api.sessions);
  confab_feed_begin_reload (self->api.feed);
  if (!confab_reader_pool_push (self->api.readers, read_again, snapshot))
    {
      g_free (snapshot);
      self->reload_again = TRUE;
    }
}

/* ---- timers and stopping ---- */

/* Return the age in ms at which sessions end, 0 for never. */
static gint64
longest_session (const Serve *self)
{
  return self->api.config->session_days * (G_TIME_SPAN_DAY / 1000);
}

/* Close the streams of sessions that reached the maximum age. The sessions' rows have no effect any
 * more and are deleted by tidy(). */
static void
end_old_sessions (Serve *self, gint64 now)
{
  self->sessions_at = now + OLD_SESSIONS_SECONDS;
  confab_sessions_end_longest (self->api.sessions, confab_api_now ());
}

/* Delete rows that have expired; they have no effect any more. */
static void
tidy (Serve *self, gint64 now)
{
  ConfabCommand *command = confab_command_new (confab_run_forget_expired, CONFAB_ACTOR_SERVER);

  self->tidy_at = now + TIDY_SECONDS;
  if (longest_session (self) > 0)
    command->forget_expired.sessions_before = confab_api_now () - longest_session (self);
  confab_writer_submit (self->api.writer, command, NULL, NULL);
}

/* On a reader thread, because it takes a while. */
static void
trim_memory (ConfabDatabase *database, gpointer data)
{
  malloc_trim (0);
}

static void
look_around (Serve *self, gint64 now)
{
  gsize released = confab_http_server_get_n_bytes_released (self->api.http);

  self->look_at = now + LOOK_SECONDS;
  confab_certificate_watch_look (self->certificate, FALSE);
  if (released - self->trimmed_at >= TRIM_BYTES
      && confab_reader_pool_push (self->api.readers, trim_memory, NULL))
    self->trimmed_at = released;
}

static void
on_tick (uv_timer_t *timer)
{
  Serve *self = timer->data;

  gint64 now = g_get_monotonic_time () / G_USEC_PER_SEC;

  confab_feed_tick (self->api.feed, now);
  if (now >= self->sessions_at)
    end_old_sessions (self, now);
  if (now >= self->tidy_at)
    tidy (self, now);
  if (now >= self->look_at)
    look_around (self, now);
  if (self->reload_again)
    reload (self);
}

/* Stop once all requests are answered and all streams closed, or the time is over. */
static void
on_stop_poll (uv_timer_t *timer)
{
  Serve *self = timer->data;
  gboolean done =
      confab_http_server_get_n_requests (self->api.http) == 0
      && confab_feed_get_n_streams (self->api.feed) == 0
      && (self->api.mailer == NULL || confab_mailer_get_n_waiting (self->api.mailer) == 0);

  if (done || (gint64)uv_now (&self->loop) - self->stop_began > STOP_MS)
    uv_stop (&self->loop);
}

static void
on_signal (uv_signal_t *handle, int number)
{
  Serve *self = handle->data;

  if (self->api.stopping)
    return;

  g_printerr ("event=stopping signal=%d\n", number);
  self->api.stopping = TRUE;
  self->stop_began = (gint64)uv_now (&self->loop);
  confab_http_server_stop_accepting (self->api.http);
  confab_feed_stop (self->api.feed);
  uv_timer_start (&self->stop, on_stop_poll, STOP_POLL_MS, STOP_POLL_MS);
}

/* SIGHUP from an operator or a closed terminal never ends the server. */
static void
on_hang_up (uv_signal_t *handle, int number)
{
  Serve *self = handle->data;

  g_printerr ("event=reloading signal=%d\n", number);
  if (!self->api.stopping)
    confab_certificate_watch_look (self->certificate, TRUE);
}

/* ---- startup ---- */

/* Two servers on one database would not see each other's streams and sessions, so lock the file,
 * under whatever name it is opened. SQLite's own locks are of another kind (fcntl), and the command
 * line does not take this lock. Take it before SQLite opens the file and release it after SQLite
 * closes it: closing any descriptor of the file in between would drop SQLite's locks. */
static gboolean
lock_database (Serve *self, GError **error)
{
  const char *path = self->api.config->database_path;

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               errno == EWOULDBLOCK ? "another server uses this database" : g_strerror (errno));

  return FALSE;
}

static ConfabDatabase *
make_reader (gpointer user_data, GError **error)
{
  return confab_backend_open_to_read (user_data, error);
}

static void
post (gpointer target, void (*func) (gpointer data), gpointer data)
{
  confab_http_server_post (target, func, data);
}

static void
init_loop (Serve *self)
{
  uv_loop_init (&self->loop);
  uv_signal_init (&self->loop, &self->terminate);
  uv_signal_init (&self->loop, &self->interrupt);
  uv_signal_init (&self->loop, &self->hang_up);
  uv_timer_init (&self->loop, &self->tick);
  uv_timer_init (&self->loop, &self->stop);
  self->hang_up.data = self;
  self->terminate.data = self->interrupt.data = self->tick.data = self->stop.data = self;
}

static gboolean
listen_as_configured (Serve *self, GError **error)
{
  const ConfabConfig *config = self->api.config;
  const ConfabHttpOptions options = {
    .address = config->listen_address,
    .port = config->listen_port,
    .certificate = config->certificate,
    .key = config->key,
    .max_connections = config->connections,
    .max_connections_per_address = config->connections_per_address,
    .trusted_proxies = config->trusted_proxies,
  };

  self->api.http =
      confab_http_server_new (&self->loop, &options, &confab_dispatch_handler, &self->api, error);

  return self->api.http != NULL;
}

/* Open the database and load the state kept in memory, before anything is written through this
 * process. */
static gboolean
open_database (Serve *self, GError **error)
{
  char *path = self->api.config->database_path;
  ConfabBackendWriter *backend = confab_backend_open_to_write (path, error);
  g_autoptr (ConfabDatabase) database = NULL;
  ConfabFeedThreads threads = { 0 };
  Snapshot snapshot = { 0 };
  gboolean read;

  if (backend == NULL)
    return FALSE;
  self->api.writer = confab_writer_new (backend, on_committed, self);
  self->api.readers = confab_reader_pool_new (make_reader, path, N_READERS, error);
  if (self->api.readers == NULL)
    return FALSE;
  database = confab_backend_open_to_read (path, error);
  if (database == NULL || !confab_backend_begin_snapshot (database, error))
    return FALSE;

  self->api.epoch = confab_backend_get_epoch (database, error);
  if (self->api.epoch == NULL)
    return FALSE;
  self->api.sessions = confab_sessions_new (longest_session (self), on_session_ended, self);
  threads.readers = self->api.readers;
  threads.post = post;
  threads.target = self->api.http;
  self->api.feed = confab_feed_new (&threads, self->api.epoch, self->api.config->streams_per_user);
  read = read_snapshot (&snapshot, database);
  if (read)
    take_snapshot (self, &snapshot);
  else
    g_propagate_error (error, g_steal_pointer (&snapshot.error));
  snapshot_clear (&snapshot);

  return read;
}

static void
print_origin (Serve *self)
{
  g_autofree char *origin =
      confab_config_get_listening (self->api.config, confab_http_server_get_port (self->api.http));

  g_print ("listening on %s\n", origin);
  fflush (stdout);
}

/* While the server has no administrator, a person who can read its log may register as the first
 * one. The code is valid until then or until the server stops, and is never stored. */
static gboolean
offer_setup (Serve *self, GError **error)
{
  g_autoptr (ConfabDatabase) database =
      confab_backend_open_to_read (self->api.config->database_path, error);
  g_autofree char *code = NULL;
  gboolean has_admin;

  if (database == NULL || !confab_backend_has_admin (database, &has_admin, error))
    return FALSE;
  if (has_admin)
    return TRUE;

  code = confab_code_new ();
  self->api.setup_code = confab_code_hash (code);
  g_printerr ("event=setup-code code=%s\n", code);

  return TRUE;
}

static gboolean
set_up_mail (Serve *self, GError **error)
{
  const ConfabConfig *config = self->api.config;
  g_autoptr (GError) local_error = NULL;

  self->api.origin =
      confab_config_get_origin (config, confab_http_server_get_port (self->api.http));
  self->api.mailer = confab_config_make_mailer (config, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "mail: ");

  return FALSE;
}

/* Stop the threads first, because they post to the loop; then the connections, which release
 * everything else. What was posted runs once more after that, and may push to the readers: they
 * refuse it. */
static void
shut_down (Serve *self)
{
  self->api.closed = TRUE;
  g_clear_pointer (&self->api.hasher, confab_hasher_free);
  g_clear_pointer (&self->api.writer, confab_writer_free);
  if (self->api.readers != NULL)
    confab_reader_pool_stop (self->api.readers);
  g_clear_pointer (&self->api.mailer, confab_mailer_free);
  uv_close ((uv_handle_t *)&self->terminate, NULL);
  uv_close ((uv_handle_t *)&self->interrupt, NULL);
  uv_close ((uv_handle_t *)&self->hang_up, NULL);
  uv_close ((uv_handle_t *)&self->tick, NULL);
  uv_close ((uv_handle_t *)&self->stop, NULL);
  g_clear_pointer (&self->api.http, confab_http_server_free);
  uv_run (&self->loop, UV_RUN_DEFAULT);
  uv_loop_close (&self->loop);
  g_clear_pointer (&self->api.feed, confab_feed_free);
  g_clear_pointer (&self->api.readers, confab_reader_pool_free);
  g_clear_pointer (&self->api.sessions, confab_sessions_free);
  g_clear_pointer (&self->api.throttle, confab_throttle_free);
  g_clear_pointer (&self->api.setup_code, g_bytes_unref);
  g_clear_pointer (&self->certificate, confab_certificate_watch_free);
  g_free (self->api.epoch);
  g_free (self->api.origin);
  if (self->lock >= 0)
    close (self->lock);
}

int
confab_serve (const ConfabConfig *config)
{
  g_autofree Serve *self = g_new0 (Serve, 1);
  g_autoptr (GError) error = NULL;
  int status = 1;

  signal (SIGPIPE, SIG_IGN);
  signal (SIGHUP, SIG_IGN);  /* until the loop handles it */
  signal (SIGXFSZ, SIG_IGN); /* a full disk is an error, not fatal */
  mallopt (M_MMAP_THRESHOLD, OWN_BLOCK_BYTES);
  confab_log_start ();
  self->lock = -1;
  init_loop (self);
  self->api.config = config;
  self->api.throttle = confab_throttle_new (MAX_BUCKETS);
  self->api.hasher = confab_hasher_new (config->hash_threads);

  if (!listen_as_configured (self, &error) || !lock_database (self, &error)
      || !open_database (self, &error) || !set_up_mail (self, &error)
      || !offer_setup (self, &error))
    g_printerr ("confabd: %s\n", error->message);
  else
    {
      self->certificate = confab_certificate_watch_new (config, self->api.http, self->api.readers);
      uv_signal_start (&self->hang_up, on_hang_up, SIGHUP);
      uv_signal_start (&self->terminate, on_signal, SIGTERM);
      uv_signal_start (&self->interrupt, on_signal, SIGINT);
      uv_timer_start (&self->tick, on_tick, TICK_MS, TICK_MS);
      print_origin (self);
      uv_run (&self->loop, UV_RUN_DEFAULT);
      status = 0;
    }
  shut_down (self);
  confab_log_stop ();

  return status;
}
