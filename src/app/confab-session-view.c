/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-session-view.h"

#include "confab-sidebar.h"
#include "confab-conversation-page.h"
#include "confab-details-dialog.h"
#include "confab-new-conversation-dialog.h"
#include "confab-notice-toasts.h"
#include "confab-preferences-dialog.h"
#include "confab-remove-closed.h"
#include "confab-status-banner.h"
#include "confab-status-page-name.h"

struct _ConfabSessionView
{
  AdwBin parent_instance;
  ConfabStatusBanner *banner; /* placed in one of the pages */
  AdwBin *nothing_banner;
  AdwNavigationSplitView *split_view;
  AdwNavigationPage *nothing_page;
  GtkWidget *nothing_status;
  AdwNavigationPage *conversation_page;
  ConfabSidebar *list;
  ConfabClient *client;
  ConfabConversation *conversation;
  char *text; /* (nullable): for the conversation that is being chosen */
};

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_CONVERSATION,
  N_PROPS
};

enum
{
  READY,
  VIEWED_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabSessionView, confab_session_view, ADW_TYPE_BIN)

/* Place the banner below the header bar of the visible page. */
static void
place_banner (ConfabSessionView *self)
{
  AdwBin *place = self->nothing_banner;

  if (adw_navigation_split_view_get_collapsed (self->split_view)
      && !adw_navigation_split_view_get_show_content (self->split_view))
    place = confab_sidebar_get_banner_bin (self->list);
  else if (self->conversation != NULL)
    place = confab_conversation_page_get_banner_bin (
        CONFAB_CONVERSATION_PAGE (self->conversation_page));

  if (gtk_widget_get_parent (GTK_WIDGET (self->banner)) == GTK_WIDGET (place))
    return;
  if (gtk_widget_get_parent (GTK_WIDGET (self->banner)) != NULL)
    adw_bin_set_child (ADW_BIN (gtk_widget_get_parent (GTK_WIDGET (self->banner))), NULL);
  adw_bin_set_child (place, GTK_WIDGET (self->banner));
}

static void
show_conversation (ConfabSessionView *self, ConfabConversation *conversation)
{
  if (!g_set_object (&self->conversation, conversation))
    return;

  g_object_set (self->conversation_page, "conversation", conversation, NULL);
  g_object_set (self->list, "open", conversation, NULL);
  adw_navigation_split_view_set_content (
      self->split_view, conversation != NULL ? self->conversation_page : self->nothing_page);
  place_banner (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
  g_signal_emit (self, signals[VIEWED_CHANGED], 0);
}

void
confab_session_view_open (ConfabSessionView *self, ConfabConversation *conversation)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  show_conversation (self, conversation);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

void
confab_session_view_show_message (ConfabSessionView *self, gint64 seq)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  confab_conversation_page_show_message (CONFAB_CONVERSATION_PAGE (self->conversation_page), seq);
}

static void
open_cb (ConfabSessionView *self, ConfabConversation *conversation, gboolean focus)
{
  confab_session_view_open (self, conversation);
  if (focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->conversation_page));
}

static void
opened_cb (ConfabSessionView *self)
{
  g_signal_emit (self, signals[READY], 0);
}

static void
created_cb (ConfabSessionView *self, ConfabConversation *conversation)
{
  g_autofree char *text = g_steal_pointer (&self->text);

  open_cb (self, conversation, TRUE);
  if (text != NULL)
    confab_conversation_page_write (CONFAB_CONVERSATION_PAGE (self->conversation_page), text);
}

/* If the list is empty it says so itself, so do not also ask the user to choose a conversation. */
static void
update_nothing (ConfabSessionView *self)
{
  GListModel *conversations = confab_client_get_conversations (self->client);

  gtk_widget_set_visible (self->nothing_status, g_list_model_get_n_items (conversations) > 0);
}

/* The open conversation may have been removed from this computer. */
static void
items_changed_cb (ConfabSessionView *self, guint position, guint removed, guint added)
{
  gint64 id = 0;

  update_nothing (self);
  if (self->conversation == NULL || removed == 0)
    return;

  id = confab_conversation_get_id (self->conversation);
  if (confab_client_get_conversation (self->client, id) == NULL)
    {
      adw_navigation_split_view_set_show_content (self->split_view, FALSE);
      show_conversation (self, NULL);
    }
}

void
confab_session_view_flush_draft (ConfabSessionView *self)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  confab_conversation_page_flush_draft (CONFAB_CONVERSATION_PAGE (self->conversation_page));
}

void
confab_session_view_set_accounts (ConfabSessionView *self, GMenuModel *accounts)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  confab_sidebar_set_accounts (self->list, accounts);
}

/* ---- actions ---- */

void
confab_session_view_go (ConfabSessionView *self, int offset)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  confab_sidebar_go (self->list, offset);
}

void
confab_session_view_go_unread (ConfabSessionView *self, int offset)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  confab_sidebar_go_unread (self->list, offset);
}

