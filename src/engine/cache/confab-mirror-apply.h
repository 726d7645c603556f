/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the parts of confab_mirror_apply_async() share. On the writer's thread, inside its transaction. */

#pragma once

#include "confab-database.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

typedef struct
{
  ConfabDatabase *database;
  ConfabChanges *changes;
  ConfabRows *rows;
  gint64 self_user_id;
  GHashTable *known;    /* set of gint64*: conversations that are in the mirror */
  GHashTable *suspects; /* set of gint64*: people who may be in no conversation any more */
  gboolean fresh;       /* the first page of a new file */
} ConfabApply;

/* Whether the mirror has the conversation, and so takes rows that refer to it. */
gboolean confab_apply_is_known   (ConfabApply *self, gint64 conversation_id, gboolean *known, GError **error);
/* Runs an upsert that names one row. Returns whether it succeeded; @changed whether the row is new or newer. */
gboolean confab_apply_run_upsert (ConfabApply *self, ConfabStatement *statement, gboolean *changed, GError **error);

gboolean confab_apply_messages   (ConfabApply *self, GError **error);

G_END_DECLS
