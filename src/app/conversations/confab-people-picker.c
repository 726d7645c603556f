/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-people-picker.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "confab-error-text.h"
#include "confab-person-tile.h"
#include "confab-status-page-name.h"
#include "confab-text.h"

/* Wait until the user pauses typing, so that not every letter starts a search. */
#define SEARCH_DELAY_MS 200

struct _ConfabPeoplePicker
{
  GtkBox parent_instance;
  GtkEditable *entry;
  AdwWrapBox *chips;
  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *error_page;
  AdwStatusPage *hint_page;
  AdwStatusPage *nobody_page;
  ConfabClient *client;
  gboolean multiple;
  GListModel *excluded; /* (nullable) */
  GListStore *chosen;
  GListModel *found;         /* (nullable) the list's model */
  GCancellable *cancellable; /* the newest search's */
  guint search_source;
};

enum
{
  PROP_0,
  PROP_MULTIPLE,
  N_PROPS
};

enum
{
  SUBMIT,
  PERSON_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabPeoplePicker, confab_people_picker, GTK_TYPE_BOX)

/* Compare by id: a newer search may return another object for the same person. */
static guint
position_of (GListModel *people, gint64 id)
{
  guint n = people != NULL ? g_list_model_get_n_items (people) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (people, i);

      if (confab_user_get_id (user) == id)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static gboolean
contains (GListModel *people, ConfabUser *user)
{
  return position_of (people, confab_user_get_id (user)) != GTK_INVALID_LIST_POSITION;
}

/* ---- selection ---- */

static void
set_chosen (ConfabPeoplePicker *self, ConfabUser *user, gboolean chosen)
{
  guint position = position_of (G_LIST_MODEL (self->chosen), confab_user_get_id (user));
  gboolean was_chosen = position != GTK_INVALID_LIST_POSITION;

  if (chosen && !was_chosen)
    g_list_store_append (self->chosen, user);
  else if (!chosen && was_chosen)
    g_list_store_remove (self->chosen, position);
}

static void
chip_clicked_cb (GtkWidget *chip, ConfabUser *user)
{
  ConfabPeoplePicker *self =
      CONFAB_PEOPLE_PICKER (gtk_widget_get_ancestor (chip, CONFAB_TYPE_PEOPLE_PICKER));

  set_chosen (self, user, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static GtkWidget *
create_chip (ConfabUser *user)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();
  /* Translators: a person’s name, in the list of those chosen; a screen reader’s name of a button
   */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), confab_user_get_display_name (user));

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), confab_user_get_display_name (user));
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "window-close-symbolic");
  adw_button_content_set_can_shrink (ADW_BUTTON_CONTENT (content), TRUE);
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "person-chip");
  gtk_widget_set_tooltip_text (chip, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_clicked_cb), user, 0);

  return chip;
}

static void
update_checks (ConfabPeoplePicker *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");
      g_autoptr (ConfabUser) user = g_list_model_get_item (self->found, i);

      if (check != NULL)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                     contains (G_LIST_MODEL (self->chosen), user));
    }
}

static void
chosen_changed_cb (ConfabPeoplePicker *self, guint position, guint removed, guint added)
{
  GListModel *chosen = G_LIST_MODEL (self->chosen);
  guint n = g_list_model_get_n_items (chosen);
  GtkWidget *chip = NULL;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    adw_wrap_box_remove (self->chips, chip);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (chosen, i);

      adw_wrap_box_append (self->chips, create_chip (user));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips), n > 0);
  update_checks (self);
}

/* ---- results ---- */

static void
check_toggled_cb (GtkCheckButton *check, ConfabUser *user)
{
  GtkWidget *picker = gtk_widget_get_ancestor (GTK_WIDGET (check), CONFAB_TYPE_PEOPLE_PICKER);

  if (picker != NULL)
    set_chosen (CONFAB_PEOPLE_PICKER (picker), user, gtk_check_button_get_active (check));
}

