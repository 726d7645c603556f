/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A row of one of the long lists: a name or a sentence, and what belongs to it. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: description (all it says, on one line). */
#define CONFAB_TYPE_ADMIN_TILE (confab_admin_tile_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAdminTile, confab_admin_tile, CONFAB, ADMIN_TILE, GtkBox)

ConfabAdminTile *confab_admin_tile_new (void);

/* All but @title may be NULL, and are not shown then. @avatar: whose; @badge: beside the title;
 * @detail: under it;
 * @caption: under that, faint. */
void confab_admin_tile_set (ConfabAdminTile *self,
                            const char *avatar,
                            const char *title,
                            const char *badge,
                            const char *detail,
                            const char *caption);

/* For a picture in it. (transfer none) */
AdwAvatar *confab_admin_tile_get_avatar (ConfabAdminTile *self);

G_END_DECLS
