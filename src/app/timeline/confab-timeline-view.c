/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-timeline-view-private.h"

#include "confab-clock.h"
#include "confab-focus-child.h"
#include "confab-list-scroll.h"
#include "confab-message-text.h"
#include "confab-message-view.h"

#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_STICKY,
  PROP_NEW_COUNT,
  PROP_REMOVABLE,
  PROP_CLOSED,
  N_PROPS,
};

enum
{
  SIGNAL_NEAR_START,
  SIGNAL_SEEN,
  SIGNAL_RETRY,
  SIGNAL_DISCARD,
  SIGNAL_REMOVE,
  SIGNAL_LEAVE,
  SIGNAL_NEWS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabTimelineView, confab_timeline_view, GTK_TYPE_WIDGET)

void
confab_timeline_view_emit_seen (ConfabTimelineView *self, gint64 seq)
{
  g_signal_emit (self, signals[SIGNAL_SEEN], 0, seq);
}

void
confab_timeline_view_emit_news (ConfabTimelineView *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NEWS], 0, text);
}

void
confab_timeline_view_emit_near_start (ConfabTimelineView *self)
{
  g_signal_emit (self, signals[SIGNAL_NEAR_START], 0);
}

/* ---- rows ---- */

GtkListItem *
confab_timeline_view_find_bound (ConfabTimelineView *self, guint position)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);

      if (gtk_list_item_get_position (item) == position)
        return item;
    }

  return NULL;
}

static void
retry_cb (ConfabTimelineView *self, ConfabMessageView *row)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0, confab_message_view_get_message (row));
}

static void
discard_cb (ConfabTimelineView *self, ConfabMessageView *row)
{
  g_signal_emit (self, signals[SIGNAL_DISCARD], 0, confab_message_view_get_message (row));
}

static void
remove_cb (ConfabTimelineView *self, ConfabMessageView *row)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0, confab_message_view_get_message (row));
}

static void
expanded_cb (ConfabTimelineView *self, GParamSpec *pspec, ConfabMessageView *row)
{
  ConfabMessage *message = confab_message_view_get_message (row);

  if (message == NULL)
    return;
  if (confab_message_view_get_expanded (row))
    g_hash_table_add (self->expanded, g_strdup (confab_message_get_client_id (message)));
  else
    g_hash_table_remove (self->expanded, confab_message_get_client_id (message));
}

static void
setup_item_cb (ConfabTimelineView *self, GtkListItem *item)
{
  GtkWidget *row = confab_message_view_new ();

  confab_message_view_set_client (CONFAB_MESSAGE_VIEW (row), self->client);
  g_signal_connect_object (row, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "discard", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self, "removable", row, "removable", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "closed", row, "closed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_child (item, row);
}

static void
describe_cb (GtkListItem *item)
{
  ConfabMessage *message = gtk_list_item_get_item (item);

  if (message != NULL)
    {
      g_autofree char *label = confab_message_view_describe (message);
      gtk_list_item_set_accessible_label (item, label);
    }
}

static void
bind_item_cb (ConfabTimelineView *self, GtkListItem *item)
{
  ConfabMessageView *row = CONFAB_MESSAGE_VIEW (gtk_list_item_get_child (item));
  ConfabMessage *message = gtk_list_item_get_item (item);
  gboolean expanded =
      g_hash_table_contains (self->expanded, confab_message_get_client_id (message));

  g_ptr_array_add (self->bound, item);
  g_signal_handlers_block_by_func (row, expanded_cb, self);
  confab_message_view_set_direct (row, self->direct);
  confab_message_view_set_message (row, message);
  confab_message_view_set_expanded (row, expanded);
  g_signal_handlers_unblock_by_func (row, expanded_cb, self);
  g_signal_connect_object (message, "notify", G_CALLBACK (describe_cb), item, G_CONNECT_SWAPPED);
  describe_cb (item);
}

static void
unbind_item_cb (ConfabTimelineView *self, GtkListItem *item)
{
  g_ptr_array_remove_fast (self->bound, item);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), describe_cb, item);
  confab_message_view_set_message (CONFAB_MESSAGE_VIEW (gtk_list_item_get_child (item)), NULL);
}

