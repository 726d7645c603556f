/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* When a popover closes, GTK gives the focus to an ancestor or to nothing; when a dialog closes,
 * libadwaita gives it to the widget that opened it, which may be an item of a closed menu. This
 * object remembers the last lasting focus of the window and of each dialog. */

#define G_LOG_DOMAIN "confab-app"

#include "confab-focus-keeper.h"

#include "confab-menu-names.h"

struct _ConfabFocusKeeper
{
  GObject parent_instance;
  AdwApplicationWindow *window; /* the owner */
  GtkWidget *passing;           /* (nullable) (weak) the popover or search bar that has the focus */
  GtkWidget *opener;            /* (nullable) (weak) the widget whose popover just closed */
  GtkWidget *last;              /* (nullable) (weak) the last legitimate focus */
  gboolean pressing;            /* a mouse button or finger is down */
  guint check_source;
};

enum
{
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabFocusKeeper, confab_focus_keeper, G_TYPE_OBJECT)

#define PLACE_KEY "confab-focus-place"

/* The remembered focus of a layer. */
typedef struct
{
  GWeakRef home;    /* the widget to give the focus back to */
  GWeakRef pressed; /* a button that a click has focused since */
} Place;

/* ---- layers ---- */

/* Return the layer with the focus: the topmost dialog or the window. */
static GtkWidget *
get_layer (ConfabFocusKeeper *self)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (self->window);

  return dialog != NULL ? GTK_WIDGET (dialog) : GTK_WIDGET (self->window);
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_weak_ref_clear (&place->home);
  g_weak_ref_clear (&place->pressed);
  g_free (place);
}

static Place *
get_place (ConfabFocusKeeper *self)
{
  GObject *layer = G_OBJECT (get_layer (self));
  Place *place = g_object_get_data (layer, PLACE_KEY);

  if (place == NULL)
    {
      place = g_new0 (Place, 1);
      g_weak_ref_init (&place->home, NULL);
      g_weak_ref_init (&place->pressed, NULL);
      g_object_set_data_full (layer, PLACE_KEY, place, place_free);
    }

  return place;
}

/* Return whether @focus is a button that a click focused, which is not worth returning to. */
static gboolean
is_pressed (ConfabFocusKeeper *self, GtkWidget *focus)
{
  g_autoptr (GtkWidget) pressed = g_weak_ref_get (&get_place (self)->pressed);

  return focus != NULL && focus == pressed;
}

/* Return the outermost popover or search bar around @widget: popovers can nest. (nullable) */
static GtkWidget *
find_passing (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_POPOVER (widget) || GTK_IS_SEARCH_BAR (widget))
      found = widget;

  return found;
}

static gboolean
is_in (GtkWidget *widget, GtkWidget *place)
{
  return widget == place || gtk_widget_is_ancestor (widget, place);
}

/* A dialog that becomes a bottom sheet, because the window gets smaller, focuses the sheet itself.
 */
static gboolean
is_sheet (GtkWidget *widget)
{
  return ADW_IS_BOTTOM_SHEET (gtk_widget_get_parent (widget));
}

static gboolean
can_hold (ConfabFocusKeeper *self, GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && is_in (widget, get_layer (self)) && !is_sheet (widget);
}

/* Return whether a widget of the layer had the focus before. */
static gboolean
has_home (ConfabFocusKeeper *self)
{
  g_autoptr (GtkWidget) home = g_weak_ref_get (&get_place (self)->home);

  return home != NULL;
}

/* ---- restoring ---- */

static void
give_back (ConfabFocusKeeper *self)
{
  g_autoptr (GtkWidget) home = g_weak_ref_get (&get_place (self)->home);

  /* gtk_widget_grab_focus() would select all text of an entry. */
  if (can_hold (self, home))
    gtk_window_set_focus (GTK_WINDOW (self->window), home);
  else if (get_layer (self) == GTK_WIDGET (self->window))
    g_signal_emit (self, signals[LOST], 0);
  else /* without any focus, Escape would not close the dialog */
    gtk_widget_child_focus (get_layer (self), GTK_DIR_TAB_FORWARD);
}

static void
check_cb (gpointer user_data)
{
  ConfabFocusKeeper *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  self->check_source = 0;
  if (!can_hold (self, focus))
    give_back (self);
}

/* Check after GTK's own handling of a lost focus. */
static void
check_soon (ConfabFocusKeeper *self)
{
  if (self->check_source == 0)
    self->check_source = g_idle_add_once (check_cb, self);
}

