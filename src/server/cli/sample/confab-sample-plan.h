/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who says what, where and when: the same for the same seed and end. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 at;
  guint conversation; /* its index */
  guint sender;       /* the person's index */
  guint order;        /* within the conversation */
  char *text;
  char *client_id;
} ConfabSampleMessage;

typedef struct
{
  gboolean is_group;
  char *title;     /* (nullable) */
  GArray *members; /* guint: indices of people; the first one began it */
  gint64 created_at;
  guint n_unread; /* by the first person, at the end */
  guint n_messages;
  char *client_id;
} ConfabSampleConversation;

typedef struct
{
  gint64 since;
  char **people;
  GPtrArray *conversations; /* ConfabSampleConversation, in the order they were begun */
  GPtrArray *messages;      /* ConfabSampleMessage, in the order they were sent */
} ConfabSamplePlan;

/* @until: ms, when the last message may have been sent; the plan reaches back two years. */
ConfabSamplePlan *confab_sample_plan_new (guint32 seed, gint64 until);
void confab_sample_plan_free (ConfabSamplePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSamplePlan, confab_sample_plan_free)

G_END_DECLS
