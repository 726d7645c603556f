/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The keyboard focus of the window, and keys that the focused widget does not use. */

#define G_LOG_DOMAIN "confab-app"

#include "confab-window-private.h"

/* Return whether the key enters a character, directly or through an input method. */
static gboolean
is_typing (guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = gtk_accelerator_get_default_mod_mask () & ~GDK_SHIFT_MASK;
  gunichar sign = gdk_keyval_to_unicode (keyval);

  if ((state & modifiers) != 0)
    return FALSE;

  return keyval == GDK_KEY_Multi_key
         || (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_longsolidusoverlay)
         || (sign != 0 && g_unichar_isprint (sign));
}

/* Return whether the focus is in a text field or a menu. */
static gboolean
takes_typing (GtkWidget *focus)
{
  return focus != NULL
         && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)
             || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

static gboolean
key_pressed_cb (ConfabWindow *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventControllerKey *keys)
{
  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->session))
      || adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL
      || !is_typing (keyval, state) || takes_typing (gtk_window_get_focus (GTK_WINDOW (self))))
    return GDK_EVENT_PROPAGATE;

  return confab_session_view_type (self->session, keys);
}

static void
focus_lost_cb (ConfabWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (self->closing || page == NULL)
    return;
  if (page == GTK_WIDGET (self->session_bin) && self->session != NULL)
    page = GTK_WIDGET (self->session);
  gtk_widget_grab_focus (page);
}

void
confab_window_set_up_keys (ConfabWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  self->focus_keeper = confab_focus_keeper_new (ADW_APPLICATION_WINDOW (self));
  g_signal_connect_object (self->focus_keeper, "lost", G_CALLBACK (focus_lost_cb), self,
                           G_CONNECT_SWAPPED);
}
