/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changes a user's role: explains the effects, asks for confirmation and, if needed, for the
 * password. */

#pragma once

#include <adwaita.h>

#include "confab-client-admin.h"

G_BEGIN_DECLS

/* Fails with G_IO_ERROR_CANCELLED if the user cancelled. */
void confab_role_change_async (ConfabClient *client,
                               ConfabPerson *person,
                               ConfabRole *role,
                               GtkWidget *parent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean confab_role_change_finish (ConfabClient *client, GAsyncResult *result, GError **error);

/* Describe the effects of the change in one or two sentences. @self: whether it is the user's own
 * role. Returns: (transfer full) */
char *confab_role_change_describe (const char *username,
                                   gboolean self,
                                   ConfabRoleBase from,
                                   ConfabRoleBase to,
                                   const ConfabRolePreview *preview);

G_END_DECLS
