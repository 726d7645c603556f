/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Plans the sample messages: sender, conversation and time of each. The same seed and end give the
 * same plan. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 at;
  guint conversation; /* an index */
  guint sender;       /* an index of people */
  guint order;        /* position within the conversation */
  char *text;
  char *client_id;
} ConfabSampleMessage;

typedef struct
{
  gboolean is_group;
  char *title;     /* (nullable) */
  GArray *members; /* guint: indices of people; the first began it */
  gint64 created_at;
  guint n_unread; /* by the first person, at the end */
  guint n_messages;
  char *client_id;
} ConfabSampleConversation;

typedef struct
{
  gint64 since;
  char **people;
  GPtrArray *conversations; /* ConfabSampleConversation, in order of creation */
  GPtrArray *messages;      /* ConfabSampleMessage, in order of sending */
} ConfabSamplePlan;

/* @until: ms, the latest time of a message; the plan begins two years before. */
ConfabSamplePlan *confab_sample_plan_new (guint32 seed, gint64 until);
void confab_sample_plan_free (ConfabSamplePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSamplePlan, confab_sample_plan_free)

G_END_DECLS
