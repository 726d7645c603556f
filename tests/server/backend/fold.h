/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rows of a client: pages are applied to a map as docs/protocol.md describes. */

#pragma once

#include "backend-fixture.h"

typedef struct
{
  gint64 user_id;
  gint64 cursor;
  GHashTable *rows; /* "table/ids" → FoldRow */
} Fold;

Fold *fold_new (gint64 user_id);
void fold_free (Fold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fold, fold_free)

void fold_apply (Fold *self, const ConfabRows *rows);
/* Fetches and applies one page; checks that the page can stand by itself. Returns whether there
 * is more. */
gboolean fold_pull (Fold *self, BackendFixture *fixture, guint limit);
/* As above, to the head; then checks that of each conversation the newest messages are there
 * without a gap. */
void fold_pull_all (Fold *self, BackendFixture *fixture, guint limit);
/* Fetches all history, in pages of @limit. */
void fold_backfill (Fold *self, BackendFixture *fixture, guint limit);
void fold_assert_equal (Fold *self, Fold *other);
/* Return what the user may see, by the simplest SQL. */
Fold *fold_from_sql (BackendFixture *fixture, gint64 user_id);
