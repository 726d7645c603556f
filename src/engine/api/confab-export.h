/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Taking one's data along: everything of an account that is on this computer, as SQLite, JSON
 * and pages to read. Main thread; nothing blocks. */

#pragma once

#include <gio/gio.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* @fraction is from 0 to 1; negative while older messages are still being fetched. Main thread. */
typedef void (*ConfabExportProgress) (double fraction, gpointer user_data);

/**
 * ConfabExport:
 * @folder: what was made: `confab.sqlite`, `confab.json`, `index.html` and `conversations/`
 * @n_conversations: how many there are in it
 * @n_messages: likewise
 * @n_missing: messages the account may see, but which this computer has not fetched
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
 * @account: of @store; may be open or not
 * @parent: (type filename): an existing folder, in which the export gets a new one
 * @progress: (nullable): called now and then, never after the end
 *
 * Copies one snapshot of the account's mirror, so that messages that arrive meanwhile are wholly
 * in it or not at all, and writes the rest from that copy. Needs neither network nor keyring.
 * Cancelled or failed, it leaves nothing behind.
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
 * Returns: (transfer full): what was made, or NULL with a %CONFAB_ENGINE_ERROR (DISK_FULL,
 * STORAGE, MIRROR_NEWER) or
 *   %G_IO_ERROR_CANCELLED
 */
ConfabExport *confab_export_finish (GAsyncResult *result, GError **error);

/**
 * confab_client_export_async:
 *
 * As confab_export_async() for the client's account; while it is connected, older messages are
 * fetched first. Finish with confab_export_finish().
 */
void confab_client_export_async (ConfabClient *self,
                                 const char *parent,
                                 ConfabExportProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

G_END_DECLS
