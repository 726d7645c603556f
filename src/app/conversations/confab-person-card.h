/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who somebody is: picture, name, role, what they say about themselves, the groups one shares
 * with them, and what one can write to them. Live. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals: open-conversation (ConfabConversation): the person wants to go there; changed: it may
 * need another height. */
#define CONFAB_TYPE_PERSON_CARD (confab_person_card_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPersonCard, confab_person_card, CONFAB, PERSON_CARD, GtkBox)

/**
 * confab_person_card_show:
 * @user: whom it is about
 * @message: whether to offer to write to them; not where one does so already
 *
 * Once.
 */
void confab_person_card_show (ConfabPersonCard *self,
                              ConfabClient *client,
                              ConfabUser *user,
                              gboolean message);

G_END_DECLS
