/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-people-list-page.h"

#include <glib/gi18n.h>

#include "confab-admin-words.h"
#include "confab-avatar.h"
#include "confab-client-admin.h"
#include "confab-name-label.h"
#include "confab-online-gate.h"
#include "confab-paged-view.h"
#include "confab-person-page.h"
#include "confab-role-text.h"
#include "confab-text.h"

struct _ConfabPeopleListPage
{
  AdwNavigationPage parent_instance;
  ConfabOnlineGate *gate;
  AdwWindowTitle *title;
  GtkSearchEntry *entry;
  GtkDropDown *role_drop_down;
  GtkDropDown *state_drop_down;
  ConfabPagedView *view;
  ConfabClient *client;
  ConfabPagedList *people;
};

G_DEFINE_FINAL_TYPE (ConfabPeopleListPage, confab_people_list_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- search ---- */

static gint64
chosen_role_id (ConfabPeopleListPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->role_drop_down);
  g_autoptr (ConfabRole) role = NULL;

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return 0;
  role = g_list_model_get_item (confab_client_get_roles (self->client), selected - 1);

  return role != NULL ? confab_role_get_id (role) : 0;
}

static void
search_cb (ConfabPeopleListPage *self)
{
  g_autofree char *query = NULL;
  guint state = gtk_drop_down_get_selected (self->state_drop_down);

  if (self->people == NULL) /* not started, or disposing, which empties the entry */
    return;

  query = confab_text_strip (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  confab_people_list_search (self->people, query, chosen_role_id (self),
                             state == GTK_INVALID_LIST_POSITION ? -1 : (int)state - 1);
}

/* A search entry consumes Escape; close the dialog instead, as Escape does everywhere in it. */
static void
stop_search_cb (ConfabPeopleListPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
fill_roles (ConfabPeopleListPage *self)
{
  GListModel *roles = confab_client_get_roles (self->client);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = gtk_drop_down_get_selected (self->role_drop_down);

  /* Translators: shows people of all roles */
  gtk_string_list_append (names, _("Any Role"));
  for (guint i = 0; i < g_list_model_get_n_items (roles); i++)
    {
      g_autoptr (ConfabRole) role = g_list_model_get_item (roles, i);

      gtk_string_list_take (names, confab_role_title (role));
    }
  gtk_drop_down_set_model (self->role_drop_down, G_LIST_MODEL (names));
  if (selected < g_list_model_get_n_items (G_LIST_MODEL (names)))
    gtk_drop_down_set_selected (self->role_drop_down, selected);
}

/* GTK names a drop-down, and the button in it, which gets the focus, by the selected value alone.
 */
static void
name_drop_down (GtkDropDown *drop_down, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name, -1);
}

/* ---- results ---- */

static void
fill_tile (ConfabAdminTile *tile, gpointer item, gpointer user_data)
{
  ConfabPeopleListPage *self = user_data;
  ConfabPerson *person = item;
  const char *name = confab_person_get_username (person);
  g_autofree char *badge = confab_admin_badge (self->client, person);
  g_autofree char *seen = confab_admin_last_seen (person);

  confab_admin_tile_set (tile, name, name, badge, confab_person_get_email (person), seen);
  confab_avatar_show_picture (confab_admin_tile_get_avatar (tile), self->client,
                              confab_person_get_picture (person));
}

static void
total_cb (ConfabPeopleListPage *self)
{
  gint64 total = confab_paged_list_get_total (self->people);
  g_autofree char *text = NULL;

  if (total < 0)
    return;
  /* Translators: below the page’s title: how many people the list has */
  text = g_strdup_printf (ngettext ("%'u person", "%'u people", (gulong)total), (guint)total);
  adw_window_title_set_subtitle (self->title, text);
}

static void
activate_cb (ConfabPeopleListPage *self, GObject *person)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  adw_preferences_dialog_push_subpage (
      ADW_PREFERENCES_DIALOG (dialog),
      ADW_NAVIGATION_PAGE (confab_person_page_new (self->client, CONFAB_PERSON (person))));
}

/* ---- the object ---- */

static void
confab_people_list_page_dispose (GObject *object)
{
  ConfabPeopleListPage *self = CONFAB_PEOPLE_LIST_PAGE (object);

  g_clear_object (&self->people);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PEOPLE_LIST_PAGE);

  G_OBJECT_CLASS (confab_people_list_page_parent_class)->dispose (object);
}

/* Focus the search, which is what the page is for. */
static void
confab_people_list_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_PEOPLE_LIST_PAGE (page)->entry));
}

static void
confab_people_list_page_class_init (ConfabPeopleListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_people_list_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = confab_people_list_page_shown;

  g_type_ensure (CONFAB_TYPE_ONLINE_GATE);
  g_type_ensure (CONFAB_TYPE_PAGED_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-people-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPeopleListPage, gate);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeopleListPage, title);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeopleListPage, entry);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeopleListPage, role_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeopleListPage, state_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeopleListPage, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
confab_people_list_page_init (ConfabPeopleListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  /* Translators: what a person may do on the server: administrator, moderator, member */
  name_drop_down (self->role_drop_down, _("Role"));
  /* Translators: whether an account is active, suspended or deleted; a screen reader’s name of the
   * list */
  name_drop_down (self->state_drop_down, _("State"));
}

ConfabPeopleListPage *
confab_people_list_page_new (ConfabClient *client)
{
  ConfabPeopleListPage *self = g_object_new (CONFAB_TYPE_PEOPLE_LIST_PAGE, NULL);

  self->client = g_object_ref (client);
  fill_roles (self);
  self->people = confab_client_open_people (client);
  confab_online_gate_set_client (self->gate, client);
  confab_paged_view_start (self->view, self->people, fill_tile, self);
  g_signal_connect_object (self->people, "notify::total", G_CALLBACK (total_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
