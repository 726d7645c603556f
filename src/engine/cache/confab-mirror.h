/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mirror of one account: the five tables, the outbox and the drafts, with one writer and one
 * reader thread. Call on the main thread, where calls complete; no call blocks. All changes to
 * synchronised rows go through apply. Writes complete after their commit and after ::changed. */

#pragma once

#include <gio/gio.h>

#include "confab-changes.h"
#include "confab-mirror-file.h"
#include "confab-rows.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_MIRROR (confab_mirror_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMirror, confab_mirror, CONFAB, MIRROR, GObject)

/* Signals, on the main thread:
 *
 * ::changed (ConfabChanges *, borrowed): after each commit that changed something.
 *
 * ::rebuilt: the open file was damaged, and was replaced by an empty one with its outbox and drafts
 * as far as readable. The cursor is NULL: sync from the beginning. Emitted after a ::changed of
 * everything. */

/* Open @directory/mirror.db, creating the directory (0700) and the file (0600) if needed.
 * @self_user_id is stored in the file. The directory is locked until the mirror is closed. Errors:
 * CONFAB_ENGINE_ERROR_MIRROR_NEWER, _DISK_FULL, _STORAGE; _OPEN_ELSEWHERE if another program has it
 * open. */
void confab_mirror_open_async (const char *directory,
                               gint64 self_user_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ConfabMirror *confab_mirror_open_finish (GAsyncResult *result, GError **error);
void confab_mirror_close_async (ConfabMirror *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean confab_mirror_close_finish (ConfabMirror *self, GAsyncResult *result, GError **error);

ConfabMirrorOrigin confab_mirror_get_origin (ConfabMirror *self);
gint64 confab_mirror_get_self_user_id (ConfabMirror *self);
/* (nullable): NULL if there is none yet. Kept in memory; changes when an apply with a cursor
 * commits. During a rebuild, the new file's. */
const char *confab_mirror_get_cursor (ConfabMirror *self);
ConfabUserRow *confab_mirror_get_self (ConfabMirror *self); /* (transfer none) (nullable) */
/* Return the number of waiting and failed messages. */
guint confab_mirror_get_unsent_count (ConfabMirror *self);
/* Return why nothing can be written: the disk is full or read-only. Reading works, and each write
 * tries again. (nullable) */
const GError *confab_mirror_get_frozen (ConfabMirror *self);
/* Return how many unsent messages and drafts were lost to a damaged disk since the mirror was
 * opened. */
guint confab_mirror_get_lost_count (ConfabMirror *self);

/**
 * confab_mirror_apply_async:
 * @rows: from a sync page, a pushed frame, an answer or a page of history
 * @from: (nullable): with @to, the cursor at which the rows begin: if it is not the mirror's,
 *   nothing is applied and the call fails with %CONFAB_PROBLEM_CURSOR_TOO_OLD
 * @to: (nullable): the cursor to store in the same transaction
 *
 * The one function through which rows enter the mirror, in one transaction. An older row never
 * replaces a newer one. A message deletes its outbox row. The user's own membership with left_at
 * closes the conversation: its rows stay, waiting messages are refused; a newer one without left_at
 * opens it, and its history starts again. Rows of conversations that the user is not in are
 * ignored, and so are rows of a closed one that are newer than its closing.
 *
 * Errors: CONFAB_PROBLEM_CURSOR_TOO_OLD, CONFAB_ENGINE_ERROR_DISK_FULL (nothing is lost: apply
 * again), _STORAGE.
 */
void confab_mirror_apply_async (ConfabMirror *self,
                                ConfabRows *rows,
                                const char *from,
                                const char *to,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean confab_mirror_apply_finish (ConfabMirror *self, GAsyncResult *result, GError **error);
/* The same. @news: (out): whether any row was new or newer than the stored one */
gboolean confab_mirror_apply_news_finish (ConfabMirror *self,
                                          GAsyncResult *result,
                                          gboolean *news,
                                          GError **error);

/* Rebuilding: a new mirror is built beside this one (mirror.db.new), which stays readable. Begin,
 * then apply pages as usual (those with @to go to the new file, from cursor NULL; those without, to
 * the present one), then end: the new file replaces the present one with its outbox, drafts and
 * unsent read positions, and ::changed reports everything. Beginning again starts from scratch;
 * while an end is in progress, it waits for that and begins nothing, because there is a new cursor
 * to try then. An unfinished rebuild leaves the present mirror unchanged. */
void confab_mirror_begin_rebuild_async (ConfabMirror *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void confab_mirror_end_rebuild_async (ConfabMirror *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_mirror_is_rebuilding (ConfabMirror *self);
/* Return whether rows were mended or skipped by another version of Confab, which may have
 * understood less: then rebuild. FALSE during a rebuild. */
gboolean confab_mirror_is_outdated (ConfabMirror *self);

/* ---- outbox ---- */

/* Complete when the message is on the disk, in the unsent file. */
/* Errors: CONFAB_ENGINE_ERROR_DISK_FULL, _STORAGE: the message is not in the outbox then. */
void confab_mirror_enqueue_async (ConfabMirror *self,
                                  gint64 conversation_id,
                                  const char *client_id,
                                  const char *content,
                                  gint64 created_at,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* The oldest waiting row of each conversation. (transfer full) (element-type ConfabOutboxRow) */
void confab_mirror_next_unsent_async (ConfabMirror *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *confab_mirror_next_unsent_finish (ConfabMirror *self,
                                             GAsyncResult *result,
                                             GError **error);
/* @problem: ConfabProblem, or -1 to wait again */
void confab_mirror_mark_unsent_async (ConfabMirror *self,
                                      const char *client_id,
                                      ConfabOutboxState state,
                                      int problem,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void confab_mirror_discard_async (ConfabMirror *self,
                                  const char *client_id,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* ---- drafts and read positions ---- */

void confab_mirror_save_draft_async (ConfabMirror *self,
                                     gint64 conversation_id,
                                     const char *text,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Store a read position locally, which updates the unread counts, to be sent to the server. */
void confab_mirror_mark_read_async (ConfabMirror *self,
                                    gint64 conversation_id,
                                    gint64 seq,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer full) (element-type ConfabReadPositionRow): positions not sent to the server yet;
 * applying its row settles them */
void confab_mirror_untold_reads_async (ConfabMirror *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *confab_mirror_untold_reads_finish (ConfabMirror *self,
                                              GAsyncResult *result,
                                              GError **error);

/* ---- closed conversations ---- */

/**
 * confab_mirror_hide_closed_async:
 * @conversation_id: a closed conversation, or one with a deleted account; others are unchanged
 *
 * Hides the conversation in all lists. Its rows stay until confab_mirror_forget_closed_async()
 * deletes them; until then confab_mirror_unhide_closed_async() shows it again.
 */
void confab_mirror_hide_closed_async (ConfabMirror *self,
                                      gint64 conversation_id,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void confab_mirror_unhide_closed_async (ConfabMirror *self,
                                        gint64 conversation_id,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * confab_mirror_forget_closed_async:
 * @conversation_id: a hidden one, or 0 for all hidden ones
 *
 * Deletes the conversation's data: its messages, including unsent ones, the draft, and users known
 * only from it. Each call deletes a limited part; call again while the finish function says so.
 */
void confab_mirror_forget_closed_async (ConfabMirror *self,
                                        gint64 conversation_id,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_mirror_forget_closed_finish (ConfabMirror *self,
                                             GAsyncResult *result,
                                             gboolean *more,
                                             GError **error);

/* For all writes above, and the two functions for rebuilding, without a finish function of their
 * own. */
gboolean confab_mirror_write_finish (ConfabMirror *self, GAsyncResult *result, GError **error);

/* ---- backfill ---- */

/* Return the conversation whose history to load next (@preferred first, then by newest message) and
 * the seq to load before, but none of @fruitless (a set of gint64*, nullable). FALSE without an
 * error: all histories are complete. */
void confab_mirror_next_backfill_async (ConfabMirror *self,
                                        gint64 preferred,
                                        GHashTable *fruitless,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_mirror_next_backfill_finish (ConfabMirror *self,
                                             GAsyncResult *result,
                                             gint64 *conversation_id,
                                             gint64 *before_seq,
                                             GError **error);

G_END_DECLS
