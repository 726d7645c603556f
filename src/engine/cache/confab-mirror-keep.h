/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Copies closed conversations from one file to the next. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

/**
 * confab_mirror_keep_closed:
 * @target: a rebuilt mirror in a transaction, with the previous one attached as "old"
 *
 * Copies conversations that the server no longer has for the user. The server's history may be
 * another one, in which ids were assigned again: a conversation keeps its ids only if the server
 * reports the closing that the old file has; otherwise its rows get ids below zero, which servers
 * never assign. Afterwards the table temp.kept maps the ids of those conversations to their new
 * ids.
 */
gboolean confab_mirror_keep_closed (ConfabDatabase *target, GError **error);

/**
 * confab_mirror_keep_unsent:
 * @target: the same, after its outbox and drafts were copied
 *
 * Creates conversations for unsent texts without one, and marks messages waiting in a closed one as
 * refused. Drops temp.kept.
 */
gboolean confab_mirror_keep_unsent (ConfabDatabase *target, GError **error);

/**
 * confab_mirror_salvage_closed:
 * @source: a damaged mirror
 * @target: a new one, in a transaction
 *
 * Copies the closed conversations as far as they can be read. Errors are @target's.
 */
gboolean confab_mirror_salvage_closed (ConfabDatabase *source,
                                       ConfabDatabase *target,
                                       GError **error);

G_END_DECLS
