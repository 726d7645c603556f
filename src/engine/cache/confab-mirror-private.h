/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the mirror's parts do their work: as jobs on its writer's or its reader's thread. */

#pragma once

#include "confab-conversation.h"
#include "confab-database.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_MIRROR_READER,
  CONFAB_MIRROR_READER_URGENT,  /* overtakes other reads */
  CONFAB_MIRROR_WRITER,         /* one transaction */
  CONFAB_MIRROR_WRITER_DURABLE, /* the same; what it says to the unsent file is on the disk */
  CONFAB_MIRROR_REBUILD_WRITER, /* one transaction in the file that is to take this one's place */
} ConfabMirrorTarget;

/**
 * ConfabMirrorFunc:
 * @arguments: as given to confab_mirror_run()
 * @changes: (nullable): what to announce after the commit; NULL when reading
 *
 * Runs on the target's thread, inside its transaction; may be run again in another file, if this
 * one turns out to be damaged.
 *
 * Returns: the result, or NULL with an error
 */
typedef gpointer (*ConfabMirrorFunc) (ConfabDatabase *database,
                                      gpointer arguments,
                                      ConfabChanges *changes,
                                      GError **error);

/* On the main thread, after the commit and before ::changed. */
typedef void (*ConfabMirrorDone) (ConfabMirror *self, gpointer arguments);

typedef struct
{
  ConfabMirrorTarget target;
  ConfabMirrorFunc func;
  ConfabMirrorDone done;         /* (nullable) */
  gpointer arguments;            /* owned */
  GDestroyNotify free_arguments; /* (nullable) */
  GDestroyNotify free_result;    /* (nullable) */
  ConfabRows *rows;              /* (nullable): what the changes will speak of; borrowed */
} ConfabMirrorJob;

/* A task for one of the calls of confab-mirror.h, to be handed to confab_mirror_run(). Writes
 * are not undone by a cancellation once they have begun. */
GTask *confab_mirror_task_new (ConfabMirror *self,
                               gpointer source_tag,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Queues @job, whose result @task (transfer full) returns as a pointer; errors become
 * CONFAB_ENGINE_ERROR. */
void confab_mirror_run (ConfabMirror *self, GTask *task, const ConfabMirrorJob *job);

/* For functions whose result is only that they succeeded. */
#define CONFAB_MIRROR_DONE GINT_TO_POINTER (TRUE)

/* Why a conversation is closed, as the file has it. A damaged file may hold any text: FALSE
 * then. */
const char *confab_mirror_closed_to_string (ConfabClosedReason reason);
gboolean confab_mirror_closed_from_string (const char *text, ConfabClosedReason *reason);

void confab_mirror_set_cursor (ConfabMirror *self, const char *cursor, gboolean rebuild);

G_END_DECLS
