/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-view-private.h"

#include "confab-avatar.h"
#include "confab-clock.h"
#include "confab-time-text.h"
#include "confab-toast.h"

#include <glib/gi18n.h>
#include <string.h>

/* A shorter text exceeds CONFAB_MESSAGE_TEXT_FOLDED_LINES only by its line breaks. */
#define MAYBE_LONG_BYTES 250

enum
{
  PROP_0,
  PROP_MESSAGE,
  PROP_EXPANDED,
  PROP_REMOVABLE,
  PROP_CLOSED,
  N_PROPS,
};

enum
{
  SIGNAL_RETRY,
  SIGNAL_DISCARD,
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabMessageView, confab_message_view, GTK_TYPE_WIDGET)

static const char *
get_content (ConfabMessage *message)
{
  return confab_message_get_removed (message) ? _("Message removed")
                                              : confab_message_get_content (message);
}

static const char *
get_sender_name (ConfabMessage *message)
{
  ConfabUser *sender = confab_message_get_sender (message);

  return sender != NULL ? confab_user_get_display_name (sender) : "";
}

/* ---- above the bubble ---- */

static void
update_day (ConfabMessageView *self)
{
  gboolean visible =
      confab_message_get_loaded (self->message) && confab_message_get_starts_day (self->message);

  if (visible)
    {
      g_autofree char *day =
          confab_time_text_day (confab_message_get_sent_at (self->message), confab_clock_now ());
      gtk_label_set_text (GTK_LABEL (self->day), day);
    }
  gtk_widget_set_visible (self->day, visible);
}

static void
update_times (ConfabMessageView *self)
{
  g_autofree char *clock = confab_time_text_clock (confab_message_get_sent_at (self->message));

  gtk_label_set_text (GTK_LABEL (self->header_time), clock);
  gtk_label_set_text (GTK_LABEL (self->side_time), clock);
}

static void
update_sender (ConfabMessageView *self)
{
  ConfabUser *sender = confab_message_get_sender (self->message);
  const char *name = get_sender_name (self->message);

  self->own = confab_message_get_own (self->message);
  confab_message_view_set_css_class (GTK_WIDGET (self), "own", self->own);
  gtk_widget_set_visible (self->name, !self->own && !self->direct);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  confab_message_view_set_css_class (self->name, "dimmed",
                                     sender != NULL && confab_user_get_deleted (sender));
  /* Order the children from the bubble outwards. */
  gtk_box_reorder_child_after (GTK_BOX (self->side), self->side_icon,
                               self->own ? self->side_time : NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
update_standing (ConfabMessageView *self)
{
  gboolean loaded = confab_message_get_loaded (self->message);
  gboolean starts_unread = confab_message_get_starts_unread (self->message);

  /* A divider between two messages of one sender also separates their group visually. */
  self->starts_group = confab_message_get_starts_group (self->message) || starts_unread
                       || confab_message_get_starts_day (self->message);
  confab_message_view_set_css_class (GTK_WIDGET (self), "starts-group", self->starts_group);
  confab_message_view_set_css_class (GTK_WIDGET (self), "ends-group",
                                     confab_message_get_ends_group (self->message));
  gtk_widget_set_visible (self->unread, starts_unread);
  gtk_widget_set_visible (self->header, loaded && self->starts_group);
  gtk_widget_set_visible (self->avatar,
                          loaded && self->starts_group && !self->own && !self->direct);
  if (gtk_widget_get_visible (self->avatar))
    confab_avatar_show_user (ADW_AVATAR (self->avatar), self->client,
                             confab_message_get_sender (self->message));
  gtk_widget_set_visible (self->side_time, !self->starts_group);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* ---- the bubble ---- */

static void
update_removable (ConfabMessageView *self)
{
  gboolean stands = self->message != NULL && confab_message_get_loaded (self->message)
                    && confab_message_get_state (self->message) == CONFAB_MESSAGE_SENT
                    && !confab_message_get_removed (self->message);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.remove", self->removable && stands);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.copy-link", stands);
}

static void
update_fold (ConfabMessageView *self)
{
  const char *text = get_content (self->message);
  gboolean maybe_long = FALSE;
  guint breaks = 0;

  for (const char *p = text; *p != '\0' && !maybe_long; p++)
    {
      breaks += *p == '\n';
      maybe_long = breaks >= CONFAB_MESSAGE_TEXT_FOLDED_LINES || p - text >= MAYBE_LONG_BYTES;
    }

  if (maybe_long && self->fold == NULL)
    {
      self->fold = gtk_button_new ();
      gtk_widget_add_css_class (self->fold, "flat");
      gtk_widget_add_css_class (self->fold, "fold");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fold), "message.toggle-expanded");
      gtk_widget_insert_after (self->fold, GTK_WIDGET (self), self->side);
    }
  if (self->fold != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->fold),
                            confab_message_view_get_expanded (self)
                                /* Translators: a button below a long message */
                                ? _("Show Less")
                                /* Translators: a button below a long message */
                                : _("Show More"));
      gtk_widget_set_visible (self->fold, maybe_long);
    }
}

