/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-mute.h"

#include <glib/gi18n.h>

#include "confab-clock.h"
#include "confab-limits.h"
#include "confab-toast.h"

#define HOUR_S (60 * 60)
#define SECONDS 10 /* as long as one may take to see a mistake */
#define MORNING_HOUR 8
#define NIGHT_END_HOUR 4

typedef struct
{
  GtkWidget *widget;
  ConfabClient *client;
  ConfabConversation *conversation;
  ConfabNotify notify_before;
  gint64 muted_until_before;
  gboolean muting; /* else unmuting */
  gboolean undoing;
} Mute;

static Mute *
mute_new (GtkWidget *widget, ConfabClient *client, ConfabConversation *conversation)
{
  Mute *self = g_new0 (Mute, 1);

  self->widget = g_object_ref (widget);
  self->client = g_object_ref (client);
  self->conversation = g_object_ref (conversation);
  self->notify_before = confab_conversation_get_notify (conversation);
  self->muted_until_before = confab_conversation_get_muted_until (conversation);

  return self;
}

static void
mute_free (Mute *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->client);
  g_object_unref (self->conversation);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mute, mute_free)

guint
confab_mute_seconds_until_tomorrow (GDateTime *now)
{
  gboolean night = g_date_time_get_hour (now) < NIGHT_END_HOUR;
  g_autoptr (GDateTime) day = g_date_time_add_days (now, night ? 0 : 1);
  g_autoptr (GDateTime) morning = g_date_time_new (
      g_date_time_get_timezone (now), g_date_time_get_year (day), g_date_time_get_month (day),
      g_date_time_get_day_of_month (day), MORNING_HOUR, 0, 0);

  return (guint)MAX (g_date_time_difference (morning, now) / G_TIME_SPAN_SECOND, 1);
}

static void changed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
undo_cb (AdwToast *toast, Mute *before)
{
  gint64 left = (before->muted_until_before - confab_clock_now ()) / 1000;
  Mute *undo = mute_new (before->widget, before->client, before->conversation);

  undo->undoing = TRUE;
  confab_client_change_settings_async (before->client, before->conversation, before->notify_before,
                                       (guint)CLAMP (left, 0, CONFAB_MUTE_MAX_SECONDS), NULL,
                                       changed_cb, undo);
}

static void
toast_gone_cb (gpointer data, GClosure *closure)
{
  mute_free (data);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Mute) self = user_data;
  g_autoptr (GError) error = NULL;
  AdwToastOverlay *overlay = confab_toast_find_overlay (self->widget);
  AdwToast *toast;

  if (!confab_client_change_finish (CONFAB_CLIENT (source), result, &error))
    {
      if (overlay != NULL)
        confab_toast_error (self->widget, error);
      return;
    }
  if (self->undoing || overlay == NULL)
    return;

  /* What was chosen: the clock of this computer may disagree with the server's. */
  toast =
      adw_toast_new (self->muting ? _("Conversation muted") : _("Conversation no longer muted"));
  adw_toast_set_timeout (toast, SECONDS);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), g_steal_pointer (&self),
                         toast_gone_cb, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
confab_mute (GtkWidget *widget,
             ConfabClient *client,
             ConfabConversation *conversation,
             const char *how)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (confab_clock_now () / 1000);
  ConfabNotify notify = g_str_equal (how, "always") ? CONFAB_NOTIFY_NONE : CONFAB_NOTIFY_ALL;
  guint seconds = 0;
  Mute *mute;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  if (g_str_equal (how, "hour"))
    seconds = HOUR_S;
  else if (g_str_equal (how, "tomorrow"))
    seconds = confab_mute_seconds_until_tomorrow (now);
  mute = mute_new (widget, client, conversation);
  mute->muting = notify == CONFAB_NOTIFY_NONE || seconds > 0;
  confab_client_change_settings_async (client, conversation, notify, seconds, NULL, changed_cb,
                                       mute);
}
