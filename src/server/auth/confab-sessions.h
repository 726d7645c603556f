/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All valid sessions by the hash of their token, so that a request is authenticated without the
 * database. Loaded at startup, updated by the outcomes of commands, and merged with the database
 * when another process changed it. Loop thread only. */

#pragma once

#include "confab-backend.h"

G_BEGIN_DECLS

typedef struct _ConfabSessions ConfabSessions;

/* Called when a session has ended; @problem is the reason, or -1. */
typedef void (*ConfabSessionEnded) (gint64 session_id, int problem, gpointer user_data);

/* @longest: ms after which a session ends even if it is used; 0: never. */
ConfabSessions *confab_sessions_new (gint64 longest, ConfabSessionEnded ended, gpointer user_data);
void confab_sessions_free (ConfabSessions *self);

/**
 * confab_sessions_add:
 * @token_hash: the key; referenced
 * @key: copied
 *
 * Adds a session that has begun. If its end was reported before, does nothing.
 */
void confab_sessions_add (ConfabSessions *self, GBytes *token_hash, const ConfabSessionKey *key);
/**
 * confab_sessions_remove:
 * @problem: the reason, passed to the callback, or -1
 *
 * Removes a session that has ended, and calls the callback.
 */
void confab_sessions_remove (ConfabSessions *self, gint64 session_id, int problem);

/* Return FALSE if there is no such session, or it is unused since 90 days before @now (ms), or it
 * has reached the maximum age. */
gboolean confab_sessions_find (ConfabSessions *self,
                               GBytes *token_hash,
                               gint64 now,
                               ConfabSessionKey *key);
/* Record that the session is in use. Return TRUE once an hour, when the caller should store
 * that. */
gboolean confab_sessions_touch (ConfabSessions *self, gint64 session_id, gint64 now);

/* End the sessions that have reached the maximum age, if there is one. */
void confab_sessions_end_longest (ConfabSessions *self, gint64 now);

/* After another process changed the database: call begin_merge before reading it, then merge with
 * the sessions read. Sessions added or removed here in between stay so. */
void confab_sessions_begin_merge (ConfabSessions *self);
void confab_sessions_merge (ConfabSessions *self, GPtrArray *read);

/* A session as read for a merge. */
typedef struct
{
  GBytes *token_hash;
  ConfabSessionKey key;
} ConfabKnownSession;

/* Return every session in the database. (transfer full) (element-type ConfabKnownSession). On a
 * reader thread. */
GPtrArray *confab_sessions_read (ConfabDatabase *database, GError **error);

G_END_DECLS
