/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-person-page-private.h"

#include <glib/gi18n.h>

#include "confab-admin-words.h"
#include "confab-avatar.h"
#include "confab-clock.h"
#include "confab-error-text.h"
#include "confab-name-label.h"
#include "confab-problem.h"
#include "confab-role-change.h"
#include "confab-role-text.h"
#include "confab-text-button.h"
#include "confab-toast.h"

/* The interval of updating the remaining minutes. */
#define UNDO_TICK_S 5
#define MINUTE_MS (60 * 1000)

G_DEFINE_FINAL_TYPE (ConfabPersonPage, confab_person_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- role ---- */

static void
forget_refusal (ConfabPersonPage *self)
{
  if (self->refusal != NULL)
    adw_toast_dismiss (self->refusal);
  g_clear_object (&self->refusal);
}

static gboolean
same_names (GtkStringList *a, GListModel *b)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (a));

  if (b == NULL || g_list_model_get_n_items (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (gtk_string_list_get_string (a, i),
                        gtk_string_list_get_string (GTK_STRING_LIST (b), i)))
        return FALSE;
    }

  return TRUE;
}

/* A new model moves the list of the row back to its beginning, so set one only if the content
 * changed. */
static void
show_role (ConfabPersonPage *self)
{
  GListModel *roles = confab_client_get_roles (self->client);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (roles); i++)
    {
      g_autoptr (ConfabRole) role = g_list_model_get_item (roles, i);

      gtk_string_list_take (names, confab_role_title (role));
      if (confab_role_get_id (role) == confab_person_get_role_id (self->person))
        selected = i;
    }
  self->showing = TRUE;
  if (!same_names (names, adw_combo_row_get_model (self->role_row)))
    adw_combo_row_set_model (self->role_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->role_row, selected);
  self->showing = FALSE;
}

static void
role_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->role_row)); /* the dialogs have had it */
  if (confab_role_change_finish (CONFAB_CLIENT (source), result, &error))
    return;
  show_role (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_person_page_fail (self, error);
}

static void
role_selected_cb (ConfabPersonPage *self)
{
  guint selected = adw_combo_row_get_selected (self->role_row);
  g_autoptr (ConfabRole) role = NULL;

  if (self->showing || self->client == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  role = g_list_model_get_item (confab_client_get_roles (self->client), selected);
  if (role == NULL || confab_role_get_id (role) == confab_person_get_role_id (self->person))
    return;

  forget_refusal (self);
  confab_role_change_async (self->client, self->person, role, self->page, self->cancellable,
                            role_changed_cb, g_object_ref (self));
}

/* ---- undo ---- */

static gboolean show_undo (gpointer user_data);

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_person_finish (CONFAB_CLIENT (source), result, &error))
    confab_person_page_fail (self, error);
}

static void
undo_cb (ConfabPersonPage *self)
{
  confab_client_undo_role_async (self->client, self->person, self->cancellable, undone_cb,
                                 g_object_ref (self));
}

static void
watch_undo (ConfabPersonPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (show_undo (self) == G_SOURCE_CONTINUE)
    self->timer = g_timeout_add_seconds (UNDO_TICK_S, show_undo, self);
}

/* Repeated as long as a change can be undone. */
static gboolean
show_undo (gpointer user_data)
{
  ConfabPersonPage *self = user_data;
  gint64 left = confab_person_get_undo_expires_at (self->person) - confab_clock_now ();
  ConfabRole *role =
      confab_client_get_role (self->client, confab_person_get_undo_role_id (self->person));
  guint minutes = (guint)MAX ((left + MINUTE_MS - 1) / MINUTE_MS, 0);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->undo_row), left > 0 && role != NULL);
  if (left <= 0 || role == NULL)
    {
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }

  name = confab_role_title (role);
  /* Translators: a role, and the minutes in which this can be done */
  text = g_strdup_printf (ngettext ("Change back to “%s”, possible for %u more minute",
                                    "Change back to “%s”, possible for %u more minutes", minutes),
                          name, minutes);
  adw_action_row_set_subtitle (self->undo_row, text);

  return G_SOURCE_CONTINUE;
}

/* ---- content ---- */

static void
show_state (ConfabPersonPage *self)
{
  ConfabPersonState state = confab_person_get_state (self->person);
  gboolean own = confab_person_get_id (self->person)
                 == confab_account_get_user_id (confab_client_get_account (self->client));
  const char *text = state == CONFAB_PERSON_SUSPENDED ? _("Suspended: cannot sign in")
                     : state == CONFAB_PERSON_DELETED ? _("This account has been deleted")
                     : own                            ? _("This is you")
                                                      : NULL;

  gtk_label_set_text (self->state_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), text != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->role_row), state != CONFAB_PERSON_DELETED);
  /* The user's own sessions and password are on the Account page. */
  gtk_widget_set_visible (self->access_group, !own && state != CONFAB_PERSON_DELETED);
  gtk_widget_set_visible (self->reset_row, state == CONFAB_PERSON_ACTIVE);
  gtk_widget_set_visible (GTK_WIDGET (self->suspend_row), state == CONFAB_PERSON_ACTIVE);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_row), state == CONFAB_PERSON_SUSPENDED);
}

