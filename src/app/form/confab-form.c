/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-form.h"

#include <glib/gi18n.h>

#include "confab-error-text.h"
#include "confab-form-scroll.h"
#include "confab-name-label.h"
#include "confab-password-meter.h"
#include "confab-text-button.h"
#include "confab-toast.h"

struct _ConfabForm
{
  AdwBin parent_instance;
  GtkScrolledWindow *scroller;
  GtkBox *content;
  GtkLabel *heading_label;
  GtkLabel *intro_label;
  GtkBox *box;
  GtkLabel *error_label;
  ConfabTextButton *submit_button;
  GtkBox *below;
  GPtrArray *fields;         /* (element-type ConfabFormField), borrowed from the box */
  GtkWidget *host;           /* (nullable), weak: the page or dialog with the form */
  GCancellable *cancellable; /* (nullable) set during a request */
  gboolean complete;
  gboolean interruptible;
};

enum
{
  PROP_0,
  PROP_COMPLETE,
  PROP_DESTRUCTIVE,
  PROP_HEADING,
  PROP_INTERRUPTIBLE,
  PROP_INTRO,
  PROP_SUBMIT_TEXT,
  N_PROPS
};

enum
{
  CHANGED,
  SUBMIT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void confab_form_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabForm,
                               confab_form,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      confab_form_buildable_init))

/* ---- fields ---- */

static ConfabFormField *
get_field (ConfabForm *self, guint index)
{
  return g_ptr_array_index (self->fields, index);
}

static gboolean
is_shown (ConfabFormField *field)
{
  return gtk_widget_get_visible (GTK_WIDGET (field));
}

/* Return the first visible field from @index on. (transfer none) (nullable) */
static ConfabFormField *
next_field (ConfabForm *self, guint index)
{
  for (guint i = index; i < self->fields->len; i++)
    if (is_shown (get_field (self, i)))
      return get_field (self, i);

  return NULL;
}

/* Return the only visible field, or NULL if there are more. (transfer none) (nullable) */
static ConfabFormField *
only_field (ConfabForm *self)
{
  ConfabFormField *only = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    if (is_shown (get_field (self, i)))
      {
        if (only != NULL)
          return NULL;
        only = get_field (self, i);
      }

  return only;
}

static ConfabFormField *
last_field (ConfabForm *self)
{
  for (guint i = self->fields->len; i > 0; i--)
    if (is_shown (get_field (self, i - 1)))
      return get_field (self, i - 1);

  return NULL;
}

static void
update (ConfabForm *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean complete = self->complete;

  for (guint i = 0; i < self->fields->len; i++)
    {
      ConfabFormField *field = get_field (self, i);

      complete = complete && (!is_shown (field) || confab_form_field_is_valid (field));
      confab_form_field_set_editable (field, !busy || self->interruptible);
    }
  confab_text_button_set_busy (self->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button), !busy && complete);
}

static void
changed_cb (ConfabForm *self)
{
  confab_form_show_error (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
  update (self);
}

/* ---- sending ---- */

static void
submit_cb (ConfabForm *self)
{
  if (self->cancellable != NULL)
    return;
  for (guint i = 0; i < self->fields->len; i++)
    {
      ConfabFormField *field = get_field (self, i);
      g_autofree char *text = is_shown (field) ? confab_form_field_submit (field) : g_strdup ("");

      if (text == NULL)
        {
          gtk_widget_grab_focus (GTK_WIDGET (field));
          return;
        }
    }
  update (self);
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->submit_button)))
    g_signal_emit (self, signals[SUBMIT], 0);
}

static void
activate_cb (ConfabForm *self, ConfabFormField *field)
{
  ConfabFormField *next = NULL;
  guint index = 0;

  if (g_ptr_array_find (self->fields, field, &index))
    next = next_field (self, index + 1);
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
  else
    submit_cb (self);
}

/**
 * confab_form_begin:
 *
 * Begins a request: the button shows a spinner, and the fields cannot be edited.
 *
 * Returns: (transfer full): its cancellable, cancelled when the user leaves the form
 */
GCancellable *
confab_form_begin (ConfabForm *self)
{
  g_return_val_if_fail (CONFAB_IS_FORM (self), NULL);

  confab_form_cancel (self);
  confab_form_show_error (self, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);

  return g_object_ref (self->cancellable);
}

/* Return the field that the error concerns, or NULL. A form with one field shows all errors
 * there. */
