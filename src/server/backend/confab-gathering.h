/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads rows from the database for one viewer, many rows of a kind with one statement. Failures are
 * in CONFAB_STORE_ERROR. */

#pragma once

#include "confab-query.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/* ---- rows by themselves ---- */

/* The columns of each kind, and a function that makes a row of a result with these columns.
 * (transfer full) */
#define CONFAB_ROLE_COLUMNS "id, rolename, rev, label, base"
gpointer confab_role_row_read (ConfabResult *result);
#define CONFAB_CONVERSATION_COLUMNS "id, kind, title, created_at, last_seq, rev"
gpointer confab_conversation_row_read (ConfabResult *result);
#define CONFAB_USER_COLUMNS(email)                                                                 \
  "id, username, " email ", created_at, role_id, rev, about, picture, state = 'deleted'"
gpointer confab_user_row_read (ConfabResult *result);

/* ---- many ---- */

/* The number of rows read by one statement. */
#define CONFAB_GATHERING_BATCH 64

typedef enum
{
  CONFAB_GATHER_ROLES,
  CONFAB_GATHER_CONVERSATIONS,
  CONFAB_GATHER_MEMBERSHIPS,
  CONFAB_GATHER_READ_POSITIONS, /* the viewer's; ids are conversations' */
  CONFAB_GATHER_SETTINGS,       /* the viewer's; ids are conversations' */
  CONFAB_GATHER_MESSAGES,
  CONFAB_GATHER_NOTICES, /* the viewer's; ids are audit entries' */
  CONFAB_GATHER_USERS,
  CONFAB_N_GATHER_KINDS,
} ConfabGatherKind;

/**
 * ConfabGathering:
 * @viewer_id: the user whose email and read positions may be included; 0 for none
 * @rows: the rows added so far, without users
 * @bytes: the approximate size of everything as JSON
 * @user_ids: (element-type gint64): the users that the rows refer to, without duplicates
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

/* Read the users and end the gathering. Returns: (transfer full): the rows; NULL with an error */
ConfabRows *confab_gathering_end (ConfabGathering *self, GError **error);

/* Return the number of rows, including users. */
guint confab_gathering_count (const ConfabGathering *self);

/* Read the rows @ids, at most CONFAB_GATHERING_BATCH, for confab_gathering_take(). */
gboolean confab_gathering_load (ConfabGathering *self,
                                ConfabGatherKind kind,
                                guint n_ids,
                                const gint64 *ids,
                                GError **error);

/* Add the row @id that was read, and the users it refers to. Missing rows are skipped. */
void confab_gathering_take (ConfabGathering *self, ConfabGatherKind kind, gint64 id);

/* Read and add one row. */
gboolean confab_gathering_add (ConfabGathering *self,
                               ConfabGatherKind kind,
                               gint64 id,
                               GError **error);

/* Include the user's row. */
void confab_gathering_add_user (ConfabGathering *self, gint64 user_id);

/* Add the newest @limit messages before @before_seq, descending, without users. */
gboolean confab_gathering_add_history (ConfabGathering *self,
                                       gint64 conversation_id,
                                       gint64 before_seq,
                                       guint limit,
                                       GError **error);

/* Add a complete conversation: its row, all memberships, the viewer's read position, the newest
 * messages. */
gboolean confab_gathering_add_block (ConfabGathering *self, gint64 conversation_id, GError **error);

G_END_DECLS
