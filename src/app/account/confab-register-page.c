/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-register-page.h"

#include <glib/gi18n.h>

#include "confab-text-button.h"
#include "confab-code-format.h"
#include "confab-error-text.h"
#include "confab-form-field.h"
#include "confab-invitation-link.h"
#include "confab-look-alike.h"
#include "confab-password-meter.h"
#include "confab-text.h"

struct _ConfabRegisterPage
{
  AdwNavigationPage parent_instance;
  GtkLabel *server_label;
  GtkWidget *insecure_label;
  ConfabFormField *username;
  ConfabFormField *email;
  ConfabFormField *password;
  ConfabPasswordMeter *meter;
  ConfabFormField *code; /* of an invitation, or the set-up code */
  GtkLabel *error_label;
  ConfabTextButton *submit_button;
  GtkWidget *code_button;
  ConfabAccountStore *store;
  char *origin;
  ConfabRegistration policy;
  GCancellable *cancellable; /* while the account is being made */
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabRegisterPage, confab_register_page, ADW_TYPE_NAVIGATION_PAGE)

/* Returns: (transfer full) (nullable): the code that was typed, or that of a link to this
 * server; "" if there is none */
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

/* Where everybody may register, not even who has said to have a code needs one. */
static gboolean
has_code_enough (ConfabRegisterPage *self)
{
  g_autofree char *code = dup_code (self);

  return code != NULL && (*code != '\0' || self->policy == CONFAB_REGISTRATION_OPEN);
}

static void
update_busy (ConfabRegisterPage *self)
{
  ConfabFormField *fields[] = { self->username, self->email, self->password };
  gboolean busy = self->cancellable != NULL;
  gboolean complete = has_code_enough (self);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      complete = complete && confab_form_field_is_valid (fields[i]);
      confab_form_field_set_editable (fields[i], !busy);
    }
  confab_form_field_set_editable (self->code, !busy);
  confab_text_button_set_busy (self->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button), !busy && complete);
}

static void
show_error (ConfabRegisterPage *self, const char *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

/* For the set-up code; and where the policy has changed since the server was looked at. */
static void
show_code (ConfabRegisterPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->code), TRUE);
  gtk_widget_set_visible (self->code_button, FALSE);
}

/* The field that a refusal is about, or NULL if it is about none. */
static ConfabFormField *
field_for_error (ConfabRegisterPage *self, const GError *error)
{
  if (error->domain != CONFAB_PROBLEM)
    return NULL;

  switch (error->code)
    {
    case CONFAB_PROBLEM_INVALID_USERNAME:
    case CONFAB_PROBLEM_USERNAME_TAKEN:
      return self->username;
    case CONFAB_PROBLEM_INVALID_EMAIL:
    case CONFAB_PROBLEM_EMAIL_TAKEN:
      return self->email;
    case CONFAB_PROBLEM_PASSWORD_TOO_SHORT:
    case CONFAB_PROBLEM_PASSWORD_TOO_LONG:
    case CONFAB_PROBLEM_PASSWORD_TOO_COMMON:
      return self->password;
    case CONFAB_PROBLEM_INVITATION_REQUIRED:
    case CONFAB_PROBLEM_INVITATION_INVALID:
    case CONFAB_PROBLEM_REGISTRATION_CLOSED: /* which whoever has the set-up code is not told */
      return self->code;
    default:
      return NULL;
    }
}

static void
register_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabRegisterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_register_finish (result, &error);
  ConfabFormField *field = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  update_busy (self);
  if (client != NULL)
    {
      g_signal_emit (self, signals[SIGNED_IN], 0, client);
      return;
    }
  field = field_for_error (self, error);
  if (field == self->code)
    show_code (self);
  if (field != NULL)
    {
      confab_form_field_set_error (field, confab_error_text (error));
      gtk_widget_grab_focus (GTK_WIDGET (field));
    }
  else
    show_error (self, confab_error_text (error));
}

static void
submit_cb (ConfabRegisterPage *self)
{
  g_autofree char *username = NULL;
  g_autofree char *email = NULL;
  g_autofree char *password = NULL;
  g_autofree char *code = dup_code (self);

  if (self->cancellable != NULL)
    return;

  username = confab_form_field_submit (self->username);
  email = confab_form_field_submit (self->email);
  password = confab_form_field_submit (self->password);
  if (username == NULL || email == NULL || password == NULL)
    {
      ConfabFormField *wrong = username == NULL ? self->username
                               : email == NULL  ? self->email
                                                : self->password;
      gtk_widget_grab_focus (GTK_WIDGET (wrong));
      return;
    }
  if (!has_code_enough (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->code));
      return;
    }

  show_error (self, NULL);
  self->cancellable = g_cancellable_new ();
  update_busy (self);
  confab_register_async (self->store, self->origin, username, email, password,
                         *code != '\0' ? code : NULL, self->cancellable, register_cb,
                         g_object_ref (self));
}

