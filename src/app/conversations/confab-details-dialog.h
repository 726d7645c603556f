/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What there is to know about a conversation, and to do with it: its name, who is in it,
 * leaving. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals: open-conversation (ConfabConversation): the person wants to go to another one;
 * remove-conversation (ConfabConversation): to remove this one from the computer. The dialog has
 * closed. */
#define CONFAB_TYPE_DETAILS_DIALOG (confab_details_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabDetailsDialog, confab_details_dialog, CONFAB, DETAILS_DIALOG, AdwDialog)

ConfabDetailsDialog *confab_details_dialog_new (ConfabClient *client,
                                                ConfabConversation *conversation);

G_END_DECLS
