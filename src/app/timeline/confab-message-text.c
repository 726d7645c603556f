/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-text-private.h"

#include <adwaita.h>
#include <string.h>

#include "confab-emoji.h"
#include "confab-text-cost.h"

#define EMOJI_MAX 6
#define EMOJI_SCALE 2.4

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_FOLDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabMessageText,
                               confab_message_text,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT,
                                                      confab_message_text_accessible_init))

/* ---- layout ---- */

/* A readable link color depends on the bubble, light or dark style, accent and contrast. The style
 * sheet decides it for the node of a widget that is never shown; ask that widget. */
static void
get_link_color (ConfabMessageText *self, GdkRGBA *color)
{
  if (self->link == NULL)
    {
      self->link = g_object_new (ADW_TYPE_BIN, "css-name", "link", "visible", FALSE, NULL);
      gtk_widget_set_parent (self->link, GTK_WIDGET (self));
    }
  gtk_widget_get_color (self->link, color);
}

static void
insert_attribute (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static void
update_attributes (ConfabMessageText *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA color;

  if (self->emoji)
    pango_attr_list_insert (attributes, pango_attr_scale_new (EMOJI_SCALE));

  if (self->links->len > 0)
    get_link_color (self, &color);
  for (guint i = 0; i < self->links->len; i++)
    {
      const ConfabLink *link = g_ptr_array_index (self->links, i);

      insert_attribute (
          attributes,
          pango_attr_foreground_new (color.red * 65535, color.green * 65535, color.blue * 65535),
          link->start, link->end);
      insert_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), link->start,
                        link->end);
    }

  confab_text_cost_divide (attributes, pango_layout_get_text (self->layout));
  pango_layout_set_attributes (self->layout, attributes);
}

/* Give Pango only as much of the text as may be laid out at once. */
static void
update_shown (ConfabMessageText *self)
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
  update_attributes (self);
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
fit_layout (ConfabMessageText *self, int width)
{
  PangoRectangle box;

  /* The lines wrapped at a greater width fit into this width too, so wrapping again would not
   * change them. */
  if (self->fitted_width >= width && width >= self->text_width)
    return;

  pango_layout_set_width (self->layout, MAX (width, 1) * PANGO_SCALE);
  pango_layout_get_extents (self->layout, NULL, &box);
  self->is_long = self->shown < self->length
                  || pango_layout_get_line_count (self->layout) > CONFAB_MESSAGE_TEXT_FOLDED_LINES;
  if (self->is_long && self->folded)
    box.height = get_folded_height (self->layout) - box.y;

  self->text_x = PANGO_PIXELS_FLOOR (box.x);
  self->text_width = PANGO_PIXELS_CEIL (box.x + box.width) - self->text_x;
  self->text_height = PANGO_PIXELS_CEIL (box.height);
  self->fitted_width = width;
}

static void
forget_layout (ConfabMessageText *self)
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

/* ---- painting ---- */

static void
snapshot_ranges (ConfabMessageText *self,
                 GtkSnapshot *snapshot,
                 guint start,
                 guint end,
                 const GdkRGBA *color)
{
  int range[2] = { start, end };
  cairo_region_t *region = gdk_pango_layout_get_clip_region (self->layout, 0, 0, range, 1);

  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t area;

      cairo_region_get_rectangle (region, i, &area);
      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT (area.x, area.y, area.width, area.height));
    }
  cairo_region_destroy (region);
}

static void
snapshot_layout (ConfabMessageText *self, GtkSnapshot *snapshot)
{
  GdkRGBA color;
  guint start, end;

  if (confab_message_text_get_selection (self, &start, &end))
    {
      get_link_color (self, &color);
      color.alpha = 0.3;
      snapshot_ranges (self, snapshot, start, end, &color);
    }
  if (self->focused_link >= 0
      && gtk_widget_has_visible_focus (g_ptr_array_index (self->places, self->focused_link)))
    {
      const ConfabLink *link = g_ptr_array_index (self->links, self->focused_link);

      get_link_color (self, &color);
      color.alpha = 0.25;
      snapshot_ranges (self, snapshot, link->start, link->end, &color);
    }

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
}

