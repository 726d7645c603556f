/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was done to one's own account, newest first, live: a GListModel of ConfabNotice. Main
 * thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-notice.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_NOTICE_LIST (confab_notice_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNoticeList, confab_notice_list, CONFAB, NOTICE_LIST, GObject)

/* Holds a reference on @mirror. Fills itself. */
ConfabNoticeList *confab_notice_list_new (ConfabMirror *mirror);
/* All that are in the list now, at once here and soon in the mirror. */
void confab_notice_list_mark_shown (ConfabNoticeList *self);

G_END_DECLS
