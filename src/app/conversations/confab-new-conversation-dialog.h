/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog that starts a direct conversation or a group. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signal: created (ConfabConversation). */
#define CONFAB_TYPE_NEW_CONVERSATION_DIALOG (confab_new_conversation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNewConversationDialog,
                      confab_new_conversation_dialog,
                      CONFAB,
                      NEW_CONVERSATION_DIALOG,
                      AdwDialog)

ConfabNewConversationDialog *confab_new_conversation_dialog_new (ConfabClient *client);

/* Search for @text among the people. */
void confab_new_conversation_dialog_search (ConfabNewConversationDialog *self, const char *text);

G_END_DECLS
