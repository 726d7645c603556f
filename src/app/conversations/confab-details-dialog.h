/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The details of a conversation: its name, its members, leaving it. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals, emitted after the dialog closes: open-conversation (ConfabConversation): the user chose
 * another conversation; remove-conversation (ConfabConversation): the user wants to remove this one
 * from the computer. */
#define CONFAB_TYPE_DETAILS_DIALOG (confab_details_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabDetailsDialog, confab_details_dialog, CONFAB, DETAILS_DIALOG, AdwDialog)

ConfabDetailsDialog *confab_details_dialog_new (ConfabClient *client,
                                                ConfabConversation *conversation);

G_END_DECLS
