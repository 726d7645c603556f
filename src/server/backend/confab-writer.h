/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one batching writer: owns the write connection and with it the revision clock. */

#pragma once

#include "confab-backend.h"

G_BEGIN_DECLS

typedef struct _ConfabWriter ConfabWriter;

/* Called on the writer's thread once the command's commit is on the disk (or it failed).
 * @outcome is borrowed. */
typedef void (*ConfabWriterDone) (ConfabOutcome *outcome, gpointer user_data);

/* Called on the writer's thread after each commit, before the ConfabWriterDone of its commands,
 * with the outcomes that have a rev or ended sessions, in order of rev; and with NULL when
 * another process changed the database, before any outcomes with a later rev. */
typedef void (*ConfabWriterListener) (GPtrArray *outcomes, gpointer user_data);

/* Takes over @backend. Starts the thread. A batch is whatever waits, at most 64 commands: a lone
 * command commits at once, and under load the last commit's duration gathers the next batch. */
ConfabWriter *confab_writer_new (ConfabBackendWriter *backend,
                                 ConfabWriterListener listener,
                                 gpointer user_data);

/* Queues @command (transfer full). Any thread. FALSE when the queue is full (4,096) or closing:
 * answer UNAVAILABLE. */
gboolean confab_writer_submit (ConfabWriter *self,
                               ConfabCommand *command,
                               ConfabWriterDone done,
                               gpointer user_data);

/* Submits and waits; for the command line, never for the loop. Returns: (transfer full) */
ConfabOutcome *confab_writer_submit_sync (ConfabWriter *self, ConfabCommand *command);

/* Carries out what is queued, then stops. */
void confab_writer_free (ConfabWriter *self);

G_END_DECLS