static void
update_text (ConfabMessageView *self)
{
  ConfabMessageText *text = CONFAB_MESSAGE_TEXT (self->text);

  confab_message_view_set_css_class (GTK_WIDGET (self), "removed",
                                     confab_message_get_removed (self->message));
  confab_message_text_set_text (text, get_content (self->message));
  confab_message_view_set_css_class (self->text, "emoji", confab_message_text_is_emoji (text));
  confab_message_view_set_css_class (self->text, "empty",
                                     !confab_message_get_loaded (self->message));
  update_fold (self);
  update_removable (self);
}

static void
update_state (ConfabMessageView *self)
{
  confab_message_view_update_status (self);
  update_removable (self);
}

/* ---- in words ---- */

char *
confab_message_view_describe (ConfabMessage *message)
{
  g_autofree char *when = NULL;
  g_autofree char *line = NULL;
  const char *name, *state;

  g_return_val_if_fail (CONFAB_IS_MESSAGE (message), NULL);

  if (!confab_message_get_loaded (message))
    /* Translators: stands for a message that is being read */
    return g_strdup (_("Loading…"));

  when = confab_time_text_when (confab_message_get_sent_at (message), confab_clock_now ());
  /* Translators: a screen reader says this before the user's own message */
  name = confab_message_get_own (message) ? C_("sender", "You") : get_sender_name (message);
  state = confab_message_view_describe_status (message);
  line =
      state != NULL
          /* Translators: a screen reader's line: sender, time, text, state */
          ? g_strdup_printf (C_("screen reader", "%s, %s, %s, %s"), name, when,
                             get_content (message), state)
          /* Translators: a screen reader's line: sender, time, text */
          : g_strdup_printf (C_("screen reader", "%s, %s, %s"), name, when, get_content (message));
  if (!confab_message_get_starts_unread (message))
    return g_steal_pointer (&line);

  /* Translators: a screen reader's line, before sender, time and text */
  return g_strdup_printf (_("First unread, %s"), line);
}

/* ---- binding ---- */

static void
update_all (ConfabMessageView *self)
{
  confab_message_view_set_expanded (self, FALSE);
  update_sender (self);
  update_standing (self);
  update_day (self);
  update_times (self);
  update_text (self);
  update_state (self);
}

static void
sender_notify_cb (ConfabMessageView *self)
{
  if (self->message == NULL)
    return;

  update_sender (self);
  update_standing (self);
}

static void
message_notify_cb (ConfabMessageView *self, GParamSpec *pspec)
{
  const char *name = g_param_spec_get_name (pspec);

  if (g_str_equal (name, "sender") || g_str_equal (name, "own"))
    {
      g_signal_group_set_target (self->sender_signals, confab_message_get_sender (self->message));
      update_sender (self);
      update_standing (self);
    }
  else if (g_str_equal (name, "content") || g_str_equal (name, "removed-at"))
    update_text (self);
  else if (g_str_equal (name, "sent-at"))
    {
      update_day (self);
      update_times (self);
    }
  else if (g_str_equal (name, "state") || g_str_equal (name, "problem"))
    update_state (self);
  else if (g_str_equal (name, "loaded"))
    {
      update_standing (self);
      update_day (self);
      update_text (self);
    }
  else if (g_str_has_prefix (name, "starts-") || g_str_equal (name, "ends-group"))
    {
      update_standing (self);
      update_day (self);
      update_state (self);
    }
}

void
confab_message_view_set_message (ConfabMessageView *self, ConfabMessage *message)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));
  g_return_if_fail (message == NULL || CONFAB_IS_MESSAGE (message));

  if (!g_set_object (&self->message, message))
    return;

  g_signal_group_set_target (self->message_signals, message);
  g_signal_group_set_target (self->sender_signals,
                             message != NULL ? confab_message_get_sender (message) : NULL);
  if (message != NULL)
    update_all (self);
  else
    g_clear_handle_id (&self->still_waiting_id, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

ConfabMessage *
confab_message_view_get_message (ConfabMessageView *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE_VIEW (self), NULL);

  return self->message;
}

gboolean
confab_message_view_get_expanded (ConfabMessageView *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE_VIEW (self), FALSE);

  return !confab_message_text_get_folded (CONFAB_MESSAGE_TEXT (self->text));
}

