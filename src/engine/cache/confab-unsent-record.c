/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-unsent-record.h"

#include <string.h>

/* A line is SEPARATOR CHECKSUM SPACE KIND VALUE "\n". VALUE is in GVariant's text format, which
 * escapes control characters. So neither end of a line occurs within one, and one damaged byte
 * affects one line (as in JSON text sequences, RFC 7464). */
#define SEPARATOR '\x1e'
#define CHECKSUM_CHARS 16 /* the first half of 16 bytes of SHA-256, in hexadecimal */
#define PREFIX_CHARS (CHECKSUM_CHARS + 1)

static const struct
{
  char letter;
  const char *type;
} kinds[] = {
  [CONFAB_UNSENT_HEADER] = { 'h', "(xs)" },
  [CONFAB_UNSENT_MESSAGE] = { 'm', "(xsxsxii)" },
  [CONFAB_UNSENT_GONE] = { 'g', "(s)" },
  [CONFAB_UNSENT_DRAFT] = { 'd', "(xs)" },
};

void
confab_unsent_record_free (ConfabUnsentRecord *self)
{
  g_clear_pointer (&self->message, confab_outbox_row_free);
  g_free (self->text);
  g_free (self);
}

/* ---- writing ---- */

static char *
checksum (const char *text, gsize length)
{
  char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, length);

  sum[CHECKSUM_CHARS] = '\0';
  return sum;
}

/* Takes ownership of @value, which may be floating. */
static void
add_line (GString *lines, ConfabUnsentKind kind, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autofree char *printed = g_variant_print (owned, FALSE);
  g_autofree char *body = g_strdup_printf ("%c%s", kinds[kind].letter, printed);
  g_autofree char *sum = checksum (body, strlen (body));

  g_string_append_printf (lines, "%c%s %s\n", SEPARATOR, sum, body);
}

void
confab_unsent_record_add_header (GString *lines, gint64 user_id, const char *name)
{
  add_line (lines, CONFAB_UNSENT_HEADER,
            g_variant_new (kinds[CONFAB_UNSENT_HEADER].type, user_id, name));
}

void
confab_unsent_record_add_message (GString *lines, const ConfabOutboxRow *row)
{
  add_line (lines, CONFAB_UNSENT_MESSAGE,
            g_variant_new (kinds[CONFAB_UNSENT_MESSAGE].type, row->id, row->client_id,
                           row->conversation_id, row->content, row->created_at, (int)row->state,
                           row->problem));
}

void
confab_unsent_record_add_gone (GString *lines, const char *client_id)
{
  add_line (lines, CONFAB_UNSENT_GONE, g_variant_new (kinds[CONFAB_UNSENT_GONE].type, client_id));
}

void
confab_unsent_record_add_draft (GString *lines, gint64 conversation_id, const char *text)
{
  add_line (lines, CONFAB_UNSENT_DRAFT,
            g_variant_new (kinds[CONFAB_UNSENT_DRAFT].type, conversation_id, text));
}

/* ---- reading ---- */

static void
take_message (ConfabUnsentRecord *record, GVariant *value)
{
  ConfabOutboxRow *row = g_new0 (ConfabOutboxRow, 1);
  int state;

  g_variant_get (value, kinds[CONFAB_UNSENT_MESSAGE].type, &row->id, &row->client_id,
                 &row->conversation_id, &row->content, &row->created_at, &state, &row->problem);
  row->state = state == CONFAB_OUTBOX_FAILED ? CONFAB_OUTBOX_FAILED : CONFAB_OUTBOX_WAITING;
  record->message = row;
}

static void
take_value (ConfabUnsentRecord *record, GVariant *value)
{
  if (record->kind == CONFAB_UNSENT_MESSAGE)
    take_message (record, value);
  else if (record->kind == CONFAB_UNSENT_GONE)
    g_variant_get (value, kinds[CONFAB_UNSENT_GONE].type, &record->text);
  else
    g_variant_get (value, kinds[record->kind].type, &record->id, &record->text);
}

/* @body: the text covered by the checksum; valid UTF-8. Returns: (transfer full) (nullable): NULL
 * if it cannot be parsed */
static ConfabUnsentRecord *
parse_body (const char *body, gsize length, gboolean sound)
{
  g_autoptr (ConfabUnsentRecord) record = g_new0 (ConfabUnsentRecord, 1);

  record->sound = sound;
  for (guint kind = 0; length > 1 && kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (GVariant) value = NULL;

      if (body[0] != kinds[kind].letter)
        continue;
      value =
          g_variant_parse (G_VARIANT_TYPE (kinds[kind].type), body + 1, body + length, NULL, NULL);
      if (value == NULL)
        break;
      record->kind = kind;
      take_value (record, value);
      return g_steal_pointer (&record);
    }
  if (!sound)
    return NULL;
  /* An unknown kind is not damage. */
  record->kind = CONFAB_UNSENT_UNKNOWN;
  return g_steal_pointer (&record);
}

static ConfabUnsentRecord *
parse_sound (const char *line, gsize length)
{
  g_autofree char *sum = NULL;

  if (length <= PREFIX_CHARS || line[CHECKSUM_CHARS] != ' ')
    return NULL;
  sum = checksum (line + PREFIX_CHARS, length - PREFIX_CHARS);
  if (memcmp (sum, line, CHECKSUM_CHARS) != 0)
    return NULL;
  return parse_body (line + PREFIX_CHARS, length - PREFIX_CHARS, TRUE);
}

/* Parse what is left of a damaged line, for the user to judge. */
static ConfabUnsentRecord *
parse_damaged (const char *line, gsize length)
{
  g_autofree char *body = NULL;

  if (length <= PREFIX_CHARS)
    return NULL;
  body = g_utf8_make_valid (line + PREFIX_CHARS, (gssize)(length - PREFIX_CHARS));
  return parse_body (body, strlen (body), FALSE);
}

static ConfabUnsentRecord *
parse_line (const char *line, gsize length)
{
  ConfabUnsentRecord *record = parse_sound (line, length);

  /* The damaged byte may be the line feed before, or the separator. */
  if (record == NULL && length > 1)
    record = parse_sound (line, length - 1);
  if (record == NULL && length > 1)
    record = parse_sound (line + 1, length - 1);
  return record != NULL ? record : parse_damaged (line, length);
}

GPtrArray *
confab_unsent_record_parse (const char *data, gsize length, guint *n_damaged)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_unsent_record_free);
  gsize start = 0;

  *n_damaged = 0;
  for (gsize end = 0; end <= length; end++)
    {
      ConfabUnsentRecord *record;

      if (end < length && data[end] != SEPARATOR && data[end] != '\n')
        continue;
      record = end > start ? parse_line (data + start, end - start) : NULL;
      if (record != NULL)
        {
          record->offset = start;
          g_ptr_array_add (records, record);
        }
      /* A last line without a line feed was being written. */
      if (end > start && end < length && (record == NULL || !record->sound))
        ++*n_damaged;
      start = end + 1;
    }
  return g_steal_pointer (&records);
}