/* Fade out the last line of a folded text. */
static void
push_fade (ConfabMessageText *self, GtkSnapshot *snapshot)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (self->text_x, 0, self->text_width, self->text_height);
  float line = (float)self->text_height / CONFAB_MESSAGE_TEXT_FOLDED_LINES;
  const GskColorStop stops[] = {
    { 0, { 0, 0, 0, 1 } },
    { 1, { 0, 0, 0, 0 } },
  };

  gtk_snapshot_push_mask (snapshot, GSK_MASK_MODE_ALPHA);
  gtk_snapshot_append_linear_gradient (
      snapshot, &area, &GRAPHENE_POINT_INIT (0, self->text_height - 2 * line),
      &GRAPHENE_POINT_INIT (0, self->text_height), stops, G_N_ELEMENTS (stops));
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot, &area);
}

static void
confab_message_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);
  gboolean fade = self->is_long && self->folded;
  int x, y;

  confab_message_text_get_origin (self, &x, &y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  if (fade)
    push_fade (self, snapshot);
  snapshot_layout (self, snapshot);
  if (fade)
    {
      gtk_snapshot_pop (snapshot); /* the clip */
      gtk_snapshot_pop (snapshot); /* the mask */
    }
  gtk_snapshot_restore (snapshot);
}

static void
confab_message_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);

  GTK_WIDGET_CLASS (confab_message_text_parent_class)->css_changed (widget, change);
  if (self->links->len > 0)
    update_attributes (self); /* link color depends on light, dark and accent */
  gtk_widget_queue_draw (widget);
}

static void
confab_message_text_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (confab_message_text_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI || setting == GTK_SYSTEM_SETTING_FONT_NAME
      || setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    forget_layout (CONFAB_MESSAGE_TEXT (widget));
}

/* Pango swaps the alignment of paragraphs that run against the context's direction. Undo that, so
 * that both align at the start. */
static void
update_alignment (ConfabMessageText *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  pango_layout_set_alignment (self->layout, rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static void
confab_message_text_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (confab_message_text_parent_class)->direction_changed (widget, previous);
  update_alignment (CONFAB_MESSAGE_TEXT (widget));
  forget_layout (CONFAB_MESSAGE_TEXT (widget));
}

/* ---- public functions ---- */

gboolean
confab_message_text_get_selection (ConfabMessageText *self, guint *start, guint *end)
{
  *start = MIN (self->anchor, self->cursor);
  *end = MAX (self->anchor, self->cursor);

  return *start < *end;
}

void
confab_message_text_select (ConfabMessageText *self, guint start, guint end)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_TEXT (self));

  start = MIN (start, self->length);
  end = MIN (end, self->length);
  if (self->anchor == start && self->cursor == end)
    return;

  self->anchor = start;
  self->cursor = end;
  confab_message_text_update_actions (self);
  gtk_accessible_text_update_selection_bound (GTK_ACCESSIBLE_TEXT (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

char *
confab_message_text_get_selected (ConfabMessageText *self)
{
  guint start, end;

  g_return_val_if_fail (CONFAB_IS_MESSAGE_TEXT (self), NULL);

  if (!confab_message_text_get_selection (self, &start, &end))
    return NULL;

  return g_strndup (self->text + start, end - start);
}

guint
confab_message_text_byte_at (ConfabMessageText *self,
                             double x,
                             double y,
                             gboolean nearest,
                             ConfabLink **link)
{
  int origin_x, origin_y, index, trailing;
  gboolean inside;
  guint byte;

  confab_message_text_get_origin (self, &origin_x, &origin_y);
  inside = pango_layout_xy_to_index (self->layout, (x - origin_x) * PANGO_SCALE,
                                     (y - origin_y) * PANGO_SCALE, &index, &trailing);
  byte = MIN ((guint)index, self->shown);
  if (link != NULL)
    {
      *link = NULL;
      for (guint i = 0; inside && i < self->links->len; i++)
        {
          ConfabLink *candidate = g_ptr_array_index (self->links, i);

          if (byte >= candidate->start && byte < candidate->end)
            *link = candidate;
        }
    }
  for (; nearest && trailing > 0 && byte < self->shown; trailing--)
    byte = g_utf8_next_char (self->text + byte) - self->text;

  return byte;
}

const char *
confab_message_text_get_link_at (ConfabMessageText *self, double x, double y)
{
  ConfabLink *link;

  g_return_val_if_fail (CONFAB_IS_MESSAGE_TEXT (self), NULL);

  confab_message_text_byte_at (self, x, y, FALSE, &link);

  return link != NULL ? link->uri : NULL;
}

gboolean
confab_message_text_is_long (ConfabMessageText *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE_TEXT (self), FALSE);

  return self->is_long;
}

gboolean
confab_message_text_is_emoji (ConfabMessageText *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE_TEXT (self), FALSE);

  return self->emoji;
}

