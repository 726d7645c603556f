/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-notifier.h"

#include <gdk/gdk.h>
#include <glib/gi18n.h>

#include "confab-clock.h"
#include "confab-notification.h"
#include "confab-quiet-hours.h"
#include "confab-settings.h"

#define KEY "confab-notifier"

typedef struct
{
  gatomicrefcount ref_count;
  GApplication *application; /* outlives all clients */
  ConfabClient *client;      /* owns this */
  char *account_id;
  GHashTable *serials; /* gint64* → the number of the conversation's last notification */
  guint serial;
} Notifier;

static Notifier *
notifier_ref (Notifier *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
notifier_unref (gpointer data)
{
  Notifier *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->serials);
  g_free (self->account_id);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Notifier, notifier_unref)

static char *
dup_summary_id (Notifier *self)
{
  return confab_notification_id (self->account_id, 0);
}

/* Ring the desktop's bell, because notifications of GIO make no sound of their own. */
static void
ring (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display != NULL
      && g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_NOTIFICATION_SOUND))
    gdk_display_beep (display);
}

static gboolean
is_permitted (void)
{
  g_autoptr (GDateTime) now = confab_clock_dup_local (confab_clock_now ());

  return confab_quiet_hours_permit (now);
}

static void
send (Notifier *self, GNotification *notification, const char *id, gboolean quiet)
{
  g_application_send_notification (self->application, id, notification);
  if (!quiet)
    ring ();
}

/* ---- pictures ---- */

/* A notification that waits for the picture. */
typedef struct
{
  Notifier *notifier;
  ConfabNewsItem item; /* borrows its lines from @lines */
  GPtrArray *lines;
  guint serial;
} Waiting;

static void
waiting_free (Waiting *self)
{
  notifier_unref (self->notifier);
  g_object_unref (self->item.conversation);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static gboolean
is_newest (Notifier *self, gint64 conversation_id, guint serial)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->serials, &conversation_id)) == serial;
}

static void
send_item (Notifier *self, const ConfabNewsItem *item, GIcon *icon)
{
  int content = g_settings_get_enum (confab_settings_get (), CONFAB_SETTINGS_NOTIFICATION_CONTENT);
  g_autofree char *id = confab_notification_id (self->account_id, item->conversation_id);
  g_autoptr (GNotification) notification =
      confab_notification_new (self->account_id, item, (ConfabNotificationContent)content, icon);

  send (self, notification, id, item->quiet);
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  g_autoptr (GBytes) png = confab_client_load_picture_finish (CONFAB_CLIENT (source), result, NULL);
  g_autoptr (GIcon) icon = png != NULL ? g_bytes_icon_new (png) : NULL;

  /* Withdrawn, or replaced by a newer one, meanwhile? */
  if (is_newest (waiting->notifier, waiting->item.conversation_id, waiting->serial))
    send_item (waiting->notifier, &waiting->item, icon);
}

/* ---- news ---- */

static void
withdraw_cb (Notifier *self, gint64 conversation_id)
{
  g_autofree char *id = confab_notification_id (self->account_id, conversation_id);

  g_hash_table_remove (self->serials, &conversation_id);
  g_application_withdraw_notification (self->application, id);
}

static void
announce_cb (Notifier *self, ConfabNewsItem *item)
{
  Waiting *waiting;

  if (!is_permitted ())
    {
      /* A notification of before may not keep the text of a removed message. */
      if (item->quiet || item->removed)
        withdraw_cb (self, item->conversation_id);
      return;
    }

  g_hash_table_insert (self->serials,
                       g_memdup2 (&item->conversation_id, sizeof item->conversation_id),
                       GUINT_TO_POINTER (++self->serial));
  if (item->picture == NULL)
    {
      send_item (self, item, NULL);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->notifier = notifier_ref (self);
  waiting->item = *item;
  waiting->lines = g_ptr_array_ref (item->lines);
  g_object_ref (waiting->item.conversation);
  waiting->serial = self->serial;
  confab_client_load_picture_async (self->client, item->picture, NULL, picture_cb, waiting);
}

static void
summarize_cb (Notifier *self, guint n)
{
  g_autoptr (GNotification) notification = confab_notification_new_summary (n);
  g_autofree char *id = dup_summary_id (self);

  if (is_permitted ())
    send (self, notification, id, FALSE);
}

static void
withdraw_summary_cb (Notifier *self)
{
  g_autofree char *id = dup_summary_id (self);

  g_application_withdraw_notification (self->application, id);
}

void
confab_notifier_attach (ConfabClient *client, GApplication *application)
{
  ConfabNews *news = confab_client_get_news (client);
  Notifier *self;

  g_return_if_fail (CONFAB_IS_CLIENT (client));
  g_return_if_fail (G_IS_APPLICATION (application));

  if (g_object_get_data (G_OBJECT (client), KEY) != NULL)
    return;

  self = g_new0 (Notifier, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->application = application;
  self->client = client;
  self->account_id = g_strdup (confab_account_get_id (confab_client_get_account (client)));
  self->serials = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect_swapped (news, "announce", G_CALLBACK (announce_cb), self);
  g_signal_connect_swapped (news, "summarize", G_CALLBACK (summarize_cb), self);
  g_signal_connect_swapped (news, "withdraw", G_CALLBACK (withdraw_cb), self);
  g_signal_connect_swapped (news, "withdraw-summary", G_CALLBACK (withdraw_summary_cb), self);
  g_object_set_data_full (G_OBJECT (client), KEY, self, notifier_unref);
}

void
confab_notifier_send_test (GApplication *application)
{
  g_autoptr (GNotification) notification = g_notification_new (_("Confab"));

  g_return_if_fail (G_IS_APPLICATION (application));

  g_notification_set_body (notification, _("This is what a notification looks like"));
  g_application_send_notification (application, "test", notification);
  ring ();
}