void
confab_session_view_get_free_area (ConfabSessionView *self,
                                   GtkWidget *relative_to,
                                   GdkRectangle *area)
{
  ConfabConversationPage *page = CONFAB_CONVERSATION_PAGE (self->conversation_page);
  GtkWidget *content = confab_conversation_page_get_content (page);
  graphene_rect_t bounds;

  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  if (!gtk_widget_get_mapped (content)
      || !gtk_widget_compute_bounds (content, relative_to, &bounds))
    return;

  *area = (GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height };
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

void
confab_session_view_go_pane (ConfabSessionView *self, int offset)
{
  ConfabConversationPage *page = CONFAB_CONVERSATION_PAGE (self->conversation_page);
  GtkWidget *panes[] = {
    GTK_WIDGET (self->list),
    confab_conversation_page_get_history (page),
    confab_conversation_page_get_composer (page),
  };
  int n = G_N_ELEMENTS (panes);
  int at = offset > 0 ? -1 : n;

  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  for (int i = 0; i < n; i++)
    if (has_focus_within (panes[i]))
      at = i;
  for (int i = 1; i <= n; i++)
    {
      GtkWidget *pane = panes[(at + i * offset + 2 * n) % n];

      if (gtk_widget_get_mapped (pane) && gtk_widget_grab_focus (pane))
        return;
    }
}

/* Return whether a conversation is visible, beside the list or instead of it. */
static gboolean
shows_conversation (ConfabSessionView *self)
{
  return self->conversation != NULL
         && (!adw_navigation_split_view_get_collapsed (self->split_view)
             || adw_navigation_split_view_get_show_content (self->split_view));
}

/* Show notices once there is a window. */
static void
tell_notices (ConfabSessionView *self)
{
  confab_notice_toasts_tell (GTK_WIDGET (self), self->client,
                             shows_conversation (self) ? self->conversation : NULL);
}

gboolean
confab_session_view_type (ConfabSessionView *self, GtkEventControllerKey *keys)
{
  g_return_val_if_fail (CONFAB_IS_SESSION_VIEW (self), GDK_EVENT_PROPAGATE);

  if (shows_conversation (self))
    return confab_conversation_page_type (CONFAB_CONVERSATION_PAGE (self->conversation_page), keys);

  return confab_sidebar_type (self->list, keys);
}

static gboolean
confab_session_view_grab_focus (GtkWidget *widget)
{
  ConfabSessionView *self = CONFAB_SESSION_VIEW (widget);

  if (shows_conversation (self) && gtk_widget_grab_focus (GTK_WIDGET (self->conversation_page)))
    return TRUE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

void
confab_session_view_start_filter (ConfabSessionView *self)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  confab_sidebar_start_filter (self->list);
}

static void
show_new_conversation (ConfabSessionView *self, const char *name)
{
  ConfabNewConversationDialog *dialog = confab_new_conversation_dialog_new (self->client);

  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  if (name != NULL)
    confab_new_conversation_dialog_search (dialog, name);
}

void
confab_session_view_show_new_conversation (ConfabSessionView *self)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  g_clear_pointer (&self->text, g_free);
  show_new_conversation (self, NULL);
}

/* Return the only conversation with this name in which the user can write, or NULL. */
static ConfabConversation *
find_named (ConfabSessionView *self, const char *name)
{
  GListModel *conversations = confab_client_get_conversations (self->client);
  g_autofree char *key = g_utf8_casefold (name, -1);
  ConfabConversation *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++)
    {
      g_autoptr (ConfabConversation) conversation = g_list_model_get_item (conversations, i);
      const char *other = confab_conversation_get_display_name (conversation);
      g_autofree char *other_key = g_utf8_casefold (other != NULL ? other : "", -1);

      if (!g_str_equal (key, other_key)
          || confab_conversation_get_closed_reason (conversation) != CONFAB_CLOSED_NOT)
        continue;
      if (found != NULL)
        return NULL;
      found = conversation; /* the list keeps it */
    }

  return found;
}

void
confab_session_view_write_to (ConfabSessionView *self, const char *name, const char *text)
{
  ConfabConversation *conversation;

  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));
  g_return_if_fail (name != NULL);

  g_set_str (&self->text, text);
  conversation = find_named (self, name);
  if (conversation != NULL)
    created_cb (self, conversation);
  else
    show_new_conversation (self, name);
}

static void
remove_conversation_cb (ConfabSessionView *self, ConfabConversation *conversation)
{
  confab_remove_closed (GTK_WIDGET (self), self->client, conversation);
}

