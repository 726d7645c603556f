/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sessions that are not over, by the hash of their token: whether somebody is signed in is
 * known at once, without the database. Filled at the start, kept by the outcomes of commands,
 * merged with the database when another process has changed it. Loop only. */

#pragma once

#include "confab-backend.h"

G_BEGIN_DECLS

typedef struct _ConfabSessions ConfabSessions;

/* Called for a session that has gone; @problem says why, or is -1. */
typedef void (*ConfabSessionEnded) (gint64 session_id, int problem, gpointer user_data);

/* @longest: ms after which a session ends, however it is used; 0: never */
ConfabSessions *confab_sessions_new (gint64 longest, ConfabSessionEnded ended, gpointer user_data);
void confab_sessions_free (ConfabSessions *self);

void confab_sessions_add (ConfabSessions *self, GBytes *token_hash, const ConfabSessionKey *key);
void confab_sessions_remove (ConfabSessions *self, gint64 session_id, int problem);

/* FALSE if there is none, it was idle for 90 days at @now (ms), or has lasted as long as any
 * may. */
gboolean confab_sessions_find (ConfabSessions *self,
                               GBytes *token_hash,
                               gint64 now,
                               ConfabSessionKey *key);
/* Notes that it is in use; TRUE once an hour, when that should be written down. */
gboolean confab_sessions_touch (ConfabSessions *self, gint64 session_id, gint64 now);

/* Ends those that have lasted as long as any may; there is nothing to do if there is no such
 * limit. */
void confab_sessions_end_longest (ConfabSessions *self, gint64 now);

/* Another process has changed something: begin before the database is read, then merge what was
 * read; what was added and removed here in the meantime stays so. */
void confab_sessions_begin_merge (ConfabSessions *self);
void confab_sessions_merge (ConfabSessions *self, GPtrArray *read);

/* What is read for a merge. */
typedef struct
{
  GBytes *token_hash;
  ConfabSessionKey key;
} ConfabKnownSession;

/* Returns: (transfer full) (element-type ConfabKnownSession): every session in the database. A
 * reader's thread. */
GPtrArray *confab_sessions_read (ConfabBackendReader *reader, GError **error);

G_END_DECLS
