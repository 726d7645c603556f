/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The banner about the state of the account. Hidden while all is well, and until a problem
 * lasts. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_STATUS_BANNER (confab_status_banner_get_type ())
G_DECLARE_FINAL_TYPE (ConfabStatusBanner, confab_status_banner, CONFAB, STATUS_BANNER, AdwBin)

void confab_status_banner_set_client (ConfabStatusBanner *self, ConfabClient *client);

G_END_DECLS
