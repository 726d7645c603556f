/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <string.h>

#include "confab-code-format.h"
#include "confab-error-text.h"
#include "confab-form.h"
#include "confab-register-page.h"
#include "confab-test-widgets.h"
#include "confab-text.h"

typedef struct
{
  GtkWindow *window;
  ConfabFormField *field;
  GtkWidget *other; /* another focusable widget */
  guint changed;
  guint activated;
} Fixture;

static void
count_cb (guint *count)
{
  ++*count;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->field =
      g_object_new (CONFAB_TYPE_FORM_FIELD, "title", "Username", "hint", "A hint", NULL);
  confab_form_field_set_check (fixture->field, confab_text_username);
  fixture->other = gtk_button_new_with_label ("Other");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->field));
  gtk_box_append (GTK_BOX (box), fixture->other);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, box);
  confab_test_present (fixture->window);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->field));
  g_signal_connect_swapped (fixture->field, "changed", G_CALLBACK (count_cb), &fixture->changed);
  g_signal_connect_swapped (fixture->field, "activate", G_CALLBACK (count_cb), &fixture->activated);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  confab_test_settle ();
}

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The display may take some time. */
static void
move_focus (GtkWidget *from, GtkWidget *to)
{
  while (!has_focus (from))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (to);
  while (!has_focus (to) || has_focus (from))
    g_main_context_iteration (NULL, TRUE);
}

static const char *
shown_note (Fixture *fixture)
{
  GtkWidget *note = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (fixture->field), CONFAB_TYPE_FORM_FIELD, "note"));

  return gtk_widget_get_visible (note) ? gtk_label_get_text (GTK_LABEL (note)) : NULL;
}

/* An unfinished value is not reported as wrong. */
static void
test_quiet_while_typing (Fixture *fixture, gconstpointer data)
{
  confab_form_field_set_text (fixture->field, "-");
  g_assert_false (confab_form_field_is_valid (fixture->field));
  g_assert_null (confab_form_field_get_error (fixture->field));
  g_assert_cmpstr (shown_note (fixture), ==, "A hint");
  g_assert_cmpuint (fixture->changed, ==, 1);
}

static void
test_told_when_left (Fixture *fixture, gconstpointer data)
{
  const char *expected = confab_problem_text (CONFAB_PROBLEM_INVALID_USERNAME);

  confab_form_field_set_text (fixture->field, "-");
  move_focus (GTK_WIDGET (fixture->field), fixture->other);
  g_assert_cmpstr (confab_form_field_get_error (fixture->field), ==, expected);
  g_assert_cmpstr (shown_note (fixture), ==, expected);

  /* From now on the error appears and disappears while typing. */
  confab_form_field_set_text (fixture->field, "ada");
  g_assert_null (confab_form_field_get_error (fixture->field));
  g_assert_cmpstr (shown_note (fixture), ==, "A hint");
  confab_form_field_set_text (fixture->field, "ada lovelace");
  g_assert_cmpstr (confab_form_field_get_error (fixture->field), ==, expected);
}

/* Leaving an empty field is not a mistake. */
static void
test_quiet_when_empty (Fixture *fixture, gconstpointer data)
{
  move_focus (GTK_WIDGET (fixture->field), fixture->other);
  g_assert_null (confab_form_field_get_error (fixture->field));
}

static void
test_submit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nothing = confab_form_field_submit (fixture->field);
  g_autofree char *name = NULL;

  g_assert_null (nothing);
  g_assert_nonnull (confab_form_field_get_error (fixture->field));

  confab_form_field_set_text (fixture->field, "  ada ");
  name = confab_form_field_submit (fixture->field);
  g_assert_cmpstr (name, ==, "ada");
  g_assert_null (confab_form_field_get_error (fixture->field));
}

/* The server's error concerns only the text that was submitted. */
static void
test_server_words (Fixture *fixture, gconstpointer data)
{
  confab_form_field_set_text (fixture->field, "ada");
  confab_form_field_set_error (fixture->field, "Taken.");
  g_assert_cmpstr (shown_note (fixture), ==, "Taken.");
  move_focus (GTK_WIDGET (fixture->field), fixture->other);
  g_assert_cmpstr (shown_note (fixture), ==, "Taken.");
  confab_form_field_set_text (fixture->field, "ada2");
  g_assert_cmpstr (shown_note (fixture), ==, "A hint");
}

