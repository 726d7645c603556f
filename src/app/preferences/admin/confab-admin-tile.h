/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A row of a paged list: a title and details. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: description (the whole content on one line). */
#define CONFAB_TYPE_ADMIN_TILE (confab_admin_tile_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAdminTile, confab_admin_tile, CONFAB, ADMIN_TILE, GtkBox)

ConfabAdminTile *confab_admin_tile_new (void);

/* All arguments except @title may be NULL, which hides them. @avatar: a username; @badge: beside
 * the title; @detail: below it; @caption: below that, dimmed. */
void confab_admin_tile_set (ConfabAdminTile *self,
                            const char *avatar,
                            const char *title,
                            const char *badge,
                            const char *detail,
                            const char *caption);

/* Return the avatar, to set its picture. (transfer none) */
AdwAvatar *confab_admin_tile_get_avatar (ConfabAdminTile *self);

G_END_DECLS
