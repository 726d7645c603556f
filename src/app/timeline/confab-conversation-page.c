/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-conversation-page.h"

#include "confab-closed-bar.h"
#include "confab-closed-text.h"
#include "confab-composer.h"
#include "confab-conversation-link.h"
#include "confab-conversation-avatar.h"
#include "confab-error-text.h"
#include "confab-focus-child.h"
#include "confab-giving-way.h"
#include "confab-name-label.h"
#include "confab-clock.h"
#include "confab-mute.h"
#include "confab-remove-closed.h"
#include "confab-remove-message.h"
#include "confab-timeline-view.h"
#include "confab-toast.h"

#include <glib/gi18n.h>

#define SPINNER_DELAY_MS 200
/* Place the first unread message this far down, so that the messages before it give context. */
#define UNREAD_ALIGN 0.2
/* The clock may jump while a mute lasts. */
#define LOOK_AGAIN_MS (60 * 1000)

struct _ConfabConversationPage
{
  AdwNavigationPage parent_instance;

  ConfabClient *client;
  ConfabConversation *conversation; /* (nullable) */
  ConfabTimeline *timeline;         /* (nullable) the conversation's */
  GSignalGroup *conversation_signals;
  GCancellable *opening; /* (nullable) set until the first messages are shown */
  gint64 wanted_seq;     /* the message to go to; 0: none */
  gboolean opened;
  gboolean unpainted; /* messages are loaded but not painted yet */
  guint spinner_id;
  guint mute_timer; /* until the mute ends */

  AdwBin *banner_bin;
  GtkWidget *title_box;
  AdwAvatar *header_avatar;
  GtkLabel *subtitle;
  GtkStack *stack;
  AdwAvatar *empty_avatar;
  GtkLabel *empty_label;
  AdwStatusPage *error_page;
  ConfabTimelineView *view;
  ConfabComposer *composer;
  ConfabClosedBar *closed_bar;
};

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_CONVERSATION,
  N_PROPS,
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabConversationPage, confab_conversation_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- sending ---- */

typedef struct
{
  ConfabConversationPage *page;
  ConfabConversation *conversation;
  char *content;
} Sending;

static void
sending_free (Sending *self)
{
  g_clear_object (&self->page);
  g_clear_object (&self->conversation);
  g_free (self->content);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* If another conversation is shown by now, save the text as the draft of its own conversation. */
static void
return_to_draft (Sending *sending)
{
  const char *draft = confab_conversation_get_draft (sending->conversation);
  g_autofree char *both = draft != NULL && *draft != '\0' && !g_str_equal (draft, sending->content)
                              ? g_strdup_printf ("%s\n%s", sending->content, draft)
                              : g_strdup (sending->content);

  confab_client_save_draft (sending->page->client, sending->conversation, both);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  ConfabConversationPage *self = sending->page;
  gboolean shown = self->conversation == sending->conversation && self->composer != NULL;
  g_autoptr (GError) error = NULL;

  if (confab_client_send_finish (CONFAB_CLIENT (source), result, &error))
    {
      /* The outbox has stored the message, so the draft need not keep its text. */
      g_autofree char *typed = shown ? confab_composer_dup_text (self->composer) : NULL;

      if (shown)
        confab_client_save_draft (self->client, sending->conversation, typed);
    }
  else if (shown)
    confab_composer_give_back (self->composer, sending->content, confab_error_text (error));
  else
    return_to_draft (sending);
}

static void
send_cb (ConfabConversationPage *self, const char *content)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->page = g_object_ref (self);
  sending->conversation = g_object_ref (self->conversation);
  sending->content = g_strdup (content);
  confab_client_send_async (self->client, self->conversation, content, NULL, sent_cb, sending);
  self->wanted_seq = 0;
  confab_timeline_view_jump_to_newest (self->view);
}

static void
draft_cb (ConfabConversationPage *self, const char *text)
{
  if (self->conversation != NULL)
    confab_client_save_draft (self->client, self->conversation, text);
}

void
confab_conversation_page_write (ConfabConversationPage *self, const char *text)
{
  g_autofree char *before = NULL;
  g_autofree char *joined = NULL;

  g_return_if_fail (CONFAB_IS_CONVERSATION_PAGE (self));
  g_return_if_fail (text != NULL);

  before = confab_composer_dup_text (self->composer);
  joined = *before != '\0' ? g_strconcat (before, "\n", text, NULL) : g_strdup (text);
  confab_composer_set_text (self->composer, joined);
  draft_cb (self, joined);
}

