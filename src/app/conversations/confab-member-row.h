/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A member in the details of a conversation, with a button to remove them if the user may do so. */

#pragma once

#include "confab-person-row.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_MEMBER_ROW (confab_member_row_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMemberRow, confab_member_row, CONFAB, MEMBER_ROW, ConfabPersonRow)

GtkWidget *confab_member_row_new (ConfabClient *client,
                                  ConfabConversation *conversation,
                                  ConfabUser *user);

G_END_DECLS
