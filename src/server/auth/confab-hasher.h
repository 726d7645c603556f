/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The threads that hash passwords: few, because each hash takes a core and 64 MiB, with a bounded queue,
 * because hashing is what a flood of sign-ins would exhaust. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabHasher ConfabHasher;

/* Runs on a thread of the pool. */
typedef void (*ConfabHashFunc) (gpointer data);

ConfabHasher *confab_hasher_new  (guint n_threads);
/* FALSE when 64 jobs wait: answer UNAVAILABLE. @func is not called then. */
gboolean      confab_hasher_push (ConfabHasher *self, ConfabHashFunc func, gpointer data);
/* Carries out what is queued. */
void          confab_hasher_free (ConfabHasher *self);

G_END_DECLS
