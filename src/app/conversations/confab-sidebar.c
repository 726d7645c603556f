/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-sidebar.h"

#include "confab-clock.h"
#include "confab-conversation-tile.h"
#include "confab-focus-child.h"
#include "confab-giving-way.h"
#include "confab-list-scroll.h"
#include "confab-status-page-name.h"
#include "confab-text.h"

struct _ConfabSidebar
{
  AdwNavigationPage parent_instance;
  GtkWidget *title_box;
  AdwBin *banner_bin;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkStack *stack;
  AdwStatusPage *no_results;
  GtkListView *list_view;
  GtkSingleSelection *selection;
  GMenu *primary_menu;
  ConfabClient *client;
  GListModel *conversations; /* the client's */
  ConfabConversation *open;
  char *filter; /* (nullable) case-folded */
  gboolean collapsed;
  gboolean following;  /* the selection is being moved to "open" */
  gboolean first_kept; /* the focus was given to the first row, and no key has moved it */
  gint64 today;
};

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_OPEN,
  PROP_COLLAPSED,
  PROP_TODAY,
  N_PROPS
};

enum
{
  OPEN_CONVERSATION,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabSidebar, confab_sidebar, ADW_TYPE_NAVIGATION_PAGE)

/* ---- current day ---- */

/* Times in the list are relative to today. */
static void
start_day (ConfabSidebar *self)
{
  self->today = confab_clock_now ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TODAY]);
}

/* ---- content ---- */

static void
update_page (ConfabSidebar *self)
{
  GListModel *shown = gtk_single_selection_get_model (self->selection);

  if (self->conversations == NULL || g_list_model_get_n_items (self->conversations) == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (shown != NULL && g_list_model_get_n_items (shown) == 0)
    gtk_stack_set_visible_child_name (self->stack, "no-results");
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static guint
find_open (ConfabSidebar *self)
{
  GListModel *shown = gtk_single_selection_get_model (self->selection);
  guint n = shown != NULL && self->open != NULL ? g_list_model_get_n_items (shown) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabConversation) item = g_list_model_get_item (shown, i);

      if (item == self->open)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
follow_open (ConfabSidebar *self)
{
  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection, find_open (self));
  self->following = FALSE;
}

/* A conversation opened from elsewhere may be out of view. */
static void
scroll_to_open (ConfabSidebar *self)
{
  guint position = find_open (self);

  if (position != GTK_INVALID_LIST_POSITION)
    confab_list_scroll_to_later (self->list_view, position, GTK_LIST_SCROLL_NONE);
}

static gboolean
matches_filter (gpointer item, gpointer user_data)
{
  ConfabSidebar *self = user_data;
  const char *name = confab_conversation_get_display_name (item);
  g_autofree char *key = g_utf8_casefold (name != NULL ? name : "", -1);

  return self->filter == NULL || strstr (key, self->filter) != NULL;
}

/* Without a filter, show the list itself: a filter model around it costs time at every change, and
 * reports a moved conversation as removed and added, which loses the selection. */
static void
show_model (ConfabSidebar *self)
{
  g_autoptr (GListModel) shown = NULL;

  if (self->filter != NULL)
    {
      GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (matches_filter, self, NULL));

      shown = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (self->conversations), filter));
    }
  else
    g_set_object (&shown, self->conversations);

  self->following = TRUE;
  gtk_single_selection_set_model (self->selection, shown);
  self->following = FALSE;
  follow_open (self);
  update_page (self);
}

static void
search_changed_cb (ConfabSidebar *self)
{
  g_autofree char *text = confab_text_strip (gtk_editable_get_text (self->search_entry));
  g_autofree char *key = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;

  if (g_set_str (&self->filter, key))
    show_model (self);
}

static void
items_changed_cb (ConfabSidebar *self)
{
  update_page (self);
  /* The open conversation may be new in the list, or its removal may have cleared the selection. */
  if (gtk_single_selection_get_selected_item (self->selection) != self->open)
    follow_open (self);
}

/* ---- selection ---- */

static void
choose (ConfabSidebar *self, guint position, gboolean focus)
{
  g_autoptr (ConfabConversation) conversation =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (conversation != NULL)
    g_signal_emit (self, signals[OPEN_CONVERSATION], 0, conversation, focus);
}

static void
activate_cb (ConfabSidebar *self, guint position)
{
  choose (self, position, TRUE);
}

