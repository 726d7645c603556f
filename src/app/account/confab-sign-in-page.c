/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-sign-in-page.h"

#include <glib/gi18n.h>

#include "confab-text-button.h"
#include "confab-error-text.h"
#include "confab-form-field.h"
#include "confab-text.h"

struct _ConfabSignInPage
{
  AdwNavigationPage parent_instance;
  GtkLabel *server_label;
  GtkWidget *insecure_label;
  ConfabFormField *login;
  ConfabFormField *password;
  GtkLabel *error_label;
  ConfabTextButton *submit_button;
  GtkWidget *register_button;
  GtkWidget *closed_label;
  GtkWidget *code_button;
  ConfabAccountStore *store;
  ConfabServerInfo *server;
  GCancellable *cancellable; /* while signing in */
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabSignInPage, confab_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update_busy (ConfabSignInPage *self)
{
  gboolean busy = self->cancellable != NULL;

  confab_text_button_set_busy (self->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button),
                            !busy && *confab_form_field_get_text (self->login) != '\0'
                                && *confab_form_field_get_text (self->password) != '\0');
  confab_form_field_set_editable (self->login, !busy);
  confab_form_field_set_editable (self->password, !busy);
}

static void
show_error (ConfabSignInPage *self, const char *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
sign_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_sign_in_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  update_busy (self);
  if (client != NULL)
    {
      g_signal_emit (self, signals[SIGNED_IN], 0, client);
      return;
    }
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS))
    confab_form_field_set_error (self->password, confab_error_text (error));
  else
    show_error (self, confab_error_text (error));
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
submit_cb (ConfabSignInPage *self)
{
  g_autofree char *login = NULL;

  if (self->cancellable != NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->submit_button)))
    return;

  login = confab_text_strip (confab_form_field_get_text (self->login));
  show_error (self, NULL);
  self->cancellable = g_cancellable_new ();
  update_busy (self);
  confab_sign_in_async (self->store, self->server->origin, login,
                        confab_form_field_get_text (self->password), self->cancellable, sign_in_cb,
                        g_object_ref (self));
}

static void
next_cb (ConfabSignInPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
changed_cb (ConfabSignInPage *self)
{
  show_error (self, NULL);
  update_busy (self);
}

static void
confab_sign_in_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_SIGN_IN_PAGE (page)->login));
}

/* Going back means: not now. */
static void
confab_sign_in_page_hidden (AdwNavigationPage *page)
{
  ConfabSignInPage *self = CONFAB_SIGN_IN_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  update_busy (self);
}

static void
confab_sign_in_page_dispose (GObject *object)
{
  ConfabSignInPage *self = CONFAB_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->server, confab_server_info_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (confab_sign_in_page_parent_class)->dispose (object);
}

static void
confab_sign_in_page_class_init (ConfabSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_sign_in_page_dispose;
  page_class->shown = confab_sign_in_page_shown;
  page_class->hidden = confab_sign_in_page_hidden;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, server_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, insecure_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, register_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, closed_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabSignInPage, code_button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
confab_sign_in_page_init (ConfabSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * confab_sign_in_page_new:
 * @store: where the account will be added
 * @server: what was found at the address; copied
 *
 * Returns: (transfer floating): the page
 */
ConfabSignInPage *
confab_sign_in_page_new (ConfabAccountStore *store, const ConfabServerInfo *server)
{
  ConfabSignInPage *self = g_object_new (CONFAB_TYPE_SIGN_IN_PAGE, NULL);
  gboolean closed = server->registration == CONFAB_REGISTRATION_CLOSED;
  g_autofree char *where = NULL;

  self->store = g_object_ref (store);
  self->server = confab_server_info_copy (server);
  /* Translators: the name of a server and its address. */
  where = g_strdup_printf (_("to %s, %s"), server->name, server->origin);
  gtk_label_set_text (self->server_label, where);
  gtk_widget_set_visible (self->insecure_label, server->insecure);
  gtk_widget_set_visible (self->register_button, !closed);
  gtk_widget_set_visible (self->closed_label, closed);
  gtk_widget_set_visible (self->code_button, closed);

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
