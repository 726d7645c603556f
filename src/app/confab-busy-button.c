/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-busy-button.h"

struct _ConfabBusyButton
{
  GtkButton parent_instance;
  GtkStack *stack;
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ConfabBusyButton, confab_busy_button, GTK_TYPE_BUTTON)

static void
set_text (ConfabBusyButton *self, const char *text)
{
  gtk_label_set_label (self->label, text);
  /* The label is out of sight while busy; the button's name stays. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->label), -1);
}

static void
confab_busy_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    set_text (CONFAB_BUSY_BUTTON (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
confab_busy_button_class_init (ConfabBusyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = confab_busy_button_set_property;

  properties[PROP_TEXT] = g_param_spec_string (
      "text", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-busy-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabBusyButton, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabBusyButton, label);
}

static void
confab_busy_button_init (ConfabBusyButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * confab_busy_button_set_busy:
 * @busy: whether to spin
 *
 * Sensitivity stays the caller's affair.
 */
void
confab_busy_button_set_busy (ConfabBusyButton *self, gboolean busy)
{
  g_return_if_fail (CONFAB_IS_BUSY_BUTTON (self));

  gtk_stack_set_visible_child_name (self->stack, busy ? "spinner" : "text");
}
