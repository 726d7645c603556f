/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-message-view.h"
#include "confab-test-timeline.h"

#include "confab-message-text.h"

#include <adwaita.h>

typedef struct
{
  ConfabUser *other;
  ConfabMessage *message;
  GtkWidget *view;
  GtkWindow *window;
} Fixture;

static void
assert_text (ConfabMessageText *self, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (self, "text", &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
set_up (Fixture *fixture, gconstpointer own)
{
  fixture->other = test_user_new (2, "bruno");
  fixture->message = test_message_new (4, fixture->other, GPOINTER_TO_INT (own), "Shall we?");
  fixture->view = confab_message_view_new ();
  confab_message_view_set_message (CONFAB_MESSAGE_VIEW (fixture->view), fixture->message);
  fixture->window = test_window_new (fixture->view, 600, 500);
}

static void
tear_down (Fixture *fixture, gconstpointer own)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *)&fixture->view);
  gtk_window_destroy (fixture->window);
  test_wait_ms (1);
  g_assert_null (fixture->view);
  g_assert_finalize_object (fixture->message);
  g_assert_finalize_object (fixture->other);
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static int
get_height (Fixture *fixture)
{
  int minimum, natural;

  gtk_widget_measure (fixture->view, GTK_ORIENTATION_VERTICAL, 600, &minimum, &natural, NULL, NULL);

  return natural;
}

static double
get_text_x (Fixture *fixture)
{
  GtkWidget *text = find_widget (fixture->view, CONFAB_TYPE_MESSAGE_TEXT);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (text, fixture->view, &bounds));

  return bounds.origin.x + bounds.size.width / 2;
}

static void
test_group (Fixture *fixture, gconstpointer own)
{
  GtkWidget *avatar = find_widget (fixture->view, ADW_TYPE_AVATAR);
  int height = get_height (fixture);

  g_assert_true (has_label (fixture->view, "bruno"));
  g_assert_true (gtk_widget_get_mapped (avatar));

  confab_message_set_standing (fixture->message, FALSE, FALSE, TRUE, FALSE);
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "bruno"));
  g_assert_false (gtk_widget_get_mapped (avatar));
  g_assert_cmpint (get_height (fixture), <, height);
}

static void
test_renamed (Fixture *fixture, gconstpointer own)
{
  ConfabUserRow row = { .id = 2, .username = (char *)"bruna", .rev = 2 };

  confab_user_update (fixture->other, &row);
  g_assert_true (has_label (fixture->view, "bruna"));
}

static void
test_sides (Fixture *fixture, gconstpointer own)
{
  double x = get_text_x (fixture);

  g_assert_true (GPOINTER_TO_INT (own) ? x > 300 : x < 300);
  g_assert_true (GPOINTER_TO_INT (own) != has_label (fixture->view, "bruno"));

  gtk_widget_set_direction (fixture->view, GTK_TEXT_DIR_RTL);
  test_wait_for_paint (fixture->window);
  x = get_text_x (fixture);
  g_assert_true (GPOINTER_TO_INT (own) ? x < 300 : x > 300);
}

static void
test_dividers (Fixture *fixture, gconstpointer own)
{
  int height = get_height (fixture);

  g_assert_false (has_label (fixture->view, "New messages"));
  test_message_set_sent_at (fixture->message, g_get_real_time () / 1000);
  confab_message_set_standing (fixture->message, TRUE, FALSE, TRUE, TRUE);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Today"));
  g_assert_true (has_label (fixture->view, "New messages"));
  g_assert_true (has_label (fixture->view, "bruno")); /* a divider begins a group */
  g_assert_cmpint (get_height (fixture), >, height);

  test_message_set_sent_at (fixture->message,
                            g_get_real_time () / 1000 - G_GINT64_CONSTANT (86400000));
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Yesterday"));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_failed (Fixture *fixture, gconstpointer own)
{
  g_autofree char *description = NULL;
  guint retried = 0, discarded = 0;
  int height = get_height (fixture);

  g_signal_connect_swapped (fixture->view, "retry", G_CALLBACK (count_cb), &retried);
  g_signal_connect_swapped (fixture->view, "discard", G_CALLBACK (count_cb), &discarded);
  gtk_widget_activate_action (fixture->view, "message.retry", NULL);
  g_assert_cmpuint (retried, ==, 0); /* not visible yet */

  confab_message_set_state (fixture->message, CONFAB_MESSAGE_FAILED,
                            CONFAB_PROBLEM_MESSAGE_TOO_LONG);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Retry"));
  g_assert_true (has_label (fixture->view, "Discard"));
  g_assert_cmpint (get_height (fixture), >, height);
  description = confab_message_view_describe (fixture->message);
  g_assert_true (g_str_has_prefix (description, "You, "));
  g_assert_nonnull (strstr (description, ", Shall we?, "));

  gtk_widget_activate_action (fixture->view, "message.retry", NULL);
  gtk_widget_activate_action (fixture->view, "message.discard", NULL);
  g_assert_cmpuint (retried, ==, 1);
  g_assert_cmpuint (discarded, ==, 1);

  confab_message_set_state (fixture->message, CONFAB_MESSAGE_SENT, -1);
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "Retry"));
  g_assert_cmpint (get_height (fixture), ==, height);
}

