/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog that asks for the user's password to confirm an action. */

#pragma once

#include <adwaita.h>

#include "confab-client-admin.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_VERIFY_DIALOG (confab_verify_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabVerifyDialog, confab_verify_dialog, CONFAB, VERIFY_DIALOG, AdwDialog)

/* Succeeds once the server has accepted the password: then repeat the action. Fails with
 * G_IO_ERROR_CANCELLED if the dialog was closed. */
void confab_verify_async (ConfabClient *client,
                          GtkWidget *parent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean confab_verify_finish (ConfabClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