void
confab_message_view_set_expanded (ConfabMessageView *self, gboolean expanded)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  if (confab_message_view_get_expanded (self) == !!expanded)
    return;

  confab_message_text_set_folded (CONFAB_MESSAGE_TEXT (self->text), !expanded);
  if (self->message != NULL)
    update_fold (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

void
confab_message_view_set_removable (ConfabMessageView *self, gboolean removable)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  if (self->removable == !!removable)
    return;
  self->removable = !!removable;
  update_removable (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMOVABLE]);
}

void
confab_message_view_set_direct (ConfabMessageView *self, gboolean direct)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  if (self->direct == !!direct)
    return;
  self->direct = !!direct;
  if (self->message == NULL)
    return;
  update_sender (self);
  update_standing (self);
}

void
confab_message_view_set_closed (ConfabMessageView *self, gboolean closed)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  if (self->closed == !!closed)
    return;
  self->closed = !!closed;
  if (self->message != NULL)
    update_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLOSED]);
}

void
confab_message_view_set_client (ConfabMessageView *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  g_set_object (&self->client, client);
}

void
confab_message_view_show_menu (ConfabMessageView *self)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  gtk_widget_activate_action (self->text, "text.show-menu", NULL);
}

void
confab_message_view_refresh_times (ConfabMessageView *self)
{
  g_return_if_fail (CONFAB_IS_MESSAGE_VIEW (self));

  if (self->message == NULL)
    return;
  update_day (self);
  update_times (self);
}

GtkWidget *
confab_message_view_new (void)
{
  return g_object_new (CONFAB_TYPE_MESSAGE_VIEW, NULL);
}

/* ---- object ---- */

static void
toggle_expanded_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageView *self = CONFAB_MESSAGE_VIEW (widget);

  confab_message_view_set_expanded (self, !confab_message_view_get_expanded (self));
}

/* The page knows the conversation. */
static void
copy_link_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessage *message = CONFAB_MESSAGE_VIEW (widget)->message;

  if (message != NULL)
    gtk_widget_activate_action (widget, "conversation.copy-message-link", "x",
                                confab_message_get_seq (message));
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_RETRY], 0);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabMessageView *self = CONFAB_MESSAGE_VIEW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          confab_message_get_content (self->message));
  confab_toast (widget, _("Copied"));
}

static void
discard_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_DISCARD], 0);
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static void
confab_message_view_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  ConfabMessageView *self = CONFAB_MESSAGE_VIEW (object);

  switch (property_id)
    {
    case PROP_MESSAGE:
      g_value_set_object (value, self->message);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, confab_message_view_get_expanded (self));
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
confab_message_view_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  ConfabMessageView *self = CONFAB_MESSAGE_VIEW (object);

  switch (property_id)
    {
    case PROP_MESSAGE:
      confab_message_view_set_message (self, g_value_get_object (value));
      break;
    case PROP_EXPANDED:
      confab_message_view_set_expanded (self, g_value_get_boolean (value));
      break;
    case PROP_REMOVABLE:
      confab_message_view_set_removable (self, g_value_get_boolean (value));
      break;
    case PROP_CLOSED:
      confab_message_view_set_closed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_message_view_dispose (GObject *object)
{
  ConfabMessageView *self = CONFAB_MESSAGE_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->still_waiting_id, g_source_remove);
  g_clear_object (&self->message_signals);
  g_clear_object (&self->sender_signals);
  g_clear_object (&self->message);
  g_clear_object (&self->client);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (confab_message_view_parent_class)->dispose (object);
}

static void
confab_message_view_class_init (ConfabMessageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = confab_message_view_get_property;
  object_class->set_property = confab_message_view_set_property;
  object_class->dispose = confab_message_view_dispose;
  confab_message_view_class_init_layout (widget_class);

  properties[PROP_MESSAGE] =
      g_param_spec_object ("message", NULL, NULL, CONFAB_TYPE_MESSAGE,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_EXPANDED] =
      g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLOSED] =
      g_param_spec_boolean ("closed", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REMOVABLE] =
      g_param_spec_boolean ("removable", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DISCARD] = g_signal_new ("discard", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "message.toggle-expanded", NULL,
                                   toggle_expanded_cb);
  gtk_widget_class_install_action (widget_class, "message.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "message.discard", NULL, discard_cb);
  gtk_widget_class_install_action (widget_class, "message.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "message.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "message.remove", NULL, remove_cb);
  gtk_widget_class_set_css_name (widget_class, "messageview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
confab_message_view_init (ConfabMessageView *self)
{
  confab_message_view_create_parts (self);
  update_removable (self);

  self->message_signals = g_signal_group_new (CONFAB_TYPE_MESSAGE);
  g_signal_group_connect_swapped (self->message_signals, "notify", G_CALLBACK (message_notify_cb),
                                  self);
  self->sender_signals = g_signal_group_new (CONFAB_TYPE_USER);
  g_signal_group_connect_swapped (self->sender_signals, "notify::display-name",
                                  G_CALLBACK (sender_notify_cb), self);
}
