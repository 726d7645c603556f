/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog for signing in again to the open account, whose messages stay visible. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PASSWORD_DIALOG (confab_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPasswordDialog, confab_password_dialog, CONFAB, PASSWORD_DIALOG,
                      AdwDialog)

ConfabPasswordDialog *confab_password_dialog_new (ConfabClient *client);

G_END_DECLS
