/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-sign-in-page.h"

#include <glib/gi18n.h>

#include "confab-form.h"
#include "confab-text-button.h"
#include "confab-text.h"

struct _ConfabSignInPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  GtkWidget *insecure_label;
  ConfabFormField *login;
  ConfabFormField *password;
  GtkWidget *register_button;
  ConfabAccountStore *store;
  ConfabServerInfo *server;
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabSignInPage, confab_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

static void
sign_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_sign_in_finish (result, &error);

  if (confab_form_end (self->form, error))
    g_signal_emit (self, signals[SIGNED_IN], 0, client);
}

static void
submit_cb (ConfabSignInPage *self)
{
  g_autofree char *login = confab_form_field_submit (self->login);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_sign_in_async (self->store, self->server->origin, login,
                        confab_form_field_get_text (self->password), cancellable, sign_in_cb,
                        g_object_ref (self));
}

static void
confab_sign_in_page_dispose (GObject *object)
{
  ConfabSignInPage *self = CONFAB_SIGN_IN_PAGE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->server, confab_server_info_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (confab_sign_in_page_parent_class)->dispose (object);
}

static void
confab_sign_in_page_class_init (ConfabSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_sign_in_page_dispose;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, insecure_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, register_button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_sign_in_page_init (ConfabSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * confab_sign_in_page_new:
 * @store: the store to which the account is added
 * @server: the server's information; copied
 *
 * Returns: (transfer floating): the page
 */
ConfabSignInPage *
confab_sign_in_page_new (ConfabAccountStore *store, const ConfabServerInfo *server)
{
  ConfabSignInPage *self = g_object_new (CONFAB_TYPE_SIGN_IN_PAGE, NULL);
  g_autofree char *where = NULL;

  self->store = g_object_ref (store);
  self->server = confab_server_info_copy (server);
  /* Translators: the name of a server and its address. */
  where = g_strdup_printf (_("to %s, %s"), server->name, server->origin);
  confab_form_set_intro (self->form, where);
  gtk_widget_set_visible (self->insecure_label, server->insecure);
  gtk_widget_set_visible (self->register_button,
                          server->registration != CONFAB_REGISTRATION_CLOSED);

  return self;
}

const ConfabServerInfo *
confab_sign_in_page_get_server (ConfabSignInPage *self)
{
  g_return_val_if_fail (CONFAB_IS_SIGN_IN_PAGE (self), NULL);

  return self->server;
}

const char *
confab_sign_in_page_get_login (ConfabSignInPage *self)
{
  g_return_val_if_fail (CONFAB_IS_SIGN_IN_PAGE (self), NULL);

  return confab_form_field_get_text (self->login);
}