/* ---- the model ---- */

void
confab_timeline_view_set_new_count (ConfabTimelineView *self, guint count)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  if (self->new_count == count)
    return;

  self->new_count = count;
  text = g_strdup_printf ("%u", count);
  gtk_label_set_text (GTK_LABEL (self->newest_count), text);
  gtk_widget_set_visible (self->newest_count, count > 0);
  /* Translators: a button at the end of the messages */
  label = count > 0 ? g_strdup_printf (ngettext ("Go to Newest, %u New Message",
                                                 "Go to Newest, %u New Messages", count),
                                       count)
                    : g_strdup (_("Go to Newest"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->newest_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEW_COUNT]);
}

/* Count other users' messages added at the end. Older history is added at the front, and the user's
 * own messages only change their position when sent. */
static guint
count_new (ConfabTimelineView *self, guint position, guint added)
{
  guint n = 0;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (self->model, i);

      n += !confab_message_get_own (message);
    }

  return n;
}

static void
items_changed_cb (ConfabTimelineView *self, guint position, guint removed, guint added)
{
  guint n_items = g_list_model_get_n_items (self->model);
  gboolean at_end = position > 0 && position + added == n_items;

  self->model_changed = TRUE;
  if (self->jump_position != CONFAB_NO_POSITION && position <= self->jump_position)
    self->jump_position += added - removed;
  if (!self->sticky && at_end && added > removed)
    confab_timeline_view_set_new_count (
        self, self->new_count + count_new (self, n_items - (added - removed), added - removed));
  if (position + added == n_items && added > removed)
    confab_timeline_view_announce_soon (self);
  if (self->frame_clock != NULL)
    gdk_frame_clock_request_phase (self->frame_clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

void
confab_timeline_view_set_model (ConfabTimelineView *self, GListModel *model)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_set_object (&self->model, model);

  confab_timeline_view_stop_fling (self);
  self->jump_position = CONFAB_NO_POSITION;
  self->near_start_upto = 0;
  self->seen_seq = 0;
  confab_timeline_view_begin_announcing (self);
  self->model_changed = TRUE;
  g_hash_table_remove_all (self->expanded);
  confab_timeline_view_set_new_count (self, 0);
  confab_timeline_view_set_sticky (self, TRUE);
  confab_timeline_view_unsettle (self);

  if (model != NULL)
    {
      selection = gtk_no_selection_new (g_object_ref (model));
      /* After the list's own handler, which moves its rows. */
      g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

void
confab_timeline_view_jump_to (ConfabTimelineView *self, guint position, double align)
{
  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));
  g_return_if_fail (self->model != NULL && position < g_list_model_get_n_items (self->model));

  confab_timeline_view_stop_fling (self);
  confab_timeline_view_set_sticky (self, FALSE);
  self->jump_position = position;
  self->jump_align = align;
  self->jump_attempts = 0;
  confab_list_scroll_to (self->list, position, GTK_LIST_SCROLL_NONE);
  /* Request a layout so that the handler runs even if nothing moved. */
  if (self->frame_clock != NULL)
    gdk_frame_clock_request_phase (self->frame_clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

void
confab_timeline_view_jump_to_newest (ConfabTimelineView *self)
{
  guint n_items;

  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));

  n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  confab_timeline_view_stop_fling (self);
  self->jump_position = CONFAB_NO_POSITION;
  self->moved = FALSE;
  self->model_changed = TRUE; /* the value may change without the user scrolling */
  confab_timeline_view_set_sticky (self, TRUE);
  if (n_items > 0)
    confab_list_scroll_to (self->list, n_items - 1, GTK_LIST_SCROLL_NONE);
}

/* ---- days ---- */

static void
clock_changed_cb (ConfabTimelineView *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);

      confab_message_view_refresh_times (CONFAB_MESSAGE_VIEW (gtk_list_item_get_child (item)));
      describe_cb (item);
    }
}

