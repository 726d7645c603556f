/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-password-page.h"

#include <glib/gi18n.h>

#include "confab-error-text.h"
#include "confab-form.h"
#include "confab-password-meter.h"
#include "confab-remaining.h"

struct _ConfabResetPasswordPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *password;
  ConfabPasswordMeter *meter;
  GtkLabel *remaining_label;
  ConfabAccountStore *store;
  ConfabReset *reset;
  ConfabClient *client; /* (nullable): the open client of the same account */
  gboolean set;         /* the password is set, and only signing in remains */
};

enum
{
  SIGNED_IN,
  EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabResetPasswordPage, confab_reset_password_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- remaining time ---- */

/* Return whether any time is left. */
static gboolean
show_time (ConfabResetPasswordPage *self)
{
  ConfabEnvironment *environment = confab_account_store_get_environment (self->store);
  gint64 left = confab_reset_get_expires_at (self->reset) - confab_environment_now (environment);
  g_autofree char *remaining = confab_remaining_text (left);
  g_autofree char *text = NULL;

  /* Translators: “%s” is a remaining time, “29:41”. */
  text = g_strdup_printf (_("You have %s left"), remaining);
  gtk_label_set_text (self->remaining_label, text);
  return left > 0;
}

static void
tick_cb (GtkWidget *widget)
{
  ConfabResetPasswordPage *self = CONFAB_RESET_PASSWORD_PAGE (widget);

  if (!show_time (self) && !confab_form_is_busy (self->form) && !self->set)
    g_signal_emit (self, signals[EXPIRED], 0);
}

/* ---- setting the password ---- */

static void
show_not_signed_in (ConfabResetPasswordPage *self, const GError *error)
{
  g_autofree char *text = NULL;

  /* The account is open behind this page, which was shown to add another. */
  if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN))
    {
      confab_form_show_error (
          self->form, _("Your password has been changed. This account is already open. Go back "
                         "to it and sign in there."));
      return;
    }

  /* Translators: “%s” is a sentence with the reason. */
  text = g_strdup_printf (_("Your password has been changed, but you are not signed in yet. %s"),
                          confab_error_text (error));
  confab_form_show_error (self->form, text);
}

/* @client: (nullable): NULL if signing in has failed */
static void
end_signing_in (ConfabResetPasswordPage *self, ConfabClient *client, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || !confab_form_end (self->form, NULL))
    return;

  if (client != NULL)
    g_signal_emit (self, signals[SIGNED_IN], 0, client);
  else
    show_not_signed_in (self, error);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetPasswordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_sign_in_finish (result, &error);

  end_signing_in (self, client, error);
}

static void
signed_in_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetPasswordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  ConfabClient *client = CONFAB_CLIENT (source);
  gboolean done = confab_client_sign_in_again_finish (client, result, &error);

  end_signing_in (self, done ? client : NULL, error);
}

static void
sign_in (ConfabResetPasswordPage *self)
{
  const char *password = confab_form_field_get_text (self->password);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  if (self->client != NULL)
    confab_client_sign_in_again_async (self->client, password, cancellable, signed_in_again_cb,
                                       g_object_ref (self));
  else
    confab_sign_in_async (self->store, confab_reset_get_server (self->reset),
                          confab_reset_get_username (self->reset), password, cancellable,
                          signed_in_cb, g_object_ref (self));
}

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetPasswordPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_reset_complete_finish (CONFAB_RESET (source), result, &error);
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_RESET_INVALID))
    {
      if (confab_form_end (self->form, NULL))
        g_signal_emit (self, signals[EXPIRED], 0);
      return;
    }
  if (!confab_form_end (self->form, error))
    return;

  self->set = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->remaining_label), FALSE);
  confab_form_field_set_editable (self->password, FALSE);
  sign_in (self);
}

static void
submit_cb (ConfabResetPasswordPage *self)
{
  g_autofree char *password = NULL;
  g_autoptr (GCancellable) cancellable = NULL;

  if (self->set)
    {
      sign_in (self);
      return;
    }
  password = confab_form_field_submit (self->password);
  cancellable = confab_form_begin (self->form);
  confab_reset_complete_async (self->reset, password, cancellable, completed_cb,
                               g_object_ref (self));
}

/* ---- the object ---- */

static void
confab_reset_password_page_dispose (GObject *object)
{
  ConfabResetPasswordPage *self = CONFAB_RESET_PASSWORD_PAGE (object);

  g_clear_object (&self->client);
  g_clear_object (&self->reset);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_RESET_PASSWORD_PAGE);

  G_OBJECT_CLASS (confab_reset_password_page_parent_class)->dispose (object);
}

static void
confab_reset_password_page_class_init (ConfabResetPasswordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_reset_password_page_dispose;

  signals[SIGNED_IN] =
      g_signal_new ("signed-in", CONFAB_TYPE_RESET_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);
  signals[EXPIRED] = g_signal_new ("expired", CONFAB_TYPE_RESET_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-reset-password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabResetPasswordPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetPasswordPage, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetPasswordPage, meter);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetPasswordPage, remaining_label);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_reset_password_page_init (ConfabResetPasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_of (ConfabClient *client, ConfabReset *reset)
{
  ConfabAccount *account = confab_client_get_account (client);

  return g_str_equal (confab_account_get_server (account), confab_reset_get_server (reset))
         && g_str_equal (confab_account_get_username (account), confab_reset_get_username (reset));
}

ConfabResetPasswordPage *
confab_reset_password_page_new (ConfabAccountStore *store,
                                ConfabReset *reset,
                                const ConfabServerInfo *server,
                                ConfabClient *client)
{
  ConfabResetPasswordPage *self = g_object_new (CONFAB_TYPE_RESET_PASSWORD_PAGE, NULL);
  g_autofree char *who = NULL;

  self->store = g_object_ref (store);
  self->reset = g_object_ref (reset);
  confab_remaining_tick (GTK_WIDGET (self), tick_cb);
  if (client != NULL && is_of (client, reset))
    self->client = g_object_ref (client);
  /* Translators: a username, then the name of a server and its address. */
  who = g_strdup_printf (_("for %s on %s, %s"), confab_reset_get_username (reset), server->name,
                         server->origin);
  confab_form_set_intro (self->form, who);
  g_object_set (self->meter, "username", confab_reset_get_username (reset), "email",
                confab_reset_get_email (reset), NULL);
  show_time (self);

  return self;
}
