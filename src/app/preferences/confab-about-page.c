/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-about-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-text.h"

struct _ConfabAboutPage
{
  ConfabFormPage parent_instance;
  ConfabFormField *about;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabAboutPage, confab_about_page, CONFAB_TYPE_FORM_PAGE)

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAboutPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_profile_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_page_end (CONFAB_FORM_PAGE (self), error, NULL))
    confab_form_page_leave (CONFAB_FORM_PAGE (self), _("Profile updated"));
}

static void
confab_about_page_submit (ConfabFormPage *page)
{
  ConfabAboutPage *self = CONFAB_ABOUT_PAGE (page);
  g_autofree char *about = confab_form_field_submit (self->about);
  g_autoptr (GCancellable) cancellable = confab_form_page_begin (page);

  confab_client_change_about_async (self->client, about, cancellable, changed_cb,
                                    g_object_ref (self));
}

static void
confab_about_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_ABOUT_PAGE (object)->client);

  G_OBJECT_CLASS (confab_about_page_parent_class)->dispose (object);
}

static void
confab_about_page_class_init (ConfabAboutPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_about_page_dispose;
  CONFAB_FORM_PAGE_CLASS (klass)->submit = confab_about_page_submit;
}

static void
confab_about_page_init (ConfabAboutPage *self)
{
  ConfabFormPage *page = CONFAB_FORM_PAGE (self);

  confab_form_page_set_up (page, _("About You"), _("_Save"), "suggested-action");
  self->about = confab_form_page_add_field (page, _("About"),
                                            _("A short text that others see with your name"),
                                            GTK_INPUT_PURPOSE_FREE_FORM, confab_text_about);
}

AdwNavigationPage *
confab_about_page_new (ConfabClient *client)
{
  ConfabAboutPage *self = g_object_new (CONFAB_TYPE_ABOUT_PAGE, NULL);
  const char *about = confab_user_get_about (confab_client_get_self_user (client));

  self->client = g_object_ref (client);
  confab_form_field_set_text (self->about, about != NULL ? about : "");

  return ADW_NAVIGATION_PAGE (self);
}
