/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads rows of answers so that one bad row does not stop all others from being read. The rule, for
 * all kinds of rows:
 *
 * - A member that only describes the row and cannot be read is mended: texts are shortened and lose
 *   the characters that cannot be shown, any other value becomes 0, FALSE or none.
 * - A row with an unreadable member that says which row it is, its key, is skipped.
 * - Everything else is the answer's envelope, and an error.
 *
 * What a value is replaced by depends on the row alone, so that the same row is always read alike.
 * The caller learns whether anything was mended or skipped. Any thread. */

#pragma once

#include "confab-json.h"

G_BEGIN_DECLS

/**
 * ConfabRowReader:
 * @object: the row
 * @bad_key: (nullable): the first key that could not be read; then the row must be skipped
 * @is_mended: whether the value of another member could not be read
 */
typedef struct
{
  JsonObject *object;
  const char *bad_key;
  gboolean is_mended;
} ConfabRowReader;

/* Read an id, a revision or a sequence number, which are > 0. Returns: 0 if it is a bad key */
gint64 confab_row_reader_get_key (ConfabRowReader *self, const char *member);
/* Read an integer of 0 to @max, or a time in ms. Missing and null are 0. */
gint64 confab_row_reader_get_int (ConfabRowReader *self, const char *member, gint64 max);
gint64 confab_row_reader_get_time (ConfabRowReader *self, const char *member);
/* Missing and null are FALSE. */
gboolean confab_row_reader_get_bool (ConfabRowReader *self, const char *member);
/* Returns: (nullable) (transfer none): the text as it is, which may have U+FDD0 */
const char *confab_row_reader_get_string (ConfabRowReader *self, const char *member);
/* Read a line to show, see confab_text_mend_line(). Returns: (nullable) (transfer full) */
char *confab_row_reader_dup_line (ConfabRowReader *self, const char *member, gsize max_chars);
/* Read a line that the row must have. Returns: (transfer full): the line, or "?" if it shows
 * nothing */
char *confab_row_reader_dup_name (ConfabRowReader *self, const char *member, gsize max_chars);
/* Read a message, see confab_text_mend_message(). Returns: (transfer full): "" if it has none */
char *confab_row_reader_dup_message (ConfabRowReader *self, const char *member);

/* Read one row of a kind. Returns: (transfer full): the row, which is freed if it is skipped */
typedef gpointer (*ConfabRowRead) (ConfabRowReader *reader);

/**
 * confab_row_reader_read:
 * @is_mended: (out) (optional): whether a member was mended; unchanged otherwise
 *
 * Reads one row, which is not skipped: a bad key is an error.
 *
 * Returns: (transfer full) (nullable): the row, or %NULL with %CONFAB_PROBLEM_INVALID_FIELD
 */
gpointer confab_row_reader_read (JsonObject *object,
                                 ConfabRowRead read,
                                 GDestroyNotify row_free,
                                 gboolean *is_mended,
                                 GError **error);

/**
 * confab_row_reader_add:
 * @rows: reads the elements of the array @member and adds them here; has a free function
 * @is_mended: (out) (optional): whether a row was mended or skipped; unchanged otherwise
 *
 * Returns: %FALSE with %CONFAB_PROBLEM_INVALID_FIELD if @member is no array
 */
gboolean confab_row_reader_add (JsonObject *object,
                                const char *member,
                                GPtrArray *rows,
                                ConfabRowRead read,
                                GDestroyNotify row_free,
                                gboolean *is_mended,
                                GError **error);

G_END_DECLS
