/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-print-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#include "confab-text-cost.h"

#define FONT "Sans 10"
#define HEAD_GAP 24.0 /* points, below the title */
/* What one turn of the main loop cuts: 200 short paragraphs, or the longest message there can be.
 */
#define PARAGRAPHS_A_TURN 200
#define BYTES_A_TURN 10000

typedef struct
{
  ConfabParagraphKind kind;
  char *text;
} Paragraph;

/* A position: a line of a paragraph. */
typedef struct
{
  guint paragraph;
  int line;
} Place;

struct _ConfabPrintLayout
{
  char *title;
  GArray *paragraphs;
  GArray *pages; /* of Place */
  Place next;    /* the first line not on a page yet */
  double y;      /* on the page being filled */

  /* The paragraph laid out last. A long one is on several pages, and laying it out takes as long as
   * painting a page. */
  PangoLayout *layout;      /* (nullable) */
  GtkPrintContext *context; /* (nullable) weak: what it was laid out for */
  guint laid_out;           /* its position */
};

/* Space above, in points. */
static const double gaps[] = {
  [CONFAB_PARAGRAPH_DAY] = 18,
  [CONFAB_PARAGRAPH_SENDER] = 9,
  [CONFAB_PARAGRAPH_BODY] = 1,
  [CONFAB_PARAGRAPH_DIMMED] = 1,
};

static void
paragraph_clear (gpointer data)
{
  g_free (((Paragraph *)data)->text);
}

ConfabPrintLayout *
confab_print_layout_new (const char *title)
{
  ConfabPrintLayout *self = g_new0 (ConfabPrintLayout, 1);

  self->title = g_strdup (title);
  self->paragraphs = g_array_new (FALSE, FALSE, sizeof (Paragraph));
  g_array_set_clear_func (self->paragraphs, paragraph_clear);
  self->pages = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_append_val (self->pages, self->next);

  return self;
}

void
confab_print_layout_free (ConfabPrintLayout *self)
{
  g_clear_weak_pointer (&self->context);
  g_clear_object (&self->layout);
  g_free (self->title);
  g_array_unref (self->paragraphs);
  g_array_unref (self->pages);
  g_free (self);
}

void
confab_print_layout_add (ConfabPrintLayout *self, ConfabParagraphKind kind, const char *text)
{
  const Paragraph paragraph = { kind, g_strdup (text) };

  g_array_append_val (self->paragraphs, paragraph);
}

/* ---- paragraphs ---- */

static PangoLayout *
create_layout (GtkPrintContext *context, const char *text, ConfabParagraphKind kind)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (kind == CONFAB_PARAGRAPH_SENDER || kind == CONFAB_PARAGRAPH_DAY)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (kind == CONFAB_PARAGRAPH_DIMMED)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  if (kind == CONFAB_PARAGRAPH_DAY)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int)(gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE)); /* as in the window */
  confab_text_cost_divide (attributes, text);
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

/* Returns: (transfer full) */
static PangoLayout *
lay_out (ConfabPrintLayout *self, GtkPrintContext *context, guint position)
{
  const Paragraph *paragraph = &g_array_index (self->paragraphs, Paragraph, position);

  if (self->layout == NULL || self->context != context || self->laid_out != position)
    {
      g_clear_object (&self->layout);
      self->layout = create_layout (context, paragraph->text, paragraph->kind);
      g_set_weak_pointer (&self->context, context);
      self->laid_out = position;
    }

  return g_object_ref (self->layout);
}

static double
get_gap (ConfabPrintLayout *self, guint position)
{
  return gaps[g_array_index (self->paragraphs, Paragraph, position).kind];
}

static gboolean
stays_with_next (ConfabPrintLayout *self, guint position)
{
  ConfabParagraphKind kind = g_array_index (self->paragraphs, Paragraph, position).kind;

  return kind == CONFAB_PARAGRAPH_DAY || kind == CONFAB_PARAGRAPH_SENDER;
}

/* ---- pages ---- */

static double
get_page_height (GtkPrintContext *context)
{
  return gtk_print_context_get_height (context) - HEAD_GAP;
}

/* If the line would be alone at the end of the page, move it and the headings before it to the next
 * one. */
static Place
find_break (ConfabPrintLayout *self, Place place)
{
  const Place *page = &g_array_index (self->pages, Place, self->pages->len - 1);
  Place earlier = place;

  if (place.line > 0)
    return place;

  while (earlier.paragraph > 0 && stays_with_next (self, earlier.paragraph - 1))
    earlier.paragraph--;

  /* A page of headings only would repeat forever. */
  return earlier.paragraph > page->paragraph ? earlier : place;
}

