/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The unsent file beside the mirror: the text that the user wrote and the server has not received.
 * It is append-only, with one checksummed line for each change, so that damage affects only some
 * lines. The mirror's tables are read normally; they are recreated from this file when the mirror
 * is damaged or lost. Blocks: used on the thread that writes the mirror. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabUnsentFile ConfabUnsentFile;

#define CONFAB_UNSENT_FILE_NAME "unsent.log"

/**
 * confab_unsent_file_open:
 * @path: (type filename): anything there that is not a file is renamed
 * @data: (out) (transfer full): the content
 *
 * Creates the file (0600) if it is missing. Errors: CONFAB_STORE_ERROR.
 */
ConfabUnsentFile *confab_unsent_file_open (const char *path, GBytes **data, GError **error);
void confab_unsent_file_close (ConfabUnsentFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabUnsentFile, confab_unsent_file_close)

/* Append @lines, and sync them if @durable. If this fails, nothing was appended. Fails if the file
 * is no longer at its path, where the next start would look for it. */
gboolean confab_unsent_file_append (ConfabUnsentFile *self,
                                    const GString *lines,
                                    gboolean durable,
                                    GError **error);
/* Undo the last append. */
void confab_unsent_file_undo (ConfabUnsentFile *self);
/* Replace the content by @lines, which begin with a header of that @name, atomically and
 * durably. */
gboolean confab_unsent_file_replace (ConfabUnsentFile *self,
                                     const char *name,
                                     const GString *lines,
                                     GError **error);
/* Copy the damaged file to PATH.damaged-N. */
gboolean confab_unsent_file_keep_damaged (ConfabUnsentFile *self, GBytes *data, GError **error);

gsize confab_unsent_file_get_length (ConfabUnsentFile *self);
/* The name in the header; "" without a header. */
const char *confab_unsent_file_get_name (ConfabUnsentFile *self);
void confab_unsent_file_set_name (ConfabUnsentFile *self, const char *name);

G_END_DECLS
