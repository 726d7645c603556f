/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The threads that hash passwords: few, because each hash takes a core and 64 MiB, with bounded
 * queues, because hashing is what a flood of sign-ins would exhaust.
 *
 * Everyone who asks has a queue of their own, and the queues take turns: one address that asks
 * for many hashes waits behind itself. Strangers and known people take turns, too, so that no
 * number of addresses can keep out those who are signed in or whose device is known. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many jobs of one that asks may wait, and of all that ask in one class. */
#define CONFAB_HASHER_MAX_WAITING_OF_ONE 8
#define CONFAB_HASHER_MAX_WAITING 256

typedef struct _ConfabHasher ConfabHasher;

typedef enum
{
  CONFAB_HASHER_STRANGERS,
  CONFAB_HASHER_KNOWN, /* signed in, or from a known device or network */
  CONFAB_HASHER_N_CLASSES
} ConfabHasherClass;

/* Runs on a thread of the pool. */
typedef void (*ConfabHashFunc) (gpointer data);

ConfabHasher *confab_hasher_new (guint n_threads);

/**
 * confab_hasher_push:
 * @asker: who asks: an address, or the name of what is known
 *
 * Any thread.
 *
 * Returns: FALSE when too many wait, of @asker or of their class: answer UNAVAILABLE. @func is
 * not called then.
 */
gboolean confab_hasher_push (ConfabHasher *self,
                             ConfabHasherClass klass,
                             const char *asker,
                             ConfabHashFunc func,
                             gpointer data);

/* Carries out what is queued. */
void confab_hasher_free (ConfabHasher *self);

G_END_DECLS
