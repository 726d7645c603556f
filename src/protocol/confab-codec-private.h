/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the codecs: reading members of rows, and arrays of rows. Errors are
 * CONFAB_PROBLEM_INVALID_FIELD with the member's name. Any thread. */

#pragma once

#include "confab-codec.h"

G_BEGIN_DECLS

/* Set @error to "that member is invalid". Returns: FALSE */
gboolean confab_codec_invalid_field (GError **error, const char *member);

/* Read an id, a revision or a sequence number, which are > 0. */
gboolean confab_codec_get_positive (JsonObject *object,
                                    const char *member,
                                    gint64 *value,
                                    GError **error);
/* Read an id that is 0 if there is none. */
gboolean confab_codec_get_id_opt (JsonObject *object,
                                  const char *member,
                                  gint64 *value,
                                  GError **error);
/* Read a time in ms; the second function reads missing and null as 0. */
gboolean confab_codec_get_time (JsonObject *object,
                                const char *member,
                                gint64 *value,
                                GError **error);
gboolean confab_codec_get_time_opt (JsonObject *object,
                                    const char *member,
                                    gint64 *value,
                                    GError **error);
/* Read a line that is not blank; the second function accepts any line, and reads missing and null
 * as NULL. */
gboolean confab_codec_dup_line (JsonObject *object,
                                const char *member,
                                gsize max_chars,
                                char **value,
                                GError **error);
gboolean confab_codec_dup_line_opt (JsonObject *object,
                                    const char *member,
                                    gsize max_chars,
                                    char **value,
                                    GError **error);

/* Read a name that is only shown. One bad name must not stop everything else from being synced, so
 * what cannot be shown is mended: characters that a line may not have are left out, the rest is cut
 * at @max_chars. The first function replaces a name that shows nothing by "?", the second reads
 * missing and null as NULL. Another type is an error still. */
gboolean confab_codec_dup_name (JsonObject *object,
                                const char *member,
                                gsize max_chars,
                                char **value,
                                GError **error);
gboolean confab_codec_dup_name_opt (JsonObject *object,
                                    const char *member,
                                    gsize max_chars,
                                    char **value,
                                    GError **error);

typedef JsonObject *(*ConfabCodecEncode) (gconstpointer row);
typedef gpointer (*ConfabCodecDecode) (JsonObject *object, GError **error);

/* Set @member to an array of @rows encoded by @encode. */
void confab_codec_set_rows (JsonObject *object,
                            const char *member,
                            GPtrArray *rows,
                            ConfabCodecEncode encode);
/* Decode the elements of the array @member with @decode and add them to @rows. */
gboolean confab_codec_add_rows (JsonObject *object,
                                const char *member,
                                GPtrArray *rows,
                                ConfabCodecDecode decode,
                                GError **error);

G_END_DECLS
