/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void confab_banner_watch (AdwBanner *banner);
void confab_banner_reveal (AdwBanner *banner, gboolean revealed);

G_END_DECLS
