/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-server-page.h"

#include "confab-error-text.h"
#include "confab-focus-child.h"
#include "confab-form.h"

struct _ConfabServerPage
{
  AdwNavigationPage parent_instance;
  GtkWidget *leave_button;
  ConfabForm *form;
  ConfabFormField *address;
  ConfabEnvironment *environment;
  char *code; /* (nullable) the code of the invitation from which the address is */
};

enum
{
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabServerPage, confab_server_page, ADW_TYPE_NAVIGATION_PAGE)

static void
probe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabServerPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabServerInfo) server = confab_server_probe_finish (result, &error);

  if (confab_form_end (self->form, error))
    g_signal_emit (self, signals[FOUND], 0, server);
}

/* An invitation contains its server's address. */
static void
show_invitation (ConfabServerPage *self, const ConfabInvitationLink *link)
{
  confab_form_field_set_text (self->address, link->server);
  g_set_str (&self->code, link->code);
}

/* Return whether the field's content can be used as an address. */
static gboolean
take_link (ConfabServerPage *self)
{
  const char *text = confab_form_field_get_text (self->address);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (ConfabInvitationLink) link = NULL;
  g_autoptr (GError) error = NULL;

  if (!confab_invitation_link_is (trimmed))
    return TRUE;
  link = confab_invitation_link_parse (trimmed, &error);
  if (link != NULL)
    show_invitation (self, link);
  else
    confab_form_field_set_error (self->address, confab_error_text (error));

  return link != NULL;
}

static void
submit_cb (ConfabServerPage *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  if (!take_link (self))
    return;

  cancellable = confab_form_begin (self->form);
  confab_server_probe_async (self->environment, confab_form_field_get_text (self->address),
                             cancellable, probe_cb, g_object_ref (self));
}

/* The address has changed, so cancel the request for the previous one. */
static void
changed_cb (ConfabServerPage *self)
{
  confab_form_cancel (self->form);
  g_clear_pointer (&self->code, g_free);
}

void
confab_server_page_invite (ConfabServerPage *self, const ConfabInvitationLink *link)
{
  g_return_if_fail (CONFAB_IS_SERVER_PAGE (self));

  show_invitation (self, link);
  submit_cb (self);
}

const char *
confab_server_page_get_code (ConfabServerPage *self)
{
  g_return_val_if_fail (CONFAB_IS_SERVER_PAGE (self), NULL);

  return self->code;
}

static gboolean
confab_server_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONFAB_SERVER_PAGE (widget)->form));
}

static void
confab_server_page_dispose (GObject *object)
{
  ConfabServerPage *self = CONFAB_SERVER_PAGE (object);

  g_clear_pointer (&self->environment, confab_environment_unref);
  g_clear_pointer (&self->code, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_SERVER_PAGE);

  G_OBJECT_CLASS (confab_server_page_parent_class)->dispose (object);
}

static void
confab_server_page_class_init (ConfabServerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_server_page_dispose;
  widget_class->focus = confab_focus_child;
  widget_class->grab_focus = confab_server_page_grab_focus;

  signals[FOUND] = g_signal_new ("found", CONFAB_TYPE_SERVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-server-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabServerPage, leave_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabServerPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabServerPage, address);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
confab_server_page_init (ConfabServerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * confab_server_page_set_environment:
 * @environment: the environment for contacting servers
 */
void
confab_server_page_set_environment (ConfabServerPage *self, ConfabEnvironment *environment)
{
  g_return_if_fail (CONFAB_IS_SERVER_PAGE (self));

  g_clear_pointer (&self->environment, confab_environment_unref);
  self->environment = confab_environment_ref (environment);
}

void
confab_server_page_set_can_leave (ConfabServerPage *self, gboolean can_leave)
{
  g_return_if_fail (CONFAB_IS_SERVER_PAGE (self));

  gtk_widget_set_visible (self->leave_button, can_leave);
}
