/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes a window to a new password or a new account: when a link is opened, and at the start,
 * when a reset was left half-way. Nothing is contacted, and no open account is left, before the
 * person has agreed. */

#pragma once

#include <gtk/gtk.h>

#include "confab-account-view.h"

G_BEGIN_DECLS

/* Signals: signed-in (ConfabClient): while another account is open, whose client it is not.
 * Opened, not started; invited (const ConfabInvitationLink *): the person accepts an invitation. */
#define CONFAB_TYPE_LINK_GUIDE (confab_link_guide_get_type ())
G_DECLARE_FINAL_TYPE (ConfabLinkGuide, confab_link_guide, CONFAB, LINK_GUIDE, GObject)

/* @window: not referred to once it is gone */
ConfabLinkGuide *confab_link_guide_new (GtkWidget *window, ConfabAccountStore *store);

/* What the window shows: the way in, or an open account; both %NULL while it is on its way to
 * either. */
void confab_link_guide_set_shown (ConfabLinkGuide *self,
                                  ConfabAccountView *way_in,
                                  ConfabClient *client);

/* Asks about the link now, or when the window has something to show. A link that is no good is
 * told. */
void confab_link_guide_open_link (ConfabLinkGuide *self, const char *uri);

G_END_DECLS
