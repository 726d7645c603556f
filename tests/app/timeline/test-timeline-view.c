/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The timeline view's guarantees, checked in painted frames and pixels: nothing is ever painted at
 * a wrong place. */

#include "confab-message-view.h"
#include "confab-test-timeline.h"
#include "confab-timeline-view-private.h"

#define TOLERANCE 0.5

typedef struct
{
  GListStore *store;
  ConfabUser *other;
  ConfabUser *self;
  ConfabTimelineView *view;
  GtkWindow *window;
  GtkAdjustment *adjustment;
  GtkWidget *list;
  gulong paint_id;

  /* Checked after each painted frame */
  guint frames;
  guint wrong_frames;
  double worst;
  gboolean watch_end;
  ConfabMessage *anchor; /* must stay at anchor_y */
  double anchor_y;
  GArray *seen;
} Fixture;

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

/* Return the row of @message, and its top in the list's coordinates. */
static GtkWidget *
find_row (Fixture *fixture, ConfabMessage *message, double *y)
{
  for (GtkWidget *child = gtk_widget_get_first_child (fixture->list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      graphene_point_t point;

      if (row == NULL || confab_message_view_get_message (CONFAB_MESSAGE_VIEW (row)) != message)
        continue;
      g_assert_true (
          gtk_widget_compute_point (row, fixture->list, &GRAPHENE_POINT_INIT (0, 0), &point));
      *y = point.y;
      return row;
    }

  return NULL;
}

static double
get_gap (Fixture *fixture)
{
  return gtk_adjustment_get_upper (fixture->adjustment)
         - gtk_adjustment_get_page_size (fixture->adjustment)
         - gtk_adjustment_get_value (fixture->adjustment);
}

/* Return the distance between the newest row's end and the view's lower edge. */
static double
get_end_error (Fixture *fixture)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
  g_autoptr (ConfabMessage) newest =
      g_list_model_get_item (G_LIST_MODEL (fixture->store), n_items - 1);
  GtkWidget *row;
  double y;

  row = find_row (fixture, newest, &y);
  if (row == NULL)
    return G_MAXDOUBLE;

  return ABS (y + gtk_widget_get_height (row) - gtk_widget_get_height (fixture->list));
}

static void
painted_cb (Fixture *fixture)
{
  double error = 0;
  double y;

  fixture->frames++;
  if (fixture->watch_end)
    error = MAX (get_gap (fixture), get_end_error (fixture));
  else if (fixture->anchor != NULL)
    error =
        find_row (fixture, fixture->anchor, &y) != NULL ? ABS (y - fixture->anchor_y) : G_MAXDOUBLE;
  if (error > TOLERANCE)
    fixture->wrong_frames++;
  fixture->worst = MAX (fixture->worst, error);
}

static void
assert_no_wrong_frames (Fixture *fixture)
{
  g_test_message ("%u frames, %u wrong, at worst by %g px", fixture->frames, fixture->wrong_frames,
                  fixture->worst);
  g_assert_cmpuint (fixture->frames, >, 0);
  g_assert_cmpuint (fixture->wrong_frames, ==, 0);
}

static void
insert (Fixture *fixture, guint position, guint n, gint64 first_seq)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = test_text_new (first_seq + i);
      gboolean own = (first_seq + i) % 5 == 0;

      g_ptr_array_add (
          messages,
          test_message_new (first_seq + i, own ? fixture->self : fixture->other, own, text));
    }
  g_list_store_splice (fixture->store, position, 0, messages->pdata, n);
}

static void
append (Fixture *fixture, gint64 seq)
{
  insert (fixture, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), 1, seq);
}

