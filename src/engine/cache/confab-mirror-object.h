/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The struct of the mirror, shared by three files: confab-mirror.c has the object and its signals,
 * confab-mirror-call.c runs jobs, confab-mirror-exchange.c opens and replaces the file. The last
 * two call each other: a job that finds damage requests a new file, and with the new file the held
 * jobs continue. Main thread. */

#pragma once

#include "confab-mirror-file.h"
#include "confab-mirror-private.h"
#include "confab-worker.h"

G_BEGIN_DECLS

struct _ConfabMirror
{
  GObject parent_instance;

  char *directory;
  gint64 self_user_id;
  ConfabMirrorOrigin origin;
  char *cursor;
  char *rebuild_cursor;
  gboolean outdated; /* the file has rows that another version of Confab did not understand */
  ConfabUserRow *self_user;
  guint unsent_count;
  guint n_lost;
  GError *frozen; /* (nullable): the reason why there is no writer */

  /* NULL while the file is being replaced, and after that failed */
  ConfabWorker *writer;
  ConfabWorker *reader;
  ConfabWorker *rebuild;
  ConfabUnsentFile *unsent; /* (nullable): the writer's */
  ConfabFolderLock *lock;   /* (nullable): kept while the file is being replaced */
  guint generation;         /* how often a file was opened */
  gboolean exchanging;      /* a thread puts another file in the mirror's place */
  gboolean beginning; /* a thread creates the file of a rebuild: no other thread may use the two
                         files */
  gboolean closed;
  GTask *exchange_task; /* (nullable): an exchange that waits for the end of beginning */
  GTask *close_task;    /* (nullable): a close that waits for the end of exchanging and beginning */
  GQueue beginners;     /* (element-type GTask): rebuilds that wait for the end of beginning, or of
                           an exchange, which replaces the file that they asked for */
  GQueue held; /* (element-type Call of confab-mirror-call.c): calls made while exchanging */
};

/* ---- confab-mirror.c ---- */

void confab_mirror_announce (ConfabMirror *self, ConfabChanges *changes);
/* Announce that another file replaced the mirror and everything must be read again. */
void confab_mirror_announce_everything (ConfabMirror *self);

/* ---- confab-mirror-call.c ---- */

/* Convert errors of the store to the engine's; the server's problems stay. Returns: (transfer
 * full) */
GError *confab_mirror_to_engine_error (const GError *error);
/* Run the held calls. @error: (nullable): the error with which the writes among them fail */
void confab_mirror_release_held (ConfabMirror *self, const GError *error);

/* ---- confab-mirror-exchange.c ---- */

/* Replace the file. @rebuilt: whether to replace it with the rebuilt one; otherwise it is damaged,
 * or could not be opened last time. @caller: (nullable) (transfer full): completed afterwards */
void confab_mirror_exchange (ConfabMirror *self, GTask *caller, gboolean rebuilt);

G_END_DECLS
