/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The outbox and the drafts are in two places: in tables of the mirror, which everything reads,
 * and in the unsent file, from which those tables are mended or made anew. Blocks. */

#pragma once

#include "confab-changes.h"
#include "confab-database.h"
#include "confab-unsent-file.h"

G_BEGIN_DECLS

/* ---- a change, on its way to the unsent file with the transaction that makes it ---- */

void confab_unsent_note_message (ConfabChanges *changes, const ConfabOutboxRow *row);
void confab_unsent_note_gone (ConfabChanges *changes, const char *client_id);
/* @text: (nullable): NULL or "" removes it */
void confab_unsent_note_draft (ConfabChanges *changes, gint64 conversation_id, const char *text);

/* Adds what @changes noted to @file, and remembers in the same transaction of @database how far
 * the file is known. To be called before the commit; if that fails, confab_unsent_file_undo(). */
gboolean confab_unsent_write (ConfabUnsentFile *file,
                              ConfabDatabase *database,
                              ConfabChanges *changes,
                              gboolean durable,
                              GError **error);
/* Writes the file anew once most of it is about what has been sent since. A failure costs
 * nothing. */
void confab_unsent_tidy (ConfabUnsentFile *file, ConfabDatabase *database, gint64 self_user_id);

/* ---- opening ---- */

/* Whether the file at @path says, with the right checksum, that it is @user_id's. */
gboolean confab_unsent_is_of (const char *path, gint64 user_id);

/**
 * confab_unsent_merge:
 * @database: the mirror, whose user is @self_user_id
 * @data: what is in @file
 * @sound: whether the tables of @database are as the last transaction left them; otherwise they are
 *   new, or what could be read of a damaged file
 * @n_lost: (out): how many lines of the file nothing could be made of, and which may have been
 * texts
 *   that are nowhere else
 *
 * Brings both together. What the file says after what @database knows of it is done again; rows
 * that the file has lost are added to it; a message that is in the mirror leaves the outbox.
 * Errors: CONFAB_STORE_ERROR; NEWER if a newer Confab wrote the file: then nothing is touched.
 */
gboolean confab_unsent_merge (ConfabUnsentFile *file,
                              GBytes *data,
                              ConfabDatabase *database,
                              gint64 self_user_id,
                              gboolean sound,
                              guint *n_lost,
                              GError **error);

G_END_DECLS
