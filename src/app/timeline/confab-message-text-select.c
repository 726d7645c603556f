/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Selecting, copying and following links. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-text-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- selection units ---- */

static void
expand_to_word (ConfabMessageText *self, guint byte, guint *start, guint *end)
{
  int n_attrs;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (self->layout, &n_attrs);
  long first = g_utf8_pointer_to_offset (self->text, self->text + byte);
  long last;

  first = MAX (0, MIN (first, n_attrs - 2)); /* a position beyond the end is in the last word */
  while (first > 0 && !attrs[first].is_word_start && !attrs[first].is_word_end)
    first--;
  last = MIN (first + 1, n_attrs - 1);
  while (last < n_attrs - 1 && !attrs[last].is_word_end && !attrs[last].is_word_start)
    last++;

  *start = g_utf8_offset_to_pointer (self->text, first) - self->text;
  *end = g_utf8_offset_to_pointer (self->text, last) - self->text;
}

static void
expand_to_paragraph (ConfabMessageText *self, guint byte, guint *start, guint *end)
{
  const char *stop = strchr (self->text + byte, '\n');

  *start = byte;
  while (*start > 0 && self->text[*start - 1] != '\n')
    (*start)--;
  *end = stop != NULL ? (guint)(stop - self->text) : self->length;
}

/* Return the range that a click or drag at a point selects: a position, word or paragraph. */
static void
expand (ConfabMessageText *self, double x, double y, guint *start, guint *end)
{
  guint byte = confab_message_text_byte_at (self, x, y, self->clicks < 2, NULL);

  *start = *end = byte;
  if (self->clicks == 2)
    expand_to_word (self, byte, start, end);
  else if (self->clicks > 2)
    expand_to_paragraph (self, byte, start, end);
}

/* ---- links ---- */

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    g_message ("A link could not be opened: %s", error->message);
}

/* GtkUriLauncher refuses escapes that are not UTF-8, which old pages have, so call the portal or
 * GIO directly. */
static void
open_link (ConfabMessageText *self, const ConfabLink *link)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);

  g_app_info_launch_default_for_uri_async (link->uri, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           launched_cb, NULL);
}

static ConfabLink *
get_focused_link (ConfabMessageText *self)
{
  return self->focused_link >= 0 ? g_ptr_array_index (self->links, self->focused_link) : NULL;
}

/* ---- actions ---- */

void
confab_message_text_update_actions (ConfabMessageText *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_link = self->menu_link != NULL || get_focused_link (self) != NULL;
  guint start, end;

  gtk_widget_action_set_enabled (widget, "text.copy",
                                 confab_message_text_get_selection (self, &start, &end));
  gtk_widget_action_set_enabled (widget, "text.open-link", has_link);
  gtk_widget_action_set_enabled (widget, "text.copy-link", has_link);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *selected = confab_message_text_get_selected (CONFAB_MESSAGE_TEXT (widget));

  if (selected != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), selected);
}

static void
copy_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), CONFAB_MESSAGE_TEXT (widget)->text);
}

static void
select_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);

  confab_message_text_select (self, 0, self->length);
}

static void
open_link_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);
  const ConfabLink *link = self->menu_link != NULL ? self->menu_link : get_focused_link (self);

  if (link != NULL)
    open_link (self, link);
}

static void
copy_link_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);
  const ConfabLink *link = self->menu_link != NULL ? self->menu_link : get_focused_link (self);

  if (link != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link->uri);
}

/* ---- the context menu ---- */

static void
append_item (GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static void
menu_closed_cb (ConfabMessageText *self)
{
  self->menu_link = NULL;
}

static void
ensure_menu (ConfabMessageText *self)
{
  g_autoptr (GMenu) menu = NULL;

  if (self->menu != NULL)
    return;

  menu = g_menu_new ();
  append_item (menu, _("_Open Link"), "text.open-link");
  append_item (menu, _("Copy _Link"), "text.copy-link");
  /* Translators: a button or menu item; a verb */
  append_item (menu, _("_Copy"), "text.copy");
  append_item (menu, _("Copy _Message"), "text.copy-all");
  append_item (menu, _("Copy Link to M_essage"), "message.copy-link");
  append_item (menu, _("Select _All"), "text.select-all");
  append_item (menu, _("_Remove Message…"), "message.remove");

  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Message"), -1);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
show_menu (ConfabMessageText *self, double x, double y)
{
  ensure_menu (self);
  confab_message_text_byte_at (self, x, y, FALSE, &self->menu_link);
  confab_message_text_update_actions (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
show_menu_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int padding = CONFAB_MESSAGE_TEXT_PADDING_X;

  show_menu (CONFAB_MESSAGE_TEXT (widget), rtl ? gtk_widget_get_width (widget) - padding : padding,
             gtk_widget_get_height (widget));
}

/* ---- pointer ---- */

static void
pressed_cb (ConfabMessageText *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  guint start, end;

  if (gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      show_menu (self, x, y);
      return;
    }
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->focused_link = -1;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->clicks = n_press;
  expand (self, x, y, &start, &end);
  confab_message_text_select (self, start, end);
}

static void
released_cb (ConfabMessageText *self, int n_press, double x, double y, GtkGesture *gesture)
{
  g_autofree char *selected = confab_message_text_get_selected (self);
  ConfabLink *link;

  if (selected != NULL)
    {
      gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), selected);
      return;
    }

  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY)
    return;
  confab_message_text_byte_at (self, x, y, FALSE, &link);
  if (link != NULL && n_press == 1)
    open_link (self, link);
}

