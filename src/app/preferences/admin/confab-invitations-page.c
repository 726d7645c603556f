/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-invitations-page.h"

#include <glib/gi18n.h>

#include "confab-admin-words.h"
#include "confab-client-admin.h"
#include "confab-code-dialog.h"
#include "confab-dialog-tie.h"
#include "confab-error-text.h"
#include "confab-name-label.h"
#include "confab-online-gate.h"
#include "confab-time-text.h"
#include "confab-toast.h"

#define DAY_S (24 * 60 * 60)

struct _ConfabInvitationsPage
{
  AdwNavigationPage parent_instance;
  ConfabOnlineGate *gate;
  GtkWidget *page;
  AdwPreferencesGroup *new_group;
  AdwComboRow *expiry_row;
  AdwSpinRow *uses_row;
  AdwButtonRow *create_row;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *error_label;
  ConfabClient *client;
  GCancellable *cancellable; /* for all operations; cancelled when the page is closed */
};

G_DEFINE_FINAL_TYPE (ConfabInvitationsPage, confab_invitations_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (ConfabInvitationsPage *self);

/* Report an error unless the page was closed. */
static void
report (ConfabInvitationsPage *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_toast_error (self->page, error);
}

/* ---- creating ---- */

/* In the order of the expiry row. */
static guint
chosen_seconds (ConfabInvitationsPage *self)
{
  static const guint seconds[] = { DAY_S, 7 * DAY_S, 30 * DAY_S };
  guint selected = adw_combo_row_get_selected (self->expiry_row);

  return seconds[MIN (selected, G_N_ELEMENTS (seconds) - 1)];
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabInvitationsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabInvitationCode) code =
      confab_client_create_invitation_finish (CONFAB_CLIENT (source), result, &error);
  ConfabCodeDialog *dialog = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->create_row), TRUE);
  if (code == NULL)
    {
      report (self, error);
      return;
    }
  load (self);
  /* Translators: the title of a dialog with a link and a code */
  dialog = confab_code_dialog_new (_("Invitation"),
                                   _("Send the link to the person you want to invite. It opens in "
                                      "Confab. The code can be entered by hand."),
                                   code->code, code->link);
  confab_dialog_tie (ADW_DIALOG (dialog), self->cancellable);
  adw_dialog_present (ADW_DIALOG (dialog), self->page);
}

static void
create_cb (ConfabInvitationsPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->create_row), FALSE);
  confab_client_create_invitation_async (
      self->client, (guint)adw_spin_row_get_value (self->uses_row), chosen_seconds (self),
      self->cancellable, created_cb, g_object_ref (self));
}

/* ---- ending ---- */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabInvitationsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_end_invitation_finish (CONFAB_CLIENT (source), result, &error))
    report (self, error);
  else
    confab_toast (self->page, _("Invitation ended"));
  if (!g_cancellable_is_cancelled (self->cancellable))
    load (self);
}

static void
end_clicked_cb (GtkWidget *button, ConfabInvitation *invitation)
{
  ConfabInvitationsPage *self =
      CONFAB_INVITATIONS_PAGE (gtk_widget_get_ancestor (button, CONFAB_TYPE_INVITATIONS_PAGE));

  gtk_widget_set_sensitive (button, FALSE);
  confab_client_end_invitation_async (self->client, invitation, self->cancellable, ended_cb,
                                      g_object_ref (self));
}

/* ---- the list ---- */

static char *
dup_origin (gpointer item)
{
  g_autofree char *by = confab_admin_by (confab_invitation_get_created_by (item));
  g_autofree char *expires = confab_admin_time (confab_invitation_get_expires_at (item));
  /* Translators: a day and a time ("Tomorrow, 14:32"). */
  g_autofree char *until = g_strdup_printf (_("Valid until: %s"), expires);

  return g_strjoin (" · ", by, until, NULL);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  ConfabInvitation *invitation = item;
  guint left = confab_invitation_get_uses_left (invitation);
  g_autofree char *origin = dup_origin (invitation);
  g_autofree char *title =
      /* Translators: how often an invitation can still be used, and how often at all */
      g_strdup_printf (ngettext ("%u of %u use left", "%u of %u uses left", left), left,
                       confab_invitation_get_uses (invitation));
  /* Translators: a screen reader’s name of a button: how many uses are left, and who created it */
  g_autofree char *label = g_strdup_printf (_("End invitation: %s, %s"), title, origin);
  GtkWidget *row = adw_action_row_new ();
  /* Translators: a button: the invitation can no longer be used */
  GtkWidget *button = gtk_button_new_with_mnemonic (C_("invitation", "_End"));

  g_object_set (row, "use-markup", FALSE, "title", title, NULL);
  confab_time_text_bind (row, "subtitle", dup_origin, invitation);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_clicked_cb), invitation, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

/* Warn if the registration policy makes invitations unnecessary or useless. */
static void
show_registration (ConfabInvitationsPage *self, ConfabRegistration registration)
{
  const char *text =
      registration == CONFAB_REGISTRATION_OPEN
          ? _("Anyone can create an account on this server, so invitations are not needed.")
      : registration == CONFAB_REGISTRATION_CLOSED
          ? _("This server does not accept new accounts, so invitations cannot be used.")
          : _("People create an account with its link or code.");

  adw_preferences_group_set_description (self->new_group, text);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabInvitationsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  ConfabRegistration registration = CONFAB_REGISTRATION_INVITATION;
  g_autoptr (GListModel) invitations =
      confab_client_list_invitations_finish (CONFAB_CLIENT (source), result, &registration, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (invitations == NULL)
    {
      gtk_label_set_text (self->error_label, confab_error_text (error));
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  show_registration (self, registration);
  gtk_list_box_bind_model (self->list, invitations, create_row, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (invitations) > 0 ? "list" : "empty");
}

static void
load (ConfabInvitationsPage *self)
{
  confab_client_list_invitations_async (self->client, self->cancellable, loaded_cb,
                                        g_object_ref (self));
}

static void
connection_cb (ConfabInvitationsPage *self)
{
  if (confab_client_is_online (self->client))
    load (self);
}

/* ---- the object ---- */

static void
confab_invitations_page_hidden (AdwNavigationPage *page)
{
  g_cancellable_cancel (CONFAB_INVITATIONS_PAGE (page)->cancellable);
}

static void
confab_invitations_page_dispose (GObject *object)
{
  ConfabInvitationsPage *self = CONFAB_INVITATIONS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_INVITATIONS_PAGE);

  G_OBJECT_CLASS (confab_invitations_page_parent_class)->dispose (object);
}

static void
confab_invitations_page_class_init (ConfabInvitationsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_invitations_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = confab_invitations_page_hidden;

  g_type_ensure (CONFAB_TYPE_ONLINE_GATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-invitations-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, new_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, gate);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, page);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, expiry_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, uses_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, create_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, list);
  gtk_widget_class_bind_template_child (widget_class, ConfabInvitationsPage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
}

static void
confab_invitations_page_init (ConfabInvitationsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

ConfabInvitationsPage *
confab_invitations_page_new (ConfabClient *client)
{
  ConfabInvitationsPage *self = g_object_new (CONFAB_TYPE_INVITATIONS_PAGE, NULL);

  self->client = g_object_ref (client);
  confab_online_gate_set_client (self->gate, client);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);
  load (self);

  return self;
}
