/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-email-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-email-code-page.h"
#include "confab-text.h"

struct _ConfabEmailPage
{
  ConfabFormPage parent_instance;
  ConfabFormField *email;
  ConfabFormField *password;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabEmailPage, confab_email_page, CONFAB_TYPE_FORM_PAGE)

static ConfabFormField *
field_for_error (ConfabEmailPage *self, const GError *error)
{
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS))
    return self->password;
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_EMAIL)
      || g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_EMAIL_TAKEN))
    return self->email;

  return NULL;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabEmailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 expires_at = 0;
  GtkWidget *view = NULL;

  confab_client_change_email_finish (CONFAB_CLIENT (source), result, &expires_at, &error);
  if (!confab_form_page_end (CONFAB_FORM_PAGE (self), error, field_for_error (self, error)))
    return;

  view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  if (expires_at == 0)
    confab_form_page_leave (CONFAB_FORM_PAGE (self), _("Email address changed"));
  else if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                              confab_email_code_page_new (self->client,
                                                          confab_form_field_get_text (self->email),
                                                          expires_at));
}

static void
confab_email_page_submit (ConfabFormPage *page)
{
  ConfabEmailPage *self = CONFAB_EMAIL_PAGE (page);
  g_autofree char *email = confab_form_field_submit (self->email);
  g_autoptr (GCancellable) cancellable = confab_form_page_begin (page);

  confab_client_change_email_async (self->client, email,
                                    confab_form_field_get_text (self->password), cancellable,
                                    changed_cb, g_object_ref (self));
}

static void
confab_email_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_EMAIL_PAGE (object)->client);

  G_OBJECT_CLASS (confab_email_page_parent_class)->dispose (object);
}

static void
confab_email_page_class_init (ConfabEmailPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_email_page_dispose;
  CONFAB_FORM_PAGE_CLASS (klass)->submit = confab_email_page_submit;
}

static void
confab_email_page_init (ConfabEmailPage *self)
{
  ConfabFormPage *page = CONFAB_FORM_PAGE (self);

  confab_form_page_set_up (page, _("Change Email Address"), _("_Change Email Address"),
                           "suggested-action");
  self->email = confab_form_page_add_field (page, _("New email address"),
                                            _("Only you and your server’s administrators see it"),
                                            GTK_INPUT_PURPOSE_EMAIL, confab_text_email);
  self->password =
      confab_form_page_add_field (page, _("Password"), NULL, GTK_INPUT_PURPOSE_PASSWORD, NULL);
}

AdwNavigationPage *
confab_email_page_new (ConfabClient *client)
{
  ConfabEmailPage *self = g_object_new (CONFAB_TYPE_EMAIL_PAGE, NULL);

  self->client = g_object_ref (client);

  return ADW_NAVIGATION_PAGE (self);
}
