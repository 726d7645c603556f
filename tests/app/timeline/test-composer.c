/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-composer.h"
#include "confab-limits.h"
#include "confab-test-timeline.h"

typedef struct
{
  ConfabComposer *composer;
  GtkWidget *view;
  GtkWindow *window;
  GPtrArray *sent;
  GPtrArray *drafts;
  guint left;
  int scrolled;
} Fixture;

static void
keep_cb (GPtrArray *texts, const char *text)
{
  g_ptr_array_add (texts, g_strdup (text));
}

static void
left_cb (Fixture *fixture)
{
  fixture->left++;
}

static void
scrolled_cb (Fixture *fixture, int pages)
{
  fixture->scrolled += pages;
}

static GtkWidget *
find_text_view (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text_view (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sent = g_ptr_array_new_with_free_func (g_free);
  fixture->drafts = g_ptr_array_new_with_free_func (g_free);
  fixture->composer = g_object_new (CONFAB_TYPE_COMPOSER, NULL);
  g_signal_connect_swapped (fixture->composer, "send", G_CALLBACK (keep_cb), fixture->sent);
  g_signal_connect_swapped (fixture->composer, "draft", G_CALLBACK (keep_cb), fixture->drafts);
  g_signal_connect_swapped (fixture->composer, "leave", G_CALLBACK (left_cb), fixture);
  g_signal_connect_swapped (fixture->composer, "scroll", G_CALLBACK (scrolled_cb), fixture);
  confab_composer_set_recipient (fixture->composer, "bruno");
  gtk_widget_set_valign (GTK_WIDGET (fixture->composer), GTK_ALIGN_END);
  fixture->window = test_window_new (GTK_WIDGET (fixture->composer), 500, 500);
  fixture->view = find_text_view (GTK_WIDGET (fixture->composer));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->composer));
  test_wait_until (is_active, fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->composer), (gpointer *)&fixture->composer);
  gtk_window_destroy (fixture->window);
  test_wait_ms (1);
  g_assert_null (fixture->composer);
  g_ptr_array_unref (fixture->sent);
  g_ptr_array_unref (fixture->drafts);
}

static void
type (Fixture *fixture, const char *text)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view)), text,
                                    -1);
}

/* Return the length of the longest part of a paragraph that Pango gets at once, in characters. */
static int
longest_piece (Fixture *fixture)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  GtkTextIter place;
  int longest = 0;
  int before = 0;

  gtk_text_buffer_get_start_iter (buffer, &place);
  while (!gtk_text_iter_is_end (&place))
    {
      GtkTextIter line_end = place;

      if (!gtk_text_iter_ends_line (&line_end))
        gtk_text_iter_forward_to_line_end (&line_end);
      if (!gtk_text_iter_forward_to_tag_toggle (&place, NULL)
          || gtk_text_iter_compare (&place, &line_end) > 0)
        {
          place = line_end;
          gtk_text_iter_forward_char (&place);
        }
      longest = MAX (longest, gtk_text_iter_get_offset (&place) - before);
      before = gtk_text_iter_get_offset (&place);
    }

  return longest;
}

static void
assert_text (Fixture *fixture, const char *expected)
{
  g_autofree char *text = confab_composer_dup_text (fixture->composer);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_painted_label (GtkWidget *widget, const char *part)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_painted_label (child, part))
      return TRUE;

  return FALSE;
}

/* Press real keys, as the display delivers them. */
static void
press (Fixture *fixture, const char *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) xdotool =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "key", keys, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (xdotool, NULL, &error));
  g_assert_no_error (error);
  test_wait_ms (100);
}

static void
test_enter_sends (Fixture *fixture, gconstpointer data)
{
  type (fixture, "  Hello Bruno \n");
  press (fixture, "Return");
  g_assert_cmpuint (fixture->sent->len, ==, 1);
  g_assert_cmpstr (fixture->sent->pdata[0], ==, "  Hello Bruno ");
  assert_text (fixture, "");
  g_assert_true (gtk_widget_is_focus (fixture->view));

  press (fixture, "Return");
  g_assert_cmpuint (fixture->sent->len, ==,
                    1); /* an empty message is not sent, and no empty line is left */
  assert_text (fixture, "");
}

static void
test_shift_enter_breaks (Fixture *fixture, gconstpointer data)
{
  press (fixture, "a");
  press (fixture, "shift+Return");
  press (fixture, "b");
  g_assert_cmpuint (fixture->sent->len, ==, 0);
  assert_text (fixture, "a\nb");
  press (fixture, "KP_Enter");
  g_assert_cmpuint (fixture->sent->len, ==, 1);
  g_assert_cmpstr (fixture->sent->pdata[0], ==, "a\nb");
}

