/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-worker.h"
#include "confab-query.h"
#include "scratch.h"

#define SCHEMA "/chat/confab/test/all"

/* Holds the worker until it is opened, so that a test knows what waits. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean entered;
  gboolean open;
} Gate;

static void
gate_func (ConfabDatabase *database, GTask *task, gpointer task_data)
{
  Gate *gate = task_data;

  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);

  g_task_return_boolean (task, TRUE);
}

static void
push_gate (ConfabWorker *worker, Gate *gate)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, gate, NULL);
  confab_worker_push (worker, task, gate_func);

  g_mutex_lock (&gate->mutex);
  while (!gate->entered)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static ConfabWorker *
start (Scratch *scratch)
{
  return confab_worker_new ("confab-test", scratch_open (scratch, SCHEMA));
}

/* Writes its name into the database, so that the order is there to read. */
static void
insert_func (ConfabDatabase *database, GTask *task, gpointer task_data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (confab_database_query_int (database, &id, &error,
                                 "INSERT INTO people (name) VALUES ($1) RETURNING id",
                                 sql_text (task_data)))
    g_task_return_int (task, id);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
done_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  *place = g_object_ref (result);
}

static void
push_insert (ConfabWorker *worker,
             const char *name,
             gboolean urgent,
             GCancellable *cancellable,
             GAsyncResult **result)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, result != NULL ? done_cb : NULL, result);

  g_task_set_static_name (task, "insert");
  g_task_set_task_data (task, g_strdup (name), g_free);
  if (urgent)
    confab_worker_push_urgent (worker, task, insert_func);
  else
    confab_worker_push (worker, task, insert_func);
}

static GTask *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return G_TASK (*result);
}

static char *
read_names (Scratch *scratch)
{
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);
  char *names;

  g_assert_true (confab_database_query_text (
      database, &names, NULL,
      "SELECT group_concat (name, ' ') FROM (SELECT name FROM people ORDER BY id)"));

  return names;
}

static void
test_result (Scratch *scratch, gconstpointer data)
{
  g_autoptr (ConfabWorker) worker = start (scratch);
  g_autoptr (GAsyncResult) good = NULL;
  g_autoptr (GAsyncResult) bad = NULL;
  g_autoptr (GError) error = NULL;

  push_insert (worker, "bob", FALSE, NULL, &good);
  push_insert (worker, "anne", FALSE, NULL, &bad);

  g_assert_cmpint (g_task_propagate_int (wait_for (&good), &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (g_task_propagate_int (wait_for (&bad), &error), ==, -1);
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CONSTRAINT);
}

/* In order; the urgent ones ahead of what waits, in order among themselves. Freeing lets all of it
 * finish. */
static void
test_order (Scratch *scratch, gconstpointer data)
{
  ConfabWorker *worker = start (scratch);
  g_autofree char *names = NULL;
  Gate gate = { 0 };

  push_gate (worker, &gate);
  push_insert (worker, "one", FALSE, NULL, NULL);
  push_insert (worker, "two", FALSE, NULL, NULL);
  push_insert (worker, "screen", TRUE, NULL, NULL);
  push_insert (worker, "three", FALSE, NULL, NULL);
  push_insert (worker, "screen2", TRUE, NULL, NULL);
  open_gate (&gate);
  confab_worker_free (worker);

  names = read_names (scratch);
  g_assert_cmpstr (names, ==, "anne screen screen2 one two three");

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_cancelled (Scratch *scratch, gconstpointer data)
{
  g_autoptr (ConfabWorker) worker = start (scratch);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  Gate gate = { 0 };

  push_gate (worker, &gate);
  push_insert (worker, "cancelled", FALSE, cancellable, &cancelled);
  push_insert (worker, "kept", FALSE, NULL, &kept);
  g_cancellable_cancel (cancellable);
  open_gate (&gate);

  g_assert_cmpint (g_task_propagate_int (wait_for (&cancelled), &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (g_task_propagate_int (wait_for (&kept), &error), >, 0);
  g_assert_no_error (error);

  names = read_names (scratch);
  g_assert_cmpstr (names, ==, "anne kept");
}

static void
finalized_cb (gpointer data, GObject *where_the_object_was)
{
  *(GThread **)data = g_thread_self ();
}

/* The object a task belongs to never dies on the worker's thread. */
static void
test_source_object (Scratch *scratch, gconstpointer data)
{
  g_autoptr (ConfabWorker) worker = start (scratch);

  for (guint i = 0; i < 200; i++)
    {
      GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *name = g_strdup_printf ("person %u", i);
      GThread *thread = NULL;

      {
        g_autoptr (GTask) task = g_task_new (object, NULL, done_cb, &result);

        g_task_set_task_data (task, g_strdup (name), g_free);
        g_object_weak_ref (object, finalized_cb, &thread);
        g_object_unref (object);
        confab_worker_push (worker, task, insert_func);
      }

      wait_for (&result);
      g_clear_object (&result);
      while (g_atomic_pointer_get (&thread) == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (thread == g_thread_self ());
    }
}

static gpointer
push_many (gpointer data)
{
  ConfabWorker *worker = data;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%p %u", (gpointer)g_thread_self (), i);

      push_insert (worker, name, i % 3 == 0, NULL, NULL);
    }

  return NULL;
}

static void
test_many_threads (Scratch *scratch, gconstpointer data)
{
  ConfabWorker *worker = start (scratch);
  GThread *threads[4];
  g_autoptr (ConfabDatabase) database = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("push", push_many, worker);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  confab_worker_free (worker);

  database = scratch_open (scratch, SCHEMA);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 401);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scratch_add ("/worker/result", test_result);
  scratch_add ("/worker/order", test_order);
  scratch_add ("/worker/cancelled", test_cancelled);
  scratch_add ("/worker/source-object", test_source_object);
  scratch_add ("/worker/many-threads", test_many_threads);

  return g_test_run ();
}