static void
leave_cb (ConfabConversationPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
confab_conversation_page_flush_draft (ConfabConversationPage *self)
{
  g_return_if_fail (CONFAB_IS_CONVERSATION_PAGE (self));

  confab_composer_flush_draft (self->composer);
}

AdwBin *
confab_conversation_page_get_banner_bin (ConfabConversationPage *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_PAGE (self), NULL);

  return self->banner_bin;
}

GtkWidget *
confab_conversation_page_get_content (ConfabConversationPage *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_PAGE (self), NULL);

  return GTK_WIDGET (self->stack);
}

GtkWidget *
confab_conversation_page_get_history (ConfabConversationPage *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_PAGE (self), NULL);

  return GTK_WIDGET (self->view);
}

GtkWidget *
confab_conversation_page_get_composer (ConfabConversationPage *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_PAGE (self), NULL);

  return GTK_WIDGET (self->composer);
}

gboolean
confab_conversation_page_type (ConfabConversationPage *self, GtkEventControllerKey *keys)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_PAGE (self), GDK_EVENT_PROPAGATE);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->composer)))
    return GDK_EVENT_PROPAGATE;

  return confab_composer_type (self->composer, keys);
}

/* ---- the timeline ---- */

static void
news_cb (ConfabConversationPage *self, const char *text)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self->view), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
timeline_leave_cb (ConfabConversationPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
scroll_cb (ConfabConversationPage *self, int pages)
{
  confab_timeline_view_scroll_pages (self->view, pages);
}

static void
near_start_cb (ConfabConversationPage *self)
{
  if (self->timeline != NULL && !confab_timeline_get_complete (self->timeline))
    confab_timeline_want_older (self->timeline);
}

static void
seen_cb (ConfabConversationPage *self, gint64 seq)
{
  if (self->conversation != NULL
      && seq > confab_conversation_get_last_read_seq (self->conversation))
    confab_client_mark_read (self->client, self->conversation, seq);
}

static void
retry_cb (ConfabConversationPage *self, ConfabMessage *message)
{
  confab_client_retry (self->client, message);
}

static void
discard_cb (ConfabConversationPage *self, ConfabMessage *message)
{
  confab_client_discard (self->client, message);
}

static void
remove_cb (ConfabConversationPage *self, ConfabMessage *message)
{
  confab_remove_message (GTK_WIDGET (self), self->client, self->conversation, message);
}

static gboolean
is_closed (ConfabConversationPage *self)
{
  return self->conversation != NULL
         && confab_conversation_get_closed_reason (self->conversation) != CONFAB_CLOSED_NOT;
}

static void
permissions_cb (ConfabConversationPage *self)
{
  confab_timeline_view_set_removable (
      self->view,
      !is_closed (self) && confab_client_permits (self->client, CONFAB_PERMISSION_REMOVE_MESSAGES));
}

static void
show_page (ConfabConversationPage *self, const char *name)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, name);
}

/* Once the timeline has loaded, show the list, or the greeting if there are no messages. */
static void
update_page (ConfabConversationPage *self)
{
  if (self->opened)
    show_page (self,
               g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) > 0 ? "timeline" : "empty");
}

static void
spinner_cb (gpointer data)
{
  ConfabConversationPage *self = data;

  self->spinner_id = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
painted_cb (ConfabConversationPage *self, GdkFrameClock *clock)
{
  g_log ("confab-start", G_LOG_LEVEL_DEBUG, "painted with messages");
  self->unpainted = FALSE;
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
}

/* Log when the messages are painted: G_MESSAGES_DEBUG=confab-start. ./dev bench reads this. */
static void
tell_when_painted (ConfabConversationPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self,
                             G_CONNECT_SWAPPED);
}

/* Give the list its model only now: earlier, it would lay out every row twice. */
static void
show_messages (ConfabConversationPage *self)
{
  self->opened = TRUE;
  confab_timeline_view_set_direct (self->view,
                                   !confab_conversation_get_is_group (self->conversation));
  confab_timeline_view_set_model (self->view, G_LIST_MODEL (self->timeline));
  update_page (self);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

/* ---- going to a message ---- */

static void
wanted_prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabConversationPage) self = user_data;
  ConfabTimeline *timeline = CONFAB_TIMELINE (source);
  gint64 seq = self->wanted_seq;

  confab_timeline_prepare_finish (timeline, result, NULL);
  if (self->timeline != timeline || !self->opened || seq == 0)
    return;

  self->wanted_seq = 0;
  confab_timeline_view_jump_to (self->view, confab_timeline_get_position (timeline, seq),
                                UNREAD_ALIGN);
}