/* The format applies while typing, also in the middle of the text. */
static void
test_format (Fixture *fixture, gconstpointer data)
{
  GtkEditable *entry = NULL;
  GObject *list =
      gtk_widget_get_template_child (GTK_WIDGET (fixture->field), CONFAB_TYPE_FORM_FIELD, "list");
  int position = 0;

  confab_form_field_set_format (fixture->field, confab_code_format);
  entry = gtk_editable_get_delegate (
      GTK_EDITABLE (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
  for (const char *at = "7k3mq9"; *at != '\0'; at++)
    gtk_editable_insert_text (entry, at, 1, &position);
  g_assert_cmpstr (confab_form_field_get_text (fixture->field), ==, "7K3M-Q9");
  g_assert_cmpint (position, ==, 7);

  position = 1;
  gtk_editable_insert_text (entry, "o", 1, &position);
  g_assert_cmpstr (confab_form_field_get_text (fixture->field), ==, "70K3-MQ9");
  g_assert_cmpint (position, ==, 2);

  confab_form_field_set_text (fixture->field, "Your code is 7K3M-Q9TX.");
  g_assert_cmpstr (confab_form_field_get_text (fixture->field), ==, "7K3M-Q9TX");
}

/* ---- the registration page ---- */

typedef struct
{
  GtkWindow *window;
  ConfabRegisterPage *page;
} Page;

static gpointer
child (Page *self, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self->page), CONFAB_TYPE_REGISTER_PAGE, name);
}

static gpointer
form_child (Page *self, const char *name)
{
  return gtk_widget_get_template_child (child (self, "form"), CONFAB_TYPE_FORM, name);
}

/* The only button below the form. */
static GtkWidget *
code_button (Page *self)
{
  return gtk_widget_get_first_child (form_child (self, "below"));
}

static void
set_up_page (Page *self, gconstpointer data)
{
  ConfabServerInfo server = {
    .origin = (char *)"http://127.0.0.1:1",
    .name = (char *)"Test",
    .registration = (ConfabRegistration)GPOINTER_TO_INT (data),
    .insecure = TRUE,
  };
  g_autofree char *folder = g_dir_make_tmp ("confab-register-XXXXXX", NULL);
  g_autoptr (ConfabEnvironment) environment = confab_environment_new (folder);
  g_autoptr (ConfabAccountStore) store = confab_account_store_new (environment);
  GtkWidget *view = adw_navigation_view_new ();

  self->page = confab_register_page_new (store, &server, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  self->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (self->window), view);
  gtk_window_present (self->window);
  confab_test_wait_painted (GTK_WIDGET (self->window));
}

static void
tear_down_page (Page *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  confab_test_settle ();
}

static void
test_register_complete (Page *self, gconstpointer data)
{
  GtkWidget *submit = form_child (self, "submit_button");

  g_assert_false (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (child (self, "username"), "ada");
  confab_form_field_set_text (child (self, "email"), "ada@example.org");
  confab_form_field_set_text (child (self, "password"), "fourteen chars");
  g_assert_false (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (child (self, "password"), "fifteen chars !");
  g_assert_true (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (child (self, "email"), "ada");
  g_assert_false (gtk_widget_get_sensitive (submit));
}

static void
fill_all_but_code (Page *self)
{
  confab_form_field_set_text (child (self, "username"), "ada");
  confab_form_field_set_text (child (self, "email"), "ada@example.org");
  confab_form_field_set_text (child (self, "password"), "fifteen chars !");
}

/* Unless registration is open, a complete code is required. */
static void
test_register_code_needed (Page *self, gconstpointer data)
{
  GtkWidget *submit = form_child (self, "submit_button");
  ConfabFormField *code = child (self, "code");

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (code)));
  g_assert_false (gtk_widget_get_visible (code_button (self)));
  fill_all_but_code (self);
  g_assert_false (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (code, "7k3mq9t");
  g_assert_false (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (code, "7k3mq9tx");
  g_assert_cmpstr (confab_form_field_get_text (code), ==, "7K3M-Q9TX");
  g_assert_true (gtk_widget_get_sensitive (submit));
}

/* A link to this server works like the code in it. */
static void
test_register_link (Page *self, gconstpointer data)
{
  GtkWidget *submit = form_child (self, "submit_button");
  ConfabFormField *code = child (self, "code");

  fill_all_but_code (self);
  confab_form_field_set_text (
      code, "confab://invitation?server=http%3A%2F%2F127.0.0.1%3A1&code=7K3M-Q9TX");
  g_assert_true (gtk_widget_get_sensitive (submit));
  g_assert_null (confab_form_field_get_error (code));
  confab_form_field_set_text (
      code, " confab://invitation?server=https%3A%2F%2Fchat-club.example&code=7K3M-Q9TX\n");
  g_assert_false (gtk_widget_get_sensitive (submit));
  g_assert_nonnull (
      strstr (confab_form_field_get_error (code), "another server, chat-club.example"));
  confab_form_field_set_text (code, "confab://invitation?server=https%3A%2F%2Fchat.example");
  g_assert_false (gtk_widget_get_sensitive (submit));
  g_assert_cmpstr (confab_form_field_get_error (code), ==,
                   confab_engine_error_text (CONFAB_ENGINE_ERROR_BAD_LINK));
}

/* With open registration, a set-up code is optional even after its field is shown. */
static void
test_register_code_offered (Page *self, gconstpointer data)
{
  GtkWidget *submit = form_child (self, "submit_button");
  ConfabFormField *code = child (self, "code");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (code)));
  fill_all_but_code (self);
  g_signal_emit_by_name (code_button (self), "clicked");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (code)));
  g_assert_false (gtk_widget_get_visible (code_button (self)));
  g_assert_true (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (code, "7");
  g_assert_false (gtk_widget_get_sensitive (submit));
  confab_form_field_set_text (code, "");
  g_assert_true (gtk_widget_get_sensitive (submit));
}