/* Return FALSE if the page is full and a new one was begun. */
static gboolean
cut_paragraph (ConfabPrintLayout *self, GtkPrintContext *context)
{
  g_autoptr (PangoLayout) layout = lay_out (self, context, self->next.paragraph);
  double height = get_page_height (context);
  int n_lines = pango_layout_get_line_count (layout);

  if (self->next.line == 0 && self->y > 0)
    self->y += get_gap (self, self->next.paragraph);
  for (; self->next.line < n_lines; self->next.line++)
    {
      PangoRectangle extents;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, self->next.line), NULL,
                                     &extents);
      if (self->y > 0 && self->y + extents.height / (double)PANGO_SCALE > height)
        {
          self->next = find_break (self, self->next);
          g_array_append_val (self->pages, self->next);
          self->y = 0;
          return FALSE;
        }
      self->y += extents.height / (double)PANGO_SCALE;
    }
  self->next.paragraph++;
  self->next.line = 0;

  return TRUE;
}

gboolean
confab_print_layout_cut (ConfabPrintLayout *self, GtkPrintContext *context)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < PARAGRAPHS_A_TURN && n_bytes < BYTES_A_TURN
                    && self->next.paragraph < self->paragraphs->len;
       i++)
    {
      n_bytes += strlen (g_array_index (self->paragraphs, Paragraph, self->next.paragraph).text);
      cut_paragraph (self, context);
    }

  return self->next.paragraph >= self->paragraphs->len;
}

guint
confab_print_layout_n_pages (ConfabPrintLayout *self)
{
  return self->pages->len;
}

/* ---- drawing ---- */

static void
draw_head (ConfabPrintLayout *self, GtkPrintContext *context, guint page)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context);
  /* Translators: page number and number of pages on printed paper. */
  g_autofree char *number = g_strdup_printf (C_("page", "%u of %u"), page + 1, self->pages->len);
  g_autoptr (PangoLayout) left = create_layout (context, self->title, CONFAB_PARAGRAPH_DIMMED);
  g_autoptr (PangoLayout) right = create_layout (context, number, CONFAB_PARAGRAPH_DIMMED);
  int number_width;

  pango_layout_set_width (right, -1);
  pango_layout_get_size (right, &number_width, NULL);
  pango_layout_set_width (left, (int)(width * PANGO_SCALE) - number_width - 12 * PANGO_SCALE);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (left, 0);
  cairo_set_source_rgb (cr, 0.4, 0.4, 0.4);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, left);
  cairo_move_to (cr, width - number_width / (double)PANGO_SCALE, 0);
  pango_cairo_show_layout (cr, right);
}

/* Draw the lines from @place to @end or the end of the paragraph. Return the y of the next line. */
static double
draw_lines (GtkPrintContext *context, PangoLayout *layout, int first, int end, double y)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);
  int line = 0;

  do
    {
      PangoRectangle extents;

      if (line >= end)
        break;
      if (line >= first)
        {
          pango_layout_iter_get_line_extents (iter, NULL, &extents);
          cairo_move_to (
              cr, extents.x / (double)PANGO_SCALE,
              y + (pango_layout_iter_get_baseline (iter) - extents.y) / (double)PANGO_SCALE);
          pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
          y += extents.height / (double)PANGO_SCALE;
        }
      line++;
    }
  while (pango_layout_iter_next_line (iter));

  return y;
}

void
confab_print_layout_draw (ConfabPrintLayout *self, GtkPrintContext *context, guint page)
{
  Place place = g_array_index (self->pages, Place, page);
  Place end = { self->paragraphs->len, 0 };
  double y = HEAD_GAP;

  if (page + 1 < self->pages->len)
    end = g_array_index (self->pages, Place, page + 1);

  draw_head (self, context, page);
  cairo_set_source_rgb (gtk_print_context_get_cairo_context (context), 0, 0, 0);
  for (; place.paragraph < end.paragraph || (place.paragraph == end.paragraph && end.line > 0);
       place.paragraph++, place.line = 0)
    {
      g_autoptr (PangoLayout) layout = lay_out (self, context, place.paragraph);
      int last = place.paragraph == end.paragraph ? end.line : G_MAXINT;

      if (place.line == 0 && y > HEAD_GAP)
        y += get_gap (self, place.paragraph);
      y = draw_lines (context, layout, place.line, last, y);
      if (place.paragraph == end.paragraph)
        break;
    }
}
