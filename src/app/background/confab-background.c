/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-background.h"

#include <glib/gi18n.h>
#include <libportal/portal.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "confab-autostart.h"
#include "confab-settings.h"

/* Until then what the window used has been freed. */
#define TRIM_AFTER_S 2

struct _ConfabBackground
{
  GObject parent_instance;
  GApplication *application; /* outlives this */
  ConfabAccountStore *store;
  ConfabKeptClients *kept;
  XdpPortal *portal; /* (nullable): only in a sandbox */
  guint trim_timer;
  gboolean entered; /* there is no window, and the user wants Confab to run */
  gboolean held;    /* the application is held for that */
  gboolean loading;
  gboolean permitting; /* the desktop is being asked */
  gboolean again;      /* the settings changed meanwhile */
  gboolean forbidden;  /* the desktop refused, and the setting was turned off for that */
};

G_DEFINE_FINAL_TYPE (ConfabBackground, confab_background, G_TYPE_OBJECT)

gboolean
confab_background_is_wanted (ConfabBackground *self)
{
  g_return_val_if_fail (CONFAB_IS_BACKGROUND (self), FALSE);

  return g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_RUN_IN_BACKGROUND);
}

static gboolean
is_autostart_wanted (ConfabBackground *self)
{
  return confab_background_is_wanted (self)
         && g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_START_AT_LOGIN);
}

/* ---- what the desktop permits ---- */

static void permit (ConfabBackground *self);

/* Turn the setting off, so that it does not promise what the desktop forbids. */
static void
refused (ConfabBackground *self)
{
  g_autoptr (GNotification) notification =
      g_notification_new (_("Confab Cannot Run in the Background"));

  g_notification_set_body (notification,
                           _("The system’s settings forbid it. You receive messages only while the"
                              " window is open."));
  g_application_send_notification (self->application, "background", notification);
  self->forbidden = TRUE;
  g_settings_set_boolean (confab_settings_get (), CONFAB_SETTINGS_RUN_IN_BACKGROUND, FALSE);
}

static void
permitted (ConfabBackground *self)
{
  gboolean again = self->again;

  self->permitting = FALSE;
  self->again = FALSE;
  if (again)
    permit (self);
}

static void
portal_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean granted = xdp_portal_request_background_finish (XDP_PORTAL (source), result, &error);

  /* A desktop without this portal does not end programs that run without a window. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The desktop was not asked to run in the background: %s", error->message);
  else if (!granted && confab_background_is_wanted (self))
    refused (self);
  permitted (self);
}

static void
autostart_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabBackground) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_autostart_set_finish (result, &error))
    g_warning ("Starting at login cannot be set: %s", error->message);
  permitted (self);
}

/* Return whether the portal has to be asked: for permission, or to take an autostart back. It may
 * show a question, which is out of place when the user has turned everything off. */
static gboolean
has_question (ConfabBackground *self)
{
  gboolean forbidden = self->forbidden;

  self->forbidden = FALSE;
  if (confab_background_is_wanted (self))
    return TRUE;

  return !forbidden
         && g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_START_AT_LOGIN);
}

/* Tell the desktop what the settings are now. */
static void
permit (ConfabBackground *self)
{
  gboolean autostart = is_autostart_wanted (self);

  if (self->permitting)
    {
      self->again = TRUE;
      return;
    }
  if (self->portal != NULL && !has_question (self))
    return;
  self->permitting = TRUE;
  if (self->portal != NULL)
    {
      g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (command, g_strdup ("confab"));
      g_ptr_array_add (command, g_strdup (CONFAB_AUTOSTART_ARGUMENT));
      xdp_portal_request_background (
          self->portal, NULL,
          /* Translators: the reason, in the desktop's question whether Confab may do it. */
          (char *)_("Receive messages while the window is closed"), command,
          autostart ? XDP_BACKGROUND_FLAG_AUTOSTART : XDP_BACKGROUND_FLAG_NONE, NULL, portal_cb,
          g_object_ref (self));
    }
  else
    confab_autostart_set_async (autostart, autostart_cb, g_object_ref (self));
}

