/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-about-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-form.h"
#include "confab-name-label.h"
#include "confab-text.h"

struct _ConfabAboutPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *about;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabAboutPage, confab_about_page, ADW_TYPE_NAVIGATION_PAGE)

/* The text "" removes it. */
static const char *
get_current (ConfabAboutPage *self)
{
  const char *about = confab_user_get_about (confab_client_get_self_user (self->client));

  return about != NULL ? about : "";
}

static void
changed_cb (ConfabAboutPage *self)
{
  confab_form_set_complete (
      self->form, !g_str_equal (confab_form_field_get_text (self->about), get_current (self)));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAboutPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_profile_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_end (self->form, error))
    confab_form_leave (self->form, _("Profile updated"));
}

static void
submit_cb (ConfabAboutPage *self)
{
  g_autofree char *about = confab_form_field_submit (self->about);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_change_about_async (self->client, about, cancellable, saved_cb,
                                    g_object_ref (self));
}

static void
confab_about_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_ABOUT_PAGE (object)->client);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_ABOUT_PAGE);

  G_OBJECT_CLASS (confab_about_page_parent_class)->dispose (object);
}

static void
confab_about_page_class_init (ConfabAboutPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_about_page_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-about-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAboutPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabAboutPage, about);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_about_page_init (ConfabAboutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_form_field_set_check (self->about, confab_text_about);
}

AdwNavigationPage *
confab_about_page_new (ConfabClient *client)
{
  ConfabAboutPage *self = g_object_new (CONFAB_TYPE_ABOUT_PAGE, NULL);

  self->client = g_object_ref (client);
  confab_form_field_set_text (self->about, get_current (self));
  changed_cb (self);

  return ADW_NAVIGATION_PAGE (self);
}
