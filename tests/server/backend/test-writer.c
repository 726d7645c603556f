/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The batching writer and the reader pool. */

#include "backend-fixture.h"

#include "confab-reader-pool.h"

#define FIXTURE_TEST(path, func) g_test_add (path, BackendFixture, NULL, set_up, func, tear_down)

static void
set_up (BackendFixture *fixture, gconstpointer data)
{
  backend_fixture_set_up (fixture);
}

static void
tear_down (BackendFixture *fixture, gconstpointer data)
{
  fixture_check (fixture);
  backend_fixture_tear_down (fixture);
}

/* ---- a wrapper of the real backend that can fail ---- */

#define TEST_TYPE_FAULTY_WRITER (test_faulty_writer_get_type ())
G_DECLARE_FINAL_TYPE (TestFaultyWriter, test_faulty_writer, TEST, FAULTY_WRITER, GObject)

struct _TestFaultyWriter
{
  GObject parent_instance;
  ConfabBackendWriter *real;
  gint fail_begin;
  gint fail_commit;
};

static void test_faulty_writer_backend_init (ConfabBackendWriterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestFaultyWriter,
                               test_faulty_writer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CONFAB_TYPE_BACKEND_WRITER,
                                                      test_faulty_writer_backend_init))

static gboolean
faulty_begin (ConfabBackendWriter *backend, GError **error)
{
  TestFaultyWriter *self = TEST_FAULTY_WRITER (backend);

  if (g_atomic_int_get (&self->fail_begin))
    return confab_problem_set (error, CONFAB_PROBLEM_INTERNAL);

  return confab_backend_writer_begin (self->real, error);
}

static ConfabOutcome *
faulty_execute (ConfabBackendWriter *backend, const ConfabCommand *command)
{
  return confab_backend_writer_execute (TEST_FAULTY_WRITER (backend)->real, command);
}

static gboolean
faulty_commit (ConfabBackendWriter *backend, GError **error)
{
  TestFaultyWriter *self = TEST_FAULTY_WRITER (backend);

  if (g_atomic_int_get (&self->fail_commit))
    return confab_problem_set (error, CONFAB_PROBLEM_INTERNAL);

  return confab_backend_writer_commit (self->real, error);
}

static void
faulty_rollback (ConfabBackendWriter *backend)
{
  confab_backend_writer_rollback (TEST_FAULTY_WRITER (backend)->real);
}

static gboolean
faulty_changed_elsewhere (ConfabBackendWriter *backend)
{
  return confab_backend_writer_changed_elsewhere (TEST_FAULTY_WRITER (backend)->real);
}

static void
test_faulty_writer_backend_init (ConfabBackendWriterInterface *iface)
{
  iface->begin = faulty_begin;
  iface->execute = faulty_execute;
  iface->commit = faulty_commit;
  iface->rollback = faulty_rollback;
  iface->changed_elsewhere = faulty_changed_elsewhere;
}

static void
test_faulty_writer_finalize (GObject *object)
{
  g_object_unref (TEST_FAULTY_WRITER (object)->real);

  G_OBJECT_CLASS (test_faulty_writer_parent_class)->finalize (object);
}

static void
test_faulty_writer_class_init (TestFaultyWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_faulty_writer_finalize;
}

static void
test_faulty_writer_init (TestFaultyWriter *self)
{
}

/* ---- the writer's listener ---- */

typedef struct
{
  BackendFixture *fixture;
  GMutex mutex;
  GCond cond;
  guint n_done;
  guint n_refused;
  guint n_batches;
  guint largest_batch;
  guint n_elsewhere;
  gint64 heard_rev; /* of the newest outcome listened to */
  GString *order;   /* 'E'lsewhere and 'B'atches as they were heard */
} Ear;