/* ---- widget ---- */

static void
attention_cb (ConfabTimelineView *self)
{
  confab_timeline_view_unsettle (self);
}

static void
confab_timeline_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (confab_timeline_view_parent_class)->realize (widget);
  confab_timeline_view_watch_frames (CONFAB_TIMELINE_VIEW (widget));
}

static void
confab_timeline_view_unrealize (GtkWidget *widget)
{
  confab_timeline_view_unwatch_frames (CONFAB_TIMELINE_VIEW (widget));
  GTK_WIDGET_CLASS (confab_timeline_view_parent_class)->unrealize (widget);
}

static void
confab_timeline_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (confab_timeline_view_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                           G_CALLBACK (attention_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::visible-dialog",
                           G_CALLBACK (attention_cb), widget, G_CONNECT_SWAPPED);
}

static void
confab_timeline_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), attention_cb, widget);
  GTK_WIDGET_CLASS (confab_timeline_view_parent_class)->unroot (widget);
}

static void
confab_timeline_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (confab_timeline_view_parent_class)->map (widget);
  confab_timeline_view_unsettle (CONFAB_TIMELINE_VIEW (widget));
}

static gboolean
confab_timeline_view_grab_focus (GtkWidget *widget)
{
  ConfabTimelineView *self = CONFAB_TIMELINE_VIEW (widget);
  guint n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  if (n_items == 0)
    return FALSE;
  if (self->sticky)
    confab_list_scroll_to (self->list, n_items - 1, GTK_LIST_SCROLL_FOCUS);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Tab enters at the message that confab_timeline_view_grab_focus() chooses, and leaves in both
 * directions. */
static gboolean
confab_timeline_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ConfabTimelineView *self = CONFAB_TIMELINE_VIEW (widget);

  if (gtk_widget_get_focus_child (widget) != NULL)
    return confab_focus_child (widget, direction);
  if (direction == GTK_DIR_TAB_BACKWARD
      && gtk_widget_child_focus (self->newest_revealer, direction))
    return TRUE;

  return gtk_widget_grab_focus (widget);
}

static void
scroll_to_newest_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_timeline_view_jump_to_newest (CONFAB_TIMELINE_VIEW (widget));
}

static void
leave_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_LEAVE], 0);
}

/* Return the message whose row, not its text, has the focus. (nullable) */
static ConfabMessageView *
get_focused_row (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  for (GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL; child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (CONFAB_IS_MESSAGE_VIEW (child))
      return CONFAB_MESSAGE_VIEW (child);

  return NULL;
}

/* With the focus on a row, Copy copies the whole message. */
static void
copy_message_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageView *row = get_focused_row (widget);

  if (row != NULL && !confab_message_get_removed (confab_message_view_get_message (row)))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                            confab_message_get_content (confab_message_view_get_message (row)));
}

static void
show_menu_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageView *row = get_focused_row (widget);

  if (row != NULL)
    confab_message_view_show_menu (row);
}

void
confab_timeline_view_set_client (ConfabTimelineView *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));

  g_set_object (&self->client, client);
}

void
confab_timeline_view_set_direct (ConfabTimelineView *self, gboolean direct)
{
  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));

  self->direct = direct;
}

void
confab_timeline_view_set_removable (ConfabTimelineView *self, gboolean removable)
{
  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));

  if (self->removable == !!removable)
    return;
  self->removable = !!removable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMOVABLE]);
}

void
confab_timeline_view_set_closed (ConfabTimelineView *self, gboolean closed)
{
  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));

  if (self->closed == !!closed)
    return;
  self->closed = !!closed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLOSED]);
}

