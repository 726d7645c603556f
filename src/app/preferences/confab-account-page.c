/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-account-page.h"

struct _ConfabAccountPage
{
  AdwPreferencesPage  parent_instance;
  AdwAvatar          *avatar;
  GtkLabel           *username_label;
  GtkLabel           *server_label;
  ConfabClient       *client;
};

G_DEFINE_FINAL_TYPE (ConfabAccountPage, confab_account_page, ADW_TYPE_PREFERENCES_PAGE)

static void
confab_account_page_dispose (GObject *object)
{
  ConfabAccountPage *self = CONFAB_ACCOUNT_PAGE (object);

  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_ACCOUNT_PAGE);

  G_OBJECT_CLASS (confab_account_page_parent_class)->dispose (object);
}

static void
confab_account_page_class_init (ConfabAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_account_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, username_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountPage, server_label);
}

static void
confab_account_page_init (ConfabAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
confab_account_page_set_client (ConfabAccountPage *self, ConfabClient *client)
{
  ConfabAccount *account = NULL;
  const char *username = NULL;

  g_return_if_fail (CONFAB_IS_ACCOUNT_PAGE (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  account = confab_client_get_account (client);
  username = confab_account_get_username (account);
  adw_avatar_set_text (self->avatar, username);
  gtk_label_set_text (self->username_label, username);
  gtk_label_set_text (self->server_label, confab_account_get_server (account));
}
