/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line of the unsent file: a change to the unsent texts, with its own checksum. */

#pragma once

#include "confab-outbox-row.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_UNSENT_HEADER,  /* the user, and a name that changes when the file is written again */
  CONFAB_UNSENT_MESSAGE, /* a message that waits, or whose state changed */
  CONFAB_UNSENT_GONE,    /* a message was sent or discarded */
  CONFAB_UNSENT_DRAFT,   /* a draft that was saved or, if empty, deleted */
  CONFAB_UNSENT_UNKNOWN, /* a newer Confab wrote it */
} ConfabUnsentKind;

/**
 * ConfabUnsentRecord:
 * @sound: whether the checksum is right; if not, this was recovered from a damaged line
 * @offset: where the line begins in the file, in bytes
 * @message: (nullable): of a MESSAGE
 * @id: the user's id of a HEADER, the conversation's of a DRAFT
 * @text: (nullable): the name of a HEADER, the client id of a GONE, the text of a DRAFT
 */
typedef struct
{
  ConfabUnsentKind kind;
  gboolean sound;
  gsize offset;
  ConfabOutboxRow *message;
  gint64 id;
  char *text;
} ConfabUnsentRecord;

void confab_unsent_record_free (ConfabUnsentRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabUnsentRecord, confab_unsent_record_free)

/* Append a line to @lines. */
void confab_unsent_record_add_header (GString *lines, gint64 user_id, const char *name);
void confab_unsent_record_add_message (GString *lines, const ConfabOutboxRow *row);
void confab_unsent_record_add_gone (GString *lines, const char *client_id);
void confab_unsent_record_add_draft (GString *lines, gint64 conversation_id, const char *text);

/**
 * confab_unsent_record_parse:
 * @data: (array length=length): the whole file
 * @n_damaged: (out): the number of damaged lines; a last line without a line feed was cut short by
 *   a crash and does not count
 *
 * Reads every line that can be read, skipping damage in between.
 *
 * Returns: (transfer full) (element-type ConfabUnsentRecord): in the file's order
 */
GPtrArray *confab_unsent_record_parse (const char *data, gsize length, guint *n_damaged);

G_END_DECLS
