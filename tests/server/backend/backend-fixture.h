/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A database in a folder of its own, and short ways to give commands. */

#pragma once

#include "confab-backend.h"
#include "confab-writer.h"

typedef struct
{
  char *directory;
  char *path;
  ConfabBackendWriter *writer; /* NULL while a ConfabWriter has it */
  ConfabDatabase *reader;
} BackendFixture;

void backend_fixture_set_up (BackendFixture *self);
void backend_fixture_tear_down (BackendFixture *self);

/* One command in a transaction of its own. Takes @command. */
ConfabOutcome *fixture_run (BackendFixture *self, ConfabCommand *command);
/* As above, and it must succeed. */
ConfabOutcome *fixture_do (BackendFixture *self, ConfabCommand *command);
/* As above, and it must fail, giving no revision. */
void fixture_fail (BackendFixture *self, ConfabCommand *command, ConfabProblem problem);

/* Commands; the caller may set more. */
ConfabCommand *command_add_user (const char *username);
ConfabCommand *command_create (gint64 actor_id,
                               ConfabConversationKind kind,
                               const char *title,
                               guint n_users,
                               const gint64 *user_ids);
ConfabCommand *command_members (gint64 actor_id,
                                gint64 conversation_id,
                                guint n_users,
                                const gint64 *user_ids);
ConfabCommand *command_send (gint64 actor_id,
                             gint64 conversation_id,
                             const char *client_id,
                             const char *text);
ConfabCommand *command_read (gint64 actor_id, gint64 conversation_id, gint64 seq);
ConfabCommand *command_leave (gint64 actor_id, gint64 conversation_id);
ConfabCommand *command_rename (gint64 actor_id, gint64 conversation_id, const char *title);
ConfabCommand *command_session (gint64 user_id, const char *token);

/* Create a user or a group. Return its id. */
gint64 fixture_user (BackendFixture *self, const char *username);
gint64 fixture_group (BackendFixture *self, gint64 actor_id, guint n_users, const gint64 *user_ids);
gint64 fixture_direct (BackendFixture *self, gint64 actor_id, gint64 other_id);
/* Returns the seq. */
gint64 fixture_send (BackendFixture *self,
                     gint64 actor_id,
                     gint64 conversation_id,
                     const char *text);

gint64 fixture_head (BackendFixture *self);
/* A page that must succeed; @to and @has_more may be NULL. */
ConfabRows *fixture_sync (BackendFixture *self,
                          gint64 user_id,
                          gint64 since,
                          guint limit,
                          gint64 *to,
                          gboolean *has_more);
/* No finding of confab_backend_check() */
void fixture_check (BackendFixture *self);
/* The number that @sql gives */
gint64 fixture_count (BackendFixture *self, const char *sql);
/* Change the database without the backend. */
void fixture_exec (BackendFixture *self, const char *sql);
