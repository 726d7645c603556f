/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "confab-about-page.h"
#include "confab-account-view.h"
#include "confab-add-people-page.h"
#include "confab-admin-tile.h"
#include "confab-alert.h"
#include "confab-audit-list-page.h"
#include "confab-change-password-page.h"
#include "confab-code-dialog.h"
#include "confab-conversation-tile.h"
#include "confab-delete-account-page.h"
#include "confab-details-dialog.h"
#include "confab-email-code-page.h"
#include "confab-email-page.h"
#include "confab-form-field.h"
#include "confab-invitations-page.h"
#include "confab-new-conversation-dialog.h"
#include "confab-new-group-page.h"
#include "confab-online-gate.h"
#include "confab-paged-view.h"
#include "confab-password-dialog.h"
#include "confab-password-meter.h"
#include "confab-people-list-page.h"
#include "confab-people-picker.h"
#include "confab-person-card.h"
#include "confab-person-page.h"
#include "confab-preferences-dialog.h"
#include "confab-register-page.h"
#include "confab-reset-code-page.h"
#include "confab-reset-dialog.h"
#include "confab-reset-password-page.h"
#include "confab-reset-request-page.h"
#include "confab-reset-status-page.h"
#include "confab-roles-page.h"
#include "confab-server-page.h"
#include "confab-session-view.h"
#include "confab-sessions-page.h"
#include "confab-shortcuts-dialog.h"
#include "confab-sidebar.h"
#include "confab-sign-in-page.h"
#include "confab-sign-out-dialog.h"
#include "confab-status-banner.h"
#include "confab-strays-dialog.h"
#include "confab-test-widgets.h"
#include "confab-text-button.h"
#include "confab-username-page.h"
#include "confab-verify-dialog.h"
#include "confab-window.h"

typedef GType (*TypeFunc) (void);

/* Every template of Confab. Instantiating it looks up all its bindings, names and callbacks; that
 * it can be freed shows that it holds no reference to itself. It fits into the smallest window,
 * even with text twice as large. */
static const struct
{
  const char *name;
  TypeFunc get_type;
} widgets[] = {
  { "admin-tile", confab_admin_tile_get_type },
  { "conversation-tile", confab_conversation_tile_get_type },
  { "form-field", confab_form_field_get_type },
  { "online-gate", confab_online_gate_get_type },
  { "paged-view", confab_paged_view_get_type },
  { "password-meter", confab_password_meter_get_type },
  { "people-picker", confab_people_picker_get_type },
  { "person-card", confab_person_card_get_type },
  { "session-view", confab_session_view_get_type },
  { "status-banner", confab_status_banner_get_type },
  { "text-button", confab_text_button_get_type },
  { "account-view", confab_account_view_get_type },
}, pages[] = {
  { "about-page", confab_about_page_get_type },
  { "add-people-page", confab_add_people_page_get_type },
  { "audit-page", confab_audit_list_page_get_type },
  { "change-password-page", confab_change_password_page_get_type },
  { "delete-account-page", confab_delete_account_page_get_type },
  { "email-code-page", confab_email_code_page_get_type },
  { "email-page", confab_email_page_get_type },
  { "invitations-page", confab_invitations_page_get_type },
  { "new-group-page", confab_new_group_page_get_type },
  { "people-list-page", confab_people_list_page_get_type },
  { "person-page", confab_person_page_get_type },
  { "register-page", confab_register_page_get_type },
  { "reset-code-page", confab_reset_code_page_get_type },
  { "reset-password-page", confab_reset_password_page_get_type },
  { "reset-request-page", confab_reset_request_page_get_type },
  { "reset-status-page", confab_reset_status_page_get_type },
  { "roles-page", confab_roles_page_get_type },
  { "server-page", confab_server_page_get_type },
  { "sessions-page", confab_sessions_page_get_type },
  { "sidebar", confab_sidebar_get_type },
  { "sign-in-page", confab_sign_in_page_get_type },
  { "username-page", confab_username_page_get_type },
}, dialogs[] = {
  { "code-dialog", confab_code_dialog_get_type },
  { "details-dialog", confab_details_dialog_get_type },
  { "new-conversation-dialog", confab_new_conversation_dialog_get_type },
  { "password-dialog", confab_password_dialog_get_type },
  { "preferences-dialog", confab_preferences_dialog_get_type },
  { "reset-dialog", confab_reset_dialog_get_type },
  { "shortcuts-dialog", confab_shortcuts_dialog_get_type },
  { "sign-out-dialog", confab_sign_out_dialog_get_type },
  { "strays-dialog", confab_strays_dialog_get_type },
  { "verify-dialog", confab_verify_dialog_get_type },
};

