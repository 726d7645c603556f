/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-request-page.h"

#include <glib/gi18n.h>

#include "confab-form.h"
#include "confab-text-button.h"
#include "confab-text.h"

struct _ConfabResetRequestPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *email;
  ConfabReset *reset;
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
requested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetRequestPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_reset_request_finish (CONFAB_RESET (source), result, &error);
  if (confab_form_end (self->form, error))
    g_signal_emit (self, signals[ASKED], 0);
}

static void
submit_cb (ConfabResetRequestPage *self)
{
  g_autofree char *email = confab_form_field_submit (self->email);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_reset_request_async (self->reset, email, cancellable, requested_cb, g_object_ref (self));
}

static void
has_code_cb (ConfabResetRequestPage *self)
{
  g_autofree char *email = confab_text_email (confab_form_field_get_text (self->email), NULL);

  g_signal_emit (self, signals[HAS_CODE], 0, email);
}

static void
confab_reset_request_page_dispose (GObject *object)
{
  ConfabResetRequestPage *self = CONFAB_RESET_REQUEST_PAGE (object);

  g_clear_object (&self->reset);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_RESET_REQUEST_PAGE);

  G_OBJECT_CLASS (confab_reset_request_page_parent_class)->dispose (object);
}

static void
confab_reset_request_page_class_init (ConfabResetRequestPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_reset_request_page_dispose;

  signals[ASKED] = g_signal_new ("asked", CONFAB_TYPE_RESET_REQUEST_PAGE, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HAS_CODE] = g_signal_new ("has-code", CONFAB_TYPE_RESET_REQUEST_PAGE, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-reset-request-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabResetRequestPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetRequestPage, email);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_code_cb);
}

static void
confab_reset_request_page_init (ConfabResetRequestPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * confab_reset_request_page_new:
 * @reset: its email, if any, is filled in
 * @server: the server's information
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
  confab_form_set_intro (self->form, where);
  if (confab_reset_get_email (reset) != NULL)
    confab_form_field_set_text (self->email, confab_reset_get_email (reset));

  return self;
}
