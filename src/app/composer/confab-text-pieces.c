/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-text-pieces.h"

#include "confab-text-cost.h"

/* GTK merges neighbors of one font, language and fallback before Pango sees them, so these divide
 * nothing. The line height is passed on for each piece, and 1 times the font's height is what a
 * line has anyway. */
#define DIVIDING_PROPERTY "line-height"

#define TAG_NAME "confab-piece"

/* An item of a piece of confab_text_cost_next_piece() is at most this long, so a piece that has
 * grown longer is divided anew, unless it has short items. */
#define MAX_CHARS (3 * CONFAB_TEXT_COST_PIECE)

static GtkTextTag *
get_tag (GtkTextBuffer *buffer)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), TAG_NAME);
}

static void
move_to_line_end (GtkTextIter *iter)
{
  if (!gtk_text_iter_ends_line (iter))
    gtk_text_iter_forward_to_line_end (iter);
}

static gboolean
has_long_piece (GtkTextTag *tag, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter place = *start;
  int begin = gtk_text_iter_get_offset (start);

  while (gtk_text_iter_forward_to_tag_toggle (&place, tag)
         && gtk_text_iter_compare (&place, end) < 0)
    {
      if (gtk_text_iter_get_offset (&place) - begin > MAX_CHARS)
        return TRUE;
      begin = gtk_text_iter_get_offset (&place);
    }

  return gtk_text_iter_get_offset (end) - begin > MAX_CHARS;
}

static void
divide_paragraph (GtkTextBuffer *buffer, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextTag *tag = get_tag (buffer);
  g_autofree char *text = gtk_text_buffer_get_slice (buffer, start, end, TRUE);
  const char *rest = text;
  GtkTextIter from = *start;
  gboolean tagged = FALSE;

  gtk_text_buffer_remove_tag (buffer, tag, start, end);
  while (*rest != '\0')
    {
      gsize length = confab_text_cost_next_piece (rest);
      GtkTextIter to = from;

      gtk_text_iter_forward_chars (&to, (int)g_utf8_strlen (rest, (gssize)length));
      if (tagged)
        gtk_text_buffer_apply_tag (buffer, tag, &from, &to);
      tagged = !tagged;
      from = to;
      rest += length;
    }
}

/* Divide the paragraphs that contain @first and @last, and those between them. */
static void
divide (GtkTextBuffer *buffer, const GtkTextIter *first, const GtkTextIter *last)
{
  GtkTextTag *tag = get_tag (buffer);
  GtkTextIter start = *first;

  gtk_text_iter_set_line_offset (&start, 0);
  do
    {
      GtkTextIter end = start;

      move_to_line_end (&end);
      if (gtk_text_iter_get_line_offset (&end) > MAX_CHARS && has_long_piece (tag, &start, &end))
        divide_paragraph (buffer, &start, &end);
    }
  while (gtk_text_iter_forward_line (&start) && gtk_text_iter_compare (&start, last) <= 0);
}

static void
inserted_cb (GtkTextBuffer *buffer, GtkTextIter *end, const char *text, int length)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int)g_utf8_strlen (text, length));
  divide (buffer, &start, end);
}

/* Two paragraphs may have become one. */
static void
deleted_cb (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end)
{
  divide (buffer, start, start);
}

void
confab_text_pieces_watch (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (get_tag (buffer) == NULL);

  gtk_text_buffer_create_tag (buffer, TAG_NAME, DIVIDING_PROPERTY, 1.0, NULL);
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (inserted_cb), NULL);
  g_signal_connect_after (buffer, "delete-range", G_CALLBACK (deleted_cb), NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  divide (buffer, &start, &end);
}