static void
listen_cb (GPtrArray *outcomes, gpointer user_data)
{
  Ear *self = user_data;

  g_mutex_lock (&self->mutex);
  g_string_append_c (self->order, outcomes == NULL ? 'E' : 'B');
  if (outcomes == NULL)
    self->n_elsewhere++;
  else
    {
      self->n_batches++;
      self->largest_batch = MAX (self->largest_batch, outcomes->len);
      for (guint i = 0; i < outcomes->len; i++)
        {
          ConfabOutcome *outcome = g_ptr_array_index (outcomes, i);

          g_assert_no_error (outcome->error);
          g_assert_true (outcome->rev > self->heard_rev || outcome->ended_sessions->len > 0);
          self->heard_rev = MAX (self->heard_rev, outcome->rev);
        }
      /* Announced changes can be read. */
      g_assert_cmpint (fixture_count (self->fixture, "SELECT rev FROM clock"), >=, self->heard_rev);
    }
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
done_cb (ConfabOutcome *outcome, gpointer user_data)
{
  Ear *self = user_data;

  g_mutex_lock (&self->mutex);
  g_assert_cmpint (outcome->rev, <=, self->heard_rev);
  if (outcome->error != NULL)
    self->n_refused++;
  self->n_done++;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static ConfabWriter *
ear_new (Ear *self, BackendFixture *fixture, ConfabBackendWriter *backend)
{
  self->fixture = fixture;
  self->order = g_string_new (NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  return confab_writer_new (backend, listen_cb, self);
}

static void
ear_wait_done (Ear *self, guint n)
{
  g_mutex_lock (&self->mutex);
  while (self->n_done < n)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
ear_clear (Ear *self)
{
  g_string_free (self->order, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static void
test_batches (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  gint64 ada = fixture_user (fixture, "ada");
  gint64 group = fixture_group (fixture, ada, 0, NULL);
  ConfabWriter *writer = ear_new (&ear, fixture, g_steal_pointer (&fixture->writer));
  guint n = 2000;

  for (guint i = 0; i < n; i++)
    {
      /* Every tenth command is refused; the others of its batch do not mind. */
      gint64 actor = i % 10 == 0 ? 999 : ada;

      g_assert_true (
          confab_writer_submit (writer, command_send (actor, group, NULL, "x"), done_cb, &ear));
    }

  confab_writer_free (writer);
  g_assert_cmpint (ear.n_done, ==, n);
  g_assert_cmpint (ear.n_refused, ==, n / 10);
  g_assert_cmpint (ear.largest_batch, <=, 64);
  g_assert_cmpint (ear.largest_batch, >, 1);
  g_assert_cmpint (ear.n_elsewhere, ==, 0);
  g_assert_cmpint (ear.heard_rev, ==, fixture_head (fixture));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM messages"), ==, n - n / 10);
  ear_clear (&ear);
}

/* A session ends without a revision, and streams must hear of it all the same. */
static void
test_sessions_are_heard (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  gint64 ada = fixture_user (fixture, "ada");
  ConfabWriter *writer = ear_new (&ear, fixture, g_steal_pointer (&fixture->writer));
  ConfabCommand *command =
      confab_command_new (confab_run_end_other_sessions, CONFAB_ACTOR_OPERATOR);

  confab_outcome_unref (confab_writer_submit_sync (writer, command_session (ada, "a")));
  g_assert_cmpstr (ear.order->str, ==, "");
  command->user_id = ada;
  confab_outcome_unref (confab_writer_submit_sync (writer, command));
  g_assert_cmpstr (ear.order->str, ==, "B");

  confab_writer_free (writer);
  ear_clear (&ear);
}

static void
test_queue_is_bounded (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  gint64 ada = fixture_user (fixture, "ada");
  gint64 group = fixture_group (fixture, ada, 0, NULL);
  ConfabWriter *writer = ear_new (&ear, fixture, g_steal_pointer (&fixture->writer));
  guint accepted = 0;

  /* The listener waits for this lock, so nothing more than two batches leaves the queue. */
  g_mutex_lock (&ear.mutex);
  while (confab_writer_submit (writer, command_send (ada, group, NULL, "x"), done_cb, &ear))
    accepted++;
  g_mutex_unlock (&ear.mutex);

  g_assert_cmpint (accepted, >=, 4096);
  g_assert_cmpint (accepted, <=, 4096 + 2 * 64);
  confab_writer_free (writer);
  g_assert_cmpint (ear.n_done, ==, accepted);
  ear_clear (&ear);
}

static void
test_failing_commit (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  TestFaultyWriter *faulty = g_object_new (TEST_TYPE_FAULTY_WRITER, NULL);
  gint64 ada = fixture_user (fixture, "ada");
  gint64 group = fixture_group (fixture, ada, 0, NULL);
  ConfabWriter *writer;
  const guint n = 100;

  faulty->real = g_steal_pointer (&fixture->writer);
  faulty->fail_commit = TRUE;
  writer = ear_new (&ear, fixture, CONFAB_BACKEND_WRITER (faulty));

  for (guint i = 0; i < n; i++)
    g_assert_true (
        confab_writer_submit (writer, command_send (ada, group, NULL, "lost"), done_cb, &ear));
  ear_wait_done (&ear, n);
  g_assert_cmpint (ear.n_refused, ==, n);
  g_assert_cmpint (ear.n_batches, ==, 0);

  g_atomic_int_set (&faulty->fail_commit, FALSE);
  g_atomic_int_set (&faulty->fail_begin, TRUE);
  {
    g_autoptr (ConfabOutcome) outcome =
        confab_writer_submit_sync (writer, command_send (ada, group, NULL, "lost, too"));

    g_assert_error (outcome->error, CONFAB_PROBLEM, CONFAB_PROBLEM_UNAVAILABLE);
  }

  g_atomic_int_set (&faulty->fail_begin, FALSE);
  {
    g_autoptr (ConfabOutcome) outcome =
        confab_writer_submit_sync (writer, command_send (ada, group, NULL, "kept"));

    g_assert_no_error (outcome->error);
    g_assert_cmpint (((ConfabMessageRow *)outcome->rows->messages->pdata[0])->seq, ==, 1);
  }

  confab_writer_free (writer);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM messages"), ==, 1);
  ear_clear (&ear);
}

/* SQLite's own "full": the whole batch is refused, and there is room again afterwards. */
static void
test_full_disk (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  g_autofree char *text = g_strnfill (9000, 'x');
  gint64 ada = fixture_user (fixture, "ada");
  gint64 group = fixture_group (fixture, ada, 0, NULL);
  gint64 stored;
  ConfabWriter *writer;
  guint n = 0;

  /* A trigger with the error of a full disk, after which SQLite rolls back the transaction. */
  fixture_exec (fixture,
                "CREATE TRIGGER full BEFORE INSERT ON messages"
                " WHEN new.content = 'the last straw' BEGIN SELECT raise (ROLLBACK, 'full'); END");
  writer = ear_new (&ear, fixture, g_steal_pointer (&fixture->writer));
  g_mutex_lock (&ear.mutex);
  for (; n < 20; n++)
    confab_writer_submit (writer, command_send (ada, group, NULL, text), done_cb, &ear);
  confab_writer_submit (writer, command_send (ada, group, NULL, "the last straw"), done_cb, &ear);
  for (n++; n < 40; n++)
    confab_writer_submit (writer, command_send (ada, group, NULL, text), done_cb, &ear);
  g_mutex_unlock (&ear.mutex);
  ear_wait_done (&ear, n);

  /* Exactly the messages answered with success are stored: no command ran on its own. */
  stored = fixture_count (fixture, "SELECT count (*) FROM messages");
  g_assert_cmpint (stored, ==, n - ear.n_refused);
  g_assert_cmpint (ear.n_refused, >, 1);

  {
    g_autoptr (ConfabOutcome) outcome =
        confab_writer_submit_sync (writer, command_send (ada, group, NULL, "room again"));

    g_assert_no_error (outcome->error);
  }
  confab_writer_free (writer);
  fixture_exec (fixture, "DROP TRIGGER full");
  ear_clear (&ear);
}

/* Changes by another process are announced when idle, and before later revisions of this one. */
static void
test_changed_elsewhere (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 ada = fixture_user (fixture, "ada");
  gint64 group = fixture_group (fixture, ada, 0, NULL);
  ConfabWriter *writer = ear_new (&ear, fixture, g_steal_pointer (&fixture->writer));
  gint64 head;

  fixture->writer = confab_backend_open_to_write (fixture->path, &error);
  g_assert_no_error (error);
  fixture_user (fixture, "bruno");
  g_mutex_lock (&ear.mutex);
  while (ear.n_elsewhere == 0)
    g_cond_wait (&ear.cond, &ear.mutex);
  g_mutex_unlock (&ear.mutex);
  confab_outcome_unref (confab_writer_submit_sync (writer, command_send (ada, group, NULL, "x")));
  g_assert_cmpstr (ear.order->str, ==, "EB");

  /* No pause in which it could be polled. */
  g_string_truncate (ear.order, 0);
  fixture_user (fixture, "chiara");
  head = fixture_head (fixture);
  {
    g_autoptr (ConfabOutcome) outcome =
        confab_writer_submit_sync (writer, command_send (ada, group, NULL, "y"));

    g_assert_cmpint (outcome->rev, ==, head + 1);
  }
  g_assert_cmpstr (ear.order->str, ==, "EB");

  confab_writer_free (writer);
  ear_clear (&ear);
}

/* ---- readers beside the writer ---- */

static ConfabDatabase *
open_reader_cb (gpointer user_data, GError **error)
{
  return confab_backend_open_to_read (user_data, error);
}

typedef struct
{
  gint64 user_id;
  gint n_pages;
} Reading;

/* Each page must be of one moment: a conversation's newest message is its last_seq. */
static void
read_page_cb (ConfabDatabase *database, gpointer data)
{
  Reading *self = data;
  g_autoptr (GError) error = NULL;
  gint64 to;
  gboolean has_more;
  g_autoptr (ConfabRows) rows =
      confab_backend_sync (database, self->user_id, 0, 500, &to, &has_more, &error);
  gint64 newest = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->messages->len; i++)
    newest = MAX (newest, ((ConfabMessageRow *)rows->messages->pdata[i])->seq);
  g_assert_cmpint (((ConfabConversationRow *)rows->conversations->pdata[0])->last_seq, ==, newest);
  g_atomic_int_inc (&self->n_pages);
}

static void
test_readers_beside (BackendFixture *fixture, gconstpointer data)
{
  Ear ear = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 ada = fixture_user (fixture, "ada");
  gint64 group = fixture_group (fixture, ada, 0, NULL);
  Reading reading = { .user_id = ada };
  ConfabWriter *writer = ear_new (&ear, fixture, g_steal_pointer (&fixture->writer));
  ConfabReaderPool *pool = confab_reader_pool_new (open_reader_cb, fixture->path, 2, &error);
  guint pushed = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < 1500; i++)
    {
      g_assert_true (
          confab_writer_submit (writer, command_send (ada, group, NULL, "x"), done_cb, &ear));
      if (i % 5 == 0 && confab_reader_pool_push (pool, read_page_cb, &reading))
        pushed++;
    }

  ear_wait_done (&ear, 1500);
  confab_reader_pool_free (pool);
  g_assert_cmpint (reading.n_pages, ==, pushed);
  confab_writer_free (writer);
  ear_clear (&ear);
}

static void
wait_cb (ConfabDatabase *database, gpointer data)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
}

static void
count_cb (ConfabDatabase *database, gpointer data)
{
  g_atomic_int_inc ((gint *)data);
}

/* A stopped pool has run its jobs and refuses more. */
static void
test_pool_is_stopped (BackendFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ConfabReaderPool *pool = confab_reader_pool_new (open_reader_cb, fixture->path, 2, &error);
  gint n_run = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++)
    g_assert_true (confab_reader_pool_push (pool, count_cb, &n_run));
  confab_reader_pool_stop (pool);
  g_assert_cmpint (n_run, ==, 20);
  g_assert_false (confab_reader_pool_push (pool, count_cb, &n_run));
  confab_reader_pool_free (pool);
  g_assert_cmpint (n_run, ==, 20);
}

static void
test_pool_is_bounded (BackendFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ConfabReaderPool *pool = confab_reader_pool_new (open_reader_cb, fixture->path, 2, &error);
  GMutex mutex;
  guint accepted = 0;

  g_assert_no_error (error);
  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  while (confab_reader_pool_push (pool, wait_cb, &mutex))
    accepted++;
  g_assert_cmpint (accepted, >=, 4096);
  g_assert_cmpint (accepted, <=, 4098);
  g_mutex_unlock (&mutex);
  confab_reader_pool_free (pool);
  g_mutex_clear (&mutex);

  g_assert_null (confab_reader_pool_new (open_reader_cb, (gpointer) "/nowhere/at.db", 2, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Refused commits are logged as warnings, and here they are meant to happen. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  FIXTURE_TEST ("/backend/writer/batches", test_batches);
  FIXTURE_TEST ("/backend/writer/sessions-are-heard", test_sessions_are_heard);
  FIXTURE_TEST ("/backend/writer/queue-is-bounded", test_queue_is_bounded);
  FIXTURE_TEST ("/backend/writer/failing-commit", test_failing_commit);
  FIXTURE_TEST ("/backend/writer/full-disk", test_full_disk);
  FIXTURE_TEST ("/backend/writer/changed-elsewhere", test_changed_elsewhere);
  FIXTURE_TEST ("/backend/readers/beside-the-writer", test_readers_beside);
  FIXTURE_TEST ("/backend/readers/pool-is-stopped", test_pool_is_stopped);
  FIXTURE_TEST ("/backend/readers/pool-is-bounded", test_pool_is_bounded);

  return g_test_run ();
}