static void
read_cb (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  *(char **)text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
is_read (gpointer text)
{
  return *(char **)text != NULL;
}

static void
assert_clipboard (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->view), NULL, read_cb, &text);
  test_wait_until (is_read, &text);
  g_assert_cmpstr (text, ==, expected);
}

/* In a closed conversation, a message that was not sent can be copied instead of sent again. Copy
 * takes the text as it was written, also what a fold hides. */
static void
test_copy (Fixture *fixture, gconstpointer own)
{
  g_autofree char *text = g_strnfill (10000, 'W');

  text[1] = '\n';
  text[9999] = '!';
  test_message_set_content (fixture->message, text);
  confab_message_set_state (fixture->message, CONFAB_MESSAGE_FAILED, CONFAB_PROBLEM_NOT_FOUND);
  confab_message_view_set_closed (CONFAB_MESSAGE_VIEW (fixture->view), TRUE);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Copy"));
  g_assert_false (has_label (fixture->view, "Retry"));
  gtk_widget_activate_action (fixture->view, "message.copy", NULL);
  assert_clipboard (fixture, text);

  confab_message_view_set_closed (CONFAB_MESSAGE_VIEW (fixture->view), FALSE);
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "Copy"));
  g_assert_true (has_label (fixture->view, "Retry"));
}

/* A message that waits only briefly shows nothing; one that waits longer says so. */
static void
test_waiting (Fixture *fixture, gconstpointer own)
{
  int height = get_height (fixture);

  test_message_set_sent_at (fixture->message, g_get_real_time () / 1000);
  confab_message_set_standing (fixture->message, FALSE, TRUE, TRUE, FALSE);
  confab_message_set_state (fixture->message, CONFAB_MESSAGE_WAITING, -1);
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "Waiting to be sent"));
  g_assert_cmpint (get_height (fixture), ==, height);

  test_wait_ms (3100);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Waiting to be sent"));
  confab_message_set_state (fixture->message, CONFAB_MESSAGE_SENT, -1);
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "Waiting to be sent"));
}

static void
test_long (Fixture *fixture, gconstpointer own)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int folded_height;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "line %u\n", i);
  test_message_set_content (fixture->message, text->str);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Show More"));
  folded_height = get_height (fixture);

  gtk_widget_activate_action (fixture->view, "message.toggle-expanded", NULL);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "Show Less"));
  g_assert_cmpint (get_height (fixture), >, folded_height * 3 / 2);

  test_message_set_content (fixture->message, "short again");
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "Show Less"));
}

/* A message is bound before it is loaded; its row updates in place. */
static void
test_filled_late (Fixture *fixture, gconstpointer own)
{
  g_autoptr (ConfabMessage) message = confab_message_new ();
  g_autofree char *before = confab_message_view_describe (message);
  g_autofree char *after = NULL;
  const ConfabMessageRow row = { .content = (char *)"Here I am" };
  ConfabMessageText *text =
      CONFAB_MESSAGE_TEXT (find_widget (fixture->view, CONFAB_TYPE_MESSAGE_TEXT));

  confab_message_view_set_message (CONFAB_MESSAGE_VIEW (fixture->view), message);
  test_wait_for_paint (fixture->window);
  assert_text (text, "");
  g_assert_cmpstr (before, ==, "Loading…");

  confab_message_update (message, &row, fixture->other, FALSE);
  confab_message_set_standing (message, FALSE, TRUE, TRUE, FALSE);
  test_wait_for_paint (fixture->window);
  assert_text (text, "Here I am");
  g_assert_true (has_label (fixture->view, "bruno"));
  after = confab_message_view_describe (message);
  g_assert_true (g_str_has_prefix (after, "bruno, "));
  g_assert_true (g_str_has_suffix (after, ", Here I am"));
  confab_message_view_set_message (CONFAB_MESSAGE_VIEW (fixture->view), fixture->message);
}

