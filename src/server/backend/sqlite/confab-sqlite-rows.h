/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows read from the database, gathered for one viewer. Every failure is in CONFAB_STORE_ERROR
 * unless said otherwise; @error is never NULL. */

#pragma once

#include "confab-database.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * ConfabGathering:
 * @viewer_id: whose email and read positions may be shown; 0 for nobody's
 * @rows: what has been gathered
 * @bytes: about how much that is as JSON
 * @user_ids: set of the ids in @rows' users
 */
typedef struct
{
  ConfabDatabase *database;
  gint64 viewer_id;
  ConfabRows *rows;
  gsize bytes;
  GHashTable *user_ids;
} ConfabGathering;

void confab_gathering_init (ConfabGathering *self, ConfabDatabase *database, gint64 viewer_id);
void confab_gathering_clear (ConfabGathering *self);
/* Returns: (transfer full): the rows; the gathering is cleared */
ConfabRows *confab_gathering_end (ConfabGathering *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConfabGathering, confab_gathering_clear)

/* Each adds the rows named, by id, with the users they refer to. One that is not there is passed
 * over. */
gboolean confab_gathering_add_role (ConfabGathering *self, gint64 role_id, GError **error);
gboolean confab_gathering_add_user (ConfabGathering *self, gint64 user_id, GError **error);
gboolean confab_gathering_add_conversation (ConfabGathering *self,
                                            gint64 conversation_id,
                                            GError **error);
gboolean confab_gathering_add_membership (ConfabGathering *self,
                                          gint64 membership_id,
                                          GError **error);
gboolean confab_gathering_add_read_position (ConfabGathering *self,
                                             gint64 conversation_id,
                                             GError **error);
gboolean confab_gathering_add_message (ConfabGathering *self, gint64 message_id, GError **error);
gboolean confab_gathering_add_notice (ConfabGathering *self, gint64 audit_id, GError **error);
/* The newest @limit messages before @before_seq, descending, without users. */
gboolean confab_gathering_add_history (ConfabGathering *self,
                                       gint64 conversation_id,
                                       gint64 before_seq,
                                       guint limit,
                                       GError **error);
/* A conversation whole: its row, every membership, the viewer's read position, the newest
 * messages. */
gboolean confab_gathering_add_block (ConfabGathering *self, gint64 conversation_id, GError **error);

/* The role of that id (NULL without an error: none) or name (NULL with
 * CONFAB_PROBLEM_INVALID_FIELD: none). (transfer full) */
ConfabRoleRow *confab_sqlite_load_role (ConfabDatabase *database, gint64 role_id, GError **error);
ConfabRoleRow *confab_sqlite_find_role (ConfabDatabase *database,
                                        const char *rolename,
                                        GError **error);

/* Returns: (transfer full) (nullable): without @error, there is no such user */
ConfabUserRow *confab_sqlite_load_user (ConfabDatabase *database,
                                        gint64 user_id,
                                        gboolean with_email,
                                        GError **error);

/* Returns: (transfer full) (nullable): the conversation, if @user_id is in it now; otherwise
 * NULL with CONFAB_PROBLEM_NOT_FOUND, whether it exists or not */
ConfabConversationRow *confab_sqlite_load_joined (ConfabDatabase *database,
                                                  gint64 conversation_id,
                                                  gint64 user_id,
                                                  GError **error);

/* Turns an error of the database into a problem, logging what it was; leaves problems alone. */
void confab_sqlite_translate_error (GError **error);

G_END_DECLS
