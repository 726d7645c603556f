/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows the strength of a password while it is typed. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: password; username and email (nullable): words that make a password of their owner
 * easier to guess. Write-only, for binding to fields. */
#define CONFAB_TYPE_PASSWORD_METER (confab_password_meter_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPasswordMeter, confab_password_meter, CONFAB, PASSWORD_METER, GtkBox)

G_END_DECLS