static void
test_escape_leaves (Fixture *fixture, gconstpointer data)
{
  type (fixture, "kept");
  press (fixture, "Escape");
  g_assert_cmpuint (fixture->left, ==, 1);
  assert_text (fixture, "kept");
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  type (fixture, "one");
  test_wait_ms (300);
  type (fixture, " two");
  test_wait_ms (300);
  g_assert_cmpuint (fixture->drafts->len, ==, 0); /* the user is still typing */
  test_wait_ms (400);
  g_assert_cmpuint (fixture->drafts->len, ==, 1);
  g_assert_cmpstr (fixture->drafts->pdata[0], ==, "one two");

  confab_composer_flush_draft (fixture->composer);
  g_assert_cmpuint (fixture->drafts->len, ==, 1); /* the text has not changed */
  type (fixture, " three");
  confab_composer_flush_draft (fixture->composer);
  g_assert_cmpuint (fixture->drafts->len, ==, 2);
  g_assert_cmpstr (fixture->drafts->pdata[1], ==, "one two three");
  test_wait_ms (700);
  g_assert_cmpuint (fixture->drafts->len, ==, 2);
}

static void
test_restored_draft (Fixture *fixture, gconstpointer data)
{
  confab_composer_set_text (fixture->composer, "from yesterday");
  assert_text (fixture, "from yesterday");
  test_wait_ms (700);
  g_assert_cmpuint (fixture->drafts->len, ==, 0); /* it is saved already */
  g_assert_false (has_painted_label (GTK_WIDGET (fixture->composer), "Message bruno"));

  /* Undo must not restore another conversation's text. */
  confab_composer_set_text (fixture->composer, NULL);
  press (fixture, "ctrl+z");
  assert_text (fixture, "");
  g_assert_true (has_painted_label (GTK_WIDGET (fixture->composer), "Message bruno"));
}

/* The draft stays until the client has stored the message. */
static void
test_sending_keeps_draft (Fixture *fixture, gconstpointer data)
{
  type (fixture, "Hello");
  confab_composer_flush_draft (fixture->composer);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  test_wait_ms (700);
  g_assert_cmpuint (fixture->drafts->len, ==, 1);
  g_assert_cmpstr (fixture->drafts->pdata[0], ==, "Hello");
}

static void
test_give_back (Fixture *fixture, gconstpointer data)
{
  type (fixture, "first");
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  type (fixture, "second");
  confab_composer_give_back (fixture->composer, "first", "The disk is full.");
  assert_text (fixture, "first\nsecond");
  test_wait_ms (400); /* the error is revealed */
  g_assert_true (has_painted_label (GTK_WIDGET (fixture->composer), "The disk is full."));

  type (fixture, "!");
  test_wait_ms (400);
  g_assert_false (has_painted_label (GTK_WIDGET (fixture->composer), "The disk is full."));
}

static gboolean
is_too_long (gpointer data)
{
  return has_painted_label (GTK_WIDGET (((Fixture *)data)->composer), "1 character too long");
}

static gboolean
is_not_too_long (gpointer data)
{
  return !has_painted_label (GTK_WIDGET (((Fixture *)data)->composer), "too long");
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (CONFAB_MESSAGE_MAX_CHARS - 10, 'x');
  g_autofree char *typed = NULL;

  type (fixture, "x");
  g_assert_false (has_painted_label (GTK_WIDGET (fixture->composer), "10"));
  confab_composer_set_text (fixture->composer, text);
  test_wait_for_paint (fixture->window);
  g_assert_true (has_painted_label (GTK_WIDGET (fixture->composer), "10"));

  type (fixture, "0123456789");
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  g_assert_cmpuint (fixture->sent->len, ==, 1);

  confab_composer_set_text (fixture->composer, text);
  type (fixture, "0123456789x");
  test_wait_for_paint (fixture->window);
  g_assert_true (has_painted_label (GTK_WIDGET (fixture->composer), "-1"));
  test_wait_until (is_too_long, fixture);
  type (fixture, "yz");
  g_assert_true (has_painted_label (GTK_WIDGET (fixture->composer), "3 characters too long"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  g_assert_cmpuint (fixture->sent->len, ==, 1);
  g_assert_cmpint (g_utf8_strlen (fixture->sent->pdata[0], -1), ==, CONFAB_MESSAGE_MAX_CHARS);

  /* The text is kept completely, and can be shortened. */
  typed = confab_composer_dup_text (fixture->composer);
  g_assert_cmpint (g_utf8_strlen (typed, -1), ==, CONFAB_MESSAGE_MAX_CHARS + 3);
  confab_composer_set_text (fixture->composer, text);
  test_wait_until (is_not_too_long, fixture);
}

/* An invalid text stays, with an error at the field. */
static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  type (fixture, "a\x01 b");
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  g_assert_cmpuint (fixture->sent->len, ==, 0);
  assert_text (fixture, "a\x01 b");
}

static int
get_height (Fixture *fixture)
{
  test_wait_for_paint (fixture->window);
  test_wait_for_paint (fixture->window);

  return gtk_widget_get_height (GTK_WIDGET (fixture->composer));
}

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  int one = get_height (fixture), eight, twenty;

  type (fixture, "1\n2\n3\n4\n5\n6\n7\n8");
  eight = get_height (fixture);
  type (fixture, "\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20");
  twenty = get_height (fixture);
  g_assert_cmpint (eight, >, one * 2);
  g_assert_cmpint (twenty, ==, eight);
}