/* The size of the smallest window. */
#define WIDTH 360
#define HEIGHT 294

/* @scale: of the text; the window's height grows with it, to show as many lines. */
static GtkWindow *
new_window (int scale)
{
  GtkWindow *window = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", scale * 96 * 1024, NULL);
  window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (window, WIDTH, scale * HEIGHT);
  gtk_window_present (window);
  return window;
}

static int
minimum_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Return the innermost widget known to make @widget wider than the window. (transfer none) */
static GtkWidget *
find_too_wide (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && minimum_width (child) > WIDTH)
      return find_too_wide (child);

  return widget;
}

/* Show all labels and buttons, of which a page hides some. */
static void
show_all (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child) || GTK_IS_BUTTON (child))
        gtk_widget_set_visible (child, TRUE);
      show_all (child);
    }
}

static void
check_width (GtkWidget *content)
{
  GtkWidget *cause = NULL;
  const char *text = NULL;

  if (minimum_width (content) <= WIDTH)
    return;

  cause = find_too_wide (content);
  text = GTK_IS_LABEL (cause) ? gtk_label_get_text (GTK_LABEL (cause)) : "";
  g_test_fail_printf ("%s “%s” makes it %d pixels wide", G_OBJECT_TYPE_NAME (cause), text,
                      minimum_width (content));
}

/* Call @func for each label under @widget that shows a text. */
static void
for_each_text (GtkWidget *widget, void (*func) (GtkLabel *label))
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    func (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for_each_text (child, func);
}

/* An entry's own labels, its placeholder, give way to what is typed; and the app's name, above the
 * list of conversations, to the buttons beside it. */
static void
check_whole (GtkLabel *label)
{
  if (g_str_equal (gtk_label_get_text (label), "Confab"))
    return;
  if (gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_EDITABLE) == NULL
      && gtk_widget_get_mapped (GTK_WIDGET (label))
      && pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    g_test_fail_printf ("“%s” is cut off", gtk_label_get_text (label));
}

/* A short title stays in one line, and so does the placeholder of an entry. */
static void
check_line (GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  gboolean one_line = gtk_widget_get_ancestor (widget, GTK_TYPE_ENTRY) != NULL
                      || gtk_widget_get_ancestor (widget, GTK_TYPE_SEARCH_ENTRY) != NULL
                      || gtk_widget_get_ancestor (widget, ADW_TYPE_BUTTON_ROW) != NULL;

  if (one_line && gtk_widget_get_mapped (widget)
      && pango_layout_get_line_count (gtk_label_get_layout (label)) > 1)
    g_test_fail_printf ("“%s” takes two lines", gtk_label_get_text (label));
}

static void
check_labels (GtkWidget *widget, int scale)
{
  confab_test_wait_painted (widget);
  for_each_text (widget, check_whole);
  if (scale == 1)
    for_each_text (widget, check_line);
}

static void
finish (GtkWindow *window, gpointer finalized)
{
  confab_test_wait_painted (GTK_WIDGET (window));
  gtk_window_destroy (window);
  confab_test_settle ();
  g_assert_null (*(gpointer *)finalized);
}

static void
test_widget_at (GType type, int scale)
{
  GtkWindow *window = new_window (scale);
  gpointer widget = g_object_new (type, NULL);

  g_object_add_weak_pointer (widget, &widget);
  adw_window_set_content (ADW_WINDOW (window), widget);
  show_all (widget);
  check_width (widget);
  finish (window, &widget);
}

static void
test_page_at (GType type, int scale)
{
  GtkWindow *window = new_window (scale);
  GtkWidget *view = adw_navigation_view_new ();
  gpointer page = g_object_new (type, NULL);

  g_object_add_weak_pointer (page, &page);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  adw_window_set_content (ADW_WINDOW (window), view);
  show_all (page);
  check_width (page);
  check_labels (GTK_WIDGET (window), scale);
  finish (window, &page);
}

/* libadwaita itself warns if a dialog is larger than the window. */
static void
test_dialog_at (GType type, int scale)
{
  GtkWindow *window = new_window (scale);
  gpointer dialog = g_object_new (type, NULL);

  adw_window_set_content (ADW_WINDOW (window), gtk_label_new ("Behind"));
  g_object_add_weak_pointer (dialog, &dialog);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  check_labels (GTK_WIDGET (window), scale);
  adw_dialog_force_close (dialog);
  finish (window, &dialog);
}

