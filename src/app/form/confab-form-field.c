/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-form-field.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "confab-entry-row-name.h"
#include "confab-error-text.h"
#include "confab-name-label.h"

struct _ConfabFormField
{
  GtkBox parent_instance;
  GtkWidget *list;
  GtkLabel *note;
  AdwEntryRow *row;
  char *title;
  char *hint;
  char *error;
  ConfabFieldKind kind;
  gboolean touched;         /* left or submitted once: errors are shown while typing from now on */
  ConfabFieldCheck check;   /* (nullable) */
  ConfabFieldFormat format; /* (nullable) */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_HINT,
  PROP_KIND,
  PROP_TEXT,
  N_PROPS
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabFormField, confab_form_field, GTK_TYPE_BOX)

static void
show_title (ConfabFormField *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), self->title);
  confab_entry_row_name_once (self->row);
}

static void
show_note (ConfabFormField *self)
{
  const char *text = self->error != NULL ? self->error : self->hint;

  gtk_label_set_text (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  if (self->error != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->note), "dimmed");
      gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->row), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->note), "dimmed");
      gtk_widget_remove_css_class (GTK_WIDGET (self->row), "error");
    }
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
      self->error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
confab_form_field_set_error (ConfabFormField *self, const char *error)
{
  g_return_if_fail (CONFAB_IS_FORM_FIELD (self));

  if (!g_set_str (&self->error, error))
    return;

  show_note (self);
  if (error != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), error,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

const char *
confab_form_field_get_error (ConfabFormField *self)
{
  g_return_val_if_fail (CONFAB_IS_FORM_FIELD (self), NULL);

  return self->error;
}

static char *
checked_text (ConfabFormField *self, GError **error)
{
  const char *text = confab_form_field_get_text (self);

  return self->check != NULL ? self->check (text, error) : g_strdup (text);
}

static void
tell_mistake (ConfabFormField *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = checked_text (self, &error);

  confab_form_field_set_error (self, error != NULL ? confab_error_text (error) : NULL);
}

static void
changed_cb (ConfabFormField *self)
{
  if (self->touched)
    tell_mistake (self);
  else
    confab_form_field_set_error (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* Show no error when the entry was empty, or when the window only loses focus. */
static void
flags_changed_cb (ConfabFormField *self, GtkStateFlags old_flags)
{
  gboolean had_focus = old_flags & GTK_STATE_FLAG_FOCUS_WITHIN;
  gboolean has_focus =
      gtk_widget_get_state_flags (GTK_WIDGET (self->row)) & GTK_STATE_FLAG_FOCUS_WITHIN;

  if (!had_focus || has_focus || self->error != NULL || *confab_form_field_get_text (self) == '\0')
    return;

  self->touched = TRUE;
  tell_mistake (self);
}

static void
activated_cb (ConfabFormField *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
confab_form_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONFAB_FORM_FIELD (widget)->row));
}

/* Return the button in the row that shows the password. (transfer none) (nullable) */
static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* In right-to-left direction, Tab reaches the button of libadwaita's row (1.7) before its text, so
 * define the order here. */
static gboolean
confab_form_field_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ConfabFormField *self = CONFAB_FORM_FIELD (widget);
  GtkWidget *stops[] = {
    GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row))),
    find_button (GTK_WIDGET (self->row)),
  };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  int next = step > 0 ? 0 : 1;

  if (!confab_field_kind_is_password (self->kind) || stops[1] == NULL
      || (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD))
    return GTK_WIDGET_CLASS (confab_form_field_parent_class)->focus (widget, direction);

  for (int i = 0; i < 2; i++)
    if (focus == stops[i])
      next = i + step;

  return next >= 0 && next < 2 && gtk_widget_grab_focus (stops[next]);
}

static void
confab_form_field_constructed (GObject *object)
{
  ConfabFormField *self = CONFAB_FORM_FIELD (object);

  G_OBJECT_CLASS (confab_form_field_parent_class)->constructed (object);

  self->row =
      ADW_ENTRY_ROW (confab_field_kind_is_password (self->kind) ? adw_password_entry_row_new ()
                                                                : adw_entry_row_new ());
  if (!confab_field_kind_is_password (self->kind))
    adw_entry_row_set_input_purpose (self->row, confab_field_kind_get_purpose (self->kind));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  show_title (self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (self->row));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->note, NULL, -1);

  g_signal_connect_swapped (self->row, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->row, "entry-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->row, "state-flags-changed", G_CALLBACK (flags_changed_cb), self);
  self->check = confab_field_kind_get_check (self->kind);
  if (confab_field_kind_get_format (self->kind) != NULL)
    confab_form_field_set_format (self, confab_field_kind_get_format (self->kind));
  if (self->hint == NULL)
    self->hint = g_strdup (confab_field_kind_get_hint (self->kind));
  show_note (self);
}

static void
confab_form_field_finalize (GObject *object)
{
  ConfabFormField *self = CONFAB_FORM_FIELD (object);

  g_free (self->title);
  g_free (self->hint);
  g_free (self->error);

  G_OBJECT_CLASS (confab_form_field_parent_class)->finalize (object);
}