static void
show_sessions (ConfabPersonPage *self)
{
  guint n = confab_person_get_sessions (self->person);
  g_autofree char *text =
      /* Translators: of a person, seen by an administrator */
      n > 0 ? g_strdup_printf (ngettext ("Signed in on %u device", "Signed in on %u devices", n), n)
            /* Translators: on no device, now */
            : g_strdup (_("Not signed in"));

  adw_action_row_set_subtitle (self->sessions_row, text);
  gtk_widget_set_sensitive (self->end_sessions_button, n > 0);
}

static void
show (ConfabPersonPage *self)
{
  const char *name = confab_person_get_username (self->person);
  g_autofree char *created = confab_admin_time (confab_person_get_created_at (self->person));
  gint64 seen_at = confab_person_get_last_seen_at (self->person);
  /* Translators: when the person was last seen */
  g_autofree char *seen =
      seen_at > 0 ? confab_admin_time (seen_at) : g_strdup (C_("last seen", "Never"));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  adw_avatar_set_text (self->avatar, name);
  confab_avatar_show_picture (self->avatar, self->client, confab_person_get_picture (self->person));
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->email_label, confab_person_get_email (self->person));
  adw_action_row_set_subtitle (self->created_row, created);
  adw_action_row_set_subtitle (self->seen_row, seen);
  show_role (self);
  show_state (self);
  show_sessions (self);
  watch_undo (self);
}

/* ---- updates ---- */

static const char *
failure_text (const GError *error)
{
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CONFLICT))
    return _("Someone else has changed this in the meantime. This is the current state.");

  return confab_error_text (error);
}

void
confab_person_page_fail (ConfabPersonPage *self, const GError *error)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (self->page, ADW_TYPE_PREFERENCES_DIALOG);

  forget_refusal (self);
  if (dialog == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->refusal = adw_toast_new (failure_text (error));
  adw_toast_set_timeout (self->refusal, 0); /* shown until the user closes it */
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), g_object_ref (self->refusal));
  if (error->domain == CONFAB_PROBLEM)
    confab_person_page_refresh (self);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_person_finish (CONFAB_CLIENT (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_toast_error (self->page, error);
}

void
confab_person_page_refresh (ConfabPersonPage *self)
{
  confab_client_refresh_person_async (self->client, self->person, self->cancellable, refreshed_cb,
                                      g_object_ref (self));
}

static void
connection_cb (ConfabPersonPage *self)
{
  if (confab_client_is_online (self->client))
    confab_person_page_refresh (self);
}

/* ---- the object ---- */

static void
confab_person_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_PERSON_PAGE (page)->role_row));
}

/* Also cancels dialogs, which would stay open over a closed page. */
static void
confab_person_page_hidden (AdwNavigationPage *page)
{
  ConfabPersonPage *self = CONFAB_PERSON_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  forget_refusal (self);
}

static void
confab_person_page_dispose (GObject *object)
{
  ConfabPersonPage *self = CONFAB_PERSON_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->refusal);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PERSON_PAGE);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (confab_person_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, gate);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, page);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, email_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, role_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, undo_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, access_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, sessions_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, end_sessions_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, reset_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, suspend_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, restore_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, created_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonPage, seen_row);
}

static void
confab_person_page_class_init (ConfabPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_person_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = confab_person_page_hidden;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = confab_person_page_shown;

  g_type_ensure (CONFAB_TYPE_ONLINE_GATE);
  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-person-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, role_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, confab_person_page_end_sessions);
  gtk_widget_class_bind_template_callback (widget_class, confab_person_page_issue_code);
  gtk_widget_class_bind_template_callback (widget_class, confab_person_page_restore);
  gtk_widget_class_bind_template_callback (widget_class, confab_person_page_suspend);
}

static void
confab_person_page_init (ConfabPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->name_label));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->email_label));
  self->cancellable = g_cancellable_new ();
}

ConfabPersonPage *
confab_person_page_new (ConfabClient *client, ConfabPerson *person)
{
  ConfabPersonPage *self = g_object_new (CONFAB_TYPE_PERSON_PAGE, NULL);

  self->client = g_object_ref (client);
  self->person = g_object_ref (person);
  confab_online_gate_set_client (self->gate, client);
  g_signal_connect_object (person, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);
  confab_clock_connect (G_CALLBACK (show), self);
  show (self);
  confab_person_page_refresh (self);

  return self;
}
