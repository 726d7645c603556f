/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Loads and caches the decoded pictures of people. Main thread; decoding runs in a worker
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Return the picture if it is cached. (transfer none) (nullable) */
GdkTexture *confab_picture_cache_lookup (const char *hash);
/* Load a picture. Concurrent calls for the same picture share one request. */
void confab_picture_cache_load_async (ConfabClient *client,
                                      const char *hash,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Returns: (transfer full) (nullable): NULL if the picture is unavailable now */
GdkTexture *confab_picture_cache_load_finish (GAsyncResult *result);

/* Decode an untrusted file: a PNG of at most CONFAB_PICTURE_MAX_PIXELS in width and height. Any
 * thread. (transfer full) */
GdkTexture *confab_picture_decode (GBytes *png, GError **error);

G_END_DECLS
