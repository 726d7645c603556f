/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-email-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-email-code-page.h"
#include "confab-form.h"
#include "confab-name-label.h"

struct _ConfabEmailPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *email;
  ConfabFormField *password;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabEmailPage, confab_email_page, ADW_TYPE_NAVIGATION_PAGE)

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabEmailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 expires_at = 0;
  GtkWidget *view = NULL;

  confab_client_change_email_finish (CONFAB_CLIENT (source), result, &expires_at, &error);
  if (!confab_form_end (self->form, error))
    return;

  view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  if (expires_at == 0)
    confab_form_leave (self->form, _("Email address changed"));
  else if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                              confab_email_code_page_new (self->client,
                                                          confab_form_field_get_text (self->email),
                                                          expires_at));
}

static void
submit_cb (ConfabEmailPage *self)
{
  g_autofree char *email = confab_form_field_submit (self->email);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_change_email_async (self->client, email,
                                    confab_form_field_get_text (self->password), cancellable,
                                    changed_cb, g_object_ref (self));
}

static void
confab_email_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_EMAIL_PAGE (object)->client);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_EMAIL_PAGE);

  G_OBJECT_CLASS (confab_email_page_parent_class)->dispose (object);
}

static void
confab_email_page_class_init (ConfabEmailPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_email_page_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-email-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabEmailPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabEmailPage, email);
  gtk_widget_class_bind_template_child (widget_class, ConfabEmailPage, password);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_email_page_init (ConfabEmailPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

AdwNavigationPage *
confab_email_page_new (ConfabClient *client)
{
  ConfabEmailPage *self = g_object_new (CONFAB_TYPE_EMAIL_PAGE, NULL);

  self->client = g_object_ref (client);

  return ADW_NAVIGATION_PAGE (self);
}
