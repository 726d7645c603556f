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
  GCancellable *cancellable; /* of all that goes on here, until the page is closed */
  AdwToast *refusal;         /* (nullable): the newest, until something else is tried */
  guint timer;               /* while something can be undone */
  gboolean showing;          /* the role row is changed by us, not by the person */
};

/* What they may do to the person is no longer what is shown, or was not done: says so and reads
 * them again. */
void confab_person_page_fail (ConfabPersonPage *self, const GError *error);
void confab_person_page_refresh (ConfabPersonPage *self);

/* What the page's buttons do: template callbacks. */
void confab_person_page_end_sessions (ConfabPersonPage *self);
void confab_person_page_issue_code (ConfabPersonPage *self);
void confab_person_page_restore (ConfabPersonPage *self);
void confab_person_page_suspend (ConfabPersonPage *self);

G_END_DECLS
