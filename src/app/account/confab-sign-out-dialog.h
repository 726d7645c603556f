/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks for confirmation before signing out, with the number of messages that would be lost. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: confirmed (gboolean wipe). */
#define CONFAB_TYPE_SIGN_OUT_DIALOG (confab_sign_out_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSignOutDialog, confab_sign_out_dialog, CONFAB, SIGN_OUT_DIALOG,
                      AdwAlertDialog)

/* @unsent: the number of messages waiting to be sent. */
ConfabSignOutDialog *confab_sign_out_dialog_new (guint unsent);

G_END_DECLS
