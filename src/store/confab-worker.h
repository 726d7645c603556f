/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One thread that owns one connection: jobs run there in order; results return on the caller's
 * context. */

#pragma once

#include <gio/gio.h>

#include "confab-database.h"

G_BEGIN_DECLS

typedef struct _ConfabWorker ConfabWorker;

/**
 * ConfabWorkerFunc:
 *
 * Runs on the worker's thread. Must return through g_task_return_*() on @task exactly once.
 * May be called with a cancelled task; checks g_task_return_error_if_cancelled() where that
 * matters.
 */
typedef void (*ConfabWorkerFunc) (ConfabDatabase *database, GTask *task, gpointer task_data);

/* Takes over @database (transfer full). @name names the thread. */
ConfabWorker *confab_worker_new (const char *name, ConfabDatabase *database);

/* Queues @func; @task's data is handed to it. Any thread. */
void confab_worker_push (ConfabWorker *self, GTask *task, ConfabWorkerFunc func);

/* As above, ahead of what waits (what is on screen now). */
void confab_worker_push_urgent (ConfabWorker *self, GTask *task, ConfabWorkerFunc func);

/**
 * confab_worker_run_task:
 * @task: (transfer none)
 *
 * g_task_run_in_thread() without its trap: there the thread may drop the last reference, and
 * with it the source object and the task's data, which are the main thread's. Here they are
 * dropped on @task's own context. @func returns through g_task_return_*() and is called with a
 * cancelled task, too.
 */
void confab_worker_run_task (GTask *task, GTaskThreadFunc func);

/* Lets queued jobs finish, closes the database, joins the thread. */
void confab_worker_free (ConfabWorker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabWorker, confab_worker_free)

G_END_DECLS