void
confab_session_view_show_details (ConfabSessionView *self)
{
  ConfabDetailsDialog *dialog = NULL;

  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  if (self->conversation == NULL)
    return;

  dialog = confab_details_dialog_new (self->client, self->conversation);
  g_signal_connect_object (dialog, "open-conversation", G_CALLBACK (created_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "remove-conversation", G_CALLBACK (remove_conversation_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

void
confab_session_view_show_preferences (ConfabSessionView *self)
{
  g_return_if_fail (CONFAB_IS_SESSION_VIEW (self));

  adw_dialog_present (ADW_DIALOG (confab_preferences_dialog_new (self->client)), GTK_WIDGET (self));
}

/* ---- the object ---- */

static void
build_sidebar (ConfabSessionView *self)
{
  self->list = confab_sidebar_new (self->client);
  g_signal_connect_object (self->list, "open-conversation", G_CALLBACK (open_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->split_view, "collapsed", self->list, "collapsed",
                          G_BINDING_SYNC_CREATE);
  adw_navigation_split_view_set_sidebar (self->split_view, ADW_NAVIGATION_PAGE (self->list));
}

static void
connect_client (ConfabSessionView *self)
{
  self->conversation_page =
      g_object_ref_sink (ADW_NAVIGATION_PAGE (confab_conversation_page_new (self->client)));
  g_signal_connect_object (self->conversation_page, "opened", G_CALLBACK (opened_cb), self,
                           G_CONNECT_SWAPPED);
  confab_status_banner_set_client (self->banner, self->client);
  g_signal_connect_object (confab_client_get_notices (self->client), "items-changed",
                           G_CALLBACK (tell_notices), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (tell_notices), NULL);
  g_signal_connect_object (confab_client_get_conversations (self->client), "items-changed",
                           G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_nothing (self);
}

/* The list or the conversation came to the front. */
static void
turned_cb (ConfabSessionView *self)
{
  place_banner (self);
  g_signal_emit (self, signals[VIEWED_CHANGED], 0);
}

static void
confab_session_view_constructed (GObject *object)
{
  ConfabSessionView *self = CONFAB_SESSION_VIEW (object);

  G_OBJECT_CLASS (confab_session_view_parent_class)->constructed (object);

  g_object_ref (self->nothing_page);
  self->banner = g_object_ref_sink (g_object_new (CONFAB_TYPE_STATUS_BANNER, NULL));
  build_sidebar (self);
  if (self->client != NULL)
    connect_client (self);
  g_signal_connect_object (self->split_view, "notify::collapsed", G_CALLBACK (turned_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split_view, "notify::show-content", G_CALLBACK (turned_cb), self,
                           G_CONNECT_SWAPPED);
  place_banner (self);
}

static void
confab_session_view_dispose (GObject *object)
{
  ConfabSessionView *self = CONFAB_SESSION_VIEW (object);

  g_clear_object (&self->banner);
  g_clear_object (&self->conversation_page);
  g_clear_object (&self->nothing_page);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_SESSION_VIEW);

  G_OBJECT_CLASS (confab_session_view_parent_class)->dispose (object);
}

static void
confab_session_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConfabSessionView *self = CONFAB_SESSION_VIEW (object);

  switch (id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_session_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConfabSessionView *self = CONFAB_SESSION_VIEW (object);

  switch (id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_session_view_class_init (ConfabSessionViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = confab_session_view_constructed;
  object_class->dispose = confab_session_view_dispose;
  object_class->get_property = confab_session_view_get_property;
  object_class->set_property = confab_session_view_set_property;
  widget_class->grab_focus = confab_session_view_grab_focus;

  properties[PROP_CLIENT] = g_param_spec_object (
      "client", NULL, NULL, CONFAB_TYPE_CLIENT, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
  properties[PROP_CONVERSATION] = g_param_spec_object (
      "conversation", NULL, NULL, CONFAB_TYPE_CONVERSATION, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Emitted when the open conversation's messages are loaded. */
  signals[READY] = g_signal_new ("ready", CONFAB_TYPE_SESSION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  signals[VIEWED_CHANGED] = g_signal_new ("viewed-changed", CONFAB_TYPE_SESSION_VIEW,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-session-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionView, nothing_banner);
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionView, split_view);
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionView, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionView, nothing_status);
}

static void
confab_session_view_init (ConfabSessionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_status_page_name (ADW_STATUS_PAGE (self->nothing_status));
}

ConfabSessionView *
confab_session_view_new (ConfabClient *client, gint64 conversation_id)
{
  ConfabSessionView *self = g_object_new (CONFAB_TYPE_SESSION_VIEW, "client", client, NULL);
  ConfabConversation *conversation = NULL;

  if (conversation_id != 0)
    conversation = confab_client_get_conversation (client, conversation_id);
  if (conversation != NULL)
    confab_session_view_open (self, conversation);

  return self;
}

ConfabConversation *
confab_session_view_get_conversation (ConfabSessionView *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION_VIEW (self), NULL);

  return self->conversation;
}

ConfabConversation *
confab_session_view_get_viewed (ConfabSessionView *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION_VIEW (self), NULL);

  return shows_conversation (self) ? self->conversation : NULL;
}