/* With text in the field, these keys move the cursor. */
static void
test_page_keys_scroll (Fixture *fixture, gconstpointer data)
{
  press (fixture, "Page_Up");
  press (fixture, "Page_Up");
  g_assert_cmpint (fixture->scrolled, ==, -2);
  press (fixture, "KP_Page_Down");
  g_assert_cmpint (fixture->scrolled, ==, -1);
  type (fixture, "text");
  press (fixture, "Page_Up");
  g_assert_cmpint (fixture->scrolled, ==, -1);
}

static GtkWidget *
find_emoji_chooser (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_emoji_chooser (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_emoji_replaces_selection (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  GtkTextIter start, end;
  GtkWidget *chooser;

  type (fixture, "a word b");
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 2);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 6);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.insert-emoji", NULL);
  chooser = find_emoji_chooser (GTK_WIDGET (fixture->composer));
  g_assert_nonnull (chooser);
  g_signal_emit_by_name (chooser, "emoji-picked", "😀");
  gtk_popover_popdown (GTK_POPOVER (chooser));
  assert_text (fixture, "a 😀 b");

  gtk_text_buffer_undo (buffer); /* in one step */
  assert_text (fixture, "a word b");
}

static gboolean
is_caret_right (Fixture *fixture)
{
  GdkRectangle caret;

  gtk_text_view_get_cursor_locations (GTK_TEXT_VIEW (fixture->view), NULL, &caret, NULL);

  return caret.x > gtk_widget_get_width (fixture->view) / 2;
}

/* The display's keyboard is left-to-right. */
static void
test_caret_side (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_caret_right (fixture));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  test_wait_for_paint (fixture->window);
  g_assert_true (is_caret_right (fixture));
  press (fixture, "a");
  g_assert_false (is_caret_right (fixture));
  press (fixture, "BackSpace");
  g_assert_true (is_caret_right (fixture));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  test_wait_for_paint (fixture->window);
  g_assert_false (is_caret_right (fixture));
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  gtk_test_accessible_assert_property (fixture->view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Message");
  gtk_test_accessible_assert_property (fixture->view, GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                       "Message bruno");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static char *
repeat (const char *unit, int n_chars)
{
  GString *text = g_string_new (NULL);

  for (int n = 0; n < n_chars; n += (int)g_utf8_strlen (unit, -1))
    g_string_append (text, unit);

  return g_string_free_and_steal (text);
}

/* However long a paragraph is, and however it was made, Pango gets it in pieces. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  static const char *const units[] = { "W",  "word ", "👨‍👩‍👧‍👦",
                                       "\n", "ﷺ",     "a\u0301\u0302" };
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 9000);
      g_autofree char *more = repeat ("x", 400);
      GtkTextIter start, end;

      g_test_message ("%s", units[i]);
      confab_composer_set_text (fixture->composer, text);
      assert_text (fixture, text);
      g_assert_cmpint (longest_piece (fixture), <=, 301);
      gtk_text_buffer_get_iter_at_offset (buffer, &start, 4000);
      gtk_text_buffer_place_cursor (buffer, &start);
      type (fixture, more);
      g_assert_cmpint (longest_piece (fixture), <=, 301);
      /* Two paragraphs become one. */
      gtk_text_buffer_get_iter_at_offset (buffer, &start, 150);
      gtk_text_buffer_place_cursor (buffer, &start);
      type (fixture, "\n");
      gtk_text_buffer_get_iter_at_offset (buffer, &start, 150);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, 151);
      gtk_text_buffer_delete (buffer, &start, &end);
      g_assert_cmpint (longest_piece (fixture), <=, 301);
      test_wait_for_paint (fixture->window);
    }
}

/* Where the script changes, Pango divides by itself, and further divisions cost time at each item.
 * Not so a long word between. */
