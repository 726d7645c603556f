/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Outbox and drafts are stored twice: in tables of the mirror, from which they are read, and in the
 * unsent file, from which the tables are repaired or recreated. Blocks. */

#pragma once

#include "confab-changes.h"
#include "confab-database.h"
#include "confab-unsent-file.h"

G_BEGIN_DECLS

/* ---- recording a change for the unsent file, in the transaction that makes it ---- */

void confab_unsent_note_message (ConfabChanges *changes, const ConfabOutboxRow *row);
void confab_unsent_note_gone (ConfabChanges *changes, const char *client_id);
/* @text: (nullable): NULL or "" deletes the draft */
void confab_unsent_note_draft (ConfabChanges *changes, gint64 conversation_id, const char *text);

/* Append the recorded lines of @changes to @file, and store the mark in the same transaction of
 * @database. Call this before the commit; if the commit fails, call confab_unsent_file_undo(). */
gboolean confab_unsent_write (ConfabUnsentFile *file,
                              ConfabDatabase *database,
                              ConfabChanges *changes,
                              gboolean durable,
                              GError **error);
/* Write the file again once most of its lines are obsolete. A failure is harmless. */
void confab_unsent_tidy (ConfabUnsentFile *file, ConfabDatabase *database, gint64 self_user_id);

/* ---- opening ---- */

/* Return whether the file at @path has an intact header for @user_id. */
gboolean confab_unsent_is_of (const char *path, gint64 user_id);

/**
 * confab_unsent_merge:
 * @database: the mirror, whose user is @self_user_id
 * @data: the content of @file
 * @sound: whether the tables of @database are intact; otherwise they are new, or what could be read
 *   of a damaged file
 * @n_lost: (out): the number of unreadable lines of the file that may have been texts stored
 *   nowhere else
 *
 * Reconciles file and tables: applies the lines after the mark, adds rows missing in the file to
 * it, and removes messages from the outbox that the mirror has as sent. Errors: CONFAB_STORE_ERROR;
 * NEWER if a newer Confab wrote the file, which is left alone then.
 */
gboolean confab_unsent_merge (ConfabUnsentFile *file,
                              GBytes *data,
                              ConfabDatabase *database,
                              gint64 self_user_id,
                              gboolean sound,
                              guint *n_lost,
                              GError **error);

G_END_DECLS
