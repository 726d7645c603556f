/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A message as the timeline shows it. Main thread.
 *
 * A timeline hands out messages before it has read them: until then `loaded` is FALSE and the text
 * is "". */

#pragma once

#include <glib-object.h>

#include "confab-problem.h"
#include "confab-user.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_MESSAGE_SENT,    /* stored by the server */
  CONFAB_MESSAGE_WAITING, /* in the outbox */
  CONFAB_MESSAGE_FAILED,  /* in the outbox, refused by the server; see problem */
} ConfabMessageState;

#define CONFAB_TYPE_MESSAGE (confab_message_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessage, confab_message, CONFAB, MESSAGE, GObject)

/* Properties, read-only, notified when they change: the members of ConfabMessageRow that
 * confab_message_columns lists; sender (ConfabUser), own, loaded (gboolean), state (int,
 * ConfabMessageState), problem (int, ConfabProblem or -1). The timeline sets how the message
 * relates to its neighbours: starts-day, starts-group (the first of a run by one sender within five
 * minutes), ends-group, starts-unread (gboolean). */
ConfabMessage *confab_message_new (void);

void confab_message_update (ConfabMessage *self,
                            const ConfabMessageRow *row,
                            ConfabUser *sender,
                            gboolean own);
void confab_message_set_state (ConfabMessage *self, ConfabMessageState state, int problem);
void confab_message_set_standing (ConfabMessage *self,
                                  gboolean starts_day,
                                  gboolean starts_group,
                                  gboolean ends_group,
                                  gboolean starts_unread);

gboolean confab_message_get_loaded (ConfabMessage *self);
/* "" until loaded */
const char *confab_message_get_client_id (ConfabMessage *self);
gint64 confab_message_get_seq (ConfabMessage *self);
/* (transfer none) (nullable): known before the text is loaded */
ConfabUser *confab_message_get_sender (ConfabMessage *self);
gboolean confab_message_get_own (ConfabMessage *self);
/* "" until loaded, and if it was removed */
const char *confab_message_get_content (ConfabMessage *self);
gboolean confab_message_get_removed (ConfabMessage *self);
gint64 confab_message_get_sent_at (ConfabMessage *self);
ConfabMessageState confab_message_get_state (ConfabMessage *self);
int confab_message_get_problem (ConfabMessage *self);
gboolean confab_message_get_starts_day (ConfabMessage *self);
gboolean confab_message_get_starts_group (ConfabMessage *self);
gboolean confab_message_get_ends_group (ConfabMessage *self);
gboolean confab_message_get_starts_unread (ConfabMessage *self);

G_END_DECLS
