/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Exports all data of an account on this computer as SQLite, JSON and HTML. Main thread; no call
 * blocks. */

#pragma once

#include <gio/gio.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* @fraction is from 0 to 1, or negative while older messages are being loaded. Main thread. */
typedef void (*ConfabExportProgress) (double fraction, gpointer user_data);

/**
 * ConfabExport:
 * @folder: the folder with `confab.sqlite`, `confab.json`, `index.html` and `conversations/`
 * @n_conversations: the number of conversations in it
 * @n_messages: the number of messages in it
 * @n_missing: messages that the account may see but this computer has not loaded
 */
typedef struct
{
  char *folder;
  guint n_conversations;
  gint64 n_messages;
  gint64 n_missing;
} ConfabExport;

void confab_export_free (ConfabExport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabExport, confab_export_free)

/**
 * confab_export_async:
 * @account: of @store; may be open
 * @parent: (type filename): an existing folder, in which a folder for the export is created
 * @progress: (nullable): called repeatedly, never after the end
 *
 * Copies a snapshot of the account's mirror, so that a message that arrives meanwhile is either
 * completely in the export or not at all, and writes the rest from that copy. Needs neither network
 * nor keyring. When cancelled or failed, it leaves nothing behind.
 */
void confab_export_async (ConfabAccountStore *store,
                          ConfabAccount *account,
                          const char *parent,
                          ConfabExportProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/**
 * confab_export_finish:
 *
 * Returns: (transfer full): the export, or NULL with a %CONFAB_ENGINE_ERROR (DISK_FULL, STORAGE,
 * MIRROR_NEWER) or %G_IO_ERROR_CANCELLED
 */
ConfabExport *confab_export_finish (GAsyncResult *result, GError **error);

/**
 * confab_client_export_async:
 *
 * Like confab_export_async() for the client's account; when connected, it loads older messages
 * first. Finish with confab_export_finish().
 */
void confab_client_export_async (ConfabClient *self,
                                 const char *parent,
                                 ConfabExportProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

G_END_DECLS
