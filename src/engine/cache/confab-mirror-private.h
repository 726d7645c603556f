/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mirror's functions run as jobs on its writer's or its reader's thread. */

#pragma once

#include "confab-conversation.h"
#include "confab-database.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_MIRROR_READER,
  CONFAB_MIRROR_READER_URGENT,  /* before other queued reads */
  CONFAB_MIRROR_WRITER,         /* in a transaction */
  CONFAB_MIRROR_WRITER_DURABLE, /* the same; its lines in the unsent file are synced */
  CONFAB_MIRROR_REBUILD_WRITER, /* in a transaction of the file being rebuilt */
} ConfabMirrorTarget;

/**
 * ConfabMirrorFunc:
 * @arguments: as given to confab_mirror_run()
 * @changes: (nullable): the changes to announce after the commit; NULL when reading
 *
 * Runs on the target's thread, within its transaction. If the file turns out to be damaged, it runs
 * again in the new file.
 *
 * Returns: the result, or NULL with an error
 */
typedef gpointer (*ConfabMirrorFunc) (ConfabDatabase *database,
                                      gpointer arguments,
                                      ConfabChanges *changes,
                                      GError **error);

/* Called on the main thread, after the commit and before ::changed. */
typedef void (*ConfabMirrorDone) (ConfabMirror *self, gpointer arguments);

typedef struct
{
  ConfabMirrorTarget target;
  ConfabMirrorFunc func;
  ConfabMirrorDone done;         /* (nullable) */
  gpointer arguments;            /* owned */
  GDestroyNotify free_arguments; /* (nullable) */
  GDestroyNotify free_result;    /* (nullable) */
  ConfabRows *rows;              /* (nullable): the rows that the changes contain; borrowed */
} ConfabMirrorJob;

/* Return a task for a function of confab-mirror.h, for confab_mirror_run(). Cancelling does not
 * undo a write that has begun. */
GTask *confab_mirror_task_new (ConfabMirror *self,
                               gpointer source_tag,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Queue @job, whose result @task (transfer full) returns as a pointer. Errors become
 * CONFAB_ENGINE_ERROR. */
void confab_mirror_run (ConfabMirror *self, GTask *task, const ConfabMirrorJob *job);

/* The result of functions that return no value. */
#define CONFAB_MIRROR_DONE GINT_TO_POINTER (TRUE)

/* Convert between the reason for closing and its name in the file. A damaged file may contain any
 * text; FALSE then. */
const char *confab_mirror_closed_to_string (ConfabClosedReason reason);
gboolean confab_mirror_closed_from_string (const char *text, ConfabClosedReason *reason);

void confab_mirror_set_cursor (ConfabMirror *self, const char *cursor, gboolean rebuild);

G_END_DECLS
