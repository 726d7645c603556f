/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-register-page.h"

#include <glib/gi18n.h>

#include "confab-code-format.h"
#include "confab-error-text.h"
#include "confab-form.h"
#include "confab-invitation-link.h"
#include "confab-password-meter.h"
#include "confab-text-button.h"

struct _ConfabRegisterPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  GtkWidget *insecure_label;
  ConfabFormField *username;
  ConfabFormField *email;
  ConfabFormField *password;
  ConfabFormField *code; /* an invitation's code, or the set-up code */
  ConfabAccountStore *store;
  char *origin;
  ConfabRegistration policy;
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabRegisterPage, confab_register_page, ADW_TYPE_NAVIGATION_PAGE)

/* Return the code typed, or the code of a link to this server; "" if the field is empty. (transfer
 * full) (nullable) */
static char *
dup_code (ConfabRegisterPage *self)
{
  const char *text = confab_form_field_get_text (self->code);
  g_autoptr (ConfabInvitationLink) link = NULL;

  if (!confab_invitation_link_is (text))
    return *text == '\0' || confab_code_is_complete (text) ? g_strdup (text) : NULL;

  link = confab_invitation_link_parse (text, NULL);
  return link != NULL && g_str_equal (link->server, self->origin) ? g_strdup (link->code) : NULL;
}

/* Where registration is open, the field for a code may stay empty. */
static gboolean
has_code_enough (ConfabRegisterPage *self)
{
  g_autofree char *code = dup_code (self);

  return code != NULL && (*code != '\0' || self->policy == CONFAB_REGISTRATION_OPEN);
}

/* Show the code field, for the set-up code or after the policy has changed. */
static void
show_code (ConfabRegisterPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->code), TRUE);
}

static void
register_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabRegisterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_register_finish (result, &error);

  if (self->code != NULL && confab_form_field_is_about (self->code, error))
    show_code (self);
  if (confab_form_end (self->form, error))
    g_signal_emit (self, signals[SIGNED_IN], 0, client);
}

static void
submit_cb (ConfabRegisterPage *self)
{
  g_autofree char *username = confab_form_field_submit (self->username);
  g_autofree char *email = confab_form_field_submit (self->email);
  g_autofree char *password = confab_form_field_submit (self->password);
  g_autofree char *code = dup_code (self);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_register_async (self->store, self->origin, username, email, password,
                         *code != '\0' ? code : NULL, cancellable, register_cb,
                         g_object_ref (self));
}

static void
code_button_cb (ConfabRegisterPage *self)
{
  show_code (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/* Format a code; leave a link unchanged. */
static char *
format_code (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  return confab_invitation_link_is (trimmed) ? g_steal_pointer (&trimmed)
                                             : confab_code_format (text);
}

/* Report what is wrong with a link: it leads to another server, or is truncated. */
static void
check_link (ConfabRegisterPage *self)
{
  const char *text = confab_form_field_get_text (self->code);
  g_autoptr (ConfabInvitationLink) link = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = NULL;

  if (!confab_invitation_link_is (text))
    return;

  link = confab_invitation_link_parse (text, &error);
  if (link == NULL)
    confab_form_field_set_error (self->code, confab_error_text (error));
  else if (!g_str_equal (link->server, self->origin))
    {
      /* Translators: the address of another server. */
      elsewhere = g_strdup_printf (
          /* Translators: the name of a server */
          _("This invitation is for another server, %s. Go back and enter it there."), link->host);
      confab_form_field_set_error (self->code, elsewhere);
    }
}

static void
changed_cb (ConfabRegisterPage *self)
{
  confab_form_set_complete (self->form, has_code_enough (self));
  check_link (self);
}

static void
confab_register_page_dispose (GObject *object)
{
  ConfabRegisterPage *self = CONFAB_REGISTER_PAGE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->origin, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_REGISTER_PAGE);

  G_OBJECT_CLASS (confab_register_page_parent_class)->dispose (object);
}

static void
confab_register_page_class_init (ConfabRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_register_page_dispose;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_REGISTER_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-register-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, insecure_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, username);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, email);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, code);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
confab_register_page_init (ConfabRegisterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_form_field_set_format (self->code, format_code);
}

static void
show_policy (ConfabRegisterPage *self)
{
  static const char *const titles[] = {
    [CONFAB_REGISTRATION_OPEN] = N_("Invitation or set-up code"),
    [CONFAB_REGISTRATION_INVITATION] = N_("Invitation link or code"),
    [CONFAB_REGISTRATION_CLOSED] = N_("Set-up code"),
  };

  g_object_set (self->code, "title", _ (titles[self->policy]), NULL);
}

/**
 * confab_register_page_new:
 * @store: the store to which the account is added
 * @server: the server's information
 * @code: (nullable): an invitation's
 *
 * Returns: (transfer floating): the page
 */
ConfabRegisterPage *
confab_register_page_new (ConfabAccountStore *store,
                          const ConfabServerInfo *server,
                          const char *code)
{
  ConfabRegisterPage *self = g_object_new (CONFAB_TYPE_REGISTER_PAGE, NULL);
  g_autofree char *where = NULL;

  self->store = g_object_ref (store);
  self->origin = g_strdup (server->origin);
  /* Translators: the name of a server and its address. */
  where = g_strdup_printf (_("on %s, %s"), server->name, server->origin);
  confab_form_set_intro (self->form, where);
  gtk_widget_set_visible (self->insecure_label, server->insecure);
  self->policy = server->registration;
  show_policy (self);
  if (self->policy != CONFAB_REGISTRATION_OPEN || code != NULL)
    show_code (self);
  if (code != NULL)
    confab_form_field_set_text (self->code, code);
  confab_form_set_complete (self->form, has_code_enough (self));

  return self;
}
