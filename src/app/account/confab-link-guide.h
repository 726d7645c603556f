/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Leads the user to a conversation, to resetting a password or to registering: when a link is
 * opened, and at startup, when there is an unfinished reset. It does not contact a server or leave
 * the open account before the user agrees. */

#pragma once

#include <gtk/gtk.h>

#include "confab-account-view.h"

G_BEGIN_DECLS

/* Signals: signed-in (ConfabClient): a client that is not the open one, opened but not started;
 * invited (const ConfabInvitationLink *): the user accepts an invitation; conversation
 * (ConfabAccount, gint64 conversation_id, gint64 seq): a conversation is to be opened. */
#define CONFAB_TYPE_LINK_GUIDE (confab_link_guide_get_type ())
G_DECLARE_FINAL_TYPE (ConfabLinkGuide, confab_link_guide, CONFAB, LINK_GUIDE, GObject)

/* @window: may be destroyed earlier. */
ConfabLinkGuide *confab_link_guide_new (GtkWidget *window, ConfabAccountStore *store);

/* Set what the window shows: the sign-in pages or an open account; both %NULL in between. */
void confab_link_guide_set_shown (ConfabLinkGuide *self,
                                  ConfabAccountView *way_in,
                                  ConfabClient *client);

/* Ask about the link now, or once the window shows something. Report an invalid link. */
void confab_link_guide_open_link (ConfabLinkGuide *self, const char *uri);

G_END_DECLS
