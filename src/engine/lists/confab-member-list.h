/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who is in a conversation, by username: a GListModel of ConfabUser, live; fills itself. Main
 * thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-user-pool.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_MEMBER_LIST (confab_member_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMemberList, confab_member_list, CONFAB, MEMBER_LIST, GObject)

ConfabMemberList *confab_member_list_new (ConfabMirror *mirror,
                                          ConfabUserPool *users,
                                          gint64 conversation_id);

G_END_DECLS
