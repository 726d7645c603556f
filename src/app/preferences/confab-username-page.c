/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-username-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-error-text.h"
#include "confab-look-alike.h"
#include "confab-text.h"

#define CHECK_DELAY_MS 400

struct _ConfabUsernamePage
{
  ConfabFormPage parent_instance;
  ConfabFormField *username;
  ConfabClient *client;
  guint check_source;
  GCancellable *checking; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ConfabUsernamePage, confab_username_page, CONFAB_TYPE_FORM_PAGE)

static const char *
get_current (ConfabUsernamePage *self)
{
  return confab_user_get_username (confab_client_get_self_user (self->client));
}

/* ---- whether it is free ---- */

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
  /* Anything else is told when it is sent. */
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

static void
confab_username_page_changed (ConfabFormPage *page)
{
  ConfabUsernamePage *self = CONFAB_USERNAME_PAGE (page);
  g_autofree char *username =
      confab_look_alike_username (confab_form_field_get_text (self->username), NULL);
  g_autofree char *key = NULL;
  g_autofree char *own_key = NULL;

  forget_check (self);
  if (username == NULL || self->client == NULL)
    return;
  /* One's own in other letters is one's own. */
  key = confab_text_key (username);
  own_key = confab_text_key (get_current (self));
  if (!g_str_equal (key, own_key))
    self->check_source = g_timeout_add (CHECK_DELAY_MS, check_cb, self);
}

static gboolean
confab_username_page_check (ConfabFormPage *page)
{
  ConfabUsernamePage *self = CONFAB_USERNAME_PAGE (page);

  return self->client != NULL
         && !g_str_equal (confab_form_field_get_text (self->username), get_current (self));
}

/* ---- changing it ---- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabFormPage) page = user_data;
  g_autoptr (GError) error = NULL;
  gboolean about = FALSE;

  confab_client_change_profile_finish (CONFAB_CLIENT (source), result, &error);
  about = g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_USERNAME_TAKEN)
          || g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_USERNAME);
  if (confab_form_page_end (page, error, about ? CONFAB_USERNAME_PAGE (page)->username : NULL))
    confab_form_page_leave (page, _("Username changed"));
}

static void
confab_username_page_submit (ConfabFormPage *page)
{
  ConfabUsernamePage *self = CONFAB_USERNAME_PAGE (page);
  g_autofree char *username = confab_form_field_submit (self->username);
  g_autoptr (GCancellable) cancellable = NULL;

  forget_check (self);
  cancellable = confab_form_page_begin (page);
  confab_client_change_username_async (self->client, username, cancellable, changed_cb,
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

  G_OBJECT_CLASS (confab_username_page_parent_class)->dispose (object);
}

static void
confab_username_page_class_init (ConfabUsernamePageClass *klass)
{
  ConfabFormPageClass *page_class = CONFAB_FORM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_username_page_dispose;
  page_class->submit = confab_username_page_submit;
  page_class->changed = confab_username_page_changed;
  page_class->check = confab_username_page_check;
}

static void
confab_username_page_init (ConfabUsernamePage *self)
{
  ConfabFormPage *page = CONFAB_FORM_PAGE (self);

  confab_form_page_set_up (page, _("Change Username"), _("_Change Username"), "suggested-action");
  self->username =
      confab_form_page_add_field (page, _("Username"), _("The name others see and find you by"),
                                  GTK_INPUT_PURPOSE_FREE_FORM, confab_look_alike_username);
}

AdwNavigationPage *
confab_username_page_new (ConfabClient *client)
{
  ConfabUsernamePage *self = g_object_new (CONFAB_TYPE_USERNAME_PAGE, NULL);

  self->client = g_object_ref (client);
  confab_form_field_set_text (self->username, get_current (self));

  return ADW_NAVIGATION_PAGE (self);
}
