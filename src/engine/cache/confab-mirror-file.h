/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creates, opens, checks and replaces the mirror's file. Blocks: call on a worker thread. */

#pragma once

#include "confab-database.h"
#include "confab-folder-lock.h"
#include "confab-rows.h"
#include "confab-unsent-file.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_MIRROR_FRESH, /* made just now: sync from the beginning */
  CONFAB_MIRROR_OPENED,
  CONFAB_MIRROR_REBUILT, /* the old file was damaged, is kept as mirror.db.damaged-N; outbox and
                            drafts were saved if readable */
} ConfabMirrorOrigin;

/* The two connections to one file, and what the mirror keeps of it in memory. On a disk that takes
 * nothing there is no writer and no unsent file, and @frozen says why. */
typedef struct
{
  ConfabDatabase *writer;
  ConfabDatabase *reader;
  ConfabUnsentFile *unsent;
  ConfabMirrorOrigin origin;
  char *cursor;
  gboolean outdated; /* another version of Confab did not understand some of the rows */
  ConfabUserRow *self_user;
  guint unsent_count;
  GError *frozen;
  guint n_lost; /* unsent texts that could not be read */
} ConfabMirrorFile;

void confab_mirror_file_free (ConfabMirrorFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabMirrorFile, confab_mirror_file_free)

/* Opens or makes @directory/mirror.db; replaces it if it is damaged. @lock: (inout): the lock on
 * @directory, taken if it is NULL; it stays NULL on a disk that takes nothing. Errors:
 * CONFAB_STORE_ERROR, CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE. */
ConfabMirrorFile *confab_mirror_file_open (const char *directory,
                                           gint64 self_user_id,
                                           ConfabFolderLock **lock,
                                           GError **error);
/* Rename the damaged file, create a new one, and copy outbox and drafts into it. The file must not
 * be open. */
ConfabMirrorFile *confab_mirror_file_replace (const char *directory,
                                              gint64 self_user_id,
                                              GError **error);

/* Create @directory/mirror.db.new from scratch. */
ConfabDatabase *confab_mirror_file_begin_rebuild (const char *directory,
                                                  gint64 self_user_id,
                                                  GError **error);
/* Copy outbox, drafts and unsent read positions to mirror.db.new, and replace mirror.db with it.
 * Neither may be open. If this fails, mirror.db is unchanged. */
gboolean confab_mirror_file_end_rebuild (const char *directory, GError **error);
void confab_mirror_file_remove_rebuild (const char *directory);

gboolean confab_mirror_file_count_unsent (ConfabDatabase *database, guint *count, GError **error);

G_END_DECLS
