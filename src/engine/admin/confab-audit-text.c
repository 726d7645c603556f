/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Formats a page of the audit as lines of a file. Without side effects; any thread. */

#include "confab-audit-text.h"

#include <string.h>

#include "confab-admin-codec.h"
#include "confab-json.h"

void
confab_audit_text_free (ConfabAuditText *self)
{
  g_free (self->text);
  g_free (self->next);
  g_free (self);
}

/* RFC 4180. Texts that a spreadsheet would run as a formula get an apostrophe. */
static void
append_cell (GString *line, const char *value)
{
  const gboolean formula = value != NULL && *value != '\0' && strchr ("=+-@", *value) != NULL;

  if (line->len > 0)
    g_string_append_c (line, ',');
  if (value == NULL || *value == '\0')
    return;
  g_string_append_c (line, '"');
  if (formula)
    g_string_append_c (line, '\'');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *at);
    }
  g_string_append_c (line, '"');
}

static void
append_number (GString *line, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  append_cell (line, value != 0 ? text : NULL);
}

static void
append_time (GString *line, gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / 1000);
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  append_cell (line, text);
}

static void
append_csv (GString *text, const ConfabAuditRow *entry)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_number (line, entry->id);
  append_time (line, entry->at);
  append_cell (line, entry->actor);
  append_cell (line, entry->target);
  append_number (line, entry->conversation_id);
  append_cell (line, entry->action);
  append_cell (line, entry->old_value);
  append_cell (line, entry->new_value);
  append_cell (line, entry->address);
  g_string_append_len (text, line->str, (gssize)line->len);
  g_string_append (text, "\r\n");
}

static void
append_json (GString *text, JsonObject *entry)
{
  gsize length;
  g_autofree char *line = confab_json_object_to_string (entry, &length);

  g_string_append_len (text, line, (gssize)length);
  g_string_append_c (text, '\n');
}

static gpointer
decode (JsonObject *answer, gboolean csv, GError **error)
{
  g_autoptr (ConfabRowList) page = confab_codec_decode_audit (answer, error);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *entries;
  ConfabAuditText *self;

  if (page == NULL)
    return NULL;

  entries = json_object_get_array_member (answer, "entries");
  for (guint i = 0; i < page->rows->len; i++)
    {
      if (csv)
        append_csv (text, g_ptr_array_index (page->rows, i));
      else
        append_json (text, json_array_get_object_element (entries, i));
    }

  self = g_new0 (ConfabAuditText, 1);
  self->n_entries = page->rows->len;
  self->next = g_steal_pointer (&page->next);
  self->length = text->len;
  self->text = g_string_free (g_steal_pointer (&text), FALSE);

  return self;
}

gpointer
confab_audit_text_decode_csv (JsonObject *answer, GError **error)
{
  return decode (answer, TRUE, error);
}

gpointer
confab_audit_text_decode_json (JsonObject *answer, GError **error)
{
  return decode (answer, FALSE, error);
}