/* When a popover closes, GTK focuses its parent even if another widget got the focus since. */
static gboolean
is_given_by_gtk (ConfabFocusKeeper *self, GtkWidget *focus)
{
  return self->opener != NULL && focus != self->last && can_hold (self, self->last)
         && (is_in (focus, self->opener) || gtk_widget_is_ancestor (self->opener, focus));
}

static void
forget_passing (ConfabFocusKeeper *self)
{
  if (self->passing != NULL)
    g_signal_handlers_disconnect_by_data (self->passing, self);
  g_clear_weak_pointer (&self->passing);
}

/* Restore at once, before GTK focuses an ancestor: what a menu item opens must find the focus
 * restored. */
static void
passed_cb (ConfabFocusKeeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  gboolean moved_on = focus != NULL && !is_pressed (self, focus) && gtk_widget_get_mapped (focus)
                      && !is_in (focus, self->passing);

  g_set_weak_pointer (&self->opener, gtk_widget_get_parent (self->passing));
  forget_passing (self);
  if (!moved_on)
    give_back (self);
}

static void
search_mode_cb (ConfabFocusKeeper *self, GParamSpec *pspec, GtkSearchBar *bar)
{
  if (!gtk_search_bar_get_search_mode (bar))
    passed_cb (self);
}

static void
enter_passing (ConfabFocusKeeper *self, GtkWidget *passing)
{
  if (GTK_IS_POPOVER (passing))
    confab_menu_names_update (passing);
  if (self->passing == passing)
    return;

  forget_passing (self);
  g_set_weak_pointer (&self->passing, passing);
  if (GTK_IS_SEARCH_BAR (passing))
    g_signal_connect_object (passing, "notify::search-mode-enabled", G_CALLBACK (search_mode_cb),
                             self, G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (passing, "unmap", G_CALLBACK (passed_cb), self, G_CONNECT_SWAPPED);
}

/* ---- watching ---- */

static gboolean
is_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget);
}

static void
focus_cb (ConfabFocusKeeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  GtkWidget *passing = find_passing (focus);

  if (focus == NULL || !is_in (focus, get_layer (self)) || (is_sheet (focus) && has_home (self)))
    check_soon (self);
  else if (passing != NULL)
    enter_passing (self, passing);
  else if (is_given_by_gtk (self, focus))
    {
      gtk_window_set_focus (GTK_WINDOW (self->window), self->last);
      return;
    }
  else if (self->pressing && is_button (focus))
    g_weak_ref_set (&get_place (self)->pressed, focus);
  else if (!is_pressed (self, focus))
    {
      g_weak_ref_set (&get_place (self)->pressed, NULL);
      g_weak_ref_set (&get_place (self)->home, focus);
    }
  g_set_weak_pointer (&self->last, focus);
}

/* libadwaita has moved the focus before it notifies. */
static void
dialog_cb (ConfabFocusKeeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  if (adw_application_window_get_visible_dialog (self->window) != NULL)
    return;
  if (is_pressed (self, focus))
    give_back (self);
  else
    check_soon (self);
}

static gboolean
event_cb (ConfabFocusKeeper *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->pressing = TRUE;
      g_clear_weak_pointer (&self->opener);
      break;
    case GDK_KEY_PRESS:
      self->pressing = FALSE; /* a popover may have received the release */
      g_clear_weak_pointer (&self->opener);
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      self->pressing = FALSE;
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* ---- the object ---- */

static void
confab_focus_keeper_dispose (GObject *object)
{
  ConfabFocusKeeper *self = CONFAB_FOCUS_KEEPER (object);

  g_clear_handle_id (&self->check_source, g_source_remove);
  forget_passing (self);
  g_clear_weak_pointer (&self->opener);
  g_clear_weak_pointer (&self->last);

  G_OBJECT_CLASS (confab_focus_keeper_parent_class)->dispose (object);
}

static void
confab_focus_keeper_class_init (ConfabFocusKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_focus_keeper_dispose;

  signals[LOST] = g_signal_new ("lost", CONFAB_TYPE_FOCUS_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
confab_focus_keeper_init (ConfabFocusKeeper *self)
{
}

ConfabFocusKeeper *
confab_focus_keeper_new (AdwApplicationWindow *window)
{
  ConfabFocusKeeper *self = g_object_new (CONFAB_TYPE_FOCUS_KEEPER, NULL);
  GtkEventController *events = gtk_event_controller_legacy_new ();

  g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), NULL);

  self->window = window;
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (focus_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::visible-dialog", G_CALLBACK (dialog_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
