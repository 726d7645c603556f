/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-form-page.h"

#include <glib/gi18n.h>

#include "confab-text-button.h"
#include "confab-error-text.h"
#include "confab-toast.h"

typedef struct
{
  GtkLabel *intro_label;
  GtkBox *box;
  GtkLabel *error_label;
  AdwBin *submit_bin;
  ConfabTextButton *submit_button;
  GPtrArray *fields;         /* (element-type ConfabFormField), borrowed from the box */
  GPtrArray *required;       /* those of them that may hold anything but nothing */
  GCancellable *cancellable; /* (nullable) while the call is under way */
} ConfabFormPagePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (ConfabFormPage, confab_form_page, ADW_TYPE_NAVIGATION_PAGE)

#define PRIVATE(self) ((ConfabFormPagePrivate *)confab_form_page_get_instance_private (self))

static void
show_error (ConfabFormPage *self, const char *text)
{
  ConfabFormPagePrivate *private = PRIVATE (self);

  gtk_label_set_text (private->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (private->error_label), text != NULL);
}

static gboolean
is_lacking (ConfabFormPage *self, ConfabFormField *field)
{
  return *confab_form_field_get_text (field) == '\0'
         && g_ptr_array_find (PRIVATE (self)->required, field, NULL);
}

static void
update (ConfabFormPage *self)
{
  ConfabFormPagePrivate *private = PRIVATE (self);
  ConfabFormPageClass *klass = CONFAB_FORM_PAGE_GET_CLASS (self);
  gboolean busy = private->cancellable != NULL;
  gboolean complete = FALSE;

  if (private->submit_button == NULL) /* it is going */
    return;

  complete = klass->check == NULL || klass->check (self);
  for (guint i = 0; i < private->fields->len; i++)
    {
      ConfabFormField *field = g_ptr_array_index (private->fields, i);

      complete = complete && !is_lacking (self, field) && confab_form_field_is_valid (field);
      confab_form_field_set_editable (field, !busy);
    }
  confab_text_button_set_busy (private->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (private->submit_button), !busy && complete);
}

static void
changed_cb (ConfabFormPage *self)
{
  ConfabFormPageClass *klass = CONFAB_FORM_PAGE_GET_CLASS (self);

  show_error (self, NULL);
  if (klass->changed != NULL)
    klass->changed (self);
  update (self);
}

/* Beside a password nobody asks whether it was the name that was wrong. */
static const char *
text_beside (const GError *error)
{
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS))
    return _("This password is wrong.");

  return confab_error_text (error);
}

/* ---- sending ---- */

static void
submit_cb (ConfabFormPage *self)
{
  ConfabFormPagePrivate *private = PRIVATE (self);

  if (private->cancellable != NULL)
    return;
  for (guint i = 0; i < private->fields->len; i++)
    {
      ConfabFormField *field = g_ptr_array_index (private->fields, i);
      g_autofree char *text = confab_form_field_submit (field);

      if (text == NULL || is_lacking (self, field))
        {
          gtk_widget_grab_focus (GTK_WIDGET (field));
          return;
        }
    }
  if (gtk_widget_is_sensitive (GTK_WIDGET (private->submit_button)))
    CONFAB_FORM_PAGE_GET_CLASS (self)->submit (self);
}

static void
activate_cb (ConfabFormPage *self, ConfabFormField *field)
{
  ConfabFormPagePrivate *private = PRIVATE (self);
  guint index = 0;

  if (g_ptr_array_find (private->fields, field, &index) && index + 1 < private->fields->len)
    gtk_widget_grab_focus (g_ptr_array_index (private->fields, index + 1));
  else
    submit_cb (self);
}

GCancellable *
confab_form_page_begin (ConfabFormPage *self)
{
  ConfabFormPagePrivate *private = NULL;

  g_return_val_if_fail (CONFAB_IS_FORM_PAGE (self), NULL);

  private = PRIVATE (self);
  show_error (self, NULL);
  g_clear_object (&private->cancellable);
  private->cancellable = g_cancellable_new ();
  update (self);

  return g_object_ref (private->cancellable);
}

gboolean
confab_form_page_end (ConfabFormPage *self, const GError *error, ConfabFormField *about)
{
  g_return_val_if_fail (CONFAB_IS_FORM_PAGE (self), FALSE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  g_clear_object (&PRIVATE (self)->cancellable);
  update (self);
  if (error == NULL)
    return TRUE;
  if (about != NULL)
    {
      confab_form_field_set_error (about, text_beside (error));
      gtk_widget_grab_focus (GTK_WIDGET (about));
    }
  else
    show_error (self, confab_error_text (error));

  return FALSE;
}

void
confab_form_page_leave (ConfabFormPage *self, const char *toast)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *view = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);

  confab_toast (widget, toast);
  if (view != NULL)
    {
      g_autoptr (GListModel) stack =
          adw_navigation_view_get_navigation_stack (ADW_NAVIGATION_VIEW (view));
      g_autoptr (AdwNavigationPage) first = g_list_model_get_item (stack, 0);

      adw_navigation_view_pop_to_page (ADW_NAVIGATION_VIEW (view), first);
    }
}

