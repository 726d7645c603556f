/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People in an AdwAvatar: their initial at once, and their picture when it is there. Main
 * thread. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Follows @user (nullable: nobody), for as long as @avatar lives or until the next call. */
void confab_avatar_show_user (AdwAvatar *avatar, ConfabClient *client, ConfabUser *user);
/* Only the picture of that @hash (nullable: none). */
void confab_avatar_show_picture (AdwAvatar *avatar, ConfabClient *client, const char *hash);

G_END_DECLS