static void
test_register_insecure (Page *self, gconstpointer data)
{
  g_assert_true (gtk_widget_get_visible (child (self, "insecure_label")));
}

/* No server listens on port 1: the page reports that and can be used again. */
static void
test_register_unreachable (Page *self, gconstpointer data)
{
  GtkWidget *error = form_child (self, "error_label");

  confab_form_field_set_text (child (self, "username"), "ada");
  confab_form_field_set_text (child (self, "email"), "ada@example.org");
  confab_form_field_set_text (child (self, "password"), "correct horse battery staple");
  g_signal_emit_by_name (form_child (self, "submit_button"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (form_child (self, "submit_button")));
  while (!gtk_widget_get_visible (error))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (error)), ==,
                   confab_engine_error_text (CONFAB_ENGINE_ERROR_UNREACHABLE));
  g_assert_true (gtk_widget_get_sensitive (form_child (self, "submit_button")));
  confab_form_field_set_text (child (self, "username"), "ada2");
  g_assert_false (gtk_widget_get_visible (error));
}

/* Tab moves from the field to its visibility button, in both text directions. */
static void
test_tab_order (gconstpointer direction)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *field;

  gtk_widget_set_default_direction (GPOINTER_TO_INT (direction));
  field = g_object_new (CONFAB_TYPE_FORM_FIELD, "title", "Password", "kind", CONFAB_FIELD_PASSWORD,
                        NULL);
  gtk_window_set_child (window, field);
  confab_test_present (window);
  gtk_window_set_focus (window, NULL);

  g_assert_true (gtk_widget_child_focus (field, GTK_DIR_TAB_FORWARD));
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (window)));
  g_assert_true (gtk_widget_child_focus (field, GTK_DIR_TAB_FORWARD));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (window)));
  g_assert_true (gtk_widget_child_focus (field, GTK_DIR_TAB_BACKWARD));
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (window)));

  gtk_window_destroy (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/app/form-field/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("quiet-while-typing", test_quiet_while_typing);
  ADD ("told-when-left", test_told_when_left);
  ADD ("quiet-when-empty", test_quiet_when_empty);
  ADD ("submit", test_submit);
  ADD ("server-words", test_server_words);
  ADD ("format", test_format);
#undef ADD
#define ADD(name, policy, func)                                                                    \
  g_test_add ("/app/register/" name, Page, GINT_TO_POINTER (policy), set_up_page, func,            \
              tear_down_page)
  ADD ("complete", CONFAB_REGISTRATION_OPEN, test_register_complete);
  ADD ("code-offered", CONFAB_REGISTRATION_OPEN, test_register_code_offered);
  ADD ("code-needed", CONFAB_REGISTRATION_INVITATION, test_register_code_needed);
  ADD ("link", CONFAB_REGISTRATION_INVITATION, test_register_link);
  ADD ("code-needed-where-closed", CONFAB_REGISTRATION_CLOSED, test_register_code_needed);
  ADD ("insecure", CONFAB_REGISTRATION_OPEN, test_register_insecure);
  ADD ("unreachable", CONFAB_REGISTRATION_OPEN, test_register_unreachable);
#undef ADD
  g_test_add_data_func ("/app/form-field/tab-order", GINT_TO_POINTER (GTK_TEXT_DIR_LTR),
                        test_tab_order);
  g_test_add_data_func ("/app/form-field/tab-order-rtl", GINT_TO_POINTER (GTK_TEXT_DIR_RTL),
                        test_tab_order);

  return g_test_run ();
}
