/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Implements GtkAccessibleText, whose offsets count characters; the text's own offsets count
 * bytes. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-text-private.h"

static guint
to_byte (ConfabMessageText *self, guint offset)
{
  long n_chars = g_utf8_strlen (self->text, self->length);

  return g_utf8_offset_to_pointer (self->text, MIN (offset, n_chars)) - self->text;
}

static guint
to_offset (ConfabMessageText *self, guint byte)
{
  return g_utf8_pointer_to_offset (self->text, self->text + byte);
}

/* NUL-terminated, like the bytes that GTK's text widgets return. */
static GBytes *
take_bytes (ConfabMessageText *self, guint start, guint end)
{
  char *text = g_strndup (self->text + start, end - start);

  return g_bytes_new_take (text, end - start + 1);
}

static GBytes *
get_contents (GtkAccessibleText *accessible, guint start, guint end)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (accessible);
  guint first = to_byte (self, start);

  return take_bytes (self, first, MAX (first, to_byte (self, end)));
}

/* Return whether a unit of @granularity begins at character @i. */
static gboolean
begins_unit (ConfabMessageText *self,
             const PangoLogAttr *attrs,
             int i,
             GtkAccessibleTextGranularity granularity)
{
  const char *at = g_utf8_offset_to_pointer (self->text, i);

  switch (granularity)
    {
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER:
      return attrs[i].is_cursor_position;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD:
      return attrs[i].is_word_start;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE:
      return attrs[i].is_sentence_start;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE:
      {
        int line, before, x;

        pango_layout_index_to_line_x (self->layout, at - self->text, FALSE, &line, &x);
        pango_layout_index_to_line_x (self->layout, g_utf8_prev_char (at) - self->text, FALSE,
                                      &before, &x);
        return line != before;
      }
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH:
      return at[-1] == '\n';
    default:
      return FALSE;
    }
}

static GBytes *
get_contents_at (GtkAccessibleText *accessible,
                 guint offset,
                 GtkAccessibleTextGranularity granularity,
                 guint *start,
                 guint *end)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (accessible);
  int n_attrs;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (self->layout, &n_attrs);
  int n_chars = n_attrs - 1;
  int first = CLAMP ((int)MIN (offset, G_MAXINT), 0, n_chars);
  int last = MIN (first + 1, n_chars);

  while (first > 0 && !begins_unit (self, attrs, first, granularity))
    first--;
  while (last < n_chars && !begins_unit (self, attrs, last, granularity))
    last++;

  *start = first;
  *end = last;
  return take_bytes (self, to_byte (self, first), to_byte (self, last));
}

static guint
get_caret_position (GtkAccessibleText *accessible)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (accessible);

  return to_offset (self, self->cursor);
}

static gboolean
get_selection (GtkAccessibleText *accessible, gsize *n_ranges, GtkAccessibleTextRange **ranges)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (accessible);
  guint start, end;

  if (!confab_message_text_get_selection (self, &start, &end))
    return FALSE;

  *n_ranges = 1;
  *ranges = g_new (GtkAccessibleTextRange, 1);
  (*ranges)[0].start = to_offset (self, start);
  (*ranges)[0].length = to_offset (self, end) - (*ranges)[0].start;

  return TRUE;
}

static gboolean
get_attributes (GtkAccessibleText *accessible,
                guint offset,
                gsize *n_ranges,
                GtkAccessibleTextRange **ranges,
                char ***names,
                char ***values)
{
  return FALSE;
}

static void
get_default_attributes (GtkAccessibleText *accessible, char ***names, char ***values)
{
  *names = g_new0 (char *, 1);
  *values = g_new0 (char *, 1);
}

static gboolean
get_extents (GtkAccessibleText *accessible, guint start, guint end, graphene_rect_t *extents)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (accessible);
  int range[2] = { to_byte (self, start), to_byte (self, end) };
  cairo_region_t *region;
  cairo_rectangle_int_t area;
  int x, y;

  confab_message_text_get_origin (self, &x, &y);
  region = gdk_pango_layout_get_clip_region (self->layout, x, y, range, 1);
  cairo_region_get_extents (region, &area);
  cairo_region_destroy (region);
  *extents = GRAPHENE_RECT_INIT (area.x, area.y, area.width, area.height);

  return TRUE;
}

static gboolean
get_offset (GtkAccessibleText *accessible, const graphene_point_t *point, guint *offset)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (accessible);

  *offset = to_offset (self, confab_message_text_byte_at (self, point->x, point->y, FALSE, NULL));

  return TRUE;
}

void
confab_message_text_accessible_init (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
  iface->get_selection = get_selection;
  iface->get_attributes = get_attributes;
  iface->get_default_attributes = get_default_attributes;
  iface->get_extents = get_extents;
  iface->get_offset = get_offset;
}
