/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Giving somebody another role: what it would mean, the question, the password if it is needed,
 * the change. */

#pragma once

#include <adwaita.h>

#include "confab-client-admin.h"

G_BEGIN_DECLS

/* G_IO_ERROR_CANCELLED: the person thought better of it. */
void confab_role_change_async (ConfabClient *client,
                               ConfabPerson *person,
                               ConfabRole *role,
                               GtkWidget *parent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean confab_role_change_finish (ConfabClient *client, GAsyncResult *result, GError **error);

/* What the change would mean, in a sentence or two. @self: it is one's own role. Returns:
 * (transfer full) */
char *confab_role_change_describe (const char *username,
                                   gboolean self,
                                   ConfabRoleBase from,
                                   ConfabRoleBase to,
                                   const ConfabRolePreview *preview);

G_END_DECLS
