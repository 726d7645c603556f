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
  char *password;
  char *username;
  char *email;
};

enum
{
  PROP_0,
  PROP_EMAIL,
  PROP_PASSWORD,
  PROP_USERNAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ConfabPasswordMeter, confab_password_meter, GTK_TYPE_BOX)

static const char *const level_texts[] = {
  [CONFAB_PASSWORD_VERY_WEAK] = NC_("password", "Very weak"),
  [CONFAB_PASSWORD_WEAK] = NC_("password", "Weak"),
  [CONFAB_PASSWORD_FAIR] = NC_("password", "Fair"),
  [CONFAB_PASSWORD_GOOD] = NC_("password", "Good"),
  [CONFAB_PASSWORD_STRONG] = NC_("password", "Strong"),
};

static void
show_level (ConfabPasswordMeter *self, double value, const char *text)
{
  gtk_level_bar_set_value (self->bar, value);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

static void
update (ConfabPasswordMeter *self)
{
  const char *password = self->password != NULL ? self->password : "";
  const char *own_words[3] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *normal = confab_text_password (password, &error);
  ConfabPasswordStrength strength = CONFAB_PASSWORD_VERY_WEAK;
  guint n = 0;

  if (self->username != NULL)
    own_words[n++] = self->username;
  if (self->email != NULL)
    own_words[n++] = self->email;
  strength = confab_password_strength (
      confab_password_guesses (normal != NULL ? normal : password, own_words));
  if (*password == '\0')
    show_level (self, 0, "");
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_TOO_SHORT))
    show_level (self, MIN (strength, CONFAB_PASSWORD_WEAK) + 1, C_("password", "Too short"));
  else
    show_level (self, strength + 1,
                g_dpgettext2 (GETTEXT_PACKAGE, "password", level_texts[strength]));
}

static void
confab_password_meter_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  ConfabPasswordMeter *self = CONFAB_PASSWORD_METER (object);
  char **texts[N_PROPS] = {
    [PROP_EMAIL] = &self->email,
    [PROP_PASSWORD] = &self->password,
    [PROP_USERNAME] = &self->username,
  };

  if (g_set_str (texts[id], g_value_get_string (value)))
    update (self);
}

static void
confab_password_meter_finalize (GObject *object)
{
  ConfabPasswordMeter *self = CONFAB_PASSWORD_METER (object);

  g_free (self->password);
  g_free (self->username);
  g_free (self->email);

  G_OBJECT_CLASS (confab_password_meter_parent_class)->finalize (object);
}

static void
confab_password_meter_class_init (ConfabPasswordMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = confab_password_meter_set_property;
  object_class->finalize = confab_password_meter_finalize;

  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[PROP_PASSWORD] = g_param_spec_string ("password", NULL, NULL, NULL, flags);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-password-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordMeter, bar);
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordMeter, label);
}

static void
confab_password_meter_init (ConfabPasswordMeter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Mark refused passwords; see style.css. */
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_add_offset_value (self->bar, "refused", CONFAB_PASSWORD_WEAK + 1);
}
