/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-email-code-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-time-text.h"

struct _ConfabEmailCodePage
{
  ConfabFormPage parent_instance;
  ConfabFormField *code;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabEmailCodePage, confab_email_code_page, CONFAB_TYPE_FORM_PAGE)

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabEmailCodePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean about = FALSE;

  confab_client_confirm_email_finish (CONFAB_CLIENT (source), result, &error);
  about = g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CODE_INVALID);
  if (confab_form_page_end (CONFAB_FORM_PAGE (self), error, about ? self->code : NULL))
    confab_form_page_leave (CONFAB_FORM_PAGE (self), _("Email address changed"));
}

static void
confab_email_code_page_submit (ConfabFormPage *page)
{
  ConfabEmailCodePage *self = CONFAB_EMAIL_CODE_PAGE (page);
  g_autoptr (GCancellable) cancellable = confab_form_page_begin (page);

  confab_client_confirm_email_async (self->client, confab_form_field_get_text (self->code),
                                     cancellable, confirmed_cb, g_object_ref (self));
}

static void
confab_email_code_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_EMAIL_CODE_PAGE (object)->client);

  G_OBJECT_CLASS (confab_email_code_page_parent_class)->dispose (object);
}

static void
confab_email_code_page_class_init (ConfabEmailCodePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_email_code_page_dispose;
  CONFAB_FORM_PAGE_CLASS (klass)->submit = confab_email_code_page_submit;
}

static void
confab_email_code_page_init (ConfabEmailCodePage *self)
{
  ConfabFormPage *page = CONFAB_FORM_PAGE (self);

  confab_form_page_set_up (page, _("Confirm Email Address"), _("_Confirm"), "suggested-action");
  self->code = confab_form_page_add_field (page, _("Code"), _("Eight letters and digits"),
                                           GTK_INPUT_PURPOSE_FREE_FORM, NULL);
}

AdwNavigationPage *
confab_email_code_page_new (ConfabClient *client, const char *email, gint64 expires_at)
{
  ConfabEmailCodePage *self = g_object_new (CONFAB_TYPE_EMAIL_CODE_PAGE, NULL);
  g_autofree char *until = confab_time_text_clock (expires_at);
  /* Translators: an email address and a time of day. */
  g_autofree char *intro = g_strdup_printf (_("A code has been sent to %s. It is good until %s. "
                                               "The address you have now stays until then."),
                                            email, until);

  self->client = g_object_ref (client);
  confab_form_page_set_intro (CONFAB_FORM_PAGE (self), intro);

  return ADW_NAVIGATION_PAGE (self);
}
