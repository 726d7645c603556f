/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The changes of one commit to the mirror. Lists listen only to these. Created on the writer's
 * thread, read on the main thread. */

#pragma once

#include <glib.h>

#include "confab-outbox-row.h"
#include "confab-id-set.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * ConfabTimelineChange:
 * @messages: (element-type ConfabMessageRow): new or newer rows, in order of seq; borrowed from the
 *   changes' rows or "made"
 * @queued: (element-type ConfabOutboxRow): outbox rows that are new or have another state; owned
 * @gone: (element-type utf8): client ids that left the outbox: sent (then the message is among
 *   @messages or was known) or discarded; owned
 * @anew: older messages were removed, too: read the timeline again
 *
 * The changes to one conversation's messages, complete, so that showing them needs no reading.
 */
typedef struct
{
  GPtrArray *messages;
  GPtrArray *queued;
  GPtrArray *gone;
  gboolean anew;
} ConfabTimelineChange;

/**
 * ConfabChanges:
 * @everything: another file replaced the mirror: read everything again; all else is empty
 * @conversations: set of gint64*: title, members, unread count, preview, draft or read position
 *   changed
 * @removed_conversations: set of gint64*: no longer in the mirror
 * @timelines: gint64* → ConfabTimelineChange
 * @members: set of gint64*: conversations whose membership changed
 * @users: (element-type ConfabUserRow): new or changed users; borrowed from @rows
 * @roles: whether any role changed
 * @notices: whether there are new notices
 * @outbox: whether the outbox's length or a state changed
 * @rows: (nullable): the applied rows
 * @made: (element-type ConfabMessageRow): rows in @timelines that are not in @rows
 * @made_users: (element-type ConfabUserRow): rows in @users that are not in @rows
 * @unsent: (nullable): lines for the unsent file, written before the commit
 *
 * Reference counted (atomically); immutable once announced.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gboolean everything;
  GHashTable *conversations;
  GHashTable *removed_conversations;
  GHashTable *timelines;
  GHashTable *members;
  GPtrArray *users;
  gboolean roles;
  gboolean notices;
  gboolean outbox;
  ConfabRows *rows;
  GPtrArray *made;
  GPtrArray *made_users;
  GString *unsent;
} ConfabChanges;

ConfabChanges *confab_changes_new (ConfabRows *rows);
ConfabChanges *confab_changes_ref (ConfabChanges *self);
void confab_changes_unref (ConfabChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabChanges, confab_changes_unref)
gboolean confab_changes_is_empty (const ConfabChanges *self);

/* Return the change of @conversation_id, creating it if needed. (transfer none) */
ConfabTimelineChange *confab_changes_timeline (ConfabChanges *self, gint64 conversation_id);

G_END_DECLS