static void
next_cb (ConfabFormField *field, ConfabRegisterPage *self)
{
  if (field == self->username)
    gtk_widget_grab_focus (GTK_WIDGET (self->email));
  else if (field == self->email)
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else if (gtk_widget_get_visible (GTK_WIDGET (self->code)))
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
  else
    submit_cb (self);
}

static void
code_button_cb (ConfabRegisterPage *self)
{
  show_code (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/* By what the server judges it with. */
static void
show_strength (ConfabRegisterPage *self)
{
  const char *own_words[] = { confab_form_field_get_text (self->username),
                              confab_form_field_get_text (self->email), NULL };

  confab_password_meter_show (self->meter, confab_form_field_get_text (self->password), own_words);
}

/* As a code is written; a link is left as it is. */
static char *
format_code (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  return confab_invitation_link_is (trimmed) ? g_steal_pointer (&trimmed)
                                             : confab_code_format (text);
}

/* An invitation to another server is of no use here, and one that is cut off of none anywhere. */
static void
code_changed_cb (ConfabRegisterPage *self)
{
  const char *text = confab_form_field_get_text (self->code);
  g_autoptr (ConfabInvitationLink) link = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = NULL;

  show_error (self, NULL);
  update_busy (self);
  if (!confab_invitation_link_is (text))
    return;

  link = confab_invitation_link_parse (text, &error);
  if (link == NULL)
    confab_form_field_set_error (self->code, confab_error_text (error));
  else if (!g_str_equal (link->server, self->origin))
    {
      /* Translators: the address of another server. */
      elsewhere = g_strdup_printf (
          _("This invitation is for another server, %s. Go back and enter it there."), link->host);
      confab_form_field_set_error (self->code, elsewhere);
    }
}

static void
changed_cb (ConfabRegisterPage *self)
{
  show_error (self, NULL);
  show_strength (self);
  update_busy (self);
}

static void
confab_register_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_REGISTER_PAGE (page)->username));
}

/* Going back means: not now. */
static void
confab_register_page_hidden (AdwNavigationPage *page)
{
  ConfabRegisterPage *self = CONFAB_REGISTER_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  update_busy (self);
}

static void
confab_register_page_dispose (GObject *object)
{
  ConfabRegisterPage *self = CONFAB_REGISTER_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->origin, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_REGISTER_PAGE);

  G_OBJECT_CLASS (confab_register_page_parent_class)->dispose (object);
}

static void
confab_register_page_class_init (ConfabRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_register_page_dispose;
  page_class->shown = confab_register_page_shown;
  page_class->hidden = confab_register_page_hidden;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_REGISTER_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  g_type_ensure (CONFAB_TYPE_PASSWORD_METER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-register-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, server_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, insecure_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, username);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, email);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, meter);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, code);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabRegisterPage, code_button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_changed_cb);
}

static void
confab_register_page_init (ConfabRegisterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  confab_form_field_set_check (self->username, confab_look_alike_username);
  confab_form_field_set_check (self->email, confab_text_email);
  confab_form_field_set_check (self->password, confab_text_password);
  confab_form_field_set_format (self->code, format_code);
  /* What is wrong with a short password and what to do about it are the same words. */
  g_object_set (self->password, "hint", confab_problem_text (CONFAB_PROBLEM_PASSWORD_TOO_SHORT),
                NULL);
}

static void
show_policy (ConfabRegisterPage *self)
{
  static const struct
  {
    const char *title;
    const char *button;
  } texts[] = {
    [CONFAB_REGISTRATION_OPEN] = { N_("Invitation or set-up code"),
                                   N_("I _Have an Invitation or Set-up Code") },
    [CONFAB_REGISTRATION_INVITATION] = { N_("Invitation link or code"), "" },
    [CONFAB_REGISTRATION_CLOSED] = { N_("Set-up code"), "" },
  };

  g_object_set (self->code, "title", _ (texts[self->policy].title), NULL);
  if (self->policy == CONFAB_REGISTRATION_OPEN)
    confab_text_button_set_text (CONFAB_TEXT_BUTTON (self->code_button),
                                 _ (texts[self->policy].button));
}

/**
 * confab_register_page_new:
 * @store: where the account will be added
 * @server: what was found at the address
 * @code: (nullable): of an invitation
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
  gtk_label_set_text (self->server_label, where);
  gtk_widget_set_visible (self->insecure_label, server->insecure);
  self->policy = server->registration;
  show_policy (self);
  if (self->policy != CONFAB_REGISTRATION_OPEN || code != NULL)
    show_code (self);
  if (code != NULL)
    confab_form_field_set_text (self->code, code);

  return self;
}
