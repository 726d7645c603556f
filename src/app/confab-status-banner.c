/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-status-banner.h"

#include "confab-banner.h"
#include "confab-error-text.h"
#include "confab-password-dialog.h"
#include "confab-status.h"
#include "confab-toast.h"

/* Most connection losses end before a banner could be read; losing only the stream matters less. */
#define OFFLINE_PATIENCE_MS 2000
#define DELAYED_PATIENCE_MS 15000

struct _ConfabStatusBanner
{
  AdwBin parent_instance;
  AdwBanner *banner;
  ConfabClient *client;
  GCancellable *cancellable;
  ConfabStatus status;
  gboolean reached;   /* whether the last state could reach the server */
  gboolean lasting;   /* the state has lasted longer than its limit above */
  gboolean dismissed; /* the user closed the SESSION_ONLY banner */
  gboolean unlock_failed;
  guint lasting_source;
};

G_DEFINE_FINAL_TYPE (ConfabStatusBanner, confab_status_banner, ADW_TYPE_BIN)

static void update (ConfabStatusBanner *self);

static gboolean
lasting_cb (gpointer user_data)
{
  ConfabStatusBanner *self = user_data;

  self->lasting_source = 0;
  self->lasting = TRUE;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Reconnecting changes the state back and forth. Only reaching the server ends a lasting state. */
static void
update_lasting (ConfabStatusBanner *self)
{
  ConfabConnectionState state = confab_client_get_connection_state (self->client);
  gboolean reached = state == CONFAB_CONNECTION_POLLING;
  gboolean good =
      !reached && state != CONFAB_CONNECTION_OFFLINE && state != CONFAB_CONNECTION_CONNECTING;

  if (good || reached != self->reached)
    {
      g_clear_handle_id (&self->lasting_source, g_source_remove);
      self->lasting = FALSE;
    }
  self->reached = reached;
  if (!good && !self->lasting && self->lasting_source == 0)
    self->lasting_source =
        g_timeout_add (reached ? DELAYED_PATIENCE_MS : OFFLINE_PATIENCE_MS, lasting_cb, self);
}

static ConfabStatus
choose_status (ConfabStatusBanner *self)
{
  ConfabStatusFacts facts = {
    .connection = confab_client_get_connection_state (self->client),
    .keyring = confab_client_get_keyring_state (self->client),
    .storage = confab_client_get_storage_state (self->client),
    .lasting = self->lasting,
    .not_sending = confab_client_get_sending_error (self->client) != NULL,
    .unlock_failed = self->unlock_failed,
  };
  ConfabStatus status = confab_status_choose (&facts);

  return status == CONFAB_STATUS_SESSION_ONLY && self->dismissed ? CONFAB_STATUS_GOOD : status;
}

static void
update (ConfabStatusBanner *self)
{
  ConfabStatus status = CONFAB_STATUS_GOOD;
  const GError *error = NULL;
  const char *label = NULL;

  update_lasting (self);
  status = choose_status (self);
  error = status == CONFAB_STATUS_NOT_SENDING ? confab_client_get_sending_error (self->client)
                                              : confab_client_get_connection_error (self->client);

  self->status = status;
  /* Keep the text while the banner slides out. */
  if (status != CONFAB_STATUS_GOOD)
    {
      label = confab_status_action_label (confab_status_get_action (status));
      adw_banner_set_title (self->banner, confab_status_get_title (status, error));
      adw_banner_set_button_label (self->banner, label);
    }
  confab_banner_reveal (self->banner, status != CONFAB_STATUS_GOOD);
}

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabStatusBanner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (confab_client_unlock_finish (CONFAB_CLIENT (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->unlock_failed = TRUE;
  update (self);
}

static void
clicked_cb (ConfabStatusBanner *self)
{
  switch (confab_status_get_action (self->status))
    {
    case CONFAB_STATUS_ACTION_SIGN_IN:
      adw_dialog_present (ADW_DIALOG (confab_password_dialog_new (self->client)),
                          GTK_WIDGET (self));
      break;
    case CONFAB_STATUS_ACTION_UNLOCK:
      confab_client_unlock_async (self->client, self->cancellable, unlock_cb, g_object_ref (self));
      break;
    case CONFAB_STATUS_ACTION_RECONNECT:
      confab_client_reconnect (self->client);
      break;
    case CONFAB_STATUS_ACTION_DISMISS:
      self->dismissed = TRUE;
      update (self);
      break;
    case CONFAB_STATUS_ACTION_NONE:
      break;
    }
}

static void
confab_status_banner_dispose (GObject *object)
{
  ConfabStatusBanner *self = CONFAB_STATUS_BANNER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->lasting_source, g_source_remove);
  g_clear_object (&self->client);
  /* The bin owns the child, so remove it before the template disposes it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_STATUS_BANNER);

  G_OBJECT_CLASS (confab_status_banner_parent_class)->dispose (object);
}

static void
confab_status_banner_class_init (ConfabStatusBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_status_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-status-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabStatusBanner, banner);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
confab_status_banner_init (ConfabStatusBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->status = CONFAB_STATUS_GOOD;
  self->cancellable = g_cancellable_new ();
  confab_banner_watch (self->banner);
}

/**
 * confab_status_banner_set_client:
 * @client: the account's client
 *
 * Call this once.
 */
void
confab_status_banner_set_client (ConfabStatusBanner *self, ConfabClient *client)
{
  static const char *const states[] = {
    "notify::connection-state", "notify::connection-error", "notify::sending-error",
    "notify::keyring-state",    "notify::storage-state",
  };

  g_return_if_fail (CONFAB_IS_STATUS_BANNER (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect_object (client, states[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
