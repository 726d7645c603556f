/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A person in a list: picture, name, and the about line. Follows changes. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PERSON_TILE (confab_person_tile_get_type ())
G_DECLARE_DERIVABLE_TYPE (ConfabPersonTile, confab_person_tile, CONFAB, PERSON_TILE, AdwActionRow)

struct _ConfabPersonTileClass
{
  AdwActionRowClass parent_class;
};

/* Returns: (transfer floating) */
GtkWidget *confab_person_tile_new (ConfabClient *client, ConfabUser *user);
/* For subclasses: call once. */
void confab_person_tile_start (ConfabPersonTile *self, ConfabClient *client, ConfabUser *user);
/* (transfer none) */
ConfabUser *confab_person_tile_get_user (ConfabPersonTile *self);

G_END_DECLS