/* A click moves the focus to the composer; selecting with the keyboard leaves it in the list. */
static void
released_cb (ConfabSidebar *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  GtkWidget *list = GTK_WIDGET (self->list_view);
  GtkWidget *picked = gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *tile = NULL;
  g_autoptr (ConfabConversation) conversation = NULL;

  if (picked == NULL || self->collapsed) /* a click activates the row instead */
    return;

  tile = gtk_widget_get_ancestor (picked, CONFAB_TYPE_CONVERSATION_TILE);
  if (tile == NULL) /* the click was on the row's margin */
    tile = gtk_widget_get_first_child (picked);
  if (!CONFAB_IS_CONVERSATION_TILE (tile))
    return;

  g_object_get (tile, "conversation", &conversation, NULL);
  if (conversation != NULL)
    g_signal_emit (self, signals[OPEN_CONVERSATION], 0, conversation, TRUE);
}

/* In a wide window, show the selected conversation beside the list. In a narrow one that would hide
 * the list, so there a conversation must be activated. */
static void
selected_cb (ConfabSidebar *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (!self->following && !self->collapsed && position != GTK_INVALID_LIST_POSITION)
    choose (self, position, FALSE);
}

static void
search_activate_cb (ConfabSidebar *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    {
      choose (self, 0, TRUE);
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
    }
}