static void
seen_cb (Fixture *fixture, gint64 seq)
{
  g_array_append_val (fixture->seen, seq);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = g_list_store_new (CONFAB_TYPE_MESSAGE);
  fixture->other = test_user_new (2, "bruno");
  fixture->self = test_user_new (1, "ada");
  fixture->seen = g_array_new (FALSE, FALSE, sizeof (gint64));
  insert (fixture, 0, 300, 1000);

  fixture->view = g_object_new (CONFAB_TYPE_TIMELINE_VIEW, NULL);
  g_signal_connect_swapped (fixture->view, "seen", G_CALLBACK (seen_cb), fixture);
  confab_timeline_view_set_model (fixture->view, G_LIST_MODEL (fixture->store));
  fixture->window = test_window_new (GTK_WIDGET (fixture->view), 700, 600);
  fixture->list = find_widget (GTK_WIDGET (fixture->view), GTK_TYPE_LIST_VIEW);
  fixture->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->list));
  fixture->paint_id = g_signal_connect_data (
      gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window)), "after-paint",
      G_CALLBACK (painted_cb), fixture, NULL, G_CONNECT_SWAPPED);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window)),
                               fixture->paint_id);
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *)&fixture->view);
  gtk_window_destroy (fixture->window);
  test_wait_ms (1);
  g_assert_null (fixture->view);
  g_array_unref (fixture->seen);
  g_object_unref (fixture->other);
  g_object_unref (fixture->self);
  g_assert_finalize_object (fixture->store);
}

static gboolean
is_sticky (Fixture *fixture)
{
  gboolean sticky;

  g_object_get (fixture->view, "sticky", &sticky, NULL);
  return sticky;
}

static guint
get_new_count (Fixture *fixture)
{
  guint count;

  g_object_get (fixture->view, "new-count", &count, NULL);
  return count;
}

/* Scroll like a wheel. */
static void
scroll_by (Fixture *fixture, double pixels)
{
  gtk_adjustment_set_value (fixture->adjustment,
                            gtk_adjustment_get_value (fixture->adjustment) + pixels);
  test_wait_for_paint (fixture->window);
}

/* Watch the row nearest to the view's middle, which must not move from now on. */
static void
watch_middle (Fixture *fixture)
{
  double best = G_MAXDOUBLE;

  for (GtkWidget *child = gtk_widget_get_first_child (fixture->list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      graphene_point_t point;

      if (row == NULL || !gtk_widget_get_mapped (row))
        continue;
      g_assert_true (
          gtk_widget_compute_point (row, fixture->list, &GRAPHENE_POINT_INIT (0, 0), &point));
      if (ABS (point.y - 300) < best)
        {
          best = ABS (point.y - 300);
          fixture->anchor = confab_message_view_get_message (CONFAB_MESSAGE_VIEW (row));
          fixture->anchor_y = point.y;
        }
    }
  g_assert_nonnull (fixture->anchor);
}

static void
test_opens_at_end (Fixture *fixture, gconstpointer data)
{
  g_assert_true (is_sticky (fixture));
  g_assert_cmpfloat (get_end_error (fixture), <=, TOLERANCE);
  g_assert_cmpfloat (get_gap (fixture), <=, TOLERANCE);
}

static void
test_sticks_to_appended (Fixture *fixture, gconstpointer data)
{
  fixture->watch_end = TRUE;
  for (guint i = 0; i < 60; i++)
    {
      append (fixture, 2000 + i);
      test_wait_for_paint (fixture->window);
    }
  assert_no_wrong_frames (fixture);
  g_assert_true (is_sticky (fixture));
  g_assert_cmpuint (get_new_count (fixture), ==, 0);
}

static void
test_sticks_while_prepended (Fixture *fixture, gconstpointer data)
{
  fixture->watch_end = TRUE;
  for (guint i = 0; i < 5; i++)
    {
      insert (fixture, 0, 50, 900 - 50 * i);
      test_wait_for_paint (fixture->window);
    }
  assert_no_wrong_frames (fixture);
}

static void
test_sticks_while_resized (Fixture *fixture, gconstpointer data)
{
  static const int sizes[][2] = {
    { 400, 600 }, { 360, 400 }, { 900, 300 }, { 700, 800 }, { 360, 640 }
  };

  fixture->watch_end = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gtk_window_set_default_size (fixture->window, sizes[i][0], sizes[i][1]);
      for (guint j = 0; j < 5; j++)
        test_wait_for_paint (fixture->window);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), ==, sizes[i][0]);
    }
  assert_no_wrong_frames (fixture);
}