static void
activate_person (ConfabPeoplePicker *self, guint position)
{
  g_autoptr (ConfabUser) user = g_list_model_get_item (self->found, position);

  if (self->multiple)
    set_chosen (self, user, !contains (G_LIST_MODEL (self->chosen), user));
  else
    g_signal_emit (self, signals[PERSON_ACTIVATED], 0, user);
}

static void
row_activated_cb (ConfabPeoplePicker *self, GtkListBoxRow *row)
{
  activate_person (self, gtk_list_box_row_get_index (row));
}

static void
add_check (ConfabPeoplePicker *self, AdwActionRow *row, ConfabUser *user)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  confab_user_get_display_name (user), -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               contains (G_LIST_MODEL (self->chosen), user));
  g_signal_connect_object (check, "toggled", G_CALLBACK (check_toggled_cb), user, 0);
  adw_action_row_add_prefix (row, check);
  g_object_set_data (G_OBJECT (row), "check", check);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  ConfabPeoplePicker *self = user_data;
  ConfabUser *user = item;
  GtkWidget *row = confab_person_tile_new (self->client, user);

  if (self->multiple)
    add_check (self, ADW_ACTION_ROW (row), user);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

/* Return @people without the excluded ones. (transfer full) */
static GListModel *
offered (ConfabPeoplePicker *self, GListModel *people)
{
  GListStore *store = g_list_store_new (CONFAB_TYPE_USER);
  guint n = g_list_model_get_n_items (people);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (people, i);

      if (!contains (self->excluded, user))
        g_list_store_append (store, user);
    }

  return G_LIST_MODEL (store);
}

static void
show_found (ConfabPeoplePicker *self, GListModel *people)
{
  gboolean any = FALSE;

  g_clear_object (&self->found);
  self->found = offered (self, people);
  any = g_list_model_get_n_items (self->found) > 0;
  gtk_list_box_bind_model (self->list, self->found, create_row, self, NULL);
  if (any)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (*gtk_editable_get_text (self->entry) == '\0')
    gtk_stack_set_visible_child_name (self->stack, "hint");
  else
    gtk_stack_set_visible_child_name (self->stack, "nobody");
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPeoplePicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people =
      confab_client_find_people_finish (CONFAB_CLIENT (source), result, &error);

  /* A newer search has started, or the picker was disposed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (people != NULL)
    {
      show_found (self, people);
      return;
    }
  adw_status_page_set_description (self->error_page, confab_error_text (error));
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static gboolean
search_cb (gpointer user_data)
{
  ConfabPeoplePicker *self = user_data;
  g_autofree char *query = confab_text_strip (gtk_editable_get_text (self->entry));

  self->search_source = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->found == NULL || g_list_model_get_n_items (self->found) == 0)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  confab_client_find_people_async (self->client, query, self->cancellable, found_cb,
                                   g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
changed_cb (ConfabPeoplePicker *self)
{
  if (self->client == NULL) /* not started, or disposing, which empties the entry */
    return;

  g_clear_handle_id (&self->search_source, g_source_remove);
  self->search_source = g_timeout_add (SEARCH_DELAY_MS, search_cb, self);
}

static void
retry_cb (ConfabPeoplePicker *self)
{
  g_clear_handle_id (&self->search_source, g_source_remove);
  search_cb (self);
}

/* ---- keyboard ---- */

/* Enter chooses the first result. With nothing typed, or if that one is chosen already, it
 * submits. */
static void
activate_cb (ConfabPeoplePicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);
  gboolean typed = *gtk_editable_get_text (self->entry) != '\0';
  gboolean waiting = self->search_source != 0 || self->cancellable != NULL;

  if (!typed && g_list_model_get_n_items (G_LIST_MODEL (self->chosen)) > 0)
    g_signal_emit (self, signals[SUBMIT], 0);
  else if (typed && !waiting && row != NULL)
    {
      activate_person (self, 0);
      gtk_editable_set_text (self->entry, "");
    }
}