static void
drag_update_cb (ConfabMessageText *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  guint start, end, anchor_start, anchor_end;
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, offset_x, offset_y) && self->clicks < 2)
    return;

  /* Select from the clicked unit to the pointer's unit, in either direction. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  expand (self, x, y, &anchor_start, &anchor_end);
  expand (self, x + offset_x, y + offset_y, &start, &end);
  if (start < anchor_start)
    confab_message_text_select (self, anchor_end, start);
  else
    confab_message_text_select (self, anchor_start, end);
}

/* On a touch screen, dragging scrolls the list and does not select. */
static void
drag_begin_cb (ConfabMessageText *self, double x, double y, GtkGesture *gesture)
{
  GdkDevice *device =
      gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  if (device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_end_cb (ConfabMessageText *self, double offset_x, double offset_y, GtkGesture *gesture)
{
  g_autofree char *selected = confab_message_text_get_selected (self);

  if (selected != NULL)
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), selected);
}

static void
long_press_cb (ConfabMessageText *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
motion_cb (ConfabMessageText *self, double x, double y)
{
  gboolean over_link = confab_message_text_get_link_at (self, x, y) != NULL;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), over_link ? "pointer" : "text");
}

static gboolean
query_tooltip_cb (ConfabMessageText *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *description = NULL;
  ConfabLink *link = get_focused_link (self);

  if (!keyboard)
    confab_message_text_byte_at (self, x, y, FALSE, &link);
  if (link == NULL)
    return FALSE;

  description = confab_link_describe (link);
  gtk_tooltip_set_text (tooltip, description);

  return TRUE;
}

/* ---- keyboard ---- */

/* Drop the selection when another widget gets the focus, but keep it when the window loses
 * focus. */
static void
focus_leave_cb (ConfabMessageText *self)
{
  if (self->menu == NULL || !gtk_widget_get_visible (self->menu))
    {
      self->focused_link = -1;
      confab_message_text_select (self, 0, 0);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
move_selection (ConfabMessageText *self, int direction)
{
  int next = (int)MIN (self->cursor, self->shown), trailing = 0;

  pango_layout_move_cursor_visually (self->layout, TRUE, next, 0, direction, &next, &trailing);
  if (next < 0)
    return;
  if (next == G_MAXINT)
    next = self->length;
  for (; trailing > 0 && next < (int)self->length; trailing--)
    next = g_utf8_next_char (self->text + next) - self->text;
  confab_message_text_select (self, self->anchor, next);
}

static gboolean
key_pressed_cb (ConfabMessageText *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint start, end;

  if ((state & GDK_SHIFT_MASK) != 0 && confab_message_text_get_selection (self, &start, &end)
      && (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right))
    {
      move_selection (self, keyval == GDK_KEY_Left ? -1 : 1);
      return GDK_EVENT_STOP;
    }
  if (get_focused_link (self) != NULL
      && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter
          || keyval == GDK_KEY_space))
    {
      open_link (self, get_focused_link (self));
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

void
confab_message_text_class_init_select (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "text.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "text.copy-all", NULL, copy_all_cb);
  gtk_widget_class_install_action (widget_class, "text.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "text.open-link", NULL, open_link_cb);
  gtk_widget_class_install_action (widget_class, "text.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "text.show-menu", NULL, show_menu_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "text.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "text.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "text.select-all",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "text.show-menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "text.show-menu", NULL);
}

void
confab_message_text_init_select (ConfabMessageText *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (long_press_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (long_press));

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, key);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  confab_message_text_update_actions (self);
}