/* Messages at the bottom grow when they are loaded or fail. */
static void
test_sticks_while_growing (Fixture *fixture, gconstpointer data)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->store));

  fixture->watch_end = TRUE;
  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (ConfabMessage) message =
          g_list_model_get_item (G_LIST_MODEL (fixture->store), n_items - i);
      g_autofree char *text = test_text_new (4000 + i);

      test_message_set_content (message, text);
      confab_message_set_state (message, CONFAB_MESSAGE_FAILED, CONFAB_PROBLEM_FORBIDDEN);
      test_wait_for_paint (fixture->window);
    }
  assert_no_wrong_frames (fixture);
}

static void
test_stays_in_history (Fixture *fixture, gconstpointer data)
{
  scroll_by (fixture, -4000);
  g_assert_false (is_sticky (fixture));
  watch_middle (fixture);

  insert (fixture, 0, 50, 900);
  test_wait_for_paint (fixture->window);
  insert (fixture, 0, 50, 800);
  test_wait_for_paint (fixture->window);
  for (guint i = 0; i < 20; i++)
    {
      append (fixture, 2000 + i);
      test_wait_for_paint (fixture->window);
    }
  assert_no_wrong_frames (fixture);
  g_assert_false (is_sticky (fixture));
  /* Every fifth is the user's own. */
  g_assert_cmpuint (get_new_count (fixture), ==, 16);

  fixture->anchor = NULL;
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "timeline.scroll-to-newest", NULL);
  test_wait_for_paint (fixture->window);
  g_assert_true (is_sticky (fixture));
  g_assert_cmpuint (get_new_count (fixture), ==, 0);
  g_assert_cmpfloat (get_end_error (fixture), <=, TOLERANCE);
}

/* When a message is sent, its row moves but does not count as new. */
static void
test_moved_is_not_new (Fixture *fixture, gconstpointer data)
{
  guint last = g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) - 1;
  g_autoptr (ConfabMessage) message = g_list_model_get_item (G_LIST_MODEL (fixture->store), last);

  scroll_by (fixture, -4000);
  g_list_store_splice (fixture->store, last, 1, (gpointer[]){ message }, 1);
  test_wait_for_paint (fixture->window);
  g_assert_cmpuint (get_new_count (fixture), ==, 0);
}

static void
test_scrolling_back_sticks (Fixture *fixture, gconstpointer data)
{
  scroll_by (fixture, -300);
  g_assert_false (is_sticky (fixture));
  append (fixture, 2001);
  test_wait_for_paint (fixture->window);
  g_assert_cmpuint (get_new_count (fixture), ==, 1);

  scroll_by (fixture, 10000);
  g_assert_true (is_sticky (fixture));
  g_assert_cmpuint (get_new_count (fixture), ==, 0);

  fixture->watch_end = TRUE;
  append (fixture, 2002);
  test_wait_for_paint (fixture->window);
  assert_no_wrong_frames (fixture);
}

/* During a fling over rows of unknown height, rows move with the fling's speed, never backwards and
 * never by a jump. */
static void
test_fling (Fixture *fixture, gconstpointer data)
{
  guint moved = 0, wrong = 0;

  scroll_by (fixture, -200);
  confab_timeline_view_fling (fixture->view, -6000);
  for (guint i = 0; i < 120 && fixture->view->fling_id != 0; i++)
    {
      double before_y, y, velocity = fixture->view->fling_velocity;
      gint64 before = fixture->view->fling_time;
      double at_most;

      watch_middle (fixture);
      before_y = fixture->anchor_y;
      test_wait_for_paint (fixture->window);
      g_assert_nonnull (find_row (fixture, fixture->anchor, &y));
      at_most = -velocity * (fixture->view->fling_time - before) / G_USEC_PER_SEC + 1;
      moved += y > before_y;
      wrong += y < before_y || y - before_y > at_most;
    }
  g_test_message ("%u frames moved, %u wrong", moved, wrong);
  g_assert_cmpuint (moved, >, 10);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpuint (fixture->view->fling_id, ==, 0);
  g_assert_false (is_sticky (fixture));
  fixture->anchor = NULL;

  confab_timeline_view_fling (fixture->view, 100000);
  for (guint i = 0; i < 120 && fixture->view->fling_id != 0; i++)
    test_wait_for_paint (fixture->window);
  g_assert_true (is_sticky (fixture)); /* and it ends at the bottom */
  g_assert_cmpfloat (get_end_error (fixture), <=, TOLERANCE);
}