/* The row works at every width of a window, without warnings and without overflowing. */
static void
test_widths (Fixture *fixture, gconstpointer own)
{
  g_autofree char *word = g_strnfill (300, 'w');

  test_message_set_content (fixture->message, word);
  confab_message_set_state (fixture->message, CONFAB_MESSAGE_FAILED, CONFAB_PROBLEM_UNAVAILABLE);
  for (int width = 300; width < 1250; width += 110)
    {
      GtkWidget *text = find_widget (fixture->view, CONFAB_TYPE_MESSAGE_TEXT);
      graphene_rect_t bounds;

      gtk_window_set_default_size (fixture->window, width, 500);
      for (guint i = 0; i < 3; i++)
        test_wait_for_paint (fixture->window);
      g_assert_cmpint (gtk_widget_get_width (fixture->view), ==, width);
      g_assert_true (gtk_widget_compute_bounds (text, fixture->view, &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, 0);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, width);
    }
}

/* ---- removed ---- */

static gboolean
can_remove (Fixture *fixture)
{
  return gtk_widget_activate_action (fixture->view, "message.remove", NULL);
}

static void
test_removed (Fixture *fixture, gconstpointer own)
{
  ConfabMessageText *text =
      CONFAB_MESSAGE_TEXT (find_widget (fixture->view, CONFAB_TYPE_MESSAGE_TEXT));
  const ConfabMessageRow row = { .content = (char *)"", .removed_at = 1 };
  g_autofree char *description = NULL;
  guint count = 0;

  g_signal_connect_swapped (fixture->view, "remove", G_CALLBACK (count_cb), &count);
  can_remove (fixture);
  g_assert_cmpuint (count, ==, 0);
  confab_message_view_set_removable (CONFAB_MESSAGE_VIEW (fixture->view), TRUE);
  can_remove (fixture);
  g_assert_cmpuint (count, ==, 1);

  confab_message_update (fixture->message, &row, fixture->other, FALSE);
  assert_text (text, "Message removed");
  g_assert_true (gtk_widget_has_css_class (fixture->view, "removed"));
  description = confab_message_view_describe (fixture->message);
  g_assert_nonnull (strstr (description, "Message removed"));
  can_remove (fixture);
  g_assert_cmpuint (count, ==, 1);
}

static void
add (const char *path, gboolean own, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (own), set_up, test, tear_down);
}

/* A direct conversation shows no names and avatars, and reserves no space for them. */
static void
test_direct (Fixture *fixture, gconstpointer own)
{
  GtkWidget *avatar = find_widget (fixture->view, ADW_TYPE_AVATAR);
  GtkWidget *text = find_widget (fixture->view, CONFAB_TYPE_MESSAGE_TEXT);
  graphene_point_t in_group, in_direct;

  g_assert_true (has_label (fixture->view, "bruno"));
  g_assert_true (
      gtk_widget_compute_point (text, fixture->view, &GRAPHENE_POINT_INIT (0, 0), &in_group));
  confab_message_view_set_direct (CONFAB_MESSAGE_VIEW (fixture->view), TRUE);
  test_wait_for_paint (fixture->window);
  g_assert_false (has_label (fixture->view, "bruno"));
  g_assert_false (gtk_widget_get_mapped (avatar));
  g_assert_true (
      gtk_widget_compute_point (text, fixture->view, &GRAPHENE_POINT_INIT (0, 0), &in_direct));
  g_assert_cmpint ((int)in_direct.x, ==, (int)in_group.x - 40);

  confab_message_view_set_direct (CONFAB_MESSAGE_VIEW (fixture->view), FALSE);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_label (fixture->view, "bruno"));
}

int
main (int argc, char *argv[])
{
  test_timeline_init (&argc, &argv);
  add ("/timeline/message/group", FALSE, test_group);
  add ("/timeline/message/renamed", FALSE, test_renamed);
  add ("/timeline/message/sides", FALSE, test_sides);
  add ("/timeline/message/sides-own", TRUE, test_sides);
  add ("/timeline/message/dividers", FALSE, test_dividers);
  add ("/timeline/message/failed", TRUE, test_failed);
  add ("/timeline/message/copy", TRUE, test_copy);
  add ("/timeline/message/waiting", TRUE, test_waiting);
  add ("/timeline/message/long", FALSE, test_long);
  add ("/timeline/message/filled-late", FALSE, test_filled_late);
  add ("/timeline/message/removed", FALSE, test_removed);
  add ("/timeline/message/widths", FALSE, test_widths);
  add ("/timeline/message/widths-own", TRUE, test_widths);
  g_test_add ("/timeline/message/direct", Fixture, GINT_TO_POINTER (FALSE), set_up, test_direct,
              tear_down);

  return g_test_run ();
}
