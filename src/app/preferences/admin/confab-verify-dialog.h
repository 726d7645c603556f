/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks for one's own password again. */

#pragma once

#include <adwaita.h>

#include "confab-client-admin.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_VERIFY_DIALOG (confab_verify_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabVerifyDialog, confab_verify_dialog, CONFAB, VERIFY_DIALOG, AdwDialog)

/* Ends well once the server has taken the password: what needs it can be tried again. Closed
 * without it, G_IO_ERROR_CANCELLED. */
void confab_verify_async (ConfabClient *client,
                          GtkWidget *parent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean confab_verify_finish (ConfabClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