static gboolean
key_pressed_cb (ConfabPeoplePicker *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (keyval != GDK_KEY_Down || row == NULL)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

/* A search entry consumes Escape; close the dialog instead, as Escape does everywhere in it. */
static void
stop_search_cb (ConfabPeoplePicker *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view == NULL || !adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view)))
    gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

/* ---- the object ---- */

static gboolean
confab_people_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONFAB_PEOPLE_PICKER (widget)->entry));
}

static void
confab_people_picker_dispose (GObject *object)
{
  ConfabPeoplePicker *self = CONFAB_PEOPLE_PICKER (object);

  g_clear_handle_id (&self->search_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PEOPLE_PICKER);
  g_clear_object (&self->chosen);
  g_clear_object (&self->found);
  g_clear_object (&self->excluded);

  G_OBJECT_CLASS (confab_people_picker_parent_class)->dispose (object);
}

static void
confab_people_picker_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConfabPeoplePicker *self = CONFAB_PEOPLE_PICKER (object);

  if (id == PROP_MULTIPLE)
    g_value_set_boolean (value, self->multiple);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
confab_people_picker_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  ConfabPeoplePicker *self = CONFAB_PEOPLE_PICKER (object);

  if (id == PROP_MULTIPLE)
    self->multiple = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
confab_people_picker_class_init (ConfabPeoplePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_people_picker_dispose;
  G_OBJECT_CLASS (klass)->get_property = confab_people_picker_get_property;
  G_OBJECT_CLASS (klass)->set_property = confab_people_picker_set_property;
  widget_class->grab_focus = confab_people_picker_grab_focus;

  properties[PROP_MULTIPLE] =
      g_param_spec_boolean ("multiple", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  signals[SUBMIT] = g_signal_new ("submit", CONFAB_TYPE_PEOPLE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  signals[PERSON_ACTIVATED] =
      g_signal_new ("person-activated", CONFAB_TYPE_PEOPLE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, CONFAB_TYPE_USER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-people-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, entry);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, chips);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, list);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, error_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, hint_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabPeoplePicker, nobody_page);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
confab_people_picker_init (ConfabPeoplePicker *self)
{
  self->chosen = g_list_store_new (CONFAB_TYPE_USER);
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_status_page_name (self->hint_page);
  confab_status_page_name (self->nobody_page);
  g_signal_connect_object (self->chosen, "items-changed", G_CALLBACK (chosen_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Offline, only people who share a conversation with the user can be found. */
static void
connection_cb (ConfabPeoplePicker *self)
{
  gboolean online = confab_client_is_online (self->client);

  adw_status_page_set_description (
      self->nobody_page,
      online ? _("No usernames on this server start like this")
             : _("You are offline. Only people you share a conversation with are found."));
}

void
confab_people_picker_start (ConfabPeoplePicker *self, ConfabClient *client, GListModel *excluded)
{
  g_return_if_fail (CONFAB_IS_PEOPLE_PICKER (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_set_object (&self->excluded, excluded);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);
  connection_cb (self);
  search_cb (self);
}

void
confab_people_picker_search (ConfabPeoplePicker *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_PEOPLE_PICKER (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (self->entry, text);
}

GListModel *
confab_people_picker_get_chosen (ConfabPeoplePicker *self)
{
  g_return_val_if_fail (CONFAB_IS_PEOPLE_PICKER (self), NULL);

  return G_LIST_MODEL (self->chosen);
}

void
confab_people_picker_choose (ConfabPeoplePicker *self, ConfabUser *user)
{
  g_return_if_fail (CONFAB_IS_PEOPLE_PICKER (self));
  g_return_if_fail (self->multiple);

  set_chosen (self, user, TRUE);
}

void
confab_people_picker_set_busy (ConfabPeoplePicker *self, gboolean busy)
{
  g_return_if_fail (CONFAB_IS_PEOPLE_PICKER (self));

  /* Do not make the entry insensitive, or it would lose the focus. */
  gtk_editable_set_editable (self->entry, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->chips), !busy);
}
