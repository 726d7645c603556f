/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows read from the database, gathered for one viewer: one statement a kind brings many. Failures
 * are in CONFAB_STORE_ERROR. */

#pragma once

#include "confab-query.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/* ---- rows by themselves ---- */

/* Columns, and the row of a result that has them. (transfer full) */
#define CONFAB_ROLE_COLUMNS "id, rolename, rev, label, base"
gpointer confab_role_row_read (ConfabResult *result);
#define CONFAB_CONVERSATION_COLUMNS "id, kind, title, created_at, last_seq, rev"
gpointer confab_conversation_row_read (ConfabResult *result);
#define CONFAB_USER_COLUMNS(email)                                                                 \
  "id, username, " email ", created_at, role_id, rev, about, picture, state = 'deleted'"
gpointer confab_user_row_read (ConfabResult *result);

/* ---- many ---- */

/* How many rows one statement brings. */
#define CONFAB_GATHERING_BATCH 64

typedef enum
{
  CONFAB_GATHER_ROLES,
  CONFAB_GATHER_CONVERSATIONS,
  CONFAB_GATHER_MEMBERSHIPS,
  CONFAB_GATHER_READ_POSITIONS, /* the viewer's, by their conversations */
  CONFAB_GATHER_MESSAGES,
  CONFAB_GATHER_NOTICES, /* the viewer's, by their audit entries */
  CONFAB_GATHER_USERS,
  CONFAB_N_GATHER_KINDS,
} ConfabGatherKind;

/**
 * ConfabGathering:
 * @viewer_id: whose email and read positions may be shown; 0 for nobody's
 * @rows: what has been gathered, but for the people
 * @bytes: about how much all of it is as JSON
 * @user_ids: (element-type gint64): the people whom the rows refer to, once each
 * @known_users: the same as a set
 * @loaded: (nullable): for each kind, rows by id that were read and not added
 */
typedef struct
{
  ConfabDatabase *database;
  gint64 viewer_id;
  ConfabRows *rows;
  gsize bytes;
  GArray *user_ids;
  GHashTable *known_users;
  GHashTable *loaded[CONFAB_N_GATHER_KINDS];
} ConfabGathering;

void confab_gathering_init (ConfabGathering *self, ConfabDatabase *database, gint64 viewer_id);
void confab_gathering_clear (ConfabGathering *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConfabGathering, confab_gathering_clear)

/* Reads the people and ends the gathering. Returns: (transfer full): the rows; NULL with an error
 */
ConfabRows *confab_gathering_end (ConfabGathering *self, GError **error);

/* How many rows there will be. */
guint confab_gathering_count (const ConfabGathering *self);

/* Reads the rows @ids, at most CONFAB_GATHERING_BATCH, for confab_gathering_take(). */
gboolean confab_gathering_load (ConfabGathering *self,
                                ConfabGatherKind kind,
                                guint n_ids,
                                const gint64 *ids,
                                GError **error);

/* Adds the row @id that was read, and whom it refers to. One that is not there is passed over. */
void confab_gathering_take (ConfabGathering *self, ConfabGatherKind kind, gint64 id);

/* Both, of one row. */
gboolean confab_gathering_add (ConfabGathering *self,
                               ConfabGatherKind kind,
                               gint64 id,
                               GError **error);

/* The person will be among the rows. */
void confab_gathering_add_user (ConfabGathering *self, gint64 user_id);

/* The newest @limit messages before @before_seq, descending, without people. */
gboolean confab_gathering_add_history (ConfabGathering *self,
                                       gint64 conversation_id,
                                       gint64 before_seq,
                                       guint limit,
                                       GError **error);

/* Add a complete conversation: its row, all memberships, the viewer's read position, the newest
 * messages. */
gboolean confab_gathering_add_block (ConfabGathering *self, gint64 conversation_id, GError **error);

G_END_DECLS