/* ---- what is on it ---- */

void
confab_form_page_set_up (ConfabFormPage *self,
                         const char *title,
                         const char *submit_text,
                         const char *style_class)
{
  ConfabFormPagePrivate *private = NULL;

  g_return_if_fail (CONFAB_IS_FORM_PAGE (self));

  private = PRIVATE (self);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  private->submit_button =
      g_object_new (CONFAB_TYPE_TEXT_BUTTON, "text", submit_text, "halign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (private->submit_button), "pill");
  gtk_widget_add_css_class (GTK_WIDGET (private->submit_button), style_class);
  g_signal_connect_object (private->submit_button, "clicked", G_CALLBACK (submit_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (private->submit_bin, GTK_WIDGET (private->submit_button));
}

void
confab_form_page_add (ConfabFormPage *self, GtkWidget *widget)
{
  g_return_if_fail (CONFAB_IS_FORM_PAGE (self));

  gtk_box_append (PRIVATE (self)->box, widget);
}

ConfabFormField *
confab_form_page_add_field (ConfabFormPage *self,
                            const char *title,
                            const char *hint,
                            GtkInputPurpose purpose,
                            ConfabFormCheck check)
{
  ConfabFormField *field = NULL;

  g_return_val_if_fail (CONFAB_IS_FORM_PAGE (self), NULL);

  field = g_object_new (CONFAB_TYPE_FORM_FIELD, "title", title, "hint", hint, "password",
                        purpose == GTK_INPUT_PURPOSE_PASSWORD, NULL);
  if (purpose != GTK_INPUT_PURPOSE_PASSWORD)
    g_object_set (field, "purpose", purpose, NULL);
  confab_form_field_set_check (field, check);
  g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (PRIVATE (self)->fields, field);
  if (check == NULL)
    g_ptr_array_add (PRIVATE (self)->required, field);
  confab_form_page_add (self, GTK_WIDGET (field));
  update (self);

  return field;
}

void
confab_form_page_set_intro (ConfabFormPage *self, const char *intro)
{
  g_return_if_fail (CONFAB_IS_FORM_PAGE (self));

  gtk_label_set_text (PRIVATE (self)->intro_label, intro);
  gtk_widget_set_visible (GTK_WIDGET (PRIVATE (self)->intro_label), TRUE);
}

/* ---- the object ---- */

static void
confab_form_page_shown (AdwNavigationPage *page)
{
  ConfabFormPagePrivate *private = PRIVATE (CONFAB_FORM_PAGE (page));

  if (private->fields->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (private->fields, 0));
}

/* Going back means: not now. */
static void
confab_form_page_hidden (AdwNavigationPage *page)
{
  ConfabFormPagePrivate *private = PRIVATE (CONFAB_FORM_PAGE (page));

  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);
  update (CONFAB_FORM_PAGE (page));
}

static void
confab_form_page_dispose (GObject *object)
{
  ConfabFormPage *self = CONFAB_FORM_PAGE (object);
  ConfabFormPagePrivate *private = PRIVATE (self);

  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);
  private->submit_button = NULL;
  g_ptr_array_set_size (private->fields, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_FORM_PAGE);

  G_OBJECT_CLASS (confab_form_page_parent_class)->dispose (object);
}

static void
confab_form_page_finalize (GObject *object)
{
  ConfabFormPagePrivate *private = PRIVATE (CONFAB_FORM_PAGE (object));

  g_ptr_array_unref (private->fields);
  g_ptr_array_unref (private->required);

  G_OBJECT_CLASS (confab_form_page_parent_class)->finalize (object);
}

static void
confab_form_page_class_init (ConfabFormPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  object_class->dispose = confab_form_page_dispose;
  object_class->finalize = confab_form_page_finalize;
  page_class->shown = confab_form_page_shown;
  page_class->hidden = confab_form_page_hidden;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-form-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, ConfabFormPage, intro_label);
  gtk_widget_class_bind_template_child_private (widget_class, ConfabFormPage, box);
  gtk_widget_class_bind_template_child_private (widget_class, ConfabFormPage, error_label);
  gtk_widget_class_bind_template_child_private (widget_class, ConfabFormPage, submit_bin);
}

static void
confab_form_page_init (ConfabFormPage *self)
{
  PRIVATE (self)->fields = g_ptr_array_new ();
  PRIVATE (self)->required = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
