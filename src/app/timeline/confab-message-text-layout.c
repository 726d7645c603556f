/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lays out a message's text: how much of it, when, and the size it needs. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-text-private.h"

#include <adwaita.h>

#include "confab-text-cost.h"

#define EMOJI_SCALE 2.4

/* A readable link color depends on the bubble, light or dark style, accent and contrast. The style
 * sheet decides it for the node of a widget that is never shown; ask that widget. */
void
confab_message_text_get_link_color (ConfabMessageText *self, GdkRGBA *color)
{
  if (self->link == NULL)
    {
      self->link = g_object_new (ADW_TYPE_BIN, "css-name", "link", "visible", FALSE, NULL);
      gtk_widget_set_parent (self->link, GTK_WIDGET (self));
    }
  gtk_widget_get_color (self->link, color);
}

/* A color that CSS computes can lie outside sRGB: the accent in the dark style has a component
 * above 1, which would wrap around to 0. */
static guint16
to_16_bits (float component)
{
  return (guint16)(CLAMP (component, 0.0F, 1.0F) * 65535);
}

static void
insert_attribute (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

void
confab_message_text_update_attributes (ConfabMessageText *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA color;

  /* A hyphen at the end of a line would look like a letter of a long address or code. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (self->emoji)
    pango_attr_list_insert (attributes, pango_attr_scale_new (EMOJI_SCALE));

  if (self->links->len > 0)
    confab_message_text_get_link_color (self, &color);
  for (guint i = 0; i < self->links->len; i++)
    {
      const ConfabLink *link = g_ptr_array_index (self->links, i);

      insert_attribute (attributes,
                        pango_attr_foreground_new (to_16_bits (color.red), to_16_bits (color.green),
                                                   to_16_bits (color.blue)),
                        link->start, link->end);
      insert_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), link->start,
                        link->end);
    }

  confab_text_cost_divide (attributes, pango_layout_get_text (self->layout));
  pango_layout_set_attributes (self->layout, attributes);
}

/* Give Pango only as much of the text as may be laid out at once. */
void
confab_message_text_update_shown (ConfabMessageText *self)
{
  g_autofree char *cut = NULL;

  if (self->folded)
    self->shown = confab_text_cost_cut (self->text, CONFAB_TEXT_COST_FOLDED,
                                        CONFAB_MESSAGE_TEXT_FOLDED_LINES + 1);
  else
    self->shown = confab_text_cost_cut (self->text, CONFAB_TEXT_COST_MAX, G_MAXUINT);

  if (self->shown < self->length && !self->folded)
    {
      cut = g_strdup_printf ("%.*s…", (int)self->shown, self->text);
      pango_layout_set_text (self->layout, cut, -1);
    }
  else
    pango_layout_set_text (self->layout, self->text, (int)self->shown);
  confab_message_text_update_attributes (self);
  confab_message_text_update_places (self);
}

/* Return the height of the first FOLDED_LINES lines, in Pango units. */
static int
get_folded_height (PangoLayout *layout)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);
  PangoRectangle line;

  for (int i = 1; i < CONFAB_MESSAGE_TEXT_FOLDED_LINES; i++)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_extents (iter, NULL, &line);

  return line.y + line.height;
}

static void
lay_out (ConfabMessageText *self, int width)
{
  PangoRectangle box;

  pango_layout_set_width (self->layout, MAX (width, 1) * PANGO_SCALE);
  pango_layout_get_extents (self->layout, NULL, &box);
  self->is_long = self->shown < self->length
                  || pango_layout_get_line_count (self->layout) > CONFAB_MESSAGE_TEXT_FOLDED_LINES;
  if (self->is_long && self->folded)
    box.height = get_folded_height (self->layout) - box.y;

  self->text_x = PANGO_PIXELS_FLOOR (box.x);
  self->text_width = PANGO_PIXELS_CEIL (box.x + box.width) - self->text_x;
  self->text_height = PANGO_PIXELS_CEIL (box.height);
}

static void
fit_layout (ConfabMessageText *self, int width)
{
  /* The lines wrapped at a greater width fit into this width too, so wrapping again would not
   * change them. */
  if (self->fitted_width >= width && width >= self->text_width)
    return;

  lay_out (self, width);
  self->fitted_width = width;
}

void
confab_message_text_forget_layout (ConfabMessageText *self)
{
  self->fitted_width = -1;
  pango_layout_context_changed (self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
confab_message_text_fit (ConfabMessageText *self, int max_width, int *width, int *height)
{
  int padding_x = self->emoji ? 0 : CONFAB_MESSAGE_TEXT_PADDING_X;
  int padding_y = self->emoji ? 0 : CONFAB_MESSAGE_TEXT_PADDING_Y;

  g_return_if_fail (CONFAB_IS_MESSAGE_TEXT (self));

  fit_layout (self, max_width - 2 * padding_x);
  *width = MIN (self->text_width + 2 * padding_x, max_width);
  *height = self->text_height + 2 * padding_y;
}

void
confab_message_text_get_origin (ConfabMessageText *self, int *x, int *y)
{
  *x = (self->emoji ? 0 : CONFAB_MESSAGE_TEXT_PADDING_X) - self->text_x;
  *y = self->emoji ? 0 : CONFAB_MESSAGE_TEXT_PADDING_Y;
}

static GtkSizeRequestMode
confab_message_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
confab_message_text_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);
  int width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = 400;
      return;
    }

  confab_message_text_fit (self, for_size < 0 ? 400 : for_size, &width, minimum);
  *natural = *minimum;
}

static void
confab_message_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);
  int fitted_width, fitted_height;

  /* A parent that called fit() allocates the width it got, so the layout is still valid. */
  if (self->fitted_width < 0)
    confab_message_text_fit (self, width, &fitted_width, &fitted_height);
  confab_message_text_allocate_places (self);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

void
confab_message_text_class_init_layout (GtkWidgetClass *widget_class)
{
  widget_class->get_request_mode = confab_message_text_get_request_mode;
  widget_class->measure = confab_message_text_measure;
  widget_class->size_allocate = confab_message_text_size_allocate;
}
