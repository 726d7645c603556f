/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures in the mirror, by the SHA-256 of the file. Main thread; no call blocks. */

#pragma once

#include "confab-mirror.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): NULL without an error if it is not stored */
void confab_mirror_read_picture_async (ConfabMirror *self,
                                       const char *hash,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *confab_mirror_read_picture_finish (ConfabMirror *self,
                                           GAsyncResult *result,
                                           GError **error);

/* Store a picture and delete those that no user has any more. Finish with
 * confab_mirror_write_finish(). */
void confab_mirror_keep_picture_async (ConfabMirror *self,
                                       const char *hash,
                                       GBytes *png,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

G_END_DECLS
