/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who is in which conversation: what a fan-out needs, in memory. Loop only. */

#pragma once

#include "confab-command.h"

G_BEGIN_DECLS

typedef struct _ConfabMembers ConfabMembers;

ConfabMembers *confab_members_new (void);
void confab_members_free (ConfabMembers *self);

void confab_members_add (ConfabMembers *self, gint64 conversation_id, gint64 user_id);
/* Takes over who gained and who lost the outcome's conversation, and what a person left who is
 * gone. */
void confab_members_apply (ConfabMembers *self, const ConfabOutcome *outcome);

gboolean confab_members_contains (ConfabMembers *self, gint64 conversation_id, gint64 user_id);
/* Calls @func for everyone who is in. */
void confab_members_foreach (ConfabMembers *self,
                             gint64 conversation_id,
                             void (*func) (gint64 user_id, gpointer data),
                             gpointer data);

G_END_DECLS