static void
test_jumps (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      guint position = 20 + i * 97 % 260;
      g_autoptr (ConfabMessage) message =
          g_list_model_get_item (G_LIST_MODEL (fixture->store), position);
      double y;

      confab_timeline_view_jump_to (fixture->view, position, 0.25);
      test_wait_for_paint (fixture->window);
      g_assert_nonnull (find_row (fixture, message, &y));
      g_assert_cmpfloat (ABS (y - 0.25 * gtk_adjustment_get_page_size (fixture->adjustment)), <=,
                         1);
      g_assert_false (is_sticky (fixture));
    }
}

/* A view of any height: the place to jump to need not be a whole number of pixels. GDK warns, which
 * fails the test, if a frame's layout is repeated too often. */
static void
test_jump_to_fraction (Fixture *fixture, gconstpointer data)
{
  double page = gtk_adjustment_get_page_size (fixture->adjustment);

  for (guint i = 0; i < 8; i++)
    {
      confab_timeline_view_jump_to (fixture->view, 30 + i * 31, (140 + i / 8.0) / page);
      test_wait_for_paint (fixture->window);
      g_assert_cmpuint (fixture->view->jump_position, ==, CONFAB_NO_POSITION);
      g_assert_cmpuint (fixture->view->jump_attempts, <=, 2);
    }
}

/* The first unread message is near the end: there is nothing to scroll, and the view sticks. */
static void
test_jump_near_end (Fixture *fixture, gconstpointer data)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->store));

  confab_timeline_view_jump_to (fixture->view, n_items - 1, 0.25);
  test_wait_for_paint (fixture->window);
  g_assert_cmpfloat (get_end_error (fixture), <=, TOLERANCE);
  g_assert_true (is_sticky (fixture));
}

/* The first conversation of a window is opened at its unread messages, before the list is laid
 * out. */
static void
test_jump_before_layout (Fixture *fixture, gconstpointer data)
{
  static const guint positions[] = { 0, 150, 297, 299 };

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      ConfabTimelineView *view = g_object_new (CONFAB_TYPE_TIMELINE_VIEW, NULL);
      g_autoptr (ConfabMessage) message =
          g_list_model_get_item (G_LIST_MODEL (fixture->store), positions[i]);
      GtkWindow *window;
      GtkWidget *row;
      Fixture other = { 0 };
      double y;

      confab_timeline_view_set_model (view, G_LIST_MODEL (fixture->store));
      confab_timeline_view_jump_to (view, positions[i], 0.25);
      window = test_window_new (GTK_WIDGET (view), 700, 600);
      other.list = find_widget (GTK_WIDGET (view), GTK_TYPE_LIST_VIEW);
      row = find_row (&other, message, &y);
      g_assert_nonnull (row);
      g_assert_true (gtk_widget_get_mapped (row));
      g_assert_cmpfloat (y, >=, 0);
      g_assert_cmpfloat (y, <, 600);
      if (positions[i] == 150)
        g_assert_cmpfloat (ABS (y - 0.25 * gtk_widget_get_height (other.list)), <=, 5);
      gtk_window_destroy (window);
    }
}

