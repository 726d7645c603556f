/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Alerts. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwDialog *confab_alert_new (const char *heading, const char *body);

G_END_DECLS
