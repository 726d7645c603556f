/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-username-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-error-text.h"
#include "confab-form.h"
#include "confab-look-alike.h"
#include "confab-name-label.h"
#include "confab-text.h"

#define CHECK_DELAY_MS 400

struct _ConfabUsernamePage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *username;
  ConfabClient *client;
  guint check_source;
  GCancellable *checking; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ConfabUsernamePage, confab_username_page, ADW_TYPE_NAVIGATION_PAGE)

static const char *
get_current (ConfabUsernamePage *self)
{
  return confab_user_get_username (confab_client_get_self_user (self->client));
}

/* ---- availability ---- */

static void
forget_check (ConfabUsernamePage *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_object_set (self->username, "hint", _("The name others see and find you by"), NULL);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabUsernamePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean available = FALSE;
  gboolean known =
      confab_client_check_username_finish (CONFAB_CLIENT (source), result, &available, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->checking);
  if (known && available)
    g_object_set (self->username, "hint", _("This username is available"), NULL);
  else if (known)
    confab_form_field_set_error (self->username,
                                 confab_problem_text (CONFAB_PROBLEM_USERNAME_TAKEN));
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_USERNAME))
    confab_form_field_set_error (self->username, confab_error_text (error));
  /* Other errors are reported on submitting. */
}

static gboolean
check_cb (gpointer user_data)
{
  ConfabUsernamePage *self = user_data;
  g_autofree char *username =
      confab_look_alike_username (confab_form_field_get_text (self->username), NULL);

  self->check_source = 0;
  self->checking = g_cancellable_new ();
  confab_client_check_username_async (self->client, username, self->checking, checked_cb,
                                      g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* Ask the server whether the name is available, unless only the case of the user's own name
 * changed. */
static void
begin_check (ConfabUsernamePage *self)
{
  g_autofree char *username =
      confab_look_alike_username (confab_form_field_get_text (self->username), NULL);
  g_autofree char *key = username != NULL ? confab_text_key (username) : NULL;
  g_autofree char *own_key = confab_text_key (get_current (self));

  if (key != NULL && !g_str_equal (key, own_key))
    self->check_source = g_timeout_add (CHECK_DELAY_MS, check_cb, self);
}

static void
changed_cb (ConfabUsernamePage *self)
{
  forget_check (self);
  if (self->client == NULL)
    return;

  confab_form_set_complete (
      self->form, !g_str_equal (confab_form_field_get_text (self->username), get_current (self)));
  begin_check (self);
}

/* ---- submitting ---- */

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabUsernamePage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_profile_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_end (self->form, error))
    confab_form_leave (self->form, _("Username changed"));
}

static void
submit_cb (ConfabUsernamePage *self)
{
  g_autofree char *username = confab_form_field_submit (self->username);
  g_autoptr (GCancellable) cancellable = NULL;

  forget_check (self);
  cancellable = confab_form_begin (self->form);
  confab_client_change_username_async (self->client, username, cancellable, renamed_cb,
                                       g_object_ref (self));
}

/* ---- the object ---- */

static void
confab_username_page_dispose (GObject *object)
{
  ConfabUsernamePage *self = CONFAB_USERNAME_PAGE (object);

  g_clear_handle_id (&self->check_source, g_source_remove);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_USERNAME_PAGE);

  G_OBJECT_CLASS (confab_username_page_parent_class)->dispose (object);
}

static void
confab_username_page_class_init (ConfabUsernamePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_username_page_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-username-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabUsernamePage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabUsernamePage, username);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
confab_username_page_init (ConfabUsernamePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

AdwNavigationPage *
confab_username_page_new (ConfabClient *client)
{
  ConfabUsernamePage *self = g_object_new (CONFAB_TYPE_USERNAME_PAGE, NULL);

  self->client = g_object_ref (client);
  confab_form_field_set_text (self->username, get_current (self));

  return ADW_NAVIGATION_PAGE (self);
}
