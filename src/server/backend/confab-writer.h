/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The writer: owns the write connection and the revision clock, and commits commands in batches. */

#pragma once

#include "confab-backend.h"

G_BEGIN_DECLS

typedef struct _ConfabWriter ConfabWriter;

/* Called on the writer's thread once the command's commit is on the disk, or failed. @outcome is
 * borrowed. */
typedef void (*ConfabWriterDone) (ConfabOutcome *outcome, gpointer user_data);

/* Called on the writer's thread after each commit, before the ConfabWriterDone of its commands,
 * with the outcomes that have a rev or ended sessions, in order of rev; and with NULL when another
 * process changed the database, before any outcomes with a later rev. */
typedef void (*ConfabWriterListener) (GPtrArray *outcomes, gpointer user_data);

/* Takes ownership of @backend. Starts the thread. A batch consists of the queued commands, at
 * most 64: a single command is committed at once, and under load the next batch gathers during a
 * commit. */
ConfabWriter *confab_writer_new (ConfabBackendWriter *backend,
                                 ConfabWriterListener listener,
                                 gpointer user_data);

/* Queue @command (transfer full). Any thread. FALSE if the queue is full (4,096) or closing: answer
 * UNAVAILABLE. */
gboolean confab_writer_submit (ConfabWriter *self,
                               ConfabCommand *command,
                               ConfabWriterDone done,
                               gpointer user_data);

/* Submit a command and wait. For the command line, never on the loop thread. Returns: (transfer
 * full) */
ConfabOutcome *confab_writer_submit_sync (ConfabWriter *self, ConfabCommand *command);

/* Runs all queued commands, then stops. */
void confab_writer_free (ConfabWriter *self);

G_END_DECLS