/* Before its first layout, the view can be told to open at the end. */
static void
test_newest_before_layout (Fixture *fixture, gconstpointer data)
{
  ConfabTimelineView *view = g_object_new (CONFAB_TYPE_TIMELINE_VIEW, NULL);
  g_autoptr (ConfabMessage) newest = g_list_model_get_item (G_LIST_MODEL (fixture->store), 299);
  Fixture other = { 0 };
  GtkWindow *window;
  GtkWidget *row;
  double y;

  confab_timeline_view_set_model (view, G_LIST_MODEL (fixture->store));
  gtk_widget_grab_focus (GTK_WIDGET (view));
  confab_timeline_view_jump_to (view, 20, 0);
  confab_timeline_view_jump_to_newest (view);
  window = test_window_new (GTK_WIDGET (view), 700, 600);
  other.list = find_widget (GTK_WIDGET (view), GTK_TYPE_LIST_VIEW);
  row = find_row (&other, newest, &y);
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_get_mapped (row));
  g_assert_cmpfloat (ABS (y + gtk_widget_get_height (row) - gtk_widget_get_height (other.list)), <=,
                     TOLERANCE);
  gtk_window_destroy (window);
}

static void
near_start_cb (guint *count)
{
  (*count)++;
}

static void
test_asks_for_older (Fixture *fixture, gconstpointer data)
{
  guint count = 0;

  g_signal_connect_swapped (fixture->view, "near-start", G_CALLBACK (near_start_cb), &count);
  test_wait_for_paint (fixture->window);
  g_assert_cmpuint (count, ==, 0);
  confab_timeline_view_jump_to (fixture->view, 3, 0);
  test_wait_for_paint (fixture->window);
  test_wait_for_paint (fixture->window);
  g_assert_cmpuint (count, ==, 1); /* once for the present messages */

  insert (fixture, 0, 5, 990);
  test_wait_for_paint (fixture->window);
  g_assert_cmpuint (count, ==, 2);
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (data);
}

static gint64
last_seen (Fixture *fixture)
{
  return fixture->seen->len > 0 ? g_array_index (fixture->seen, gint64, fixture->seen->len - 1) : 0;
}

static void
test_seen_needs_time (Fixture *fixture, gconstpointer data)
{
  test_wait_until (is_active, fixture->window);
  append (fixture, 2000);
  test_wait_for_paint (fixture->window);
  test_wait_ms (300);
  append (fixture, 2001); /* everything moves */
  test_wait_for_paint (fixture->window);
  test_wait_ms (300);
  g_assert_cmpint (last_seen (fixture), <, 2000);
  test_wait_ms (400);
  g_assert_cmpint (last_seen (fixture), ==, 2001);
}

static void
test_seen_only_in_view (Fixture *fixture, gconstpointer data)
{
  test_wait_until (is_active, fixture->window);
  test_wait_ms (700);
  g_assert_cmpint (last_seen (fixture), ==, 1299);
  scroll_by (fixture, -4000);
  append (fixture, 2000);
  test_wait_ms (700);
  g_assert_cmpint (last_seen (fixture), ==, 1299);
}

/* In an inactive window, new messages stay unread until it becomes active. */
static void
test_not_seen_behind (Fixture *fixture, gconstpointer data)
{
  GtkWindow *front;

  test_wait_until (is_active, fixture->window);
  front = test_window_new (gtk_entry_new (), 100, 100);
  test_wait_until (is_active, front);
  append (fixture, 2000);
  test_wait_ms (800);
  g_assert_cmpint (last_seen (fixture), <, 2000);

  gtk_window_destroy (front);
  gtk_window_present (fixture->window);
  test_wait_until (is_active, fixture->window);
  test_wait_ms (700);
  g_assert_cmpint (last_seen (fixture), ==, 2000);
}

/* The description of each row has sender, text, time and state. */
static void
test_rows_are_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabMessage) message =
      test_message_new (2000, fixture->other, FALSE, "See you there");
  g_autofree char *label = confab_message_view_describe (message);
  g_autofree char *waiting_label = NULL;
  GtkWidget *row;
  double y;

  g_assert_true (g_str_has_prefix (label, "bruno, "));
  g_list_store_append (fixture->store, message);
  test_wait_for_paint (fixture->window);
  row = gtk_widget_get_parent (find_row (fixture, message, &y));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  confab_message_set_state (message, CONFAB_MESSAGE_WAITING, -1);
  waiting_label = confab_message_view_describe (message);
  g_assert_true (g_str_has_suffix (waiting_label, ", See you there, Waiting to be sent"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, waiting_label);
}

