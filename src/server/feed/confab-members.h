/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The members of each conversation, in memory for the fan-out. Loop thread only. */

#pragma once

#include "confab-command.h"

G_BEGIN_DECLS

typedef struct _ConfabMembers ConfabMembers;

ConfabMembers *confab_members_new (void);
void confab_members_free (ConfabMembers *self);

/* Add a member, for loading; nothing happens if they are one already. */
void confab_members_add (ConfabMembers *self, gint64 conversation_id, gint64 user_id);
/* Apply the outcome's changes: users added to or removed from its conversation, and the memberships
 * of a deleted user. */
void confab_members_apply (ConfabMembers *self, const ConfabOutcome *outcome);

/* Call @func for each member. */
void confab_members_foreach (ConfabMembers *self,
                             gint64 conversation_id,
                             void (*func) (gint64 user_id, gpointer data),
                             gpointer data);

G_END_DECLS