static void
test_widget (gconstpointer data)
{
  test_widget_at (((TypeFunc)data) (), 1);
  test_widget_at (((TypeFunc)data) (), 2);
}

static void
test_page (gconstpointer data)
{
  test_page_at (((TypeFunc)data) (), 1);
  test_page_at (((TypeFunc)data) (), 2);
}

static void
test_dialog (gconstpointer data)
{
  test_dialog_at (((TypeFunc)data) (), 1);
  test_dialog_at (((TypeFunc)data) (), 2);
}

static void
test_window (void)
{
  gpointer window = g_object_new (CONFAB_TYPE_WINDOW, NULL);

  g_object_add_weak_pointer (window, &window);
  gtk_window_present (window);
  finish (window, &window);
}

static guint n_texts;

static void
check_no_hyphens (GtkLabel *label)
{
  PangoAttrList *attributes = gtk_label_get_attributes (label);
  g_autoptr (PangoAttrIterator) iterator = NULL;

  if (!gtk_label_get_wrap (label) || gtk_label_get_wrap_mode (label) == PANGO_WRAP_WORD)
    return;
  n_texts++;
  iterator = attributes != NULL ? pango_attr_list_get_iterator (attributes) : NULL;
  if (iterator == NULL || pango_attr_iterator_get (iterator, PANGO_ATTR_INSERT_HYPHENS) == NULL)
    g_test_fail_printf ("“%s” may be broken with a hyphen", gtk_label_get_text (label));
}

/* Alerts and the page about a link show names and addresses. */
static void
test_no_hyphens (void)
{
  GtkWindow *window = new_window (1);
  AdwDialog *alert = confab_alert_new ("Sign Out bartholomaeus?", "From chat.example.org");
  ConfabResetStatusPage *page = confab_reset_status_page_new ();

  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  confab_reset_status_page_show_problem (page, "No Longer Valid", "chat.example.org", "_Close");
  for_each_text (GTK_WIDGET (page), check_no_hyphens);
  g_assert_cmpuint (n_texts, >=, 2);
  n_texts = 0;
  adw_dialog_present (alert, GTK_WIDGET (window));
  for_each_text (GTK_WIDGET (alert), check_no_hyphens);
  g_assert_cmpuint (n_texts, >=, 2);
  adw_dialog_force_close (alert);
  gtk_window_destroy (window);
}

/* In a low window the buttons are side by side, each as wide as the others. */
static void
test_alert_buttons (void)
{
  GtkWindow *window = new_window (1);
  AdwDialog *alert = confab_alert_new ("Reset Your Password?",
                                       "This link resets your password on the server below."
                                       " Continue only if you requested it.");

  gtk_window_set_default_size (window, 360, 294);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", "_Cancel", "reset",
                                  "_Reset Password", NULL);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (alert), gtk_label_new ("chat.example.org"));
  gtk_window_present (window);
  adw_dialog_present (alert, GTK_WIDGET (window));
  confab_test_wait_painted (GTK_WIDGET (alert));
  for_each_text (GTK_WIDGET (alert), check_whole);
  adw_dialog_force_close (alert);
  gtk_window_destroy (window);
}

static void
test_icons (void)
{
  static const char *const names[] = { "confab-chat-symbolic", CONFAB_APP_ID };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_icon_theme_add_resource_path (theme, "/chat/confab/Confab/icons");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (gtk_icon_theme_has_icon (theme, names[i]));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_autofree char *path = g_strconcat ("/app/templates/", widgets[i].name, NULL);
      g_test_add_data_func (path, widgets[i].get_type, test_widget);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strconcat ("/app/templates/", pages[i].name, NULL);
      g_test_add_data_func (path, pages[i].get_type, test_page);
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *path = g_strconcat ("/app/templates/", dialogs[i].name, NULL);
      g_test_add_data_func (path, dialogs[i].get_type, test_dialog);
    }
  g_test_add_func ("/app/templates/window", test_window);
  g_test_add_func ("/app/templates/icons", test_icons);
  g_test_add_func ("/app/templates/alert-buttons", test_alert_buttons);
  g_test_add_func ("/app/templates/no-hyphens", test_no_hyphens);

  return g_test_run ();
}
