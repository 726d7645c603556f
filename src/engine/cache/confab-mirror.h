/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mirror of one account: the five tables, the outbox, drafts. One writer and one reader
 * thread behind it. All calls are made on the main thread and return there; nothing blocks.
 * Everything that changes synced rows goes through apply. Completions of writes come after their
 * commit, and after ::changed. */

#pragma once

#include <gio/gio.h>

#include "confab-changes.h"
#include "confab-rows.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_MIRROR (confab_mirror_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMirror, confab_mirror, CONFAB, MIRROR, GObject)

/* Signals, on the main thread:
 * ::changed (ConfabChanges *, borrowed): after each commit that changed something
 * ::rebuilt: the file was found damaged while it was in use and was set aside; an empty one took
 * its place, outbox and
 *   drafts were saved if readable. The cursor is NULL: sync from the beginning. Follows a
 *   ::changed of everything. */

typedef enum
{
  CONFAB_MIRROR_FRESH, /* made just now: sync from the beginning */
  CONFAB_MIRROR_OPENED,
  CONFAB_MIRROR_REBUILT, /* the old file was damaged, is kept as mirror.db.damaged-N; outbox and
                            drafts were saved if readable */
} ConfabMirrorOrigin;

/* Opens @directory/mirror.db, makes the directory (0700) and the file (0600). @self_user_id is
 * kept in the file. Errors: CONFAB_ENGINE_ERROR_MIRROR_NEWER, _DISK_FULL, _STORAGE. */
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
/* (nullable): none yet. Kept in memory; changes when an apply with a cursor commits. During a
 * rebuild, the new file's. */
const char *confab_mirror_get_cursor (ConfabMirror *self);
ConfabUserRow *confab_mirror_get_self (ConfabMirror *self); /* (transfer none) (nullable) */
/* Waiting and failed messages. */
guint confab_mirror_get_unsent_count (ConfabMirror *self);
/* (nullable): why nothing can be written: the disk is full or read-only. What is there is
 * readable all the same; each write tries again. */
const GError *confab_mirror_get_frozen (ConfabMirror *self);
/* How many unsent messages or drafts could not be read from a damaged disk since this was
 * opened. */
guint confab_mirror_get_lost_count (ConfabMirror *self);

/**
 * confab_mirror_apply_async:
 * @rows: from a sync page, a pushed frame, an answer or a page of history
 * @from: (nullable): with @to, the cursor the rows begin at: if it is not the mirror's own,
 * nothing is
 *   applied and the call fails with %CONFAB_PROBLEM_CURSOR_TOO_OLD
 * @to: (nullable): the cursor to keep in the same transaction
 *
 * The one way rows enter the mirror: one transaction; an older row never replaces a newer one; a
 * message drops its outbox row; a row of oneself with left_at closes the conversation: what is
 * here of it stays, waiting messages are refused; a newer one without left_at opens it, and its
 * history begins anew. Rows of a conversation one is not in are passed over, those of a closed
 * one if they are newer than its closing. Errors: CONFAB_PROBLEM_CURSOR_TOO_OLD,
 * CONFAB_ENGINE_ERROR_DISK_FULL (nothing is lost: apply again), _STORAGE.
 */
void confab_mirror_apply_async (ConfabMirror *self,
                                ConfabRows *rows,
                                const char *from,
                                const char *to,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean confab_mirror_apply_finish (ConfabMirror *self, GAsyncResult *result, GError **error);
/* The same. @news: (out): whether any of the rows was new or newer than what was here */
gboolean confab_mirror_apply_news_finish (ConfabMirror *self,
                                          GAsyncResult *result,
                                          gboolean *news,
                                          GError **error);

/* A new mirror is built beside this one (mirror.db.new) while this one stays readable: begin,
 * then apply pages as usual (those with @to go to the new file, from cursor NULL; those without,
 * to the present one), then end: the new file takes the place of the present one, outbox, drafts
 * and untold read positions are carried over, and ::changed says everything. Beginning again
 * starts from nothing; while an end is under way it waits for that and begins nothing: there is
 * a new cursor to try then. A rebuild that did not end leaves the present mirror as it is. */
void confab_mirror_begin_rebuild_async (ConfabMirror *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void confab_mirror_end_rebuild_async (ConfabMirror *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_mirror_is_rebuilding (ConfabMirror *self);

/* ---- outbox ---- */

/* On the disk, in the unsent file, when it ends. */
/* Errors: CONFAB_ENGINE_ERROR_DISK_FULL, _STORAGE: then it is not in the outbox. */
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
/* Written locally at once (unread counts follow), marked as not yet told to the server. */
void confab_mirror_mark_read_async (ConfabMirror *self,
                                    gint64 conversation_id,
                                    gint64 seq,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer full) (element-type ConfabReadPositionRow): those the server does not know; an
 * applied row settles them */
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
 * @conversation_id: one that is closed, or one with a person whose account was deleted; others
 * stay as they are
 *
 * It is in no list from now on. The rows are still here until
 * confab_mirror_forget_closed_async() deletes them; until then
 * confab_mirror_unhide_closed_async() brings it back.
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
 * @conversation_id: a hidden one, or 0 for all that are hidden
 *
 * Deletes what is here of it: messages, unsent ones too, the draft, and people known only from
 * it. Each call deletes a bounded part; call again while the finish says there is more.
 */
void confab_mirror_forget_closed_async (ConfabMirror *self,
                                        gint64 conversation_id,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_mirror_forget_closed_finish (ConfabMirror *self,
                                             GAsyncResult *result,
                                             gboolean *more,
                                             GError **error);

/* For all writes above, and the rebuild's two, which have no finish of their own. */
gboolean confab_mirror_write_finish (ConfabMirror *self, GAsyncResult *result, GError **error);

/* ---- backfill ---- */

/* The conversation whose history is worth fetching next (@preferred first, then by newest
 * message), and the seq to fetch before, but none of @fruitless (a set of gint64*, nullable).
 * FALSE without an error: all histories are complete. */
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
