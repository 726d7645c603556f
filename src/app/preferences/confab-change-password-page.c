/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-change-password-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-error-text.h"
#include "confab-password-meter.h"
#include "confab-text.h"

struct _ConfabChangePasswordPage
{
  ConfabFormPage parent_instance;
  ConfabFormField *current;
  ConfabFormField *password;
  ConfabPasswordMeter *meter;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabChangePasswordPage, confab_change_password_page, CONFAB_TYPE_FORM_PAGE)

static void
confab_change_password_page_changed (ConfabFormPage *page)
{
  ConfabChangePasswordPage *self = CONFAB_CHANGE_PASSWORD_PAGE (page);
  ConfabUser *user = confab_client_get_self_user (self->client);
  const char *own_words[] = { confab_user_get_username (user), confab_user_get_email (user), NULL };

  confab_password_meter_show (self->meter, confab_form_field_get_text (self->password), own_words);
}

static ConfabFormField *
field_for_error (ConfabChangePasswordPage *self, const GError *error)
{
  if (error == NULL || error->domain != CONFAB_PROBLEM)
    return NULL;

  switch (error->code)
    {
    case CONFAB_PROBLEM_WRONG_CREDENTIALS:
      return self->current;
    case CONFAB_PROBLEM_PASSWORD_TOO_SHORT:
    case CONFAB_PROBLEM_PASSWORD_TOO_LONG:
    case CONFAB_PROBLEM_PASSWORD_TOO_COMMON:
    case CONFAB_PROBLEM_INVALID_PASSWORD:
      return self->password;
    default:
      return NULL;
    }
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabChangePasswordPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_password_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_page_end (CONFAB_FORM_PAGE (self), error, field_for_error (self, error)))
    confab_form_page_leave (CONFAB_FORM_PAGE (self), _("Password changed"));
}

static void
confab_change_password_page_submit (ConfabFormPage *page)
{
  ConfabChangePasswordPage *self = CONFAB_CHANGE_PASSWORD_PAGE (page);
  g_autofree char *password = confab_form_field_submit (self->password);
  g_autoptr (GCancellable) cancellable = confab_form_page_begin (page);

  confab_client_change_password_async (self->client, confab_form_field_get_text (self->current),
                                       password, cancellable, changed_cb, g_object_ref (self));
}

static void
confab_change_password_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_CHANGE_PASSWORD_PAGE (object)->client);

  G_OBJECT_CLASS (confab_change_password_page_parent_class)->dispose (object);
}

static void
confab_change_password_page_class_init (ConfabChangePasswordPageClass *klass)
{
  ConfabFormPageClass *page_class = CONFAB_FORM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_change_password_page_dispose;
  page_class->submit = confab_change_password_page_submit;
  page_class->changed = confab_change_password_page_changed;
}

static void
confab_change_password_page_init (ConfabChangePasswordPage *self)
{
  ConfabFormPage *page = CONFAB_FORM_PAGE (self);

  confab_form_page_set_up (page, _("Change Password"), _("_Change Password"), "suggested-action");
  confab_form_page_set_intro (page, _("Your other devices will be signed out."));
  self->current = confab_form_page_add_field (page, _("Current password"), NULL,
                                              GTK_INPUT_PURPOSE_PASSWORD, NULL);
  self->password = confab_form_page_add_field (
      page, _("New password"), confab_problem_text (CONFAB_PROBLEM_PASSWORD_TOO_SHORT),
      GTK_INPUT_PURPOSE_PASSWORD, confab_text_password);
  self->meter = g_object_new (CONFAB_TYPE_PASSWORD_METER, NULL);
  confab_form_page_add (page, GTK_WIDGET (self->meter));
}

AdwNavigationPage *
confab_change_password_page_new (ConfabClient *client)
{
  ConfabChangePasswordPage *self = g_object_new (CONFAB_TYPE_CHANGE_PASSWORD_PAGE, NULL);

  self->client = g_object_ref (client);

  return ADW_NAVIGATION_PAGE (self);
}