void
confab_sidebar_go (ConfabSidebar *self, int offset)
{
  guint n = 0;
  guint position = 0;

  g_return_if_fail (CONFAB_IS_SIDEBAR (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  if (n == 0)
    return;

  position = find_open (self);
  if (position == GTK_INVALID_LIST_POSITION)
    position = offset > 0 ? 0 : n - 1;
  else if (offset > 0 ? position + 1 < n : position > 0)
    position += offset;
  else
    return;

  choose (self, position, TRUE);
}

static gboolean
is_unread (ConfabSidebar *self, guint position)
{
  g_autoptr (ConfabConversation) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return confab_conversation_get_unread_count (item) > 0;
}

void
confab_sidebar_go_unread (ConfabSidebar *self, int offset)
{
  guint n = 0;
  guint position = 0;

  g_return_if_fail (CONFAB_IS_SIDEBAR (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  position = find_open (self);
  if (position == GTK_INVALID_LIST_POSITION)
    position = offset > 0 ? n - 1 : 0;
  for (guint i = 1; i <= n; i++)
    {
      guint candidate = (position + (offset > 0 ? i : n - i)) % n;

      if (is_unread (self, candidate))
        {
          choose (self, candidate, TRUE);
          return;
        }
    }
}

void
confab_sidebar_start_filter (ConfabSidebar *self)
{
  g_return_if_fail (CONFAB_IS_SIDEBAR (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

gboolean
confab_sidebar_type (ConfabSidebar *self, GtkEventControllerKey *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (keys));
  GtkEditable *text = NULL;

  g_return_val_if_fail (CONFAB_IS_SIDEBAR (self), GDK_EVENT_PROPAGATE);

  if (gdk_key_event_get_keyval (event) == GDK_KEY_space) /* no name begins with a space */
    return GDK_EVENT_PROPAGATE;

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  text = gtk_editable_get_delegate (self->search_entry);
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  gtk_editable_set_position (text, -1);

  return gtk_event_controller_key_forward (keys, GTK_WIDGET (text));
}

/* Focus the open conversation, or the first. */
static gboolean
confab_sidebar_grab_focus (GtkWidget *widget)
{
  ConfabSidebar *self = CONFAB_SIDEBAR (widget);
  guint position = find_open (self);
  gboolean focused;

  self->first_kept = position == GTK_INVALID_LIST_POSITION;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);

  if (self->first_kept)
    position = 0;
  focused = gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  confab_list_scroll_to_later (self->list_view, position, GTK_LIST_SCROLL_FOCUS);

  return focused;
}

/* After the first sign-in the conversations arrive one after the other, the newest last and on
 * top. */
static void
keep_first (ConfabSidebar *self)
{
  if (self->first_kept && find_open (self) == GTK_INVALID_LIST_POSITION
      && gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL)
    confab_list_scroll_to_later (self->list_view, 0, GTK_LIST_SCROLL_FOCUS);
}

static gboolean
key_pressed_cb (ConfabSidebar *self)
{
  self->first_kept = FALSE;

  return GDK_EVENT_PROPAGATE;
}

static void
watch_focus (ConfabSidebar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), keys);
  /* After the list's own handler, which moves its rows. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (keep_first), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

AdwBin *
confab_sidebar_get_banner_bin (ConfabSidebar *self)
{
  g_return_val_if_fail (CONFAB_IS_SIDEBAR (self), NULL);

  return self->banner_bin;
}

void
confab_sidebar_set_accounts (ConfabSidebar *self, GMenuModel *accounts)
{
  g_return_if_fail (CONFAB_IS_SIDEBAR (self));

  g_menu_prepend_section (self->primary_menu, NULL, accounts);
}

/* ---- rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, ConfabSidebar *self)
{
  GtkWidget *tile = g_object_new (CONFAB_TYPE_CONVERSATION_TILE, "client", self->client, NULL);

  g_object_bind_property (item, "item", tile, "conversation", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "today", tile, "today", G_BINDING_SYNC_CREATE);
  g_object_bind_property (tile, "description", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, tile);
}

/* ---- the object ---- */

static void
confab_sidebar_constructed (GObject *object)
{
  ConfabSidebar *self = CONFAB_SIDEBAR (object);

  G_OBJECT_CLASS (confab_sidebar_parent_class)->constructed (object);

  start_day (self);
  confab_clock_connect (G_CALLBACK (start_day), self);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  if (self->client == NULL)
    return;

  self->conversations = confab_client_get_conversations (self->client);
  g_signal_connect_object (self->conversations, "items-changed", G_CALLBACK (items_changed_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_model (self);
}

static void
confab_sidebar_dispose (GObject *object)
{
  ConfabSidebar *self = CONFAB_SIDEBAR (object);

  if (self->conversations != NULL)
    g_signal_handlers_disconnect_by_data (self->conversations, self);
  self->conversations = NULL;
  g_clear_object (&self->open);
  g_clear_object (&self->client);
  g_clear_pointer (&self->filter, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_SIDEBAR);

  G_OBJECT_CLASS (confab_sidebar_parent_class)->dispose (object);
}

static void
confab_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConfabSidebar *self = CONFAB_SIDEBAR (object);

  switch (id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_OPEN:
      g_value_set_object (value, self->open);
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, self->collapsed);
      break;
    case PROP_TODAY:
      g_value_set_int64 (value, self->today);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_collapsed (ConfabSidebar *self, gboolean collapsed)
{
  if (self->collapsed == collapsed)
    return;

  self->collapsed = collapsed;
  gtk_list_view_set_single_click_activate (self->list_view, collapsed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);
}

static void
confab_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConfabSidebar *self = CONFAB_SIDEBAR (object);

  switch (id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    case PROP_OPEN:
      if (g_set_object (&self->open, g_value_get_object (value)))
        {
          follow_open (self);
          scroll_to_open (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_COLLAPSED:
      set_collapsed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_CLIENT] = g_param_spec_object (
      "client", NULL, NULL, CONFAB_TYPE_CLIENT, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
  properties[PROP_OPEN] =
      g_param_spec_object ("open", NULL, NULL, CONFAB_TYPE_CONVERSATION, G_PARAM_READWRITE | flags);
  properties[PROP_COLLAPSED] =
      g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_TODAY] =
      g_param_spec_int64 ("today", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_sidebar_class_init (ConfabSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = confab_sidebar_constructed;
  object_class->dispose = confab_sidebar_dispose;
  object_class->get_property = confab_sidebar_get_property;
  object_class->set_property = confab_sidebar_set_property;
  widget_class->focus = confab_focus_child;
  widget_class->grab_focus = confab_sidebar_grab_focus;
  install_properties (object_class);

  signals[OPEN_CONVERSATION] =
      g_signal_new ("open-conversation", CONFAB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, CONFAB_TYPE_CONVERSATION, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, title_box);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, banner_bin);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, no_results);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, selection);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_child (widget_class, ConfabSidebar, primary_menu);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
}

static void
confab_sidebar_init (ConfabSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_giving_way_install (self->title_box);
  confab_status_page_name (self->no_results);
  watch_focus (self);
}

/**
 * confab_sidebar_new:
 * @client: the account's client
 *
 * Returns: (transfer floating): the sidebar
 */
ConfabSidebar *
confab_sidebar_new (ConfabClient *client)
{
  return g_object_new (CONFAB_TYPE_SIDEBAR, "client", client, NULL);
}