/* Wait if the message is older than what is loaded. */
static void
go_to_wanted (ConfabConversationPage *self)
{
  guint n_items;

  if (self->wanted_seq == 0 || !self->opened || self->timeline == NULL)
    return;
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  if (n_items == 0)
    return;
  if (confab_timeline_get_seq (self->timeline, 0) > self->wanted_seq
      && !confab_timeline_get_complete (self->timeline))
    {
      confab_timeline_want_older (self->timeline);
      return;
    }
  confab_timeline_prepare_async (
      self->timeline,
      MIN (confab_timeline_get_position (self->timeline, self->wanted_seq), n_items - 1), NULL,
      wanted_prepared_cb, g_object_ref (self));
}

static void
items_changed_cb (ConfabConversationPage *self)
{
  update_page (self);
  go_to_wanted (self);
}

void
confab_conversation_page_show_message (ConfabConversationPage *self, gint64 seq)
{
  g_return_if_fail (CONFAB_IS_CONVERSATION_PAGE (self));

  if (self->conversation == NULL)
    return;
  self->wanted_seq = MIN (seq, confab_conversation_get_last_read_seq (self->conversation) + 1);
  go_to_wanted (self);
}

/* ---- opening ---- */

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabConversationPage) self = user_data;
  ConfabTimeline *timeline = CONFAB_TIMELINE (source);
  g_autoptr (GError) error = NULL;
  guint unread = confab_timeline_get_unread_position (timeline);

  if (!confab_timeline_prepare_finish (timeline, result, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->timeline != timeline)
    return;
  if (error != NULL)
    g_message ("The messages could not be read: %s", error->message);

  g_clear_object (&self->opening);
  self->unpainted = TRUE;
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    tell_when_painted (self);
  show_messages (self);
  if (self->wanted_seq != 0)
    go_to_wanted (self);
  else if (unread < g_list_model_get_n_items (G_LIST_MODEL (timeline)))
    confab_timeline_view_jump_to (self->view, unread, UNREAD_ALIGN);
}

/* The newest keys are loaded. Wait for the messages that will be in view, to avoid blank rows. */
static void
loading_cb (ConfabConversationPage *self)
{
  guint n_items, unread;

  if (self->opened || self->opening != NULL || confab_timeline_get_loading (self->timeline))
    return;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  unread = confab_timeline_get_unread_position (self->timeline);
  if (n_items == 0)
    {
      show_messages (self);
      return;
    }

  self->opening = g_cancellable_new ();
  confab_timeline_prepare_async (self->timeline, MIN (unread, n_items - 1), self->opening,
                                 prepared_cb, g_object_ref (self));
}

/* The messages cannot be read: say so, until they can. */
static void
error_cb (ConfabConversationPage *self)
{
  const GError *error = confab_timeline_get_error (self->timeline);

  if (!confab_timeline_get_loading (self->timeline))
    return;
  if (error == NULL)
    {
      show_page (self, "loading");
      return;
    }
  adw_status_page_set_description (self->error_page, confab_error_text (error));
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "error"))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), adw_status_page_get_title (self->error_page),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  show_page (self, "error");
}

static void
try_again_cb (ConfabConversationPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  confab_timeline_try_again (self->timeline);
}

static void
close_timeline (ConfabConversationPage *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  self->opened = FALSE;
  self->wanted_seq = 0;
  if (self->timeline != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->timeline, self);
      confab_timeline_view_set_model (self->view, NULL);
      g_clear_object (&self->timeline);
    }
}

static void
open_timeline (ConfabConversationPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "blank");
  self->spinner_id = g_timeout_add_once (SPINNER_DELAY_MS, spinner_cb, self);

  self->timeline = confab_client_open_timeline (self->client, self->conversation);
  g_signal_connect_object (self->timeline, "notify::loading", G_CALLBACK (loading_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "notify::error", G_CALLBACK (error_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  loading_cb (self);
}

/* ---- the conversation ---- */

static void
update_titles (ConfabConversationPage *self)
{
  const char *name = confab_conversation_get_display_name (self->conversation);
  guint n_members = confab_conversation_get_member_count (self->conversation);
  gboolean is_group = confab_conversation_get_is_group (self->conversation);
  g_autofree char *members =
      /* Translators: below a group’s name: how many people are in it */
      g_strdup_printf (ngettext ("%u person", "%u people", n_members), n_members);
  g_autofree char *greeting = NULL;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  confab_conversation_avatar_show (self->header_avatar, self->client, self->conversation);
  confab_conversation_avatar_show (self->empty_avatar, self->client, self->conversation);
  gtk_label_set_text (self->subtitle, members);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), is_group);
  confab_composer_set_recipient (self->composer, name);
  /* Translators: in a conversation without messages */
  greeting = g_strdup_printf (_("Say hello to %s"), name);
  gtk_label_set_text (self->empty_label, greeting);
}

