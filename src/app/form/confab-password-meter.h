/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Says how soon a password would be guessed, while it is being typed. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_PASSWORD_METER (confab_password_meter_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPasswordMeter, confab_password_meter, CONFAB, PASSWORD_METER, GtkBox)

/* To be called with each change. @own_words: (nullable): as for confab_password_guesses() */
void confab_password_meter_show (ConfabPasswordMeter *self,
                                 const char *password,
                                 const char *const *own_words);

G_END_DECLS
