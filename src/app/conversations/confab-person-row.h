/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A person in a list: picture, name, and the about line. Follows changes. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PERSON_ROW (confab_person_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (ConfabPersonRow, confab_person_row, CONFAB, PERSON_ROW, AdwActionRow)

struct _ConfabPersonRowClass
{
  AdwActionRowClass parent_class;
};

/* Returns: (transfer floating) */
GtkWidget *confab_person_row_new (ConfabClient *client, ConfabUser *user);
/* For subclasses: call once. */
void confab_person_row_start (ConfabPersonRow *self, ConfabClient *client, ConfabUser *user);
/* (transfer none) */
ConfabUser *confab_person_row_get_user (ConfabPersonRow *self);

G_END_DECLS
