/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-request-page.h"

#include <glib/gi18n.h>

#include "confab-text-button.h"
#include "confab-error-text.h"
#include "confab-form-field.h"
#include "confab-text.h"

struct _ConfabResetRequestPage
{
  AdwNavigationPage parent_instance;
  GtkLabel *server_label;
  ConfabFormField *email;
  GtkLabel *error_label;
  ConfabTextButton *submit_button;
  ConfabReset *reset;
  GCancellable *cancellable; /* while asking */
};

enum
{
  ASKED,
  HAS_CODE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabResetRequestPage, confab_reset_request_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update_busy (ConfabResetRequestPage *self)
{
  gboolean busy = self->cancellable != NULL;

  confab_text_button_set_busy (self->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button),
                            !busy && confab_form_field_is_valid (self->email));
  confab_form_field_set_editable (self->email, !busy);
}

static void
show_error (ConfabResetRequestPage *self, const char *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetRequestPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean asked = confab_reset_request_finish (CONFAB_RESET (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  update_busy (self);
  if (asked)
    {
      g_signal_emit (self, signals[ASKED], 0);
      return;
    }
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_EMAIL))
    confab_form_field_set_error (self->email, confab_error_text (error));
  else
    show_error (self, confab_error_text (error));
  gtk_widget_grab_focus (GTK_WIDGET (self->email));
}

static void
submit_cb (ConfabResetRequestPage *self)
{
  g_autofree char *email = NULL;

  if (self->cancellable != NULL)
    return;

  email = confab_form_field_submit (self->email);
  if (email == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->email));
      return;
    }
  show_error (self, NULL);
  self->cancellable = g_cancellable_new ();
  update_busy (self);
  confab_reset_request_async (self->reset, email, self->cancellable, requested_cb,
                              g_object_ref (self));
}

static void
has_code_cb (ConfabResetRequestPage *self)
{
  g_autofree char *email = confab_text_email (confab_form_field_get_text (self->email), NULL);

  g_signal_emit (self, signals[HAS_CODE], 0, email);
}

static void
changed_cb (ConfabResetRequestPage *self)
{
  show_error (self, NULL);
  update_busy (self);
}

static void
confab_reset_request_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_RESET_REQUEST_PAGE (page)->email));
}

/* Going back means: not now. */
static void
confab_reset_request_page_hidden (AdwNavigationPage *page)
{
  ConfabResetRequestPage *self = CONFAB_RESET_REQUEST_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  update_busy (self);
}

static void
confab_reset_request_page_dispose (GObject *object)
{
  ConfabResetRequestPage *self = CONFAB_RESET_REQUEST_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reset);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_RESET_REQUEST_PAGE);

  G_OBJECT_CLASS (confab_reset_request_page_parent_class)->dispose (object);
}

static void
confab_reset_request_page_class_init (ConfabResetRequestPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_reset_request_page_dispose;
  page_class->shown = confab_reset_request_page_shown;
  page_class->hidden = confab_reset_request_page_hidden;

  signals[ASKED] = g_signal_new ("asked", CONFAB_TYPE_RESET_REQUEST_PAGE, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HAS_CODE] = g_signal_new ("has-code", CONFAB_TYPE_RESET_REQUEST_PAGE, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-reset-request-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabResetRequestPage, server_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetRequestPage, email);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetRequestPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetRequestPage, submit_button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
confab_reset_request_page_init (ConfabResetRequestPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_form_field_set_check (self->email, confab_text_email);
}

/**
 * confab_reset_request_page_new:
 * @reset: its email, if it has one, is there already
 * @server: what was found at the address
 *
 * Returns: (transfer floating): the page
 */
ConfabResetRequestPage *
confab_reset_request_page_new (ConfabReset *reset, const ConfabServerInfo *server)
{
  ConfabResetRequestPage *self = g_object_new (CONFAB_TYPE_RESET_REQUEST_PAGE, NULL);
  g_autofree char *where = NULL;

  self->reset = g_object_ref (reset);
  /* Translators: the name of a server and its address. */
  where = g_strdup_printf (_("on %s, %s"), server->name, server->origin);
  gtk_label_set_text (self->server_label, where);
  if (confab_reset_get_email (reset) != NULL)
    confab_form_field_set_text (self->email, confab_reset_get_email (reset));

  return self;
}
