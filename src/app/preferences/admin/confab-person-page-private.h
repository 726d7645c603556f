/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-online-gate.h"
#include "confab-person-page.h"

G_BEGIN_DECLS

struct _ConfabPersonPage
{
  AdwNavigationPage parent_instance;
  ConfabOnlineGate *gate;
  GtkWidget *page;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *email_label;
  GtkLabel *state_label;
  AdwComboRow *role_row;
  AdwActionRow *undo_row;
  GtkWidget *access_group;
  AdwActionRow *sessions_row;
  GtkWidget *end_sessions_button;
  GtkWidget *reset_row;
  AdwButtonRow *suspend_row;
  AdwButtonRow *restore_row;
  AdwActionRow *created_row;
  AdwActionRow *seen_row;
  ConfabClient *client;
  ConfabPerson *person;
  GCancellable *cancellable; /* for all operations; cancelled when the page is closed */
  AdwToast *refusal;         /* (nullable): the newest error, until another attempt */
  guint timer;               /* set while a change can be undone */
  gboolean showing;          /* the role row is being changed by the page, not by the user */
};

/* Report that an operation failed, and load the person again, because the permissions may have
 * changed. */
void confab_person_page_fail (ConfabPersonPage *self, const GError *error);
void confab_person_page_refresh (ConfabPersonPage *self);

/* Template callbacks of the page's buttons. */
void confab_person_page_end_sessions (ConfabPersonPage *self);
void confab_person_page_issue_code (ConfabPersonPage *self);
void confab_person_page_restore (ConfabPersonPage *self);
void confab_person_page_suspend (ConfabPersonPage *self);

G_END_DECLS
