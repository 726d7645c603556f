/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a row says of its message's way to the server: waiting, failed, and what can be done. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-view-private.h"

#include "confab-clock.h"
#include "confab-error-text.h"

#include <glib/gi18n.h>

/* Most messages are sent within this time; only a message that waits longer is labelled. */
#define STILL_WAITING_AFTER_MS 3000

static GtkWidget *
create_status_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "small");

  return button;
}

static void
ensure_status (ConfabMessageView *self)
{
  if (self->status != NULL)
    return;

  self->status = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->status, "status");
  self->status_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->status_icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->status_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->status_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->status_label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->status_label), 50);
  gtk_box_append (GTK_BOX (self->status_line), self->status_icon);
  gtk_box_append (GTK_BOX (self->status_line), self->status_label);
  gtk_widget_set_halign (self->status_line, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->status), self->status_line);

  self->status_buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->status_buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->status_buttons),
                  create_status_button (_("_Discard"), "message.discard"));
  self->copy_button = create_status_button (_("_Copy"), "message.copy");
  gtk_box_append (GTK_BOX (self->status_buttons), self->copy_button);
  /* Translators: a button: sends the message again */
  self->retry_button = create_status_button (_("_Retry"), "message.retry");
  gtk_box_append (GTK_BOX (self->status_buttons), self->retry_button);
  gtk_box_append (GTK_BOX (self->status), self->status_buttons);

  gtk_widget_insert_before (self->status, GTK_WIDGET (self), NULL);
}

static void
show_status (ConfabMessageView *self, const char *icon, const char *text, gboolean failed)
{
  ensure_status (self);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->status_icon), icon);
  gtk_label_set_text (GTK_LABEL (self->status_label), text);
  gtk_widget_set_visible (self->status_buttons, failed);
  gtk_widget_set_visible (self->copy_button, self->closed);
  gtk_widget_set_visible (self->retry_button, !self->closed);
  confab_message_view_set_css_class (self->status_line, "error", failed);
  confab_message_view_set_css_class (self->status_line, "dimmed", !failed);
  gtk_widget_set_visible (self->status, TRUE);
}

static void
still_waiting_cb (gpointer data)
{
  ConfabMessageView *self = data;

  self->still_waiting_id = 0;
  gtk_widget_set_visible (self->side_icon, FALSE);
  show_status (self, "document-open-recent-symbolic", _("Waiting to be sent"), FALSE);
}

/* Every waiting message has a clock; only the last of a group is labelled too. */
static void
update_waiting (ConfabMessageView *self)
{
  gint64 age = confab_clock_now () - confab_message_get_sent_at (self->message);

  if (!confab_message_get_ends_group (self->message))
    return;
  if (age >= STILL_WAITING_AFTER_MS)
    still_waiting_cb (self);
  else
    self->still_waiting_id =
        g_timeout_add_once (STILL_WAITING_AFTER_MS - MAX (age, 0), still_waiting_cb, self);
}

static const char *
describe_problem (ConfabMessage *message)
{
  int problem = confab_message_get_problem (message);

  /* The conversation closed while the message waited. The composer's place explains that. */
  if (problem == CONFAB_PROBLEM_NOT_FOUND || problem == CONFAB_PROBLEM_RECIPIENT_DELETED)
    return _("This message was not sent.");
  return problem >= 0 ? confab_problem_text (problem) : _("This message could not be sent.");
}

void
confab_message_view_update_status (ConfabMessageView *self)
{
  ConfabMessageState state = confab_message_get_state (self->message);

  g_clear_handle_id (&self->still_waiting_id, g_source_remove);
  confab_message_view_set_css_class (GTK_WIDGET (self), "waiting", state == CONFAB_MESSAGE_WAITING);
  confab_message_view_set_css_class (GTK_WIDGET (self), "failed", state == CONFAB_MESSAGE_FAILED);
  gtk_widget_set_visible (self->side_icon, state == CONFAB_MESSAGE_WAITING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.retry",
                                 state == CONFAB_MESSAGE_FAILED && !self->closed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.discard",
                                 state == CONFAB_MESSAGE_FAILED);
  if (self->status != NULL)
    gtk_widget_set_visible (self->status, FALSE);

  if (state == CONFAB_MESSAGE_FAILED)
    show_status (self, "dialog-error-symbolic", describe_problem (self->message), TRUE);
  else if (state == CONFAB_MESSAGE_WAITING)
    update_waiting (self);
}

const char *
confab_message_view_describe_status (ConfabMessage *message)
{
  switch (confab_message_get_state (message))
    {
    case CONFAB_MESSAGE_WAITING:
      return _("Waiting to be sent");
    case CONFAB_MESSAGE_FAILED:
      return describe_problem (message);
    case CONFAB_MESSAGE_SENT:
    default:
      return NULL;
    }
}
