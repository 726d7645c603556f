/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A mirror in a temporary folder, with blocking calls, helpers for rows, and queries of its
 * file. */

#pragma once

#include "confab-mirror-reader.h"
#include "confab-mirror.h"

#define SELF 1
#define ANN 2
#define BOB 3
#define EVE 4

/* Returns: (transfer full): a new folder's path; remove it with fixture_remove_folder() */
char *fixture_make_folder (void);
void fixture_remove_folder (char *folder);

ConfabMirror *fixture_open (const char *folder);
ConfabMirror *fixture_try_open (const char *folder, GError **error);
/* Close and release @mirror, and assert that this was the last reference. */
void fixture_close (ConfabMirror *mirror);

/* Release @object and assert that this was the last reference. */
void fixture_assert_finalized (gpointer object);

/* ---- blocking calls ---- */

void fixture_result_cb (GObject *source,
                        GAsyncResult *result,
                        gpointer user_data); /* GAsyncResult ** */
GAsyncResult *fixture_wait (GAsyncResult **result);
/* Iterates the main context until @flag is set. */
void fixture_wait_until (gboolean *flag);

gboolean fixture_try_apply (ConfabMirror *mirror,
                            ConfabRows *rows,
                            const char *from,
                            const char *to,
                            GError **error);
void fixture_apply (ConfabMirror *mirror, ConfabRows *rows);
gboolean fixture_try_enqueue (ConfabMirror *mirror,
                              gint64 conversation_id,
                              const char *client_id,
                              const char *content,
                              GError **error);
void fixture_enqueue (ConfabMirror *mirror,
                      gint64 conversation_id,
                      const char *client_id,
                      const char *content);
void fixture_mark_unsent (ConfabMirror *mirror,
                          const char *client_id,
                          ConfabOutboxState state,
                          int problem);
void fixture_discard (ConfabMirror *mirror, const char *client_id);
gboolean fixture_try_draft (ConfabMirror *mirror,
                            gint64 conversation_id,
                            const char *text,
                            GError **error);
void fixture_mark_read (ConfabMirror *mirror, gint64 conversation_id, gint64 seq);
void fixture_begin_rebuild (ConfabMirror *mirror);
void fixture_end_rebuild (ConfabMirror *mirror);
GPtrArray *fixture_unsent (ConfabMirror *mirror);
GPtrArray *fixture_untold (ConfabMirror *mirror);
/* (transfer full) (nullable) */
ConfabConversationSummary *fixture_summary (ConfabMirror *mirror, gint64 conversation_id);
gboolean fixture_next_backfill (ConfabMirror *mirror,
                                gint64 preferred,
                                gint64 *conversation_id,
                                gint64 *before_seq);

/* Run @sql on the writer's connection, outside a transaction. */
void fixture_exec_on_writer (ConfabMirror *mirror, const char *sql);

/* ---- rows ---- */

void fixture_add_role (ConfabRows *rows, gint64 id, const char *rolename, gint64 rev);
void fixture_add_user (ConfabRows *rows, gint64 id, const char *username, gint64 rev);
void fixture_add_conversation (ConfabRows *rows,
                               gint64 id,
                               const char *title,
                               gint64 last_seq,
                               gint64 rev);
void fixture_add_membership (ConfabRows *rows,
                             gint64 id,
                             gint64 conversation_id,
                             gint64 user_id,
                             gint64 left_at,
                             gint64 rev);
void fixture_add_read (ConfabRows *rows, gint64 conversation_id, gint64 seq, gint64 rev);
/* Its id is conversation_id * 1,000,000 + seq, its time a minute per seq, its text "message
 * SEQ". */
void fixture_add_message (ConfabRows *rows,
                          gint64 conversation_id,
                          gint64 sender_id,
                          gint64 seq,
                          gint64 rev);
/* The role, SELF, ANN and BOB, and conversation @id with all three, who send messages 1…@last_seq
 * in turn. */
ConfabRows *fixture_conversation (gint64 id, gint64 last_seq, gint64 rev);

/* ---- the file ---- */

/* Return the five tables and the read positions as text, without closed conversations and users
 * known only from them. (transfer full) */
char *fixture_dump (const char *folder);
/* Return the integer that @sql selects. */
gint64 fixture_query (const char *folder, const char *sql);
