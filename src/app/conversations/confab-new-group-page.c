/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-new-group-page.h"

#include "confab-name-label.h"
#include "confab-text-button.h"
#include "confab-form-field.h"
#include "confab-people-picker.h"
#include "confab-text.h"
#include "confab-toast.h"

struct _ConfabNewGroupPage
{
  AdwNavigationPage parent_instance;
  ConfabFormField *title_field;
  ConfabPeoplePicker *picker;
  ConfabTextButton *create_button;
  ConfabClient *client;
  GCancellable *cancellable; /* set while the group is being created */
};

enum
{
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabNewGroupPage, confab_new_group_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update (ConfabNewGroupPage *self)
{
  guint n = g_list_model_get_n_items (confab_people_picker_get_chosen (self->picker));
  gboolean busy = self->cancellable != NULL;

  confab_text_button_set_busy (self->create_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->create_button),
                            !busy && n > 0 && confab_form_field_is_valid (self->title_field));
  confab_people_picker_set_busy (self->picker, busy);
  confab_form_field_set_editable (self->title_field, !busy);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNewGroupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversation) conversation =
      confab_client_create_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  update (self);
  if (conversation != NULL)
    g_signal_emit (self, signals[CREATED], 0, conversation);
  else
    confab_toast_error (GTK_WIDGET (self->picker), error);
}

static void
create_cb (ConfabNewGroupPage *self)
{
  g_autofree char *title = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->create_button)))
    return;

  title = confab_form_field_submit (self->title_field);
  self->cancellable = g_cancellable_new ();
  confab_client_create_group_async (self->client, title,
                                    confab_people_picker_get_chosen (self->picker),
                                    self->cancellable, created_cb, g_object_ref (self));
  update (self);
}

static void
named_cb (ConfabNewGroupPage *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->create_button)))
    create_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

void
confab_new_group_page_stop (ConfabNewGroupPage *self)
{
  g_return_if_fail (CONFAB_IS_NEW_GROUP_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* ---- the object ---- */

static void
confab_new_group_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONFAB_NEW_GROUP_PAGE (page)->title_field));
}

/* Going back cancels. */
static void
confab_new_group_page_hidden (AdwNavigationPage *page)
{
  confab_new_group_page_stop (CONFAB_NEW_GROUP_PAGE (page));
}

static void
confab_new_group_page_dispose (GObject *object)
{
  ConfabNewGroupPage *self = CONFAB_NEW_GROUP_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_NEW_GROUP_PAGE);

  G_OBJECT_CLASS (confab_new_group_page_parent_class)->dispose (object);
}

static void
confab_new_group_page_class_init (ConfabNewGroupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_new_group_page_dispose;
  page_class->shown = confab_new_group_page_shown;
  page_class->hidden = confab_new_group_page_hidden;

  signals[CREATED] = g_signal_new ("created", CONFAB_TYPE_NEW_GROUP_PAGE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CONVERSATION);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  g_type_ensure (CONFAB_TYPE_PEOPLE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-new-group-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabNewGroupPage, title_field);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewGroupPage, picker);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewGroupPage, create_button);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, named_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
confab_new_group_page_init (ConfabNewGroupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));

  confab_form_field_set_check (self->title_field, confab_text_title);
  g_signal_connect_object (confab_people_picker_get_chosen (self->picker), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

ConfabNewGroupPage *
confab_new_group_page_new (ConfabClient *client, ConfabUser *user)
{
  ConfabNewGroupPage *self = g_object_new (CONFAB_TYPE_NEW_GROUP_PAGE, NULL);

  self->client = g_object_ref (client);
  confab_people_picker_start (self->picker, client, NULL);
  if (user != NULL)
    confab_people_picker_choose (self->picker, user);
  return self;
}
