/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-code-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "confab-form.h"
#include "confab-text-button.h"
#include "confab-error-text.h"
#include "confab-limits.h"
#include "confab-remaining.h"
#include "confab-text.h"
#include "confab-toast.h"

struct _ConfabResetCodePage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *login;
  ConfabFormField *code;
  ConfabTextButton *again_button;
  GtkLabel *remaining_label;
  ConfabEnvironment *environment;
  ConfabReset *reset;
  guint n_wrong;
  gboolean mailed;
};

enum
{
  CHECKED,
  EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabResetCodePage, confab_reset_code_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- remaining time ---- */

static void
show_again (ConfabResetCodePage *self, gint64 now)
{
  gint64 wait = confab_reset_get_retry_at (self->reset) - now;
  g_autofree char *remaining = confab_remaining_text (wait);
  g_autofree char *label = NULL;

  /* Translators: “%s” is a remaining time, “0:42”. */
  label =
      /* Translators: a button; a remaining time, “0:42” */
      wait > 0 ? g_strdup_printf (_("Send Again in %s"), remaining) : g_strdup (_("Send Again"));
  confab_text_button_set_text (self->again_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->again_button),
                            wait <= 0 && !confab_form_is_busy (self->form));
}

static void
show_remaining (ConfabResetCodePage *self, gint64 left)
{
  g_autofree char *remaining = confab_remaining_text (left);
  g_autofree char *text = NULL;

  /* Translators: “%s” is a remaining time, “29:41”. */
  text = g_strdup_printf (_("Link and code are valid for %s"), remaining);
  gtk_label_set_text (self->remaining_label, text);
}

/* Return whether any time is left. */
static gboolean
show_time (ConfabResetCodePage *self)
{
  gint64 now = confab_environment_now (self->environment);
  gint64 left = confab_reset_get_expires_at (self->reset) - now;

  show_again (self, now);
  show_remaining (self, left);
  return left > 0;
}

static void
tick_cb (GtkWidget *widget)
{
  ConfabResetCodePage *self = CONFAB_RESET_CODE_PAGE (widget);

  if (!show_time (self) && !confab_form_is_busy (self->form))
    g_signal_emit (self, signals[EXPIRED], 0);
}

/* ---- requests ---- */

static void
expire (ConfabResetCodePage *self)
{
  if (confab_form_end (self->form, NULL))
    g_signal_emit (self, signals[EXPIRED], 0);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetCodePage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_reset_check_finish (CONFAB_RESET (source), result, &error);
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_RESET_INVALID)
      && ++self->n_wrong >= CONFAB_CODE_ATTEMPTS)
    expire (self);
  else if (confab_form_end (self->form, error))
    g_signal_emit (self, signals[CHECKED], 0);
}

static void
submit_cb (ConfabResetCodePage *self)
{
  g_autofree char *login = self->mailed ? g_strdup (confab_reset_get_login (self->reset))
                                        : confab_form_field_submit (self->login);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_reset_check_async (self->reset, login, confab_form_field_get_text (self->code),
                            cancellable, checked_cb, g_object_ref (self));
}

static void
again_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetCodePage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_reset_request_finish (CONFAB_RESET (source), result, &error);
  if (confab_form_end (self->form, error))
    {
      self->n_wrong = 0;
      confab_toast (GTK_WIDGET (self),
                    _("Another email is on its way. The previous one is no longer valid."));
    }
  if (self->form != NULL)
    show_time (self);
}

static void
again_cb (ConfabResetCodePage *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  if (confab_form_is_busy (self->form))
    return;

  cancellable = confab_form_begin (self->form);
  show_time (self);
  confab_reset_request_async (self->reset, confab_reset_get_email (self->reset), cancellable,
                              again_done_cb, g_object_ref (self));
}

/* ---- the object ---- */

static void
confab_reset_code_page_dispose (GObject *object)
{
  ConfabResetCodePage *self = CONFAB_RESET_CODE_PAGE (object);

  g_clear_object (&self->reset);
  g_clear_pointer (&self->environment, confab_environment_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_RESET_CODE_PAGE);

  G_OBJECT_CLASS (confab_reset_code_page_parent_class)->dispose (object);
}

static void
confab_reset_code_page_class_init (ConfabResetCodePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_reset_code_page_dispose;

  signals[CHECKED] = g_signal_new ("checked", CONFAB_TYPE_RESET_CODE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EXPIRED] = g_signal_new ("expired", CONFAB_TYPE_RESET_CODE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-reset-code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabResetCodePage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetCodePage, login);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetCodePage, code);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetCodePage, again_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetCodePage, remaining_label);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

/* Accept a username or an email; the server checks whether it matches the code. */
static char *
check_login (const char *text, GError **error)
{
  return strchr (text, '@') != NULL ? confab_text_email (text, error)
                                    : confab_text_username (text, error);
}

static void
confab_reset_code_page_init (ConfabResetCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_form_field_set_check (self->login, check_login);
}

static void
show_texts (ConfabResetCodePage *self, const ConfabServerInfo *server)
{
  g_autofree char *text = NULL;

  if (self->mailed)
    {
      /* Translators: a title; “check” is a verb: look into your mailbox */
      adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Check Your Email"));
      /* Translators: an email address, then the name of a server. The text must not reveal whether
       * there is an account. */
      text = g_strdup_printf (_("If %s has an account on %s, an email is on its way. "
                                 "Open the link in it, or enter its code here."),
                              confab_reset_get_email (self->reset), server->name);
    }
  else if (server->mail)
    text =
        /* Translators: the name of a server */
        g_strdup_printf (_("Enter the code that an administrator of %s gave you."), server->name);
  else
    text = g_strdup_printf (
        /* Translators: the name of a server */
        _("%s cannot send email. Ask one of its administrators for a code, and enter it here."),
        server->name);
  confab_form_set_intro (self->form, text);
}

static ConfabResetCodePage *
new_page (ConfabAccountStore *store,
          ConfabReset *reset,
          const ConfabServerInfo *server,
          gboolean mailed)
{
  ConfabResetCodePage *self = g_object_new (CONFAB_TYPE_RESET_CODE_PAGE, NULL);

  self->environment = confab_environment_ref (confab_account_store_get_environment (store));
  self->reset = g_object_ref (reset);
  self->mailed = mailed;
  if (mailed)
    confab_remaining_tick (GTK_WIDGET (self), tick_cb);
  show_texts (self, server);
  gtk_widget_set_visible (GTK_WIDGET (self->login), !mailed);

  return self;
}

ConfabResetCodePage *
confab_reset_code_page_new (ConfabAccountStore *store,
                            ConfabReset *reset,
                            const ConfabServerInfo *server)
{
  ConfabResetCodePage *self = new_page (store, reset, server, TRUE);

  show_time (self);
  return self;
}

ConfabResetCodePage *
confab_reset_code_page_new_by_hand (ConfabAccountStore *store,
                                    ConfabReset *reset,
                                    const ConfabServerInfo *server,
                                    const char *login)
{
  ConfabResetCodePage *self = new_page (store, reset, server, FALSE);

  if (login != NULL)
    confab_form_field_set_text (self->login, login);
  return self;
}
