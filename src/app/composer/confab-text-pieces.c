/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-text-pieces.h"

#include "confab-text-cost.h"

static GtkTextTag *
get_tag (GtkTextBuffer *buffer)
{
  return g_object_get_data (G_OBJECT (buffer), "confab-text-pieces");
}

/* Between two pieces the tag begins or ends, which makes GTK give them to Pango as two. */
static void
divide_paragraph (GtkTextBuffer *buffer, const GtkTextIter *start, const GtkTextIter *end)
{
  g_autofree char *text = gtk_text_buffer_get_slice (buffer, start, end, TRUE);
  const char *rest = text;
  GtkTextIter from = *start;
  gboolean tagged = FALSE;

  gtk_text_buffer_remove_tag (buffer, get_tag (buffer), start, end);
  while (*rest != '\0')
    {
      gsize length = confab_text_cost_next_piece (rest);
      GtkTextIter to = from;

      gtk_text_iter_forward_chars (&to, (int)g_utf8_strlen (rest, (gssize)length));
      if (tagged)
        gtk_text_buffer_apply_tag (buffer, get_tag (buffer), &from, &to);
      tagged = !tagged;
      from = to;
      rest += length;
    }
}

/* Divides the paragraphs that @first and @last are in, and those between them. */
static void
divide (GtkTextBuffer *buffer, const GtkTextIter *first, const GtkTextIter *last)
{
  GtkTextIter start = *first;

  gtk_text_iter_set_line_offset (&start, 0);
  do
    {
      GtkTextIter end = start;

      if (!gtk_text_iter_ends_line (&end))
        gtk_text_iter_forward_to_line_end (&end);
      if (gtk_text_iter_get_line_offset (&end) > CONFAB_TEXT_COST_PIECE)
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

  g_object_set_data (G_OBJECT (buffer), "confab-text-pieces",
                     gtk_text_buffer_create_tag (buffer, NULL, NULL));
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (inserted_cb), NULL);
  g_signal_connect_after (buffer, "delete-range", G_CALLBACK (deleted_cb), NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  divide (buffer, &start, &end);
}
