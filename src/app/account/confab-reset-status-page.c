/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-status-page.h"

#include "confab-name-label.h"
#include "confab-text-button.h"

struct _ConfabResetStatusPage
{
  AdwNavigationPage parent_instance;
  GtkStack *stack;
  GtkLabel *busy_label;
  AdwStatusPage *problem;
  ConfabTextButton *action_button;
};

enum
{
  ACTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabResetStatusPage, confab_reset_status_page, ADW_TYPE_NAVIGATION_PAGE)

static void
action_cb (ConfabResetStatusPage *self)
{
  g_signal_emit (self, signals[ACTION], 0);
}

static void
confab_reset_status_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_RESET_STATUS_PAGE);

  G_OBJECT_CLASS (confab_reset_status_page_parent_class)->dispose (object);
}

static void
confab_reset_status_page_class_init (ConfabResetStatusPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_reset_status_page_dispose;

  signals[ACTION] = g_signal_new ("action", CONFAB_TYPE_RESET_STATUS_PAGE, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-reset-status-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabResetStatusPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetStatusPage, busy_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetStatusPage, problem);
  gtk_widget_class_bind_template_child (widget_class, ConfabResetStatusPage, action_button);
  gtk_widget_class_bind_template_callback (widget_class, action_cb);
}

static void
confab_reset_status_page_init (ConfabResetStatusPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self));
}

ConfabResetStatusPage *
confab_reset_status_page_new (void)
{
  return g_object_new (CONFAB_TYPE_RESET_STATUS_PAGE, NULL);
}

void
confab_reset_status_page_show_busy (ConfabResetStatusPage *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_RESET_STATUS_PAGE (self));

  gtk_label_set_text (self->busy_label, text);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

void
confab_reset_status_page_show_problem (ConfabResetStatusPage *self,
                                       const char *title,
                                       const char *text,
                                       const char *action)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (CONFAB_IS_RESET_STATUS_PAGE (self));

  /* A status page parses its description as markup, and the text may contain a server's name. */
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->problem, title);
  adw_status_page_set_description (self->problem, markup);
  confab_text_button_set_text (self->action_button, action);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_grab_focus (GTK_WIDGET (self->action_button));
}
