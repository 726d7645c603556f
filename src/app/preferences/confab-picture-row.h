/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The row for the user's picture: choosing a file, or removing it. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PICTURE_ROW (confab_picture_row_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPictureRow, confab_picture_row, CONFAB, PICTURE_ROW, AdwActionRow)

/* Call this once, before showing the row. */
void confab_picture_row_set_client (ConfabPictureRow *self, ConfabClient *client);

G_END_DECLS