static void
settings_changed_cb (ConfabBackground *self)
{
  permit (self);
  if (self->held && !confab_background_is_wanted (self))
    g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
}

/* ---- status ---- */

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!xdp_portal_set_background_status_finish (XDP_PORTAL (source), result, &error))
    g_debug ("The desktop shows no status: %s", error->message);
}

static guint
count_unread (ConfabBackground *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      count += confab_kept_clients_count (self->kept, account);
    }

  return count;
}

/* Say what Confab does, in the desktop's list of programs in the background. */
static void
show_status (ConfabBackground *self)
{
  guint n = count_unread (self);
  g_autofree char *status = NULL;

  if (self->portal == NULL || !self->held)
    return;
  /* Translators: what Confab does in the background. */
  status = n == 0 ? g_strdup (_("Waiting for messages"))
                  : g_strdup_printf (ngettext ("New messages in %u conversation",
                                               "New messages in %u conversations", n),
                                     n);
  xdp_portal_set_background_status (self->portal, status, NULL, status_cb, NULL);
}

/* ---- running ---- */

static void
trim_cb (gpointer user_data)
{
  ConfabBackground *self = user_data;

  self->trim_timer = 0;
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static void
release (ConfabBackground *self)
{
  if (!self->held)
    return;

  self->held = FALSE;
  g_clear_handle_id (&self->trim_timer, g_source_remove);
  g_application_release (self->application);
}

static void
end_if_useless (ConfabBackground *self)
{
  if (self->held && !self->loading && confab_kept_clients_is_empty (self->kept))
    release (self);
}

static void
changed_cb (ConfabBackground *self)
{
  end_if_useless (self);
  show_status (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabBackground) self = user_data;
  g_autoptr (GError) error = NULL;

  self->loading = FALSE;
  if (!confab_account_store_load_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_warning ("The accounts cannot be read: %s", error->message);
  else if (self->held)
    confab_kept_clients_start (self->kept);
  changed_cb (self);
}

void
confab_background_enter (ConfabBackground *self)
{
  g_return_if_fail (CONFAB_IS_BACKGROUND (self));

  self->entered = TRUE;
  confab_background_resume (self);
}

void
confab_background_resume (ConfabBackground *self)
{
  g_return_if_fail (CONFAB_IS_BACKGROUND (self));

  if (!self->entered || self->held || !confab_background_is_wanted (self))
    return;

  self->held = TRUE;
  g_application_hold (self->application);
  self->trim_timer = g_timeout_add_seconds_once (TRIM_AFTER_S, trim_cb, self);
  self->loading = TRUE;
  confab_account_store_load_async (self->store, NULL, loaded_cb, g_object_ref (self));
}

void
confab_background_leave (ConfabBackground *self)
{
  g_return_if_fail (CONFAB_IS_BACKGROUND (self));

  self->entered = FALSE;
  release (self);
}

/* ---- the object ---- */

static void
confab_background_dispose (GObject *object)
{
  ConfabBackground *self = CONFAB_BACKGROUND (object);

  g_clear_handle_id (&self->trim_timer, g_source_remove);
  g_clear_object (&self->portal);
  g_clear_object (&self->kept);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (confab_background_parent_class)->dispose (object);
}

static void
confab_background_class_init (ConfabBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_background_dispose;
}

static void
confab_background_init (ConfabBackground *self)
{
}

ConfabBackground *
confab_background_new (GApplication *application,
                       ConfabAccountStore *store,
                       ConfabKeptClients *kept)
{
  ConfabBackground *self;
  GSettings *settings = confab_settings_get ();

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);

  self = g_object_new (CONFAB_TYPE_BACKGROUND, NULL);
  self->application = application;
  self->store = g_object_ref (store);
  self->kept = g_object_ref (kept);
  if (xdp_portal_running_under_sandbox ())
    self->portal = xdp_portal_initable_new (NULL);
  g_signal_connect_object (kept, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" CONFAB_SETTINGS_RUN_IN_BACKGROUND,
                           G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" CONFAB_SETTINGS_START_AT_LOGIN,
                           G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
