/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A person's card: picture, name, role, about line, the groups they share with the user, and a
 * button to write to them. Follows changes. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals: open-conversation (ConfabConversation): the user chose a conversation; changed: the
 * card's height may have changed. */
#define CONFAB_TYPE_PERSON_CARD (confab_person_card_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPersonCard, confab_person_card, CONFAB, PERSON_CARD, GtkBox)

/**
 * confab_person_card_show:
 * @user: the person to show
 * @message: whether to offer a button to write to them; FALSE in their direct conversation
 *
 * Call this once.
 */
void confab_person_card_show (ConfabPersonCard *self,
                              ConfabClient *client,
                              ConfabUser *user,
                              gboolean message);

G_END_DECLS
