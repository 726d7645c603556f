/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A thread pool for hashing passwords: few threads, because each hash takes a core and 64 MiB, and
 * bounded queues, because a flood of sign-ins would exhaust this resource first.
 *
 * Each asker has a queue, and queues are served in turn: an address that requests many hashes
 * delays only itself. Strangers and known users also alternate, so that no number of addresses can
 * keep out users who are signed in or whose device is known. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The maximum of waiting jobs of one asker, and of all askers of a class. */
#define CONFAB_HASHER_MAX_WAITING_OF_ONE 8
#define CONFAB_HASHER_MAX_WAITING 256

typedef struct _ConfabHasher ConfabHasher;

typedef enum
{
  CONFAB_HASHER_STRANGERS,
  CONFAB_HASHER_KNOWN, /* signed in, or from a known device or network */
  CONFAB_HASHER_N_CLASSES
} ConfabHasherClass;

/* Called on a thread of the pool. */
typedef void (*ConfabHashFunc) (gpointer data);

/**
 * confab_hasher_new:
 * @n_threads: threads to start; each hash takes 64 MiB while it runs
 */
ConfabHasher *confab_hasher_new (guint n_threads);

/**
 * confab_hasher_push:
 * @asker: the queue's name: an address, or the name of a known user, device or network
 *
 * Queues a job. Any thread.
 *
 * Returns: %FALSE if too many jobs of @asker or of its class wait. Then @func is not called; answer
 * UNAVAILABLE.
 */
gboolean confab_hasher_push (ConfabHasher *self,
                             ConfabHasherClass klass,
                             const char *asker,
                             ConfabHashFunc func,
                             gpointer data);

/* Runs all queued jobs first. */
void confab_hasher_free (ConfabHasher *self);

G_END_DECLS
