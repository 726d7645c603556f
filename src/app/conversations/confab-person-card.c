/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-person-card.h"

#include "confab-avatar.h"
#include "confab-conversation-avatar.h"
#include "confab-name-label.h"
#include "confab-role-text.h"
#include "confab-toast.h"

struct _ConfabPersonCard
{
  GtkBox parent_instance;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *role_label;
  GtkWidget *message_button;
  GtkWidget *about_list;
  AdwActionRow *about_row;
  GtkWidget *groups_box;
  GtkListBox *groups_list;
  ConfabClient *client;
  ConfabUser *user;
  ConfabRole *role;          /* (nullable) */
  GListModel *groups;        /* (nullable) */
  GCancellable *cancellable; /* (nullable) set while a conversation is being created */
  gboolean message;
};

enum
{
  CHANGED,
  OPEN_CONVERSATION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabPersonCard, confab_person_card, GTK_TYPE_BOX)

/* ---- content ---- */

static gboolean
is_own (ConfabPersonCard *self)
{
  return confab_user_get_id (self->user)
         == confab_account_get_user_id (confab_client_get_account (self->client));
}

static void update (ConfabPersonCard *self);

/* Also called when the role's label changes. */
static void
update_role (ConfabPersonCard *self)
{
  ConfabRole *role = confab_client_get_role (self->client, confab_user_get_role_id (self->user));
  gboolean visible = role != NULL && !confab_user_get_deleted (self->user);
  g_autofree char *title = visible ? confab_role_title (role) : NULL;

  if (self->role != role && self->role != NULL)
    g_signal_handlers_disconnect_by_func (self->role, update, self);
  if (g_set_object (&self->role, role) && role != NULL)
    g_signal_connect_object (role, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_label_set_text (self->role_label, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->role_label), visible);
}

static void
update (ConfabPersonCard *self)
{
  const char *about = confab_user_get_about (self->user);
  gboolean deleted = confab_user_get_deleted (self->user);

  gtk_label_set_text (self->name_label, confab_user_get_display_name (self->user));
  update_role (self);
  adw_action_row_set_subtitle (self->about_row, about != NULL ? about : "");
  gtk_widget_set_visible (self->about_list, about != NULL && *about != '\0');
  gtk_widget_set_visible (self->message_button, self->message && !deleted && !is_own (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- shared groups ---- */

static void
groups_changed_cb (ConfabPersonCard *self)
{
  gtk_widget_set_visible (self->groups_box, g_list_model_get_n_items (self->groups) > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
group_renamed_cb (ConfabConversation *group, GParamSpec *pspec, AdwActionRow *row)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 confab_conversation_get_display_name (group));
}

static GtkWidget *
create_group (gpointer item, gpointer user_data)
{
  ConfabPersonCard *self = user_data;
  ConfabConversation *group = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", 32, "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  confab_conversation_avatar_show (ADW_AVATAR (avatar), self->client, group);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (group, "notify::display-name", G_CALLBACK (group_renamed_cb), row, 0);
  group_renamed_cb (group, NULL, ADW_ACTION_ROW (row));

  return row;
}

static void
group_activated_cb (ConfabPersonCard *self, GtkListBoxRow *row)
{
  g_autoptr (ConfabConversation) group =
      g_list_model_get_item (self->groups, (guint)gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[OPEN_CONVERSATION], 0, group);
}

/* ---- messaging ---- */

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversation) conversation =
      confab_client_create_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (self->message_button, TRUE);
  if (conversation != NULL)
    g_signal_emit (self, signals[OPEN_CONVERSATION], 0, conversation);
  else
    confab_toast_error (GTK_WIDGET (self), error);
}

static void
message_cb (ConfabPersonCard *self)
{
  ConfabConversation *known = confab_client_get_direct (self->client, self->user);

  if (known != NULL)
    {
      g_signal_emit (self, signals[OPEN_CONVERSATION], 0, known);
      return;
    }

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->message_button, FALSE);
  confab_client_create_direct_async (self->client, self->user, self->cancellable, created_cb,
                                     g_object_ref (self));
}

/* ---- the object ---- */

static gboolean
confab_person_card_grab_focus (GtkWidget *widget)
{
  ConfabPersonCard *self = CONFAB_PERSON_CARD (widget);

  return gtk_widget_grab_focus (self->message_button)
         || gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

/* Cancel requests when the card is hidden. */
static void
confab_person_card_unmap (GtkWidget *widget)
{
  ConfabPersonCard *self = CONFAB_PERSON_CARD (widget);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (self->message_button, TRUE);

  GTK_WIDGET_CLASS (confab_person_card_parent_class)->unmap (widget);
}

static void
confab_person_card_dispose (GObject *object)
{
  ConfabPersonCard *self = CONFAB_PERSON_CARD (object);

  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PERSON_CARD);
  g_clear_object (&self->groups);
  g_clear_object (&self->role);
  g_clear_object (&self->user);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_person_card_parent_class)->dispose (object);
}

static void
confab_person_card_class_init (ConfabPersonCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_person_card_dispose;
  widget_class->grab_focus = confab_person_card_grab_focus;
  widget_class->unmap = confab_person_card_unmap;

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_PERSON_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_CONVERSATION] =
      g_signal_new ("open-conversation", CONFAB_TYPE_PERSON_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CONVERSATION);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-person-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, role_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, message_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, about_list);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, about_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, groups_box);
  gtk_widget_class_bind_template_child (widget_class, ConfabPersonCard, groups_list);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, group_activated_cb);
}

static void
confab_person_card_init (ConfabPersonCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->name_label));
}

void
confab_person_card_show (ConfabPersonCard *self,
                         ConfabClient *client,
                         ConfabUser *user,
                         gboolean message)
{
  g_return_if_fail (CONFAB_IS_PERSON_CARD (self));
  g_return_if_fail (self->user == NULL);

  self->client = g_object_ref (client);
  self->user = g_object_ref (user);
  self->message = message;
  confab_avatar_show_user (self->avatar, client, user);
  g_signal_connect_object (user, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  if (is_own (self))
    return;

  self->groups = confab_client_open_shared_groups (client, user);
  gtk_list_box_bind_model (self->groups_list, self->groups, create_group, self, NULL);
  g_signal_connect_object (self->groups, "items-changed", G_CALLBACK (groups_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
