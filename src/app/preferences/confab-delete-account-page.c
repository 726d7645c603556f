/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-delete-account-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"

struct _ConfabDeleteAccountPage
{
  ConfabFormPage parent_instance;
  ConfabFormField *username;
  ConfabFormField *password;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabDeleteAccountPage, confab_delete_account_page, CONFAB_TYPE_FORM_PAGE)

static gboolean
confab_delete_account_page_check (ConfabFormPage *page)
{
  ConfabDeleteAccountPage *self = CONFAB_DELETE_ACCOUNT_PAGE (page);
  ConfabUser *user = self->client != NULL ? confab_client_get_self_user (self->client) : NULL;

  return user != NULL
         && g_str_equal (confab_form_field_get_text (self->username),
                         confab_user_get_username (user));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabDeleteAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean about = FALSE;

  confab_client_delete_account_finish (CONFAB_CLIENT (source), result, &error);
  about = g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  if (confab_form_page_end (CONFAB_FORM_PAGE (self), error, about ? self->password : NULL))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.forget-account", NULL);
}

static void
confab_delete_account_page_submit (ConfabFormPage *page)
{
  ConfabDeleteAccountPage *self = CONFAB_DELETE_ACCOUNT_PAGE (page);
  g_autoptr (GCancellable) cancellable = confab_form_page_begin (page);

  confab_client_delete_account_async (self->client, confab_form_field_get_text (self->password),
                                      cancellable, deleted_cb, g_object_ref (self));
}

static void
confab_delete_account_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_DELETE_ACCOUNT_PAGE (object)->client);

  G_OBJECT_CLASS (confab_delete_account_page_parent_class)->dispose (object);
}

static void
confab_delete_account_page_class_init (ConfabDeleteAccountPageClass *klass)
{
  ConfabFormPageClass *page_class = CONFAB_FORM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_delete_account_page_dispose;
  page_class->submit = confab_delete_account_page_submit;
  page_class->check = confab_delete_account_page_check;
}

static void
confab_delete_account_page_init (ConfabDeleteAccountPage *self)
{
  ConfabFormPage *page = CONFAB_FORM_PAGE (self);

  confab_form_page_set_up (page, _("Delete Account"), _("_Delete Account"), "destructive-action");
  confab_form_page_set_intro (
      page, _("Your name, email address and picture are removed from the server, and "
               "all data of this account from this computer. Messages you sent stay in their "
               "conversations, as from a deleted account. This cannot be undone."));
  self->username = confab_form_page_add_field (page, _("Your username"), _("Enter it to confirm"),
                                               GTK_INPUT_PURPOSE_FREE_FORM, NULL);
  self->password =
      confab_form_page_add_field (page, _("Password"), NULL, GTK_INPUT_PURPOSE_PASSWORD, NULL);
}

AdwNavigationPage *
confab_delete_account_page_new (ConfabClient *client)
{
  ConfabDeleteAccountPage *self = g_object_new (CONFAB_TYPE_DELETE_ACCOUNT_PAGE, NULL);

  self->client = g_object_ref (client);

  return ADW_NAVIGATION_PAGE (self);
}
