/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Describes notices in words. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/**
 * confab_notice_text:
 * @roles: GListModel of ConfabRole, to look up role labels
 *
 * Returns: (transfer full) (nullable): a sentence, or %NULL for an unknown action
 */
char *confab_notice_text (ConfabNotice *notice, GListModel *roles);
/* Return whether to show the notice in a toast: a change made by another person, or a password
 * reset. */
gboolean confab_notice_is_news (ConfabNotice *notice);

G_END_DECLS
