/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-password-meter.h"

#include <glib/gi18n.h>

#include "confab-password-strength.h"
#include "confab-text.h"

struct _ConfabPasswordMeter
{
  GtkBox parent_instance;
  GtkLevelBar *bar;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (ConfabPasswordMeter, confab_password_meter, GTK_TYPE_BOX)

static const char *const level_texts[] = {
  [CONFAB_PASSWORD_VERY_WEAK] = N_("Very weak"), [CONFAB_PASSWORD_WEAK] = N_("Weak"),
  [CONFAB_PASSWORD_FAIR] = N_("Fair"),           [CONFAB_PASSWORD_GOOD] = N_("Good"),
  [CONFAB_PASSWORD_STRONG] = N_("Strong"),
};

static void
confab_password_meter_class_init (ConfabPasswordMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-password-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordMeter, bar);
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordMeter, label);
}

static void
confab_password_meter_init (ConfabPasswordMeter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* What would be refused looks it; see style.css. */
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_add_offset_value (self->bar, "refused", CONFAB_PASSWORD_WEAK + 1);
}

static void
show_level (ConfabPasswordMeter *self, double value, const char *text)
{
  gtk_level_bar_set_value (self->bar, value);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

void
confab_password_meter_show (ConfabPasswordMeter *self,
                            const char *password,
                            const char *const *own_words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *normal = NULL;
  ConfabPasswordStrength strength = CONFAB_PASSWORD_VERY_WEAK;

  g_return_if_fail (CONFAB_IS_PASSWORD_METER (self));

  normal = confab_text_password (password, &error);
  strength = confab_password_strength (
      confab_password_guesses (normal != NULL ? normal : password, own_words));
  if (*password == '\0')
    show_level (self, 0, "");
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_TOO_SHORT))
    show_level (self, MIN (strength, CONFAB_PASSWORD_WEAK) + 1, _("Too short"));
  else
    show_level (self, strength + 1, _ (level_texts[strength]));
}