static ConfabFormField *
field_for_error (ConfabForm *self, const GError *error)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (confab_form_field_is_about (get_field (self, i), error))
      return get_field (self, i);

  return only_field (self);
}

static void
tell (ConfabForm *self, const GError *error)
{
  ConfabFormField *field = field_for_error (self, error);

  if (field != NULL)
    confab_form_field_set_refused (field, error);
  else
    confab_form_show_error (self, confab_error_text (error));
  if (field == NULL)
    field = last_field (self);
  if (field != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (field));
}

/**
 * confab_form_end:
 * @self: (nullable): NULL if the form was destroyed meanwhile
 * @error: (nullable): the request's error, which is shown
 *
 * Ends a request.
 *
 * Returns: whether to continue: the request was neither cancelled nor refused
 */
gboolean
confab_form_end (ConfabForm *self, const GError *error)
{
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  g_return_val_if_fail (CONFAB_IS_FORM (self), FALSE);

  g_clear_object (&self->cancellable);
  update (self);
  if (error != NULL)
    tell (self, error);

  return error == NULL;
}

/**
 * confab_form_cancel:
 *
 * Cancels the request in progress, if any.
 */
void
confab_form_cancel (ConfabForm *self)
{
  g_return_if_fail (CONFAB_IS_FORM (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  update (self);
}

/**
 * confab_form_is_busy:
 *
 * Returns: whether a request is in progress
 */
gboolean
confab_form_is_busy (ConfabForm *self)
{
  g_return_val_if_fail (CONFAB_IS_FORM (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * confab_form_leave:
 * @toast: the result of the request
 *
 * Returns to the first page of the navigation view, and shows @toast there.
 */
void
confab_form_leave (ConfabForm *self, const char *toast)
{
  GtkWidget *view = NULL;

  g_return_if_fail (CONFAB_IS_FORM (self));

  view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  confab_toast (GTK_WIDGET (self), toast);
  if (view != NULL)
    {
      g_autoptr (GListModel) stack =
          adw_navigation_view_get_navigation_stack (ADW_NAVIGATION_VIEW (view));
      g_autoptr (AdwNavigationPage) first = g_list_model_get_item (stack, 0);

      adw_navigation_view_pop_to_page (ADW_NAVIGATION_VIEW (view), first);
    }
}

/* ---- content ---- */

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/**
 * confab_form_show_error:
 * @text: (nullable): an error that concerns no field, shown until a field is changed. %NULL removes
 *   it
 */
void
confab_form_show_error (ConfabForm *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_FORM (self));

  show_text (self->error_label, text);
}

/**
 * confab_form_set_intro:
 * @intro: (nullable): the text above the fields
 */
void
confab_form_set_intro (ConfabForm *self, const char *intro)
{
  g_return_if_fail (CONFAB_IS_FORM (self));

  show_text (self->intro_label, intro);
}

/**
 * confab_form_set_complete:
 * @complete: whether the page allows to submit the form; its fields must be valid, too
 */
void
confab_form_set_complete (ConfabForm *self, gboolean complete)
{
  g_return_if_fail (CONFAB_IS_FORM (self));

  self->complete = complete;
  update (self);
}

static void
centre_intro (ConfabForm *self, gboolean centred)
{
  gtk_label_set_justify (self->intro_label, centred ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  gtk_label_set_xalign (self->intro_label, centred ? 0.5F : 0);
}

/* A page with a heading fills the window, with its content in the middle. */
static void
set_heading (ConfabForm *self, const char *heading)
{
  gboolean centred = heading != NULL;

  show_text (self->heading_label, heading);
  gtk_widget_set_valign (GTK_WIDGET (self->content), centred ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  centre_intro (self, centred);
}

static void
set_destructive (ConfabForm *self, gboolean destructive)
{
  static const char *const suggested_classes[] = { "pill", "text-button", "suggested-action",
                                                   NULL };
  static const char *const destructive_classes[] = { "pill", "text-button", "destructive-action",
                                                     NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (self->submit_button),
                              destructive ? (const char **)destructive_classes
                                          : (const char **)suggested_classes);
}

/* ---- the focus ---- */

/* Focus the first empty field, or else the first. */
static gboolean
confab_form_grab_focus (GtkWidget *widget)
{
  ConfabForm *self = CONFAB_FORM (widget);
  ConfabFormField *field = next_field (self, 0);

  for (guint i = 0; i < self->fields->len; i++)
    if (is_shown (get_field (self, i)) && *confab_form_field_get_text (get_field (self, i)) == '\0')
      {
        field = get_field (self, i);
        break;
      }

  return field != NULL && gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
shown_cb (ConfabForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The page or dialog tells when the user enters and leaves. */
static void
confab_form_root (GtkWidget *widget)
{
  ConfabForm *self = CONFAB_FORM (widget);
  GtkWidget *host = gtk_widget_get_parent (widget);

  GTK_WIDGET_CLASS (confab_form_parent_class)->root (widget);

  while (host != NULL && !ADW_IS_NAVIGATION_PAGE (host) && !ADW_IS_DIALOG (host))
    host = gtk_widget_get_parent (host);
  if (!g_set_weak_pointer (&self->host, host) || host == NULL)
    return;

  if (ADW_IS_DIALOG (host))
    {
      centre_intro (self, TRUE);
      g_signal_connect_object (host, "closed", G_CALLBACK (confab_form_cancel), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      g_signal_connect_object (host, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (host, "hidden", G_CALLBACK (confab_form_cancel), self,
                               G_CONNECT_SWAPPED);
    }
}

/* ---- the object ---- */

static void
confab_form_add_child (GtkBuildable *buildable,
                       GtkBuilder *builder,
                       GObject *child,
                       const char *type)
{
  ConfabForm *self = CONFAB_FORM (buildable);

  if (g_strcmp0 (type, "above") == 0)
    {
      gtk_box_prepend (self->content, GTK_WIDGET (child));
      return;
    }
  if (g_strcmp0 (type, "below") == 0)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->below), TRUE);
      gtk_box_append (self->below, GTK_WIDGET (child));
      return;
    }
  if (!GTK_IS_WIDGET (child))
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  gtk_box_append (self->box, GTK_WIDGET (child));
  if (!CONFAB_IS_FORM_FIELD (child))
    return;

  g_ptr_array_add (self->fields, child);
  g_signal_connect_object (child, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (child, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (child, "notify::visible", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
confab_form_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = confab_form_add_child;
}

static void
confab_form_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConfabForm *self = CONFAB_FORM (object);

  switch (id)
    {
    case PROP_COMPLETE:
      confab_form_set_complete (self, g_value_get_boolean (value));
      break;
    case PROP_DESTRUCTIVE:
      set_destructive (self, g_value_get_boolean (value));
      break;
    case PROP_HEADING:
      set_heading (self, g_value_get_string (value));
      break;
    case PROP_INTERRUPTIBLE:
      self->interruptible = g_value_get_boolean (value);
      break;
    case PROP_INTRO:
      confab_form_set_intro (self, g_value_get_string (value));
      break;
    case PROP_SUBMIT_TEXT:
      confab_text_button_set_text (self->submit_button, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_form_dispose (GObject *object)
{
  ConfabForm *self = CONFAB_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->host);
  g_ptr_array_set_size (self->fields, 0);

  G_OBJECT_CLASS (confab_form_parent_class)->dispose (object);
}

static void
confab_form_finalize (GObject *object)
{
  g_ptr_array_unref (CONFAB_FORM (object)->fields);

  G_OBJECT_CLASS (confab_form_parent_class)->finalize (object);
}

static void
confab_form_class_init (ConfabFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = confab_form_set_property;
  object_class->dispose = confab_form_dispose;
  object_class->finalize = confab_form_finalize;
  widget_class->grab_focus = confab_form_grab_focus;
  widget_class->root = confab_form_root;

  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, TRUE, flags);
  properties[PROP_DESTRUCTIVE] = g_param_spec_boolean ("destructive", NULL, NULL, FALSE, flags);
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_INTERRUPTIBLE] = g_param_spec_boolean ("interruptible", NULL, NULL, FALSE, flags);
  properties[PROP_INTRO] = g_param_spec_string ("intro", NULL, NULL, NULL, flags);
  properties[PROP_SUBMIT_TEXT] = g_param_spec_string ("submit-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SUBMIT] = g_signal_new ("submit", CONFAB_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  /* Types that templates use in a form. */
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  g_type_ensure (CONFAB_TYPE_PASSWORD_METER);
  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, content);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, heading_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, intro_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, box);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, error_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, submit_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabForm, below);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_form_init (ConfabForm *self)
{
  self->complete = TRUE;
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->intro_label));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->error_label));
  confab_form_scroll_to_focus (self->scroller);
}
