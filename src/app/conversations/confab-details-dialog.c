/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-details-dialog.h"

#include <glib/gi18n.h>

#include "confab-add-people-page.h"
#include "confab-alert.h"
#include "confab-closed-text.h"
#include "confab-conversation-avatar.h"
#include "confab-dialog-focus.h"
#include "confab-entry-row-name.h"
#include "confab-error-text.h"
#include "confab-member-tile.h"
#include "confab-mute-row.h"
#include "confab-name-label.h"
#include "confab-new-group-page.h"
#include "confab-person-card.h"
#include "confab-text.h"
#include "confab-time-text.h"
#include "confab-toast.h"

/* Rows are expensive, and a server may send any number of members. */
#define MEMBERS_AT_ONCE 50

struct _ConfabDetailsDialog
{
  AdwDialog parent_instance;
  AdwNavigationView *navigation;
  GtkWidget *page;
  GtkWidget *group_head;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *created_label;
  GtkWidget *group_name;
  AdwEntryRow *name_row;
  GtkLabel *name_error;
  GtkWidget *mute_group;
  ConfabMuteRow *mute_row;
  AdwPreferencesGroup *members_group;
  GtkWidget *add_button;
  GtkListBox *members_list;
  GtkWidget *person_group;
  ConfabPersonCard *card;
  GtkWidget *begin_group;
  AdwButtonRow *begin_row;
  GtkLabel *begun_label;
  GtkWidget *remove_group;
  GtkLabel *closed_label;
  GtkWidget *leave_group;
  AdwButtonRow *leave_row;
  ConfabClient *client;
  ConfabConversation *conversation;
  GtkWidget *more_button;
  GListModel *members;
  GtkSliceListModel *shown_members;
  ConfabUser *other; /* (nullable) the other user of a direct conversation, once known */
  gboolean removing; /* remove the conversation from this computer after leaving */
};

enum
{
  OPEN_CONVERSATION,
  REMOVE_CONVERSATION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabDetailsDialog, confab_details_dialog, ADW_TYPE_DIALOG)

/* ---- layout ---- */

/* Adapt the height to the content, which grows when members and groups are loaded. */
static void
fit (ConfabDetailsDialog *self)
{
  int natural = 0;

  gtk_widget_measure (GTK_WIDGET (self->navigation), GTK_ORIENTATION_VERTICAL,
                      adw_dialog_get_content_width (ADW_DIALOG (self)), NULL, &natural, NULL, NULL);
  adw_dialog_set_content_height (ADW_DIALOG (self), natural);
}

static void
update (ConfabDetailsDialog *self)
{
  const char *name = confab_conversation_get_display_name (self->conversation);
  gboolean group = confab_conversation_get_is_group (self->conversation);
  g_autofree char *closed = confab_closed_text (self->conversation);
  g_autofree char *day =
      confab_time_text_date (confab_conversation_get_created_at (self->conversation));
  /* Translators: a date: "March 3, 2024". */
  g_autofree char *created = g_strdup_printf (_("Created: %s"), day);
  guint n = confab_conversation_get_member_count (self->conversation);
  /* Translators: a title above the list of a conversation’s people */
  g_autofree char *members = g_strdup_printf (ngettext ("%u Person", "%u People", n), n);

  confab_conversation_avatar_show (self->avatar, self->client, self->conversation);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (group ? self->created_label : self->begun_label, created);
  adw_preferences_group_set_title (self->members_group, members);
  gtk_widget_set_visible (self->group_head, group);
  gtk_widget_set_visible (self->group_name, group && closed == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->members_group), group);
  gtk_widget_set_visible (self->add_button, closed == NULL);
  gtk_widget_set_visible (self->mute_group, closed == NULL);
  gtk_widget_set_visible (self->person_group, !group);
  gtk_widget_set_visible (self->leave_group, group && closed == NULL);
  gtk_widget_set_visible (self->remove_group, closed != NULL);
  gtk_label_set_text (self->closed_label, closed != NULL ? closed : "");
  fit (self);
}

static GtkWidget *
create_member (gpointer item, gpointer user_data)
{
  ConfabDetailsDialog *self = user_data;

  return confab_member_tile_new (self->client, self->conversation, item);
}

/* ---- the name ---- */

static void
show_name_error (ConfabDetailsDialog *self, const char *text)
{
  gtk_label_set_text (self->name_error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->name_error), text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
}

static void
show_title (ConfabDetailsDialog *self)
{
  const char *title = confab_conversation_get_title (self->conversation);

  adw_entry_row_set_show_apply_button (self->name_row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), title != NULL ? title : "");
  adw_entry_row_set_show_apply_button (self->name_row, TRUE);
}

