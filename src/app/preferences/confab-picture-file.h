/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From an image file to what the server takes as a picture: upright, square, small, and without
 * anything else that was in the file, such as where it was taken. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFAB_PICTURE_ERROR (confab_picture_error_quark ())
GQuark confab_picture_error_quark (void);

typedef enum
{
  CONFAB_PICTURE_ERROR_UNREADABLE, /* the file */
  CONFAB_PICTURE_ERROR_NO_IMAGE,   /* damaged, or of no kind that is known here */
  CONFAB_PICTURE_ERROR_TOO_LARGE,
} ConfabPictureError;

/**
 * confab_picture_file_read_async:
 * @file: chosen by the person
 *
 * Reads and decodes on another thread. Errors: CONFAB_PICTURE_ERROR, whose message is for the
 * person; G_IO_ERROR_CANCELLED.
 */
void confab_picture_file_read_async (GFile *file,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full): a PNG within CONFAB_PICTURE_MAX_PIXELS and CONFAB_PICTURE_MAX_BYTES */
GBytes *confab_picture_file_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
