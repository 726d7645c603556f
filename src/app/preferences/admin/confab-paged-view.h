/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows a paged list, or the reason why it is empty. */

#pragma once

#include <adwaita.h>

#include "confab-admin-tile.h"
#include "confab-client-admin.h"

G_BEGIN_DECLS

/* Properties: label (the list's name), empty-title, empty-icon. Signal: activate (GObject
 * *item). */
#define CONFAB_TYPE_PAGED_VIEW (confab_paged_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPagedView, confab_paged_view, CONFAB, PAGED_VIEW, AdwBin)

/* Sets @tile to show @item; called again when a person changes. */
typedef void (*ConfabTileFill) (ConfabAdminTile *tile, gpointer item, gpointer user_data);

void confab_paged_view_start (ConfabPagedView *self,
                              ConfabPagedList *list,
                              ConfabTileFill fill,
                              gpointer fill_data);

G_END_DECLS
