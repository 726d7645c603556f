/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-email-code-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-clock.h"
#include "confab-form.h"
#include "confab-name-label.h"
#include "confab-time-text.h"

struct _ConfabEmailCodePage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *code;
  ConfabClient *client;
  char *email;
  gint64 expires_at;
};

G_DEFINE_FINAL_TYPE (ConfabEmailCodePage, confab_email_code_page, ADW_TYPE_NAVIGATION_PAGE)

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabEmailCodePage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_confirm_email_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_end (self->form, error))
    confab_form_leave (self->form, _("Email address changed"));
}

static void
submit_cb (ConfabEmailCodePage *self)
{
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_confirm_email_async (self->client, confab_form_field_get_text (self->code),
                                     cancellable, confirmed_cb, g_object_ref (self));
}

static void
confab_email_code_page_dispose (GObject *object)
{
  ConfabEmailCodePage *self = CONFAB_EMAIL_CODE_PAGE (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->email, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_EMAIL_CODE_PAGE);

  G_OBJECT_CLASS (confab_email_code_page_parent_class)->dispose (object);
}

static void
confab_email_code_page_class_init (ConfabEmailCodePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_email_code_page_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-email-code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabEmailCodePage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabEmailCodePage, code);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_email_code_page_init (ConfabEmailCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

/* Mention the day, too, once the code is a day old. */
static void
show_intro (ConfabEmailCodePage *self)
{
  g_autofree char *until = confab_time_text_when (self->expires_at, confab_clock_now ());
  /* Translators: an email address, and a time of day. */
  g_autofree char *intro = g_strdup_printf (_("A code has been sent to %s. Your address changes "
                                               "when you enter it. Valid until: %s"),
                                            self->email, until);

  confab_form_set_intro (self->form, intro);
}

AdwNavigationPage *
confab_email_code_page_new (ConfabClient *client, const char *email, gint64 expires_at)
{
  ConfabEmailCodePage *self = g_object_new (CONFAB_TYPE_EMAIL_CODE_PAGE, NULL);

  self->client = g_object_ref (client);
  self->email = g_strdup (email);
  self->expires_at = expires_at;
  show_intro (self);
  confab_clock_connect (G_CALLBACK (show_intro), self);

  return ADW_NAVIGATION_PAGE (self);
}
