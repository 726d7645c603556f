/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People's pictures, decoded, while somebody looks at them and a while longer. Main thread;
 * decoding is done on another. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* (transfer none) (nullable): at once, if it is here */
GdkTexture *confab_picture_cache_lookup (const char *hash);
/* Whoever asks for one that is on its way waits for the same. */
void confab_picture_cache_load_async (ConfabClient *client,
                                      const char *hash,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) (nullable): NULL if it cannot be had just now */
GdkTexture *confab_picture_cache_load_finish (GAsyncResult *result);

/* Decodes a file that is not to be trusted: a PNG of at most CONFAB_PICTURE_MAX_PIXELS a side.
 * (transfer full), any thread */
GdkTexture *confab_picture_decode (GBytes *png, GError **error);

G_END_DECLS
