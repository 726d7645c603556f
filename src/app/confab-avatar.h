/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows people in an AdwAvatar: their initial at once, their picture once loaded. Main thread. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Show @user (nullable) and follow changes, until the next call or as long as @avatar lives. */
void confab_avatar_show_user (AdwAvatar *avatar, ConfabClient *client, ConfabUser *user);
/* Show only the picture with @hash (nullable). */
void confab_avatar_show_picture (AdwAvatar *avatar, ConfabClient *client, const char *hash);

G_END_DECLS
