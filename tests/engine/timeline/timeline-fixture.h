/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A mirror with one conversation, and a timeline of it that is compared with the file, with its
 * signals and with its earlier objects. */

#pragma once

#include "confab-timeline-private.h"
#include "mirror-fixture.h"

#define ROOM 1

typedef struct
{
  char *folder;
  ConfabMirror *mirror;
  ConfabUserPool *users;
  ConfabTimeline *timeline;

  GPtrArray *copy;     /* (element-type utf8): the names that a list view would have */
  GHashTable *objects; /* client id → ConfabMessage, all ever seen (strong) */
  guint n_runs;
  guint n_touched;
} Fixture;

/* @data: the number of messages in the conversation */
void timeline_set_up (Fixture *fixture, gconstpointer data);
void timeline_tear_down (Fixture *fixture, gconstpointer data);
/* Open the timeline and follow its changes. */
void timeline_open (Fixture *fixture);
/* Follow its changes no more. */
void timeline_ignore (Fixture *fixture);
/* Wait until no read is running. */
void timeline_settle (Fixture *fixture);
/* Read the whole timeline and compare it with SQL, with the signals, and with earlier objects. */
void timeline_check (Fixture *fixture);
