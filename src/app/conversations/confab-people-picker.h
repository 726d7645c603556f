/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Searches people by the beginning of their names and collects the chosen ones. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: multiple (construct-only): whether several people can be chosen, with check buttons;
 * else activating a row chooses that person. Signals: submit: the user pressed Enter and nothing is
 * left to choose; person-activated (ConfabUser): a row was activated, without multiple. */
#define CONFAB_TYPE_PEOPLE_PICKER (confab_people_picker_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPeoplePicker, confab_people_picker, CONFAB, PEOPLE_PICKER, GtkBox)

/* Start with an empty search. Call this once. @excluded: (nullable): GListModel of ConfabUser to
 * leave out. */
void confab_people_picker_start (ConfabPeoplePicker *self,
                                 ConfabClient *client,
                                 GListModel *excluded);
/* Search for @text, as if the user had typed it. */
void confab_people_picker_search (ConfabPeoplePicker *self, const char *text);
/* Return a live GListModel of ConfabUser in the order of choosing. (transfer none) */
GListModel *confab_people_picker_get_chosen (ConfabPeoplePicker *self);
void confab_people_picker_choose (ConfabPeoplePicker *self, ConfabUser *user);
/* Set whether the chosen people are being submitted, during which the choice cannot change. */
void confab_people_picker_set_busy (ConfabPeoplePicker *self, gboolean busy);

G_END_DECLS
