/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The unsent file: beside the mirror, what a person wrote and no server has yet. It is only
 * added to, one checked line for each change, so that damage costs the lines it strikes. The
 * mirror's own tables are what everything reads; this is what they are made from when the mirror
 * is damaged or gone. Blocks: for the thread that writes the mirror. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabUnsentFile ConfabUnsentFile;

#define CONFAB_UNSENT_FILE_NAME "unsent.log"

/**
 * confab_unsent_file_open:
 * @path: (type filename): what is there and is no file is set aside
 * @data: (out) (transfer full): what is in it
 *
 * Makes the file (0600) if it is missing. Errors: CONFAB_STORE_ERROR.
 */
ConfabUnsentFile *confab_unsent_file_open (const char *path, GBytes **data, GError **error);
void confab_unsent_file_close (ConfabUnsentFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabUnsentFile, confab_unsent_file_close)

/* Adds @lines. With @durable they are on the disk afterwards. If it fails, nothing was added. */
gboolean confab_unsent_file_append (ConfabUnsentFile *self,
                                    const GString *lines,
                                    gboolean durable,
                                    GError **error);
/* Takes back what the last append added. */
void confab_unsent_file_undo (ConfabUnsentFile *self);
/* Puts @lines, which begin with a header of that @name, in the place of all that is there, at once
 * and durably. */
gboolean confab_unsent_file_replace (ConfabUnsentFile *self,
                                     const char *name,
                                     const GString *lines,
                                     GError **error);
/* Keeps a copy of the damaged file beside it, as PATH.damaged-N. */
gboolean confab_unsent_file_keep_damaged (ConfabUnsentFile *self, GBytes *data, GError **error);

gsize confab_unsent_file_get_length (ConfabUnsentFile *self);
/* The name in the header; "" while there is none. */
const char *confab_unsent_file_get_name (ConfabUnsentFile *self);
void confab_unsent_file_set_name (ConfabUnsentFile *self, const char *name);

/* Sets aside what is at @path if it is no file: a folder, a named pipe, a link that leads
 * nowhere. */
gboolean confab_unsent_file_clear_way (const char *path, GError **error);
/* Renames @path to the first free PATH.damaged-N. */
gboolean confab_unsent_file_set_aside (const char *path, GError **error);

G_END_DECLS