static void update_mute (ConfabConversationPage *self);

static void
mute_ended_cb (gpointer user_data)
{
  ConfabConversationPage *self = user_data;

  self->mute_timer = 0;
  update_mute (self);
}

static void
update_mute (ConfabConversationPage *self)
{
  gint64 now = confab_clock_now ();
  gint64 left = confab_conversation_get_muted_until (self->conversation) - now;
  gboolean muted = confab_conversation_is_muted (self->conversation, now);

  g_clear_handle_id (&self->mute_timer, g_source_remove);
  if (muted && left > 0)
    self->mute_timer =
        g_timeout_add_once ((guint)MIN (left + 1, LOOK_AGAIN_MS), mute_ended_cb, self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.mute", !is_closed (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.unmute",
                                 muted && !is_closed (self));
}

/* Show the composer, or the reason why the user cannot write here. */
static void
show_closed (ConfabConversationPage *self)
{
  gboolean closed = is_closed (self);

  if (closed)
    confab_closed_bar_show (self->closed_bar, self->client, self->conversation);
  gtk_widget_set_visible (GTK_WIDGET (self->closed_bar), closed);
  gtk_widget_set_visible (GTK_WIDGET (self->composer), !closed);
  confab_timeline_view_set_closed (self->view, closed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.remove", closed);
  update_mute (self);
  permissions_cb (self);
}

static void
mute_cb (GtkWidget *widget, const char *action, GVariant *how)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (widget);

  confab_mute (widget, self->client, self->conversation,
               how != NULL ? g_variant_get_string (how, NULL) : "");
}

/* The conversation was closed or reopened while shown. Keep the text being written as the draft. */
static void
closed_cb (ConfabConversationPage *self)
{
  gboolean closed = is_closed (self);
  gboolean was_closed = gtk_widget_get_visible (GTK_WIDGET (self->closed_bar));
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->composer)) != NULL
                     || gtk_widget_get_focus_child (GTK_WIDGET (self->closed_bar)) != NULL;

  if (closed && !was_closed)
    confab_composer_flush_draft (self->composer);
  show_closed (self);
  if (was_closed && !closed)
    confab_composer_set_text (self->composer, confab_conversation_get_draft (self->conversation));
  if (focused && closed != was_closed)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (closed && !was_closed)
    {
      g_autofree char *text = confab_closed_text (self->conversation);

      gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

/* @seq: (nullable): of a message; else copy the conversation's link */
static void
copy_link_cb (GtkWidget *widget, const char *action, GVariant *seq)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (widget);
  ConfabAccount *account = confab_client_get_account (self->client);
  g_autofree char *link = confab_conversation_link_dup (
      confab_account_get_server (account), confab_conversation_get_id (self->conversation),
      seq != NULL ? g_variant_get_int64 (seq) : 0);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
  confab_toast (widget, _("Link copied"));
}

static void
remove_closed_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (widget);

  if (is_closed (self))
    confab_remove_closed (widget, self->client, self->conversation);
}

void
confab_conversation_page_set_conversation (ConfabConversationPage *self,
                                           ConfabConversation *conversation)
{
  g_return_if_fail (CONFAB_IS_CONVERSATION_PAGE (self));
  g_return_if_fail (conversation == NULL || CONFAB_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  confab_composer_flush_draft (self->composer);
  close_timeline (self);
  g_clear_handle_id (&self->mute_timer, g_source_remove);
  g_set_object (&self->conversation, conversation);
  g_signal_group_set_target (self->conversation_signals, conversation);
  if (conversation != NULL)
    {
      update_titles (self);
      confab_composer_set_text (self->composer, confab_conversation_get_draft (conversation));
      show_closed (self);
      open_timeline (self);
    }
  else
    confab_composer_set_text (self->composer, "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

ConfabConversationPage *
confab_conversation_page_new (ConfabClient *client)
{
  return g_object_new (CONFAB_TYPE_CONVERSATION_PAGE, "client", client, NULL);
}

static void
confab_conversation_page_constructed (GObject *object)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (object);

  G_OBJECT_CLASS (confab_conversation_page_parent_class)->constructed (object);

  if (self->client == NULL)
    return;
  g_signal_connect_object (self->client, "permissions-changed", G_CALLBACK (permissions_cb), self,
                           G_CONNECT_SWAPPED);
  permissions_cb (self);
  confab_timeline_view_set_client (self->view, self->client);
}

/* ---- object ---- */

static gboolean
close_request_cb (ConfabConversationPage *self)
{
  confab_conversation_page_flush_draft (self);

  return GDK_EVENT_PROPAGATE;
}

static void
confab_conversation_page_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (confab_conversation_page_parent_class)->realize (widget);

  if (CONFAB_CONVERSATION_PAGE (widget)->unpainted)
    tell_when_painted (CONFAB_CONVERSATION_PAGE (widget));
}

static void
confab_conversation_page_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (confab_conversation_page_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;

  g_signal_connect_object (root, "close-request", G_CALLBACK (close_request_cb), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (root, "notify::is-active",
                           G_CALLBACK (confab_conversation_page_flush_draft), widget,
                           G_CONNECT_SWAPPED);
}

static void
confab_conversation_page_unroot (GtkWidget *widget)
{
  confab_conversation_page_flush_draft (CONFAB_CONVERSATION_PAGE (widget));
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);
  GTK_WIDGET_CLASS (confab_conversation_page_parent_class)->unroot (widget);
}

static gboolean
confab_conversation_page_grab_focus (GtkWidget *widget)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (widget);

  return gtk_widget_grab_focus (is_closed (self) ? GTK_WIDGET (self->view)
                                                 : GTK_WIDGET (self->composer));
}