/* Rows are reused: an unfolded message stays unfolded, and no other. */
static void
test_stays_expanded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ConfabMessage) message = NULL;
  GtkWidget *row;
  double y;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "line %u\n", i);
  message = test_message_new (2000, fixture->other, FALSE, text->str);
  g_list_store_append (fixture->store, message);
  test_wait_for_paint (fixture->window);
  row = find_row (fixture, message, &y);
  gtk_widget_activate_action (row, "message.toggle-expanded", NULL);
  test_wait_for_paint (fixture->window);

  confab_timeline_view_set_model (fixture->view, NULL);
  test_wait_for_paint (fixture->window);
  confab_timeline_view_set_model (fixture->view, G_LIST_MODEL (fixture->store));
  test_wait_for_paint (fixture->window);
  row = find_row (fixture, message, &y);
  g_assert_false (confab_message_view_get_expanded (CONFAB_MESSAGE_VIEW (row)));
  gtk_widget_activate_action (row, "message.toggle-expanded", NULL);

  confab_timeline_view_jump_to (fixture->view, 0, 0);
  test_wait_for_paint (fixture->window);
  confab_timeline_view_jump_to_newest (fixture->view);
  test_wait_for_paint (fixture->window);
  row = find_row (fixture, message, &y);
  g_assert_true (confab_message_view_get_expanded (CONFAB_MESSAGE_VIEW (row)));
  g_assert_cmpfloat (get_end_error (fixture), <=, TOLERANCE);
}

static void
news_cb (GPtrArray *news, const char *text)
{
  g_ptr_array_add (news, g_strdup (text));
}

/* Other users' messages are announced once: a single one with its text, several as a number, and
 * older history not at all. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect_swapped (fixture->view, "news", G_CALLBACK (news_cb), news);
  while (!gtk_window_is_active (fixture->window))
    test_wait_ms (10);
  append (fixture, 2001);
  test_wait_ms (500);
  g_assert_cmpuint (news->len, ==, 1);
  g_assert_true (g_str_has_prefix (news->pdata[0], "New message from bruno: "));

  insert (fixture, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), 5, 2006);
  insert (fixture, 0, 50, 500);
  test_wait_ms (500);
  g_assert_cmpuint (news->len, ==, 2);
  g_assert_cmpstr (news->pdata[1], ==, "4 new messages"); /* 2010 is the user's own */

  append (fixture, 2015);
  insert (fixture, 0, 10, 400);
  test_wait_ms (500);
  g_assert_cmpuint (news->len, ==, 2);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  test_timeline_init (&argc, &argv);
  add ("/timeline/view/opens-at-end", test_opens_at_end);
  add ("/timeline/view/sticks-to-appended", test_sticks_to_appended);
  add ("/timeline/view/sticks-while-prepended", test_sticks_while_prepended);
  add ("/timeline/view/sticks-while-resized", test_sticks_while_resized);
  add ("/timeline/view/sticks-while-growing", test_sticks_while_growing);
  add ("/timeline/view/news", test_news);
  add ("/timeline/view/stays-in-history", test_stays_in_history);
  add ("/timeline/view/moved-is-not-new", test_moved_is_not_new);
  add ("/timeline/view/scrolling-back-sticks", test_scrolling_back_sticks);
  add ("/timeline/view/fling", test_fling);
  add ("/timeline/view/jumps", test_jumps);
  add ("/timeline/view/jump-to-fraction", test_jump_to_fraction);
  add ("/timeline/view/jump-near-end", test_jump_near_end);
  add ("/timeline/view/jump-before-layout", test_jump_before_layout);
  add ("/timeline/view/newest-before-layout", test_newest_before_layout);
  add ("/timeline/view/asks-for-older", test_asks_for_older);
  add ("/timeline/view/seen-needs-time", test_seen_needs_time);
  add ("/timeline/view/seen-only-in-view", test_seen_only_in_view);
  add ("/timeline/view/not-seen-behind", test_not_seen_behind);
  add ("/timeline/view/rows-are-named", test_rows_are_named);
  add ("/timeline/view/stays-expanded", test_stays_expanded);

  return g_test_run ();
}
