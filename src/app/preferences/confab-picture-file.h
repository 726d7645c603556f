/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Converts an image file to a picture for the server: upright, square, small, and without metadata
 * such as the location. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFAB_PICTURE_ERROR (confab_picture_error_quark ())
GQuark confab_picture_error_quark (void);

typedef enum
{
  CONFAB_PICTURE_ERROR_UNREADABLE, /* the file cannot be read */
  CONFAB_PICTURE_ERROR_NO_IMAGE,   /* damaged, or an unknown format */
  CONFAB_PICTURE_ERROR_TOO_LARGE,
} ConfabPictureError;

/**
 * confab_picture_file_read_async:
 * @file: the file that the user chose
 *
 * Reads and decodes the file in another thread. Errors: CONFAB_PICTURE_ERROR, with a message for
 * the user; G_IO_ERROR_CANCELLED.
 */
void confab_picture_file_read_async (GFile *file,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full): a PNG within CONFAB_PICTURE_MAX_PIXELS and CONFAB_PICTURE_MAX_BYTES */
GBytes *confab_picture_file_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