/* A change that the user confirmed goes on when the dialog is closed. Its failure is told in the
 * window then. */
typedef struct
{
  ConfabDetailsDialog *dialog;
  GtkWidget *window; /* (nullable) */
} Change;

static Change *
change_new (ConfabDetailsDialog *self)
{
  Change *change = g_new0 (Change, 1);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  change->dialog = g_object_ref (self);
  change->window = root != NULL ? g_object_ref (GTK_WIDGET (root)) : NULL;
  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->dialog);
  g_clear_object (&change->window);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static gboolean
is_closed (ConfabDetailsDialog *self)
{
  return gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  g_autoptr (GError) error = NULL;
  ConfabDetailsDialog *self = change->dialog;

  if (confab_client_change_finish (CONFAB_CLIENT (source), result, &error))
    {
      if (!is_closed (self))
        confab_toast (self->page, _("Name changed"));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the account was closed */
  if (is_closed (self))
    {
      if (change->window != NULL)
        confab_toast_error (change->window, error);
      return;
    }
  show_name_error (self, confab_error_text (error));
}

static void
name_applied_cb (ConfabDetailsDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title =
      confab_text_title (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), &error);

  if (title == NULL)
    {
      show_name_error (self, confab_error_text (error));
      return;
    }
  confab_client_rename_async (self->client, self->conversation, title, NULL, renamed_cb,
                              change_new (self));
}

static void
name_changed_cb (ConfabDetailsDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title =
      confab_text_title (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), &error);

  show_name_error (self, title == NULL ? confab_error_text (error) : NULL);
}

/* ---- the other user ---- */

static void
go_to (ConfabDetailsDialog *self, ConfabConversation *conversation)
{
  g_autoptr (ConfabDetailsDialog) alive = g_object_ref (self);
  g_autoptr (ConfabConversation) kept = g_object_ref (conversation);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[OPEN_CONVERSATION], 0, kept);
}

static void
show_begin (ConfabDetailsDialog *self)
{
  g_autofree char *title =
      /* Translators: a menu item; a person’s name */
      g_strdup_printf (_("New Group With %s…"), confab_user_get_display_name (self->other));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->begin_row), title);
  gtk_widget_set_visible (self->begin_group, !confab_user_get_deleted (self->other));
  fit (self);
}

static void
update_more (ConfabDetailsDialog *self)
{
  gtk_widget_set_visible (self->more_button,
                          g_list_model_get_n_items (self->members)
                              > gtk_slice_list_model_get_size (self->shown_members));
}

static void
show_more_cb (ConfabDetailsDialog *self)
{
  guint size = gtk_slice_list_model_get_size (self->shown_members);

  gtk_slice_list_model_set_size (self->shown_members, size + MEMBERS_AT_ONCE);
  update_more (self);
}

/* The other user's id is known at once; their name only after the members are loaded. */
static void
members_changed_cb (ConfabDetailsDialog *self)
{
  gint64 id = confab_conversation_get_other_user_id (self->conversation);

  update_more (self);
  for (guint i = 0; id != 0 && self->other == NULL && i < g_list_model_get_n_items (self->members);
       i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (self->members, i);

      if (confab_user_get_id (user) != id)
        continue;
      self->other = g_object_ref (user);
      confab_person_card_show (self->card, self->client, user, FALSE);
      g_signal_connect_object (user, "notify", G_CALLBACK (show_begin), self, G_CONNECT_SWAPPED);
      show_begin (self);
    }
  fit (self);
}

static void
begin_cb (ConfabDetailsDialog *self)
{
  ConfabNewGroupPage *page = confab_new_group_page_new (self->client, self->other);

  g_signal_connect_object (page, "created", G_CALLBACK (go_to), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* ---- members ---- */

static AdwNavigationPage *
new_card_page (ConfabDetailsDialog *self, ConfabUser *user)
{
  GtkWidget *card = g_object_new (CONFAB_TYPE_PERSON_CARD, NULL);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *view = adw_toolbar_view_new ();

  confab_person_card_show (CONFAB_PERSON_CARD (card), self->client, user, TRUE);
  g_signal_connect_object (card, "open-conversation", G_CALLBACK (go_to), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), card);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), overlay);

  return adw_navigation_page_new (view, confab_user_get_display_name (user));
}

static void
member_activated_cb (ConfabDetailsDialog *self, ConfabPersonTile *row)
{
  adw_navigation_view_push (self->navigation,
                            new_card_page (self, confab_person_tile_get_user (row)));
}

static void
added_cb (ConfabDetailsDialog *self)
{
  adw_navigation_view_pop (self->navigation);
  confab_toast (self->page, _("Added to the conversation"));
}

