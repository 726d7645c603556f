/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads a whole conversation at once, for printing. Main thread; no call blocks. */

#pragma once

#include "confab-client.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/**
 * confab_client_read_transcript_async:
 *
 * Reads all messages of @conversation on this computer, in one snapshot.
 */
void confab_client_read_transcript_async (ConfabClient *self,
                                          ConfabConversation *conversation,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

/**
 * confab_client_read_transcript_finish:
 *
 * Returns: (transfer full): rows with only messages, oldest first, and their senders; or NULL with
 * a %CONFAB_ENGINE_ERROR
 */
ConfabRows *confab_client_read_transcript_finish (ConfabClient *self,
                                                  GAsyncResult *result,
                                                  GError **error);

G_END_DECLS
