/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mirror's file: making, opening, judging and replacing it. Blocks: for a thread of its own. */

#pragma once

#include "confab-database.h"
#include "confab-mirror.h"
#include "confab-unsent-file.h"

G_BEGIN_DECLS

/* The two connections to one file, and what the mirror keeps of it in memory. On a disk that takes
 * nothing there is no writer and no unsent file, and @frozen says why. */
typedef struct
{
  ConfabDatabase *writer;
  ConfabDatabase *reader;
  ConfabUnsentFile *unsent;
  ConfabMirrorOrigin origin;
  char *cursor;
  ConfabUserRow *self_user;
  guint unsent_count;
  GError *frozen;
  guint n_lost; /* unsent texts that could not be read */
} ConfabMirrorFile;

void confab_mirror_file_free (ConfabMirrorFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabMirrorFile, confab_mirror_file_free)

/* Opens or makes @directory/mirror.db; replaces it if it is damaged. Errors: CONFAB_STORE_ERROR. */
ConfabMirrorFile *confab_mirror_file_open (const char *directory,
                                           gint64 self_user_id,
                                           GError **error);
/* Sets the file aside, makes a new one and saves outbox and drafts into it. Nobody may have it
 * open. */
ConfabMirrorFile *confab_mirror_file_replace (const char *directory,
                                              gint64 self_user_id,
                                              GError **error);

/* Makes @directory/mirror.db.new, from nothing. */
ConfabDatabase *confab_mirror_file_begin_rebuild (const char *directory,
                                                  gint64 self_user_id,
                                                  GError **error);
/* Carries outbox, drafts and untold read positions over and puts mirror.db.new in the place of
 * mirror.db. Nobody may have either open. If it fails, mirror.db is as it was. */
gboolean confab_mirror_file_end_rebuild (const char *directory, GError **error);
void confab_mirror_file_remove_rebuild (const char *directory);

gboolean confab_mirror_file_count_unsent (ConfabDatabase *database, guint *count, GError **error);

G_END_DECLS
