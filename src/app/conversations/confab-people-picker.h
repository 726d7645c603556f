/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds people by the beginning of their names and gathers the chosen ones. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: multiple (construct-only): whether several can be chosen, with check buttons;
 * otherwise a row is somebody to go on with. Signals: submit: Enter was pressed and there is
 * nothing more to choose; person-activated (ConfabUser): the row of somebody, without multiple. */
#define CONFAB_TYPE_PEOPLE_PICKER (confab_people_picker_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPeoplePicker, confab_people_picker, CONFAB, PEOPLE_PICKER, GtkBox)

/* Once. @excluded: (nullable): GListModel of ConfabUser who are not offered */
void confab_people_picker_start (ConfabPeoplePicker *self,
                                 ConfabClient *client,
                                 GListModel *excluded);
/* (transfer none): GListModel of ConfabUser, in the order of choosing, live */
GListModel *confab_people_picker_get_chosen (ConfabPeoplePicker *self);
void confab_people_picker_choose (ConfabPeoplePicker *self, ConfabUser *user);
/* While something is done with the chosen ones they stay as they are. */
void confab_people_picker_set_busy (ConfabPeoplePicker *self, gboolean busy);

G_END_DECLS
