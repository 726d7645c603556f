/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A few threads, each with its own read connection. A job runs on the first idle one. */

#pragma once

#include "confab-backend.h"

G_BEGIN_DECLS

typedef struct _ConfabReaderPool ConfabReaderPool;

/* Opens a connection: (transfer full), or NULL with an error. */
typedef ConfabDatabase *(*ConfabReaderFactory) (gpointer user_data, GError **error);

/* A job, called on a pool thread within a snapshot. @database is borrowed until it returns. */
typedef void (*ConfabReaderFunc) (ConfabDatabase *database, gpointer data);

/**
 * confab_reader_pool_new:
 * @factory: called @n_threads times before this returns, on the calling thread
 *
 * Returns: (transfer full): the pool, or NULL with the factory's error
 */
ConfabReaderPool *confab_reader_pool_new (ConfabReaderFactory factory,
                                          gpointer user_data,
                                          guint n_threads,
                                          GError **error);

/* Queue @func. Any thread. FALSE if 4,096 jobs wait or the pool is stopped: then @func is not
 * called; answer UNAVAILABLE. */
gboolean confab_reader_pool_push (ConfabReaderPool *self, ConfabReaderFunc func, gpointer data);

/* Run all queued jobs, join the threads, close the connections. The pool refuses jobs from now on,
 * which what the last jobs posted to another thread may still push. */
void confab_reader_pool_stop (ConfabReaderPool *self);
/* Stop the pool, if it is not stopped, and free it. */
void confab_reader_pool_free (ConfabReaderPool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabReaderPool, confab_reader_pool_free)

G_END_DECLS