static void
confab_timeline_view_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  ConfabTimelineView *self = CONFAB_TIMELINE_VIEW (object);

  switch (property_id)
    {
    case PROP_STICKY:
      g_value_set_boolean (value, self->sticky);
      break;
    case PROP_NEW_COUNT:
      g_value_set_uint (value, self->new_count);
      break;
    case PROP_REMOVABLE:
      g_value_set_boolean (value, self->removable);
      break;
    case PROP_CLOSED:
      g_value_set_boolean (value, self->closed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_timeline_view_dispose (GObject *object)
{
  ConfabTimelineView *self = CONFAB_TIMELINE_VIEW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->announce_id, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->adjustment);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_TIMELINE_VIEW);

  G_OBJECT_CLASS (confab_timeline_view_parent_class)->dispose (object);
}

static void
confab_timeline_view_finalize (GObject *object)
{
  ConfabTimelineView *self = CONFAB_TIMELINE_VIEW (object);

  g_ptr_array_unref (self->bound);
  g_hash_table_unref (self->expanded);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_timeline_view_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  signals[SIGNAL_NEAR_START] =
      g_signal_new ("near-start", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SEEN] = g_signal_new ("seen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, CONFAB_TYPE_MESSAGE);
  signals[SIGNAL_DISCARD] = g_signal_new ("discard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, CONFAB_TYPE_MESSAGE);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, CONFAB_TYPE_MESSAGE);
  signals[SIGNAL_NEWS] = g_signal_new ("news", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LEAVE] =
      g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_timeline_view_class_init (ConfabTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = confab_timeline_view_get_property;
  object_class->dispose = confab_timeline_view_dispose;
  object_class->finalize = confab_timeline_view_finalize;
  widget_class->realize = confab_timeline_view_realize;
  widget_class->unrealize = confab_timeline_view_unrealize;
  widget_class->root = confab_timeline_view_root;
  widget_class->unroot = confab_timeline_view_unroot;
  widget_class->map = confab_timeline_view_map;
  widget_class->focus = confab_timeline_view_focus;
  widget_class->grab_focus = confab_timeline_view_grab_focus;

  properties[PROP_STICKY] =
      g_param_spec_boolean ("sticky", NULL, NULL, TRUE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NEW_COUNT] =
      g_param_spec_uint ("new-count", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLOSED] =
      g_param_spec_boolean ("closed", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REMOVABLE] =
      g_param_spec_boolean ("removable", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_install_action (widget_class, "timeline.scroll-to-newest", NULL,
                                   scroll_to_newest_cb);
  gtk_widget_class_install_action (widget_class, "timeline.leave", NULL, leave_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "timeline.leave", NULL);
  gtk_widget_class_install_action (widget_class, "timeline.copy-message", NULL, copy_message_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "timeline.copy-message", NULL);
  gtk_widget_class_install_action (widget_class, "timeline.show-menu", NULL, show_menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "timeline.show-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "timeline.show-menu", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabTimelineView, overlay);
  gtk_widget_class_bind_template_child (widget_class, ConfabTimelineView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, ConfabTimelineView, list);
  gtk_widget_class_bind_template_child (widget_class, ConfabTimelineView, newest_revealer);
  gtk_widget_class_bind_template_child (widget_class, ConfabTimelineView, newest_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabTimelineView, newest_count);
  gtk_widget_class_bind_template_callback (widget_class, setup_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_item_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timelineview");
}

static void
confab_timeline_view_init (ConfabTimelineView *self)
{
  self->bound = g_ptr_array_new ();
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sticky = TRUE;
  self->jump_position = CONFAB_NO_POSITION;
  gtk_widget_init_template (GTK_WIDGET (self));

  self->adjustment = g_object_ref (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled_window)));
  confab_timeline_view_init_input (self);
  confab_timeline_view_init_kinetic (self);
  confab_clock_connect (G_CALLBACK (clock_changed_cb), self);
}