static void
add_people_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabDetailsDialog *self = CONFAB_DETAILS_DIALOG (widget);
  ConfabAddPeoplePage *page =
      confab_add_people_page_new (self->client, self->conversation, self->members);

  g_signal_connect_object (page, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* ---- leaving and removing ---- */

static void
remove_cb (ConfabDetailsDialog *self)
{
  g_autoptr (ConfabDetailsDialog) alive = g_object_ref (self);
  g_autoptr (ConfabConversation) kept = g_object_ref (self->conversation);

  if (!is_closed (self))
    adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[REMOVE_CONVERSATION], 0, kept);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  g_autoptr (GError) error = NULL;
  ConfabDetailsDialog *self = change->dialog;

  if (confab_client_change_finish (CONFAB_CLIENT (source), result, &error))
    {
      if (self->removing)
        remove_cb (self);
      else if (!is_closed (self))
        adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the account was closed */
  if (is_closed (self))
    {
      if (change->window != NULL)
        confab_toast_error (change->window, error);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->leave_row), TRUE);
  confab_toast_error (self->page, error);
}

static void
leave_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabDetailsDialog) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (!g_str_equal (response, "leave"))
    return;

  self->removing = gtk_check_button_get_active (
      GTK_CHECK_BUTTON (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (source))));
  gtk_widget_set_sensitive (GTK_WIDGET (self->leave_row), FALSE);
  confab_client_leave_async (self->client, self->conversation, NULL, left_cb, change_new (self));
}

/* Unlike a check button's own label, this one wraps with large text. */
static GtkWidget *
create_remove_check (void)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label =
      gtk_label_new_with_mnemonic (_("_Remove this conversation’s messages from this computer"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), check);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);

  return check;
}

static void
leave_cb (ConfabDetailsDialog *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (confab_alert_new (
      _("Leave Conversation?"),
      _("You will not receive new messages. Anyone in the conversation can add you again.")));

  adw_alert_dialog_set_extra_child (dialog, create_remove_check ());

  /* Translators: a button: leaves the conversation */
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "leave",
                                  C_("conversation", "_Leave"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, leave_confirmed_cb,
                           g_object_ref (self));
}

/* ---- the object ---- */

static void
confab_details_dialog_dispose (GObject *object)
{
  ConfabDetailsDialog *self = CONFAB_DETAILS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_DETAILS_DIALOG);
  g_clear_object (&self->other);
  g_clear_object (&self->shown_members);
  g_clear_object (&self->members);
  g_clear_object (&self->conversation);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_details_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, page);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, group_head);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, created_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, group_name);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, name_error);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, mute_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, mute_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, members_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, members_list);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, more_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, person_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, card);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, begin_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, begin_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, begun_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, remove_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, closed_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, leave_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabDetailsDialog, leave_row);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit);
  gtk_widget_class_bind_template_callback (widget_class, go_to);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, member_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
}

static void
confab_details_dialog_class_init (ConfabDetailsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_details_dialog_dispose;

  signals[OPEN_CONVERSATION] =
      g_signal_new ("open-conversation", CONFAB_TYPE_DETAILS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CONVERSATION);
  /* Emitted when the user wants to remove the conversation from this computer. */
  signals[REMOVE_CONVERSATION] =
      g_signal_new ("remove-conversation", CONFAB_TYPE_DETAILS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CONVERSATION);

  g_type_ensure (CONFAB_TYPE_MUTE_ROW);
  g_type_ensure (CONFAB_TYPE_PERSON_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-details-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "details.add-people", NULL, add_people_action);
}

static void
confab_details_dialog_init (ConfabDetailsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->name_label));
  confab_entry_row_name_once (self->name_row);
  confab_dialog_focus_init (ADW_DIALOG (self), self->add_button);
}

ConfabDetailsDialog *
confab_details_dialog_new (ConfabClient *client, ConfabConversation *conversation)
{
  ConfabDetailsDialog *self = g_object_new (CONFAB_TYPE_DETAILS_DIALOG, NULL);

  self->client = g_object_ref (client);
  self->conversation = g_object_ref (conversation);
  confab_mute_row_show (self->mute_row, client, conversation);
  self->members = confab_client_open_members (client, conversation);
  self->shown_members = gtk_slice_list_model_new (g_object_ref (self->members), 0, MEMBERS_AT_ONCE);
  if (confab_conversation_get_is_group (conversation))
    gtk_list_box_bind_model (self->members_list, G_LIST_MODEL (self->shown_members), create_member,
                             self, NULL);
  g_signal_connect_object (self->members, "items-changed", G_CALLBACK (members_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::title", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  update (self);
  show_title (self);

  return self;
}