static void
test_no_pieces_of_short_items (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = repeat ("a א ", 4000);
  g_autofree char *word = repeat ("א", 1000);

  confab_composer_set_text (fixture->composer, text);
  g_assert_cmpint (longest_piece (fixture), ==, 4000);
  type (fixture, word);
  type (fixture, text);
  g_assert_cmpint (longest_piece (fixture), >=, 4000);
  g_assert_cmpint (longest_piece (fixture), <=, 4000 + 301);
}

static int
get_paragraph_height (Fixture *fixture)
{
  GtkTextIter start;
  int y, height;

  test_wait_for_paint (fixture->window);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view)), &start);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (fixture->view), &start, &y, &height);

  return height;
}

/* Dividing a paragraph does not show: it has the height it would have without, in every script. */
static void
test_pieces_do_not_show (Fixture *fixture, gconstpointer data)
{
  static const char *const units[] = { "word ", "W", "😀", "سلام ", "你好" };
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 2000);
      GtkTextIter start, end;
      int divided;

      g_test_message ("%s", units[i]);
      confab_composer_set_text (fixture->composer, text);
      g_assert_cmpint (longest_piece (fixture), <=, 301);
      divided = get_paragraph_height (fixture);
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_remove_all_tags (buffer, &start, &end);
      g_assert_cmpint (longest_piece (fixture), >=, 1999);
      g_assert_cmpint (get_paragraph_height (fixture), ==, divided);
    }
}

/* The divisions are no steps of undoing, and undoing leaves no long piece behind. */
static void
test_pieces_undo (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  g_autofree char *text = repeat ("W", 5000);
  GtkTextIter start, end;

  type (fixture, "before");
  gtk_text_buffer_begin_user_action (buffer);
  type (fixture, text);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_end_user_action (buffer);
  assert_text (fixture, "");
  gtk_text_buffer_undo (buffer);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 5006);
  g_assert_cmpint (longest_piece (fixture), <=, 301);
  gtk_text_buffer_undo (buffer);
  assert_text (fixture, "before");
}

static gboolean
is_told_of_the_cut (gpointer data)
{
  return has_painted_label (GTK_WIDGET (((Fixture *)data)->composer),
                            "Only its beginning was inserted");
}

/* A million characters would hold the window; what came first is taken, and it is said. */
static void
test_endless_paste (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = repeat ("Wörter ", 1000000);
  g_autofree char *taken = NULL;

  type (fixture, text);
  taken = confab_composer_dup_text (fixture->composer);
  g_assert_cmpint (g_utf8_strlen (taken, -1), ==, 2 * CONFAB_MESSAGE_MAX_CHARS);
  g_assert_true (g_str_has_prefix (text, taken));
  test_wait_until (is_told_of_the_cut, fixture);

  type (fixture, "no more");
  g_free (g_steal_pointer (&taken));
  taken = confab_composer_dup_text (fixture->composer);
  g_assert_cmpint (g_utf8_strlen (taken, -1), ==, 2 * CONFAB_MESSAGE_MAX_CHARS);

  /* What the window gives back is never cut. */
  confab_composer_give_back (fixture->composer, "Not sent", "Why");
  g_free (g_steal_pointer (&taken));
  taken = confab_composer_dup_text (fixture->composer);
  g_assert_cmpint (g_utf8_strlen (taken, -1), >, 2 * CONFAB_MESSAGE_MAX_CHARS);
}

int
main (int argc, char *argv[])
{
  test_timeline_init (&argc, &argv);
  add ("/composer/enter-sends", test_enter_sends);
  add ("/composer/shift-enter-breaks", test_shift_enter_breaks);
  add ("/composer/escape-leaves", test_escape_leaves);
  add ("/composer/draft", test_draft);
  add ("/composer/restored-draft", test_restored_draft);
  add ("/composer/sending-keeps-draft", test_sending_keeps_draft);
  add ("/composer/give-back", test_give_back);
  add ("/composer/limit", test_limit);
  add ("/composer/pieces", test_pieces);
  add ("/composer/pieces/short-items", test_no_pieces_of_short_items);
  add ("/composer/pieces/do-not-show", test_pieces_do_not_show);
  add ("/composer/pieces/undo", test_pieces_undo);
  add ("/composer/endless-paste", test_endless_paste);
  add ("/composer/invalid", test_invalid);
  add ("/composer/grows", test_grows);
  add ("/composer/page-keys-scroll", test_page_keys_scroll);
  add ("/composer/emoji-replaces-selection", test_emoji_replaces_selection);
  add ("/composer/caret-side", test_caret_side);
  add ("/composer/accessible", test_accessible);

  return g_test_run ();
}
