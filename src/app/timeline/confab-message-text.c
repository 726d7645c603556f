/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-text-private.h"

#include <string.h>

#include "confab-emoji.h"

#define EMOJI_MAX 6

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
      confab_message_text_get_link_color (self, &color);
      color.alpha = 0.3;
      snapshot_ranges (self, snapshot, start, end, &color);
    }
  if (self->focused_link >= 0
      && gtk_widget_has_visible_focus (g_ptr_array_index (self->places, self->focused_link)))
    {
      const ConfabLink *link = g_ptr_array_index (self->links, self->focused_link);

      confab_message_text_get_link_color (self, &color);
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
  PangoContext *context = gtk_widget_get_pango_context (widget);

  GTK_WIDGET_CLASS (confab_message_text_parent_class)->css_changed (widget, change);
  if (self->links->len > 0)
    confab_message_text_update_attributes (self); /* link color depends on light, dark and accent */
  if (self->font_serial != pango_context_get_serial (context))
    {
      self->font_serial = pango_context_get_serial (context);
      confab_message_text_forget_layout (self);
    }
  gtk_widget_queue_draw (widget);
}

static void
confab_message_text_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (confab_message_text_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI || setting == GTK_SYSTEM_SETTING_FONT_NAME
      || setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    confab_message_text_forget_layout (CONFAB_MESSAGE_TEXT (widget));
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
  confab_message_text_forget_layout (CONFAB_MESSAGE_TEXT (widget));
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
  confab_message_text_update_shown (self);
  confab_message_text_forget_layout (self);
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
  confab_message_text_update_shown (self);
  confab_message_text_forget_layout (self);
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

  confab_message_text_class_init_layout (widget_class);
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