gboolean
confab_message_text_get_folded (ConfabMessageText *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE_TEXT (self), FALSE);

  return self->folded;
}

void
confab_message_text_set_folded (ConfabMessageText *self, gboolean folded)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_TEXT (self));

  folded = !!folded;
  if (self->folded == folded)
    return;

  self->folded = folded;
  update_shown (self);
  self->fitted_width = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

void
confab_message_text_set_text (ConfabMessageText *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_TEXT (self));
  g_return_if_fail (text != NULL);

  if (!g_set_str (&self->text, text))
    return;

  self->length = strlen (text);
  self->menu_link = NULL;
  confab_message_text_clear_places (self);
  self->focused_link = -1;
  g_ptr_array_unref (self->links);
  self->links = confab_links_find (text);
  self->emoji = confab_emoji_is_all (text, EMOJI_MAX);
  confab_message_text_select (self, 0, 0);
  update_shown (self);
  forget_layout (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

GtkWidget *
confab_message_text_new (void)
{
  return g_object_new (CONFAB_TYPE_MESSAGE_TEXT, NULL);
}

/* ---- object ---- */

static void
confab_message_text_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (object);

  switch (property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_message_text_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (object);

  switch (property_id)
    {
    case PROP_TEXT:
      confab_message_text_set_text (self, g_value_get_string (value));
      break;
    case PROP_FOLDED:
      confab_message_text_set_folded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_message_text_dispose (GObject *object)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  confab_message_text_clear_places (self);
  g_clear_pointer (&self->link, gtk_widget_unparent);

  G_OBJECT_CLASS (confab_message_text_parent_class)->dispose (object);
}

static void
confab_message_text_finalize (GObject *object)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (object);

  g_clear_object (&self->layout);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (confab_message_text_parent_class)->finalize (object);
}

static void
confab_message_text_class_init (ConfabMessageTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = confab_message_text_get_property;
  object_class->set_property = confab_message_text_set_property;
  object_class->dispose = confab_message_text_dispose;
  object_class->finalize = confab_message_text_finalize;

  widget_class->get_request_mode = confab_message_text_get_request_mode;
  widget_class->measure = confab_message_text_measure;
  widget_class->size_allocate = confab_message_text_size_allocate;
  widget_class->snapshot = confab_message_text_snapshot;
  widget_class->css_changed = confab_message_text_css_changed;
  widget_class->system_setting_changed = confab_message_text_system_setting_changed;
  widget_class->direction_changed = confab_message_text_direction_changed;
  widget_class->focus = confab_message_text_focus;

  properties[PROP_TEXT] = g_param_spec_string (
      "text", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  confab_message_text_class_init_select (widget_class);
  gtk_widget_class_set_css_name (widget_class, "messagetext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PARAGRAPH);
}

static void
confab_message_text_init (ConfabMessageText *self)
{
  self->text = g_strdup ("");
  self->links = g_ptr_array_new ();
  self->places = g_ptr_array_new ();
  self->folded = TRUE;
  self->fitted_width = -1;
  self->focused_link = -1;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  update_alignment (self);
  confab_message_text_init_select (self);
}
