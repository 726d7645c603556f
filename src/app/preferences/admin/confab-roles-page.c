/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-roles-page.h"

#include <glib/gi18n.h>

#include "confab-client-admin.h"
#include "confab-entry-row-name.h"
#include "confab-error-text.h"
#include "confab-name-label.h"
#include "confab-online-gate.h"
#include "confab-role-text.h"
#include "confab-text.h"
#include "confab-toast.h"

struct _ConfabRolesPage
{
  AdwNavigationPage parent_instance;
  ConfabOnlineGate *gate;
  GtkListBox *list;
  ConfabClient *client;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ConfabRolesPage, confab_roles_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_label (AdwEntryRow *row, ConfabRole *role)
{
  const char *label = confab_role_get_label (role);

  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), label != NULL ? label : "");
  adw_entry_row_set_show_apply_button (row, TRUE);
}

/* A label changed on another device, but do not replace text that the user is typing. */
static void
label_changed_cb (ConfabRole *role, GParamSpec *pspec, AdwEntryRow *row)
{
  if ((gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    show_label (row, role);
}

static void
labelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  g_autoptr (GError) error = NULL;

  if (confab_client_label_role_finish (CONFAB_CLIENT (source), result, &error))
    confab_toast (row, _("Name changed"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_toast_error (row, error);
}

static void
apply_cb (AdwEntryRow *row, ConfabRole *role)
{
  ConfabRolesPage *self =
      CONFAB_ROLES_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), CONFAB_TYPE_ROLES_PAGE));
  g_autoptr (GError) error = NULL;
  g_autofree char *label =
      confab_text_role_label (gtk_editable_get_text (GTK_EDITABLE (row)), &error);

  if (label == NULL)
    {
      confab_toast_error (GTK_WIDGET (row), error);
      return;
    }
  confab_client_label_role_async (self->client, confab_role_get_id (role),
                                  *label != '\0' ? label : NULL, self->cancellable, labelled_cb,
                                  g_object_ref (row));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  ConfabRole *role = item;
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *usual = confab_role_usual_title (role);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), usual);
  confab_entry_row_name_once (ADW_ENTRY_ROW (row));
  show_label (ADW_ENTRY_ROW (row), role);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), role, 0);
  g_signal_connect_object (role, "notify::label", G_CALLBACK (label_changed_cb), row, 0);

  return row;
}

/* ---- the object ---- */

/* Begin at the first name, but do not select it: typing would replace it. */
static void
confab_roles_page_shown (AdwNavigationPage *page)
{
  ConfabRolesPage *self = CONFAB_ROLES_PAGE (page);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row == NULL || !adw_entry_row_grab_focus_without_selecting (ADW_ENTRY_ROW (row)))
    return;
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
}

static void
confab_roles_page_hidden (AdwNavigationPage *page)
{
  g_cancellable_cancel (CONFAB_ROLES_PAGE (page)->cancellable);
}

static void
confab_roles_page_dispose (GObject *object)
{
  ConfabRolesPage *self = CONFAB_ROLES_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_ROLES_PAGE);

  G_OBJECT_CLASS (confab_roles_page_parent_class)->dispose (object);
}

static void
confab_roles_page_class_init (ConfabRolesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_roles_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = confab_roles_page_hidden;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = confab_roles_page_shown;

  g_type_ensure (CONFAB_TYPE_ONLINE_GATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-roles-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabRolesPage, gate);
  gtk_widget_class_bind_template_child (widget_class, ConfabRolesPage, list);
}

static void
confab_roles_page_init (ConfabRolesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

ConfabRolesPage *
confab_roles_page_new (ConfabClient *client)
{
  ConfabRolesPage *self = g_object_new (CONFAB_TYPE_ROLES_PAGE, NULL);

  self->client = g_object_ref (client);
  confab_online_gate_set_client (self->gate, client);
  gtk_list_box_bind_model (self->list, confab_client_get_roles (client), create_row, NULL, NULL);

  return self;
}
