/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-mute-row.h"

#include <glib/gi18n.h>

#include "confab-clock.h"
#include "confab-mute.h"
#include "confab-time-text.h"

struct _ConfabMuteRow
{
  AdwActionRow parent_instance;
  ConfabClient *client;
  ConfabConversation *conversation;
};

G_DEFINE_FINAL_TYPE (ConfabMuteRow, confab_mute_row, ADW_TYPE_ACTION_ROW)

static char *
dup_state (ConfabMuteRow *self)
{
  gint64 now = confab_clock_now ();
  g_autofree char *until = NULL;

  if (!confab_conversation_is_muted (self->conversation, now))
    /* Translators: the messages of a conversation notify */
    return g_strdup (C_("notifications", "On"));
  if (confab_conversation_get_notify (self->conversation) == CONFAB_NOTIFY_NONE)
    /* Translators: the messages of a conversation do not notify */
    return g_strdup (C_("notifications", "Muted"));

  until = confab_time_text_day_and_clock (confab_conversation_get_muted_until (self->conversation),
                                          now);
  /* Translators: a day and a time */
  return g_strdup_printf (_("Muted until %s"), until);
}

static void
update (ConfabMuteRow *self)
{
  g_autofree char *state = dup_state (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), state);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "mute-row.unmute",
      confab_conversation_is_muted (self->conversation, confab_clock_now ()));
}

static void
mute_action (GtkWidget *widget, const char *action, GVariant *how)
{
  ConfabMuteRow *self = CONFAB_MUTE_ROW (widget);

  confab_mute (widget, self->client, self->conversation,
               how != NULL ? g_variant_get_string (how, NULL) : "");
}

static void
confab_mute_row_dispose (GObject *object)
{
  ConfabMuteRow *self = CONFAB_MUTE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_MUTE_ROW);
  g_clear_object (&self->conversation);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_mute_row_parent_class)->dispose (object);
}

static void
confab_mute_row_class_init (ConfabMuteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_mute_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-mute-row.ui");
  gtk_widget_class_install_action (widget_class, "mute-row.mute", "s", mute_action);
  gtk_widget_class_install_action (widget_class, "mute-row.unmute", NULL, mute_action);
}

static void
confab_mute_row_init (ConfabMuteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
confab_mute_row_show (ConfabMuteRow *self, ConfabClient *client, ConfabConversation *conversation)
{
  g_return_if_fail (CONFAB_IS_MUTE_ROW (self));
  g_return_if_fail (CONFAB_IS_CLIENT (client));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));
  g_return_if_fail (self->conversation == NULL);

  self->client = g_object_ref (client);
  self->conversation = g_object_ref (conversation);
  g_signal_connect_object (conversation, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  confab_clock_connect (G_CALLBACK (update), self);
}
