/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "confab-error-text.h"
#include "confab-form.h"
#include "confab-test-widgets.h"

static const char two_fields[] =
    "<interface>"
    "  <object class='ConfabForm' id='form'>"
    "    <property name='submit-text'>Send</property>"
    "    <child><object class='ConfabFormField' id='first'>"
    "      <property name='title'>Email address</property><property name='kind'>email</property>"
    "    </object></child>"
    "    <child><object class='ConfabFormField' id='between'>"
    "      <property name='title'>Code</property><property name='kind'>code</property>"
    "      <property name='visible'>0</property>"
    "    </object></child>"
    "    <child><object class='ConfabFormField' id='last'>"
    "      <property name='title'>Password</property><property name='kind'>password</property>"
    "    </object></child>"
    "  </object>"
    "</interface>";

static const char one_field[] =
    "<interface>"
    "  <object class='ConfabForm' id='form'>"
    "    <child><object class='ConfabFormField' id='first'>"
    "      <property name='title'>Server</property><property name='kind'>server</property>"
    "    </object></child>"
    "  </object>"
    "</interface>";

typedef struct
{
  GtkWindow *window;
  AdwNavigationView *view;
  GtkBuilder *builder;
  ConfabForm *form;
  ConfabFormField *first;
  ConfabFormField *last; /* (nullable) */
  guint submitted;
} Fixture;

static void
count_cb (guint *count)
{
  ++*count;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  AdwNavigationPage *page;

  g_type_ensure (CONFAB_TYPE_FORM);
  self->builder = gtk_builder_new_from_string (data, -1);
  self->form = CONFAB_FORM (gtk_builder_get_object (self->builder, "form"));
  self->first = CONFAB_FORM_FIELD (gtk_builder_get_object (self->builder, "first"));
  self->last = (ConfabFormField *)gtk_builder_get_object (self->builder, "last");
  g_signal_connect_swapped (self->form, "submit", G_CALLBACK (count_cb), &self->submitted);

  self->view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  page = adw_navigation_page_new (gtk_label_new ("Behind"), "Behind");
  adw_navigation_view_push (self->view, page);
  adw_navigation_view_push (self->view, adw_navigation_page_new (GTK_WIDGET (self->form), "Form"));
  self->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->view));
  confab_test_present (self->window);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  confab_test_settle ();
  g_assert_finalize_object (self->builder);
}

static gboolean
has_focus (gpointer widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static const char *
shown_error (Fixture *self)
{
  GtkWidget *label = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self->form), CONFAB_TYPE_FORM, "error_label"));

  return gtk_widget_get_visible (label) ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

/* Enter goes on to the next field that is shown, and in the last one sends if every field is
 * valid. */
static void
test_order (Fixture *self, gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  g_assert_true (has_focus (self->first));
  g_signal_emit_by_name (self->first, "activate");
  g_assert_true (has_focus (self->last));

  confab_form_field_set_text (self->last, "a password");
  g_signal_emit_by_name (self->last, "activate");
  g_assert_cmpuint (self->submitted, ==, 0);
  g_assert_true (has_focus (self->first));

  confab_form_field_set_text (self->first, "ada@mail.example");
  gtk_widget_grab_focus (GTK_WIDGET (self->last));
  g_signal_emit_by_name (self->last, "activate");
  g_assert_cmpuint (self->submitted, ==, 1);
}

static void
fail (Fixture *self, GQuark domain, int code)
{
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);
  g_autoptr (GError) error = g_error_new_literal (domain, code, "Refused");

  g_assert_true (confab_form_is_busy (self->form));
  g_assert_false (confab_form_end (self->form, error));
  g_assert_false (confab_form_is_busy (self->form));
}

/* What is refused is told at the field that it is about, or else below all of them. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  fail (self, CONFAB_PROBLEM, CONFAB_PROBLEM_EMAIL_TAKEN);
  g_assert_cmpstr (confab_form_field_get_error (self->first), ==,
                   confab_problem_text (CONFAB_PROBLEM_EMAIL_TAKEN));
  g_assert_true (has_focus (self->first));
  g_assert_null (shown_error (self));

  fail (self, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  g_assert_cmpstr (confab_form_field_get_error (self->last), ==, "This password is wrong.");
  g_assert_true (has_focus (self->last));

  fail (self, CONFAB_PROBLEM, CONFAB_PROBLEM_UNAVAILABLE);
  g_assert_cmpstr (shown_error (self), ==, confab_problem_text (CONFAB_PROBLEM_UNAVAILABLE));
  confab_form_field_set_text (self->last, "another");
  g_assert_null (shown_error (self));
}

static void
test_refused_one_field (Fixture *self, gconstpointer data)
{
  fail (self, CONFAB_PROBLEM, CONFAB_PROBLEM_UNAVAILABLE);
  g_assert_cmpstr (confab_form_field_get_error (self->first), ==,
                   confab_problem_text (CONFAB_PROBLEM_UNAVAILABLE));
  g_assert_null (shown_error (self));
}

/* Leaving the page cancels the call, and what comes of it is not told. */
static void
test_left (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);
  g_autoptr (GError) error = NULL;

  adw_navigation_view_pop (self->view);
  while (!g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_set_error_if_cancelled (cancellable, &error);
  g_assert_false (confab_form_end (self->form, error));
  g_assert_null (shown_error (self));
}

/* The field with the focus comes into sight when the window becomes too small for the form. */
static void
test_in_sight (Fixture *self, gconstpointer data)
{
  GtkWidget *scroller = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self->form), CONFAB_TYPE_FORM, "scroller"));
  graphene_rect_t place;

  confab_form_set_intro (self->form, "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine");
  gtk_widget_grab_focus (GTK_WIDGET (self->last));
  gtk_window_set_default_size (self->window, 360, 200);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (self->last), scroller, &place));
    }
  while (gtk_widget_get_height (scroller) > 200
         || place.origin.y + 40 > (float)gtk_widget_get_height (scroller));
  g_assert_cmpfloat (place.origin.y + 40, >, 0);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(name, data, func) g_test_add ("/app/form/" name, Fixture, data, set_up, func, tear_down)
  ADD ("order", two_fields, test_order);
  ADD ("refused", two_fields, test_refused);
  ADD ("refused-one-field", one_field, test_refused_one_field);
  ADD ("left", two_fields, test_left);
  ADD ("in-sight", two_fields, test_in_sight);
#undef ADD

  return g_test_run ();
}
