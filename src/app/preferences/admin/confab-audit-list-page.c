/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-audit-list-page.h"

#include <glib/gi18n.h>

#include "confab-admin-words.h"
#include "confab-client-admin.h"
#include "confab-error-text.h"
#include "confab-name-label.h"
#include "confab-online-gate.h"
#include "confab-paged-view.h"
#include "confab-text-button.h"
#include "confab-text.h"
#include "confab-toast.h"

struct _ConfabAuditListPage
{
  AdwNavigationPage parent_instance;
  ConfabOnlineGate *gate;
  GtkSearchEntry *entry;
  GtkWidget *export_button;
  GtkActionBar *progress_bar;
  GtkLabel *progress_label;
  ConfabPagedView *view;
  ConfabClient *client;
  ConfabPagedList *audit;
  GCancellable *exporting; /* set while exporting */
};

G_DEFINE_FINAL_TYPE (ConfabAuditListPage, confab_audit_list_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- the list ---- */

static void
fill_tile (ConfabAdminTile *tile, gpointer item, gpointer user_data)
{
  ConfabAuditListPage *self = user_data;
  g_autofree char *title = confab_audit_title (item);
  g_autofree char *values = confab_audit_values (item, confab_client_get_roles (self->client));
  g_autofree char *origin = confab_audit_origin (item);

  confab_admin_tile_set (tile, NULL, title, NULL, values, origin);
}

/* Returns: (transfer full) */
static char *
get_query (ConfabAuditListPage *self)
{
  return confab_text_strip (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
search_cb (ConfabAuditListPage *self)
{
  g_autofree char *query = NULL;

  if (self->audit == NULL) /* not started, or disposing, which empties the entry */
    return;
  query = get_query (self);
  confab_audit_list_search (self->audit, query);
}

static void
stop_search_cb (ConfabAuditListPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

/* ---- exporting ---- */

static void
update_export_button (ConfabAuditListPage *self)
{
  gboolean online = confab_client_is_online (self->client);

  gtk_widget_set_sensitive (self->export_button, online && self->exporting == NULL);
}

static void
set_exporting (ConfabAuditListPage *self, GCancellable *cancellable)
{
  g_set_object (&self->exporting, cancellable);
  update_export_button (self);
  gtk_action_bar_set_revealed (self->progress_bar, cancellable != NULL);
}

static void
progress_cb (guint n_entries, gpointer user_data)
{
  ConfabAuditListPage *self = user_data;
  g_autofree char *text = g_strdup_printf (
      /* Translators: while the audit is being exported */
      ngettext ("%'u entry exported", "%'u entries exported", n_entries), n_entries);

  gtk_label_set_text (self->progress_label, text);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAuditListPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (confab_client_export_audit_finish (CONFAB_CLIENT (source), result, &error))
    confab_toast (GTK_WIDGET (self), _("Audit exported"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_toast (GTK_WIDGET (self), _("Export cancelled"));
  else if (error->domain == G_IO_ERROR) /* a file error: its message names the problem */
    confab_toast (GTK_WIDGET (self), error->message);
  else
    confab_toast_error (GTK_WIDGET (self), error);
  set_exporting (self, NULL);
}

static ConfabAuditFormat
format_of (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_str_has_suffix (name, ".jsonl") ? CONFAB_AUDIT_JSON_LINES : CONFAB_AUDIT_CSV;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAuditListPage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GCancellable) cancellable = NULL;
  g_autofree char *query = NULL;

  if (file == NULL || self->client == NULL) /* nothing chosen, or the page was disposed */
    return;

  cancellable = g_cancellable_new ();
  query = get_query (self);
  progress_cb (0, self);
  set_exporting (self, cancellable);
  confab_client_export_audit_async (self->client, query, file, format_of (file), progress_cb,
                                    cancellable, exported_cb, g_object_ref (self));
}

static void
add_filter (GListStore *filters, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  g_list_store_append (filters, filter);
}

static void
export_cb (ConfabAuditListPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  add_filter (filters, _("Table (CSV)"), "csv");
  /* Translators: the name of a file format */
  add_filter (filters, _("JSON Lines"), "jsonl");
  gtk_file_dialog_set_title (dialog, _("Export Audit"));
  /* Translators: the suggested name of a file; keep “.csv” */
  gtk_file_dialog_set_initial_name (dialog, _("Audit.csv"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        chosen_cb, g_object_ref (self));
}

static void
cancel_cb (ConfabAuditListPage *self)
{
  g_cancellable_cancel (self->exporting);
}

/* ---- the object ---- */

static void
confab_audit_list_page_dispose (GObject *object)
{
  ConfabAuditListPage *self = CONFAB_AUDIT_LIST_PAGE (object);

  g_clear_object (&self->exporting);
  g_clear_object (&self->audit);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_AUDIT_LIST_PAGE);

  G_OBJECT_CLASS (confab_audit_list_page_parent_class)->dispose (object);
}

/* Cancel a running export, which could not be reported or stopped any more. */
static void
confab_audit_list_page_hidden (AdwNavigationPage *page)
{
  g_cancellable_cancel (CONFAB_AUDIT_LIST_PAGE (page)->exporting);
}

/* Focus the search, which is what the page is for. */
static void
confab_audit_list_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_AUDIT_LIST_PAGE (page)->entry));
}

static void
confab_audit_list_page_class_init (ConfabAuditListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_audit_list_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = confab_audit_list_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = confab_audit_list_page_hidden;

  g_type_ensure (CONFAB_TYPE_ONLINE_GATE);
  g_type_ensure (CONFAB_TYPE_PAGED_VIEW);
  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-audit-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAuditListPage, gate);
  gtk_widget_class_bind_template_child (widget_class, ConfabAuditListPage, entry);
  gtk_widget_class_bind_template_child (widget_class, ConfabAuditListPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabAuditListPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ConfabAuditListPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAuditListPage, view);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
confab_audit_list_page_init (ConfabAuditListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

ConfabAuditListPage *
confab_audit_list_page_new (ConfabClient *client)
{
  ConfabAuditListPage *self = g_object_new (CONFAB_TYPE_AUDIT_LIST_PAGE, NULL);

  self->client = g_object_ref (client);
  self->audit = confab_client_open_audit (client);
  confab_online_gate_set_client (self->gate, client);
  confab_paged_view_start (self->view, self->audit, fill_tile, self);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (update_export_button),
                           self, G_CONNECT_SWAPPED);
  update_export_button (self);

  return self;
}
