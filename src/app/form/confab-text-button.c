/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-text-button.h"

struct _ConfabTextButton
{
  GtkButton parent_instance;
  GtkStack *stack;
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_BUSY,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ConfabTextButton, confab_text_button, GTK_TYPE_BUTTON)

static void
confab_text_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConfabTextButton *self = CONFAB_TEXT_BUTTON (object);

  switch (id)
    {
    case PROP_BUSY:
      confab_text_button_set_busy (self, g_value_get_boolean (value));
      break;
    case PROP_TEXT:
      confab_text_button_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_text_button_class_init (ConfabTextButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = confab_text_button_set_property;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-text-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabTextButton, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabTextButton, label);
}

static void
confab_text_button_init (ConfabTextButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
confab_text_button_set_text (ConfabTextButton *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_TEXT_BUTTON (self));

  gtk_label_set_label (self->label, text);
  /* The label is hidden while busy, so set the accessible name explicitly. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->label), -1);
}

void
confab_text_button_set_busy (ConfabTextButton *self, gboolean busy)
{
  g_return_if_fail (CONFAB_IS_TEXT_BUTTON (self));

  gtk_stack_set_visible_child_name (self->stack, busy ? "spinner" : "text");
}
