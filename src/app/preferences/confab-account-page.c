/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-account-page.h"

#include <glib/gi18n.h>

#include "confab-about-page.h"
#include "confab-avatar.h"
#include "confab-banner.h"
#include "confab-change-password-page.h"
#include "confab-clock.h"
#include "confab-delete-account-page.h"
#include "confab-email-page.h"
#include "confab-export-group.h"
#include "confab-name-label.h"
#include "confab-notices-group.h"
#include "confab-picture-row.h"
#include "confab-role-text.h"
#include "confab-sessions-page.h"
#include "confab-time-text.h"
#include "confab-username-page.h"

struct _ConfabAccountPage
{
  AdwPreferencesPage parent_instance;
  AdwBanner *offline_banner;
  AdwAvatar *avatar;
  GtkLabel *username_label;
  GtkLabel *server_label;
  GtkLabel *role_label;
  GtkLabel *since_label;
  GtkWidget *profile_group;
  AdwActionRow *username_row;
  AdwActionRow *about_row;
  ConfabPictureRow *picture_row;
  GtkWidget *access_group;
  AdwActionRow *email_row;
  ConfabNoticesGroup *notices_group;
  GtkWidget *delete_group;
  ConfabExportGroup *export_group;
  ConfabClient *client;
  ConfabRole *role; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ConfabAccountPage, confab_account_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- content ---- */

static void update_user (ConfabAccountPage *self);

/* Also called when the role's label changes. */
static void
update_role (ConfabAccountPage *self, ConfabUser *user)
{
  ConfabRole *role = confab_client_get_role (self->client, confab_user_get_role_id (user));
  g_autofree char *title = role != NULL ? confab_role_title (role) : NULL;

  if (self->role != role && self->role != NULL)
    g_signal_handlers_disconnect_by_func (self->role, update_user, self);
  if (g_set_object (&self->role, role) && role != NULL)
    g_signal_connect_object (role, "notify", G_CALLBACK (update_user), self, G_CONNECT_SWAPPED);
  gtk_label_set_text (self->role_label, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->role_label), role != NULL);
}

static void
update_user (ConfabAccountPage *self)
{
  ConfabUser *user = confab_client_get_self_user (self->client);
  const char *username = confab_account_get_username (confab_client_get_account (self->client));
  const char *about = confab_user_get_about (user);
  const char *email = confab_user_get_email (user);
  gint64 created_at = confab_user_get_created_at (user);
  g_autofree char *day = confab_time_text_date (created_at);
  /* Translators: a date: "March 3, 2024". */
  g_autofree char *since = g_strdup_printf (_("Member since: %s"), day);

  update_role (self, user);
  gtk_label_set_text (self->username_label, username);
  gtk_label_set_text (self->since_label, since);
  gtk_widget_set_visible (GTK_WIDGET (self->since_label), created_at > 0);
  adw_action_row_set_subtitle (self->username_row, username);
  /* Translators: the user has written nothing about themselves */
  adw_action_row_set_subtitle (self->about_row, about != NULL ? about : _("Nothing yet"));
  adw_action_row_set_subtitle (self->email_row, email != NULL ? email : "");
}

/* All changes need the server. */
static void
update_online (ConfabAccountPage *self)
{
  GtkWidget *groups[] = { self->profile_group, self->access_group, self->delete_group };
  ConfabConnectionState state = confab_client_get_connection_state (self->client);
  gboolean online = confab_client_is_online (self->client) || state == CONFAB_CONNECTION_SYNCING;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_sensitive (groups[i], online);
  adw_banner_set_title (
      self->offline_banner,
      state == CONFAB_CONNECTION_SIGNED_OUT
          ? _("You have been signed out. Sign in again to change your account.")
          : _("Your account can be changed once there is a connection to the server."));
  confab_banner_reveal (self->offline_banner, !online);
}

/* ---- rows ---- */

static void
push (ConfabAccountPage *self, AdwNavigationPage *page)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), page);
}

static void
username_cb (ConfabAccountPage *self)
{
  push (self, confab_username_page_new (self->client));
}

static void
about_cb (ConfabAccountPage *self)
{
  push (self, confab_about_page_new (self->client));
}

static void
email_cb (ConfabAccountPage *self)
{
  push (self, confab_email_page_new (self->client));
}

static void
password_cb (ConfabAccountPage *self)
{
  push (self, confab_change_password_page_new (self->client));
}

static void
sessions_cb (ConfabAccountPage *self)
{
  push (self, confab_sessions_page_new (self->client));
}

static void
delete_cb (ConfabAccountPage *self)
{
  push (self, confab_delete_account_page_new (self->client));
}

/* ---- the object ---- */

static void
confab_account_page_dispose (GObject *object)
{
  ConfabAccountPage *self = CONFAB_ACCOUNT_PAGE (object);

  g_clear_object (&self->role);
  g_clear_object (&self->client);
  /* The page owns the banner, so remove it before the template disposes it. */
  adw_preferences_page_set_banner (ADW_PREFERENCES_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_ACCOUNT_PAGE);

  G_OBJECT_CLASS (confab_account_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, offline_banner);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, username_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, server_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, role_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, since_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, profile_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, username_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, about_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, picture_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, access_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, notices_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, delete_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, export_group);
}

static void
confab_account_page_class_init (ConfabAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_account_page_dispose;

  g_type_ensure (CONFAB_TYPE_EXPORT_GROUP);
  g_type_ensure (CONFAB_TYPE_NOTICES_GROUP);
  g_type_ensure (CONFAB_TYPE_PICTURE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-account-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, username_cb);
  gtk_widget_class_bind_template_callback (widget_class, about_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_cb);
  gtk_widget_class_bind_template_callback (widget_class, sessions_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
confab_account_page_init (ConfabAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_banner_watch (self->offline_banner);
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->username_label));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->server_label));
}

void
confab_account_page_set_client (ConfabAccountPage *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_PAGE (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  gtk_label_set_text (self->server_label,
                      confab_account_get_server (confab_client_get_account (client)));
  confab_avatar_show_user (self->avatar, client, confab_client_get_self_user (client));
  confab_picture_row_set_client (self->picture_row, client);
  confab_notices_group_set_client (self->notices_group, client);
  g_signal_connect_object (confab_client_get_self_user (client), "notify", G_CALLBACK (update_user),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (confab_client_get_roles (client), "items-changed",
                           G_CALLBACK (update_user), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (update_online), self,
                           G_CONNECT_SWAPPED);
  update_user (self);
  confab_clock_connect (G_CALLBACK (update_user), self);
  update_online (self);
  confab_export_group_set_client (self->export_group, client);
}