static void
confab_conversation_page_get_property (GObject *object,
                                       guint property_id,
                                       GValue *value,
                                       GParamSpec *pspec)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (object);

  switch (property_id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_conversation_page_set_property (GObject *object,
                                       guint property_id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (object);

  switch (property_id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    case PROP_CONVERSATION:
      confab_conversation_page_set_conversation (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_conversation_page_dispose (GObject *object)
{
  ConfabConversationPage *self = CONFAB_CONVERSATION_PAGE (object);

  if (self->composer != NULL)
    {
      confab_composer_flush_draft (self->composer);
      close_timeline (self);
    }
  g_clear_handle_id (&self->mute_timer, g_source_remove);
  g_clear_object (&self->conversation_signals);
  g_clear_object (&self->conversation);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_CONVERSATION_PAGE);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_conversation_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-conversation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, banner_bin);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, title_box);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, header_avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, empty_avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, view);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, composer);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationPage, closed_bar);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, near_start_cb);
  gtk_widget_class_bind_template_callback (widget_class, seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, news_cb);
  gtk_widget_class_bind_template_callback (widget_class, timeline_leave_cb);
}

static void
confab_conversation_page_class_init (ConfabConversationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = confab_conversation_page_get_property;
  object_class->set_property = confab_conversation_page_set_property;
  object_class->constructed = confab_conversation_page_constructed;
  object_class->dispose = confab_conversation_page_dispose;
  widget_class->realize = confab_conversation_page_realize;
  widget_class->root = confab_conversation_page_root;
  widget_class->unroot = confab_conversation_page_unroot;
  widget_class->focus = confab_focus_child;
  widget_class->grab_focus = confab_conversation_page_grab_focus;

  properties[PROP_CLIENT] =
      g_param_spec_object ("client", NULL, NULL, CONFAB_TYPE_CLIENT,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONVERSATION] =
      g_param_spec_object ("conversation", NULL, NULL, CONFAB_TYPE_CONVERSATION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Emitted once the conversation's visible content is loaded. */
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONFAB_TYPE_CLOSED_BAR);
  g_type_ensure (CONFAB_TYPE_COMPOSER);
  g_type_ensure (CONFAB_TYPE_TIMELINE_VIEW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "conversation.remove", NULL, remove_closed_cb);
  gtk_widget_class_install_action (widget_class, "conversation.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "conversation.copy-message-link", "x",
                                   copy_link_cb);
  gtk_widget_class_install_action (widget_class, "conversation.mute", "s", mute_cb);
  gtk_widget_class_install_action (widget_class, "conversation.unmute", NULL, mute_cb);
}

static void
confab_conversation_page_init (ConfabConversationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->empty_label));
  confab_name_label_insert_no_hyphens (self->title_box);
  confab_giving_way_install (self->title_box);

  self->conversation_signals = g_signal_group_new (CONFAB_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->conversation_signals, "notify::display-name",
                                  G_CALLBACK (update_titles), self);
  g_signal_group_connect_swapped (self->conversation_signals, "notify::member-count",
                                  G_CALLBACK (update_titles), self);
  g_signal_group_connect_swapped (self->conversation_signals, "notify::closed-reason",
                                  G_CALLBACK (closed_cb), self);
}
