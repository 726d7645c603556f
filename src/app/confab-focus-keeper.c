/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* GTK gives the focus to an ancestor of what closed, or to nothing; libadwaita gives it back to
 * what opened a dialog, which may be the item of a menu that has gone. Here one object remembers
 * the last place that stays: each dialog has one, and so has the window. */

#define G_LOG_DOMAIN "confab-app"

#include "confab-focus-keeper.h"

#include "confab-menu-names.h"

struct _ConfabFocusKeeper
{
  GObject parent_instance;
  AdwApplicationWindow *window; /* owns this */
  GtkWidget *passing;           /* (nullable) (weak) the popover or search bar that has the focus */
  GtkWidget *opener; /* (nullable) (weak) what the popover belonged to that just closed */
  GtkWidget *last;   /* (nullable) (weak) what has the focus rightly */
  gboolean pressing; /* a pointer's button or a finger is down */
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

/* What a layer remembers. */
typedef struct
{
  GWeakRef home;    /* what had the focus last and may have it again */
  GWeakRef pressed; /* the button that has taken it since by a click */
} Place;

/* ---- places ---- */

/* What has a focus of its own: a dialog or the window. */
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

/* The focus is where a click left it, which is no place to come back to. */
static gboolean
is_pressed (ConfabFocusKeeper *self, GtkWidget *focus)
{
  g_autoptr (GtkWidget) pressed = g_weak_ref_get (&get_place (self)->pressed);

  return focus != NULL && focus == pressed;
}

/* What the focus is in for a while only. The outermost: a popover may open another. (nullable) */
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

static gboolean
can_hold (ConfabFocusKeeper *self, GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && is_in (widget, get_layer (self));
}

/* ---- giving back ---- */

static void
give_back (ConfabFocusKeeper *self)
{
  g_autoptr (GtkWidget) home = g_weak_ref_get (&get_place (self)->home);

  /* Not by gtk_widget_grab_focus(): an entry would select all of its text. */
  if (can_hold (self, home))
    gtk_window_set_focus (GTK_WINDOW (self->window), home);
  else if (get_layer (self) == GTK_WIDGET (self->window))
    g_signal_emit (self, signals[LOST], 0);
  else /* without a focus in it Escape would not close it */
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

/* When GTK has done what it does about a focus that is lost. */
static void
check_soon (ConfabFocusKeeper *self)
{
  if (self->check_source == 0)
    self->check_source = g_idle_add_once (check_cb, self);
}

/* When a popover has closed, GTK gives the focus to what it belonged to, whatever got it since. */
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

/* At once, before GTK gives the focus to an ancestor: what a menu's item opens is to find it where
 * it belongs. */
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

  if (focus == NULL || !is_in (focus, get_layer (self)))
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

/* libadwaita gave the focus back before it told of this. */
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
      self->pressing = FALSE; /* a popover may have had the release */
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