static void
confab_form_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConfabFormField *self = CONFAB_FORM_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_TEXT:
      g_value_set_string (value, confab_form_field_get_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_form_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConfabFormField *self = CONFAB_FORM_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      if (g_set_str (&self->title, g_value_get_string (value)))
        {
          if (self->row != NULL)
            show_title (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_HINT:
      if (g_set_str (&self->hint, g_value_get_string (value)))
        {
          if (self->row != NULL)
            show_note (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_KIND:
      self->kind = g_value_get_enum (value);
      break;
    case PROP_TEXT:
      confab_form_field_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_form_field_class_init (ConfabFormFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = confab_form_field_constructed;
  object_class->finalize = confab_form_field_finalize;
  object_class->get_property = confab_form_field_get_property;
  object_class->set_property = confab_form_field_set_property;
  widget_class->grab_focus = confab_form_field_grab_focus;
  widget_class->focus = confab_form_field_focus;

  properties[PROP_TITLE] = g_param_spec_string (
      "title", NULL, NULL, "", flags | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_HINT] =
      g_param_spec_string ("hint", NULL, NULL, NULL, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, CONFAB_TYPE_FIELD_KIND,
                                             CONFAB_FIELD_TEXT, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TEXT] =
      g_param_spec_string ("text", NULL, NULL, "", flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_FORM_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", CONFAB_TYPE_FORM_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-form-field.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabFormField, list);
  gtk_widget_class_bind_template_child (widget_class, ConfabFormField, note);
}

static void
confab_form_field_init (ConfabFormField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->note));
}

gboolean
confab_form_field_is_about (ConfabFormField *self, const GError *error)
{
  g_return_val_if_fail (CONFAB_IS_FORM_FIELD (self), FALSE);

  return confab_field_kind_is_about (self->kind, error);
}

/* Without a username on the form, the password is wrong. */
void
confab_form_field_set_refused (ConfabFormField *self, const GError *error)
{
  gboolean password = self->kind == CONFAB_FIELD_PASSWORD
                      && g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS);

  g_return_if_fail (CONFAB_IS_FORM_FIELD (self));

  confab_form_field_set_error (self, password ? _("This password is wrong.")
                                              : confab_error_text (error));
}

void
confab_form_field_set_check (ConfabFormField *self, ConfabFieldCheck check)
{
  g_return_if_fail (CONFAB_IS_FORM_FIELD (self));

  self->check = check;
}

/* Put the cursor behind the inserted text. */
static void
insert_text_cb (GtkEditable *entry,
                const char *text,
                int length,
                int *position,
                ConfabFormField *self)
{
  const char *before = gtk_editable_get_text (entry);
  gsize at = (gsize)(g_utf8_offset_to_pointer (before, *position) - before);
  g_autofree char *inserted = g_strndup (text, length < 0 ? strlen (text) : (gsize)length);
  g_autofree char *head = g_strndup (before, at);
  g_autofree char *up_to = g_strconcat (head, inserted, NULL);
  g_autofree char *whole = g_strconcat (up_to, before + at, NULL);
  g_autofree char *formatted = self->format (whole);
  g_autofree char *formatted_up_to = self->format (up_to);
  int start = 0;

  g_signal_stop_emission_by_name (entry, "insert-text");
  g_signal_handlers_block_by_func (entry, insert_text_cb, self);
  gtk_editable_delete_text (entry, 0, -1);
  gtk_editable_insert_text (entry, formatted, -1, &start);
  g_signal_handlers_unblock_by_func (entry, insert_text_cb, self);
  *position = (int)MIN (g_utf8_strlen (formatted_up_to, -1), start);
}

void
confab_form_field_set_format (ConfabFormField *self, ConfabFieldFormat format)
{
  g_return_if_fail (CONFAB_IS_FORM_FIELD (self));
  g_return_if_fail (self->format == NULL);

  self->format = format;
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->row)), "insert-text",
                           G_CALLBACK (insert_text_cb), self, 0);
}

const char *
confab_form_field_get_text (ConfabFormField *self)
{
  g_return_val_if_fail (CONFAB_IS_FORM_FIELD (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->row));
}

void
confab_form_field_set_text (ConfabFormField *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_FORM_FIELD (self));

  gtk_editable_set_text (GTK_EDITABLE (self->row), text);
}

void
confab_form_field_set_editable (ConfabFormField *self, gboolean editable)
{
  g_return_if_fail (CONFAB_IS_FORM_FIELD (self));

  gtk_editable_set_editable (GTK_EDITABLE (self->row), editable);
}

gboolean
confab_form_field_is_valid (ConfabFormField *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (CONFAB_IS_FORM_FIELD (self), FALSE);

  text = checked_text (self, NULL);
  return text != NULL;
}

char *
confab_form_field_submit (ConfabFormField *self)
{
  g_return_val_if_fail (CONFAB_IS_FORM_FIELD (self), NULL);

  self->touched = TRUE;
  tell_mistake (self);

  return self->error == NULL ? checked_text (self, NULL) : NULL;
}
