/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads for lists. Each call is one short query on the reader's thread; call on the main thread,
 * where it completes. Errors: CONFAB_ENGINE_ERROR. */

#pragma once

#include "confab-conversation.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

/* ---- conversations ---- */

/* @ids: (nullable) (element-type gint64): only these conversations; NULL for all. Unknown ones are
 * left out. */
void confab_mirror_read_summaries_async (ConfabMirror *self,
                                         GArray *ids,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* (transfer full) (element-type ConfabConversationSummary), unordered */
GPtrArray *confab_mirror_read_summaries_finish (ConfabMirror *self,
                                                GAsyncResult *result,
                                                GError **error);

/* ---- people ---- */

/* The present members. (transfer full) (element-type ConfabUserRow), unordered */
void confab_mirror_read_members_async (ConfabMirror *self,
                                       gint64 conversation_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *confab_mirror_read_members_finish (ConfabMirror *self,
                                              GAsyncResult *result,
                                              GError **error);

/* The groups of @user_id, as far as this computer knows. (transfer full) (element-type gint64),
 * unordered */
void confab_mirror_read_groups_with_async (ConfabMirror *self,
                                           gint64 user_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GPtrArray *confab_mirror_read_groups_with_finish (ConfabMirror *self,
                                                  GAsyncResult *result,
                                                  GError **error);

/* Known users except the user, whose username begins with @query (by confab_text_key()), at most
 * CONFAB_PEOPLE_MAX_ROWS. (transfer full) (element-type ConfabUserRow), by username */
void confab_mirror_find_people_async (ConfabMirror *self,
                                      const char *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *confab_mirror_find_people_finish (ConfabMirror *self,
                                             GAsyncResult *result,
                                             GError **error);

/* ---- messages ---- */

/* The part of every message that a timeline keeps: enough to know how the message relates to its
 * neighbours. */
typedef struct
{
  gint64 seq;
  gint64 sender_id;
  gint64 sent_at;
} ConfabMessageKey;

/**
 * ConfabTimelineStart:
 * @keys: (element-type ConfabMessageKey): the newest messages, ascending
 * @queued: (element-type ConfabOutboxRow): the outbox rows, in order
 * @messages: (element-type ConfabMessageRow): the rows of the newest of @keys, ascending
 * @users: (element-type ConfabUserRow): all present and former members
 * @unread_after: the read position: other users' messages beyond it are unread; G_MAXINT64 if none
 *   is unread
 * @last_seq: of the conversation; 0 if it has no messages or is not in the mirror
 *
 * All from one snapshot.
 */
typedef struct
{
  GArray *keys;
  GPtrArray *queued;
  GPtrArray *messages;
  GPtrArray *users;
  gint64 unread_after;
  gint64 last_seq;
} ConfabTimelineStart;

void confab_timeline_start_free (ConfabTimelineStart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabTimelineStart, confab_timeline_start_free)

void confab_mirror_read_start_async (ConfabMirror *self,
                                     gint64 conversation_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
ConfabTimelineStart *confab_mirror_read_start_finish (ConfabMirror *self,
                                                      GAsyncResult *result,
                                                      GError **error);

/* The newest @limit keys with seq < @before_seq. (transfer full) (element-type
 * ConfabMessageKey), DESCENDING */
void confab_mirror_read_keys_async (ConfabMirror *self,
                                    gint64 conversation_id,
                                    gint64 before_seq,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GArray *confab_mirror_read_keys_finish (ConfabMirror *self, GAsyncResult *result, GError **error);

typedef struct
{
  GPtrArray *messages; /* ConfabMessageRow, ascending */
  GPtrArray *users;    /* ConfabUserRow: the senders */
} ConfabMessagePage;

void confab_message_page_free (ConfabMessagePage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabMessagePage, confab_message_page_free)

/* The messages with @first_seq ≤ seq ≤ @last_seq, before other queued reads, because they are
 * visible. */
void confab_mirror_read_messages_async (ConfabMirror *self,
                                        gint64 conversation_id,
                                        gint64 first_seq,
                                        gint64 last_seq,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
ConfabMessagePage *confab_mirror_read_messages_finish (ConfabMirror *self,
                                                       GAsyncResult *result,
                                                       GError **error);

G_END_DECLS
