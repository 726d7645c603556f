/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How closed conversations outlive the file they are in. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

/**
 * confab_mirror_keep_closed:
 * @target: a mirror that has been built anew, with the one before attached as "old", in a
 * transaction
 *
 * Copies what @target's server does not have for this person any more. Its history may be
 * another one, in which ids were given again: a conversation keeps its ids only if the server
 * names the closing that the old file knows; otherwise its rows get ids below zero, which no
 * server assigns. The table temp.kept then says for each of those conversations under which id
 * it is here.
 */
gboolean confab_mirror_keep_closed (ConfabDatabase *target, GError **error);

/**
 * confab_mirror_keep_unsent:
 * @target: the same, after its outbox and drafts have been copied
 *
 * Gives a place to what is unsent in no conversation, and refuses what waits in a closed one.
 * Drops temp.kept.
 */
gboolean confab_mirror_keep_unsent (ConfabDatabase *target, GError **error);

/**
 * confab_mirror_salvage_closed:
 * @source: a damaged mirror
 * @target: a new one, in a transaction
 *
 * Copies the closed conversations as far as they can be read. An error is @target's.
 */
gboolean confab_mirror_salvage_closed (ConfabDatabase *source,
                                       ConfabDatabase *target,
                                       GError **error);

G_END_DECLS
