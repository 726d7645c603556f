/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-add-people-page.h"

#include "confab-name-label.h"
#include "confab-text-button.h"
#include "confab-people-picker.h"
#include "confab-toast.h"

struct _ConfabAddPeoplePage
{
  AdwNavigationPage parent_instance;
  ConfabPeoplePicker *picker;
  ConfabTextButton *add_button;
  ConfabClient *client;
  ConfabConversation *conversation;
  gboolean busy;
};

enum
{
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabAddPeoplePage, confab_add_people_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update (ConfabAddPeoplePage *self)
{
  guint n = g_list_model_get_n_items (confab_people_picker_get_chosen (self->picker));

  confab_text_button_set_busy (self->add_button, self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), !self->busy && n > 0);
  confab_people_picker_set_busy (self->picker, self->busy);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAddPeoplePage) self = user_data;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (confab_client_change_finish (CONFAB_CLIENT (source), result, &error))
    {
      g_signal_emit (self, signals[ADDED], 0);
      return;
    }
  /* The user may have left the page before the server answered. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  update (self);
  confab_toast_error (GTK_WIDGET (self->picker), error);
}

static void
add_cb (ConfabAddPeoplePage *self)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->add_button)))
    return;

  self->busy = TRUE;
  confab_client_add_members_async (self->client, self->conversation,
                                   confab_people_picker_get_chosen (self->picker), NULL, added_cb,
                                   g_object_ref (self));
  update (self);
}

static void
confab_add_people_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_ADD_PEOPLE_PAGE (page)->picker));
}

static void
confab_add_people_page_dispose (GObject *object)
{
  ConfabAddPeoplePage *self = CONFAB_ADD_PEOPLE_PAGE (object);

  g_clear_object (&self->conversation);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_ADD_PEOPLE_PAGE);

  G_OBJECT_CLASS (confab_add_people_page_parent_class)->dispose (object);
}

static void
confab_add_people_page_class_init (ConfabAddPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_add_people_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = confab_add_people_page_shown;

  signals[ADDED] = g_signal_new ("added", CONFAB_TYPE_ADD_PEOPLE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_PEOPLE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-add-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAddPeoplePage, picker);
  gtk_widget_class_bind_template_child (widget_class, ConfabAddPeoplePage, add_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
confab_add_people_page_init (ConfabAddPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  g_signal_connect_object (confab_people_picker_get_chosen (self->picker), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

ConfabAddPeoplePage *
confab_add_people_page_new (ConfabClient *client,
                            ConfabConversation *conversation,
                            GListModel *members)
{
  ConfabAddPeoplePage *self = g_object_new (CONFAB_TYPE_ADD_PEOPLE_PAGE, NULL);

  self->client = g_object_ref (client);
  self->conversation = g_object_ref (conversation);
  confab_people_picker_start (self->picker, client, members);
  return self;
}
