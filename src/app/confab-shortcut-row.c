/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-shortcut-row.h"

struct _ConfabShortcutRow
{
  AdwActionRow parent_instance;
  GtkBox *keys; /* a line for each accelerator */
};

enum
{
  PROP_0,
  PROP_ACCELERATORS,
  PROP_SHORTCUT_ACTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ConfabShortcutRow, confab_shortcut_row, ADW_TYPE_ACTION_ROW)

/* Return what the key shows. (transfer full) */
static char *
key_label (guint key)
{
  switch (key)
    {
    case GDK_KEY_Up:
      return g_strdup ("↑");
    case GDK_KEY_Down:
      return g_strdup ("↓");
    case GDK_KEY_Return:
      return g_strdup ("⏎");
    default:
      return gtk_accelerator_get_label (key, 0);
    }
}

static void
add_key (GtkWidget *line, const char *text)
{
  GtkWidget *key = gtk_label_new (text);

  gtk_widget_add_css_class (key, "shortcut-key");
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  adw_wrap_box_append (ADW_WRAP_BOX (line), key);
}

/* Return the name of the accelerator in the user's language, such as “Ctrl+N”. (transfer full) */
static char *
add_line (ConfabShortcutRow *self, const char *accelerator)
{
  GtkWidget *line = adw_wrap_box_new ();
  g_autofree char *modifiers = NULL;
  g_autofree char *last = NULL;
  g_auto (GStrv) names = NULL;
  GdkModifierType mask;
  guint key;

  if (!gtk_accelerator_parse (accelerator, &key, &mask))
    g_return_val_if_reached (g_strdup (""));

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (line), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (line), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (line), 1);
  modifiers = gtk_accelerator_get_label (0, mask);
  names = g_strsplit (modifiers, "+", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      add_key (line, names[i]);
  last = key_label (key);
  add_key (line, last);
  gtk_box_append (self->keys, line);

  return gtk_accelerator_get_label (key, mask);
}

static void
show_keys (ConfabShortcutRow *self, const char *const *accelerators)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *description = NULL;
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self->keys))) != NULL)
    gtk_box_remove (self->keys, line);
  for (guint i = 0; accelerators[i] != NULL; i++)
    g_strv_builder_take (builder, add_line (self, accelerators[i]));
  names = g_strv_builder_end (builder);
  description = g_strjoinv (", ", names);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

/**
 * confab_shortcut_row_set_accelerators:
 * @accelerators: (nullable): accelerators as gtk_accelerator_parse() reads them, separated by
 * spaces
 */
void
confab_shortcut_row_set_accelerators (ConfabShortcutRow *self, const char *accelerators)
{
  g_auto (GStrv) each = g_strsplit (accelerators != NULL ? accelerators : "", " ", -1);

  g_return_if_fail (CONFAB_IS_SHORTCUT_ROW (self));

  show_keys (self, (const char *const *)each);
}

static void
set_action (ConfabShortcutRow *self, const char *action)
{
  GApplication *application = g_application_get_default ();
  g_auto (GStrv) accels = NULL;

  if (action == NULL || !GTK_IS_APPLICATION (application))
    return;

  accels = gtk_application_get_accels_for_action (GTK_APPLICATION (application), action);
  show_keys (self, (const char *const *)accels);
}

static void
confab_shortcut_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACCELERATORS:
      confab_shortcut_row_set_accelerators (CONFAB_SHORTCUT_ROW (object),
                                            g_value_get_string (value));
      break;
    case PROP_SHORTCUT_ACTION:
      set_action (CONFAB_SHORTCUT_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_shortcut_row_class_init (ConfabShortcutRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = confab_shortcut_row_set_property;

  properties[PROP_ACCELERATORS] = g_param_spec_string ("accelerators", NULL, NULL, NULL, flags);
  properties[PROP_SHORTCUT_ACTION] =
      g_param_spec_string ("shortcut-action", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_shortcut_row_init (ConfabShortcutRow *self)
{
  self->keys = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_valign (GTK_WIDGET (self->keys), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (GTK_WIDGET (self->keys), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->keys), 6);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->keys));
}
