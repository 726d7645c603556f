/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a notice says, in words. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/**
 * confab_notice_text:
 * @roles: GListModel of ConfabRole, for what roles are called
 *
 * Returns: (transfer full) (nullable): a sentence; NULL for what this Confab has no words for
 */
char *confab_notice_text (ConfabNotice *notice, GListModel *roles);
/* Whether it is to be told at once, not only kept to be looked up: what others did, and a
 * password that was reset. */
gboolean confab_notice_is_news (ConfabNotice *notice);

G_END_DECLS
