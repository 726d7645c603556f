/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-message-text-private.h"
#include "confab-test-timeline.h"
#include "confab-text-cost.h"

#include <pango/pangocairo.h>
#include <string.h>

static const char *const long_words =
    "All human beings are born free and equal in dignity and rights. They are endowed with reason "
    "and "
    "conscience and should act towards one another in a spirit of brotherhood.";

static void
assert_text (ConfabMessageText *self, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (self, "text", &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* Return the length in characters. */
static int
longest_item (PangoLayout *layout)
{
  int longest = 0;

  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    {
      PangoLayoutLine *line = l->data;

      for (GSList *r = line->runs; r != NULL; r = r->next)
        longest = MAX (longest, ((PangoGlyphItem *)r->data)->item->num_chars);
    }

  return longest;
}

static ConfabMessageText *
create (const char *text)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (g_object_ref_sink (confab_message_text_new ()));

  confab_message_text_set_text (self, text);

  return self;
}

static char *
lines_new (guint n)
{
  GString *text = g_string_new ("1");

  for (guint i = 2; i <= n; i++)
    g_string_append_printf (text, "\n%u", i);

  return g_string_free_and_steal (text);
}

static char *
repeat (const char *unit, gsize n_chars)
{
  GString *text = g_string_new (NULL);

  for (gsize n = 0; n + g_utf8_strlen (unit, -1) <= n_chars; n += g_utf8_strlen (unit, -1))
    g_string_append (text, unit);

  return g_string_free_and_steal (text);
}

/* ---- measuring ---- */

static void
test_fit (void)
{
  g_autoptr (ConfabMessageText) self = create (long_words);
  int wide_width, wide_height, width, height, last_height = 0;

  confab_message_text_fit (self, 10000, &wide_width, &wide_height);
  g_assert_cmpint (wide_width, <, 10000); /* only as wide as its text */
  for (int room = 600; room >= 100; room -= 50)
    {
      confab_message_text_fit (self, room, &width, &height);
      g_assert_cmpint (width, <=, room);
      g_assert_cmpint (width, >, 0);
      g_assert_cmpint (height, >=, last_height);
      g_assert_cmpint (height, >, wide_height);
      last_height = height;
    }
}

/* At the width that it asked for, a bubble keeps its lines. */
static void
test_fit_is_stable (void)
{
  g_autoptr (ConfabMessageText) self = create (long_words);

  for (int room = 90; room < 700; room += 7)
    {
      int width, height, same_width, same_height, minimum, natural;

      confab_message_text_fit (self, room, &width, &height);
      gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, width, &minimum, &natural,
                          NULL, NULL);
      g_assert_cmpint (minimum, ==, height);
      confab_message_text_fit (self, room, &same_width, &same_height);
      g_assert_cmpint (same_width, ==, width);
      g_assert_cmpint (same_height, ==, height);
    }
}

/* No text makes the window wider. */
static void
test_constant_width (void)
{
  g_autofree char *word = g_strnfill (5000, 'w');
  g_autoptr (ConfabMessageText) self = create (word);
  g_autoptr (ConfabMessageText) empty = create ("");
  int minimum, natural, empty_minimum, empty_natural, width, height;

  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (empty), GTK_ORIENTATION_HORIZONTAL, -1, &empty_minimum,
                      &empty_natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, empty_minimum);
  g_assert_cmpint (natural, ==, empty_natural);
  confab_message_text_fit (self, 200, &width, &height);
  g_assert_cmpint (width, <=, 200); /* a word that is too long is broken */
}

/* The longest messages, of the text that Pango is slowest with. What Pango gets is counted: for a
 * folded message no more than 25 lines, and no piece longer than it handles quickly. */
static void
test_cost (void)
{
  static const char *const units[] = {
    "W",
    "ﷺ",
    "👨‍👩‍👧‍👦",
    "😀",
    "\n",
    "x\n",
    "x\u2028",
    "a\u0301\u0302\u0303",
    "\U00012219",
    "𝔸",
    "\u202ea",
    "a א ",
    "\ue000",
    "🇩🇪",
    "ཀྵྨྦྱཾ",
    "\t",
    "\u200b",
    "https://a.example/ ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 10000);
      g_autoptr (ConfabMessageText) self = create (text);
      g_autofree char *selected = NULL;
      int width, height;

      g_test_message ("%s", units[i]);
      confab_message_text_fit (self, 536, &width, &height);
      g_assert_true (confab_message_text_is_long (self));
      g_assert_cmpint (pango_layout_get_character_count (self->layout), <=,
                       CONFAB_TEXT_COST_FOLDED);
      confab_message_text_set_folded (self, FALSE);
      confab_message_text_fit (self, 536, &width, &height);
      g_assert_cmpint (pango_layout_get_line_count (self->layout), <=, 3200);
      g_assert_cmpint (longest_item (self->layout), <=, 300);
      /* Text that is not laid out can still be selected. */
      confab_message_text_select (self, 0, G_MAXUINT);
      selected = confab_message_text_get_selected (self);
      g_assert_cmpstr (selected, ==, text);
    }
}

/* What takes Pango long is folded earlier than prose: opening a conversation lays out many messages
 * at once. Children for links are bounded too. */
static void
test_cost_of_folded (void)
{
  static const struct
  {
    const char *unit;
    int max_chars;
  } cases[] = {
    { "word ", 2000 },
    { "界", 2000 },
    { "สวัสดีครับ", 1300 },
    { "W", 1100 },
    { "😀", 500 },
    { "👨‍👩‍👧‍👦", 500 },
    { "a\u0301\u0302\u0303", 700 },
    { "a א ", 500 },
  };
  g_autofree char *links = repeat ("https://a.example/ ", 10000);
  g_autoptr (ConfabMessageText) text = create (links);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *content = repeat (cases[i].unit, 10000);
      g_autoptr (ConfabMessageText) self = create (content);

      g_test_message ("%s", cases[i].unit);
      g_assert_cmpint (pango_layout_get_character_count (self->layout), <=, cases[i].max_chars);
      g_assert_cmpint (pango_layout_get_character_count (self->layout), >, cases[i].max_chars / 2);
    }

  g_assert_cmpuint (text->places->len, ==, 20);
  confab_message_text_set_folded (text, FALSE);
  g_assert_cmpuint (text->places->len, ==, 100);
}

/* A long text of ordinary prose is shown completely once unfolded. */
static void
test_cost_of_prose (void)
{
  static const char *const units[] = { "word ", "界",         "สวัสดีครับ", "नमस्ते ",
                                       "كلمة ", "Zoë d’été ", "😀",      "W" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 10000);
      g_autoptr (ConfabMessageText) self = create (text);

      confab_message_text_set_folded (self, FALSE);
      g_assert_cmpint (pango_layout_get_character_count (self->layout), ==,
                       g_utf8_strlen (text, -1));
    }
}

/* A cut never divides an emoji, or a letter from its marks. */
static void
test_cost_cut (void)
{
  static const char *const units[] = { "👨‍👩‍👧‍👦", "👍🏽", "a\u0301\u0302", "🇩🇪",
                                       "❤️" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 1000);

      for (guint cost = 50; cost < 90; cost++)
        g_assert_cmpuint (confab_text_cost_cut (text, cost, 10) % strlen (units[i]), ==, 0);
    }
  g_assert_cmpuint (confab_text_cost_cut ("one\ntwo\nthree", 1000, 2), ==, strlen ("one\ntwo"));
  g_assert_cmpuint (confab_text_cost_cut ("", 10, 1), ==, 0);
}

/* Pango's longest item in the first piece of @text, in characters. */
static int
get_longest_item (const char *text)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int length = (int)confab_text_cost_next_piece (text);
  GList *items = pango_itemize (context, text, 0, length, attributes, NULL);
  int longest = 0;

  for (GList *link = items; link != NULL; link = link->next)
    longest = MAX (longest, ((PangoItem *)link->data)->num_chars);
  g_list_free_full (items, (GDestroyNotify)pango_item_free);
  g_object_unref (context);

  return longest;
}

/* A piece may be long, its items are not, whatever scripts and signs are mixed. */
static void
test_pieces (void)
{
  static const char *const units[] = { "W",   "a א ",  "א",  "ab я ", "a1(", "1 ",
                                       "א1(", "漢字a", "漢", "😀a",   "😀",  "ا1 a" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 2000);

      g_test_message ("%s", units[i]);
      g_assert_cmpint (get_longest_item (text), <=, 3 * CONFAB_TEXT_COST_PIECE);
    }
}

static void
test_changed_text (void)
{
  g_autoptr (ConfabMessageText) self = create ("short");
  int width, height, longer_width, longer_height;

  confab_message_text_fit (self, 300, &width, &height);
  confab_message_text_set_text (self, long_words);
  confab_message_text_fit (self, 300, &longer_width, &longer_height);
  g_assert_cmpint (longer_height, >, height);
  g_assert_cmpint (longer_width, >, width);
  assert_text (self, long_words);
}

static void
test_markup_is_text (void)
{
  const char *text = "<b>bold</b> &amp; <span size='100000'>x</span>";
  g_autoptr (ConfabMessageText) self = create (text);
  g_autofree char *selected = NULL;

  confab_message_text_select (self, 0, strlen (text));
  selected = confab_message_text_get_selected (self);
  g_assert_cmpstr (selected, ==, text);
}

static void
test_emoji (void)
{
  /* clang-format off */
  static const char *const emoji[] = { "👍",    "👍🏽", "👩‍👩‍👧‍👦",
                                       "🇳🇴🇩🇪",  "❤️",    "🎉🎉🎉",
                                       "😀 😀", "☀️", "1️⃣", "#️⃣*️⃣", "😀\n😀", "😀\n\n😀\n",
                                       " 😀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏽‍❤️‍💋‍👨🏻", "🏳‍🌈", "©️", "🫠", "🇳🇴",
                                       "⌚", "😀😀😀😀😀😀", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦" };
  /* clang-format on */
  /* clang-format off */
  static const char *const others[] = { "",      " ", "a", "👍 ok",
                                        "12",    "#", "©", "😀😀😀😀😀😀😀",
                                        "✓",     "☀", "1", "1⃣",    "⌚\ufe0e",
                                        "🇳",     "🇽🇽", "🇳🇴🇩", "\n",  "😀.",
                                        "😀\u200b", "👍\n👍\nok", "\u0301", "😀 \u0301" };
  /* clang-format on */
  g_autoptr (ConfabMessageText) self = create ("x");

  for (guint i = 0; i < G_N_ELEMENTS (emoji); i++)
    {
      confab_message_text_set_text (self, emoji[i]);
      g_test_message ("%s", emoji[i]);
      g_assert_true (confab_message_text_is_emoji (self));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      confab_message_text_set_text (self, others[i]);
      g_test_message ("%s", others[i]);
      g_assert_false (confab_message_text_is_emoji (self));
    }
}

/* ---- both directions ---- */

static double
get_character_x (ConfabMessageText *self, guint offset)
{
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (self);
  graphene_rect_t extents;

  g_assert_true (iface->get_extents (GTK_ACCESSIBLE_TEXT (self), offset, offset + 1, &extents));

  return extents.origin.x + extents.size.width / 2;
}

/* The text's own direction, not the window's, decides at which side its lines begin. */
static void
test_direction (void)
{
  static const struct
  {
    const char *text;
    gboolean right;
  } cases[] = {
    { "short\nAll human beings are born free", FALSE },
    { "قصير\nيولد جميع الناس أحرارا متساوين", TRUE },
    { "שלום\nכל בני האדם נולדו בני חורין", TRUE },
    { "שלום 123\nכל בני האדם נולדו בני חורין", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint rtl = 0; rtl < 2; rtl++)
      {
        g_autoptr (ConfabMessageText) self = create (cases[i].text);
        int width, height;

        gtk_widget_set_direction (GTK_WIDGET (self), rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
        confab_message_text_fit (self, 500, &width, &height);
        g_assert_cmpint (width, <, 500);
        if (cases[i].right)
          g_assert_cmpfloat (get_character_x (self, 0), >,
                             width - CONFAB_MESSAGE_TEXT_PADDING_X - 15);
        else
          g_assert_cmpfloat (get_character_x (self, 0), <, CONFAB_MESSAGE_TEXT_PADDING_X + 15);
      }
}

/* ---- links ---- */

static void
test_link_at (void)
{
  g_autoptr (ConfabMessageText) self = create ("go https://example.org/path now");
  int width, height;

  confab_message_text_fit (self, 1000, &width, &height);
  g_assert_cmpstr (confab_message_text_get_link_at (self, width / 2.0, height / 2.0), ==,
                   "https://example.org/path");
  g_assert_null (
      confab_message_text_get_link_at (self, CONFAB_MESSAGE_TEXT_PADDING_X + 2, height / 2.0));
  g_assert_null (confab_message_text_get_link_at (self, width - CONFAB_MESSAGE_TEXT_PADDING_X - 2,
                                                  height / 2.0));
  g_assert_null (confab_message_text_get_link_at (self, width + 100, height / 2.0));
  confab_message_text_set_text (self, "no link any more, none at all");
  confab_message_text_fit (self, 1000, &width, &height);
  g_assert_null (confab_message_text_get_link_at (self, width / 2.0, height / 2.0));
}

/* Return whether the focus is on an accessible link of this name. */
static gboolean
is_on_link (GtkWindow *window, const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  gtk_test_accessible_assert_role (focus, GTK_ACCESSIBLE_ROLE_LINK);
  gtk_test_accessible_assert_property (focus, GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return gtk_widget_get_width (focus) > 50 && gtk_widget_get_height (focus) > 5;
}

/* Components outside sRGB are cut off; they don't wrap around. */
static void
test_link_color (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autoptr (ConfabMessageText) self = NULL;
  PangoAttrIterator *iter = NULL;
  PangoAttrColor *color = NULL;

  gtk_css_provider_load_from_string (provider, "link { color: color(srgb -0.1 0.5 1.1); }");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider), G_MAXUINT);
  self = create ("https://example.org");
  iter = pango_attr_list_get_iterator (pango_layout_get_attributes (self->layout));
  color = (PangoAttrColor *)pango_attr_iterator_get (iter, PANGO_ATTR_FOREGROUND);
  g_assert_nonnull (color);
  g_assert_cmpuint (color->color.red, ==, 0);
  g_assert_cmpuint (color->color.green, ==, 32767);
  g_assert_cmpuint (color->color.blue, ==, 65535);

  pango_attr_iterator_destroy (iter);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                 GTK_STYLE_PROVIDER (provider));
}

static void
test_link_focus (void)
{
  GtkWidget *text = confab_message_text_new ();
  GtkWidget *plain = confab_message_text_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("after");
  GtkWindow *window;

  confab_message_text_set_text (CONFAB_MESSAGE_TEXT (text), "https://a.example https://b.example");
  confab_message_text_set_text (CONFAB_MESSAGE_TEXT (plain), "nothing to stop at");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), plain);
  gtk_box_append (GTK_BOX (box), button);
  window = test_window_new (box, 400, 300);
  gtk_window_set_focus (window, NULL);

  g_assert_true (gtk_widget_child_focus (box, GTK_DIR_TAB_FORWARD));
  g_assert_true (is_on_link (window, "https://a.example"));
  g_assert_true (gtk_widget_child_focus (box, GTK_DIR_TAB_FORWARD));
  g_assert_true (is_on_link (window, "https://b.example"));
  gtk_widget_activate_action (text, "text.copy-link", NULL);
  g_assert_true (gtk_widget_child_focus (box, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == button);
  g_assert_true (gtk_widget_child_focus (box, GTK_DIR_TAB_BACKWARD));
  g_assert_true (is_on_link (window, "https://b.example"));
  gtk_window_destroy (window);
}

/* Install a script as the default browser, which writes the address to a file. */
static char *
install_browser (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *entry_path = g_build_filename (folder, "browser.desktop", NULL);
  g_autofree char *list_path = g_build_filename (folder, "mimeapps.list", NULL);
  char *opened = g_build_filename (folder, "opened", NULL);
  g_autofree char *entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\n"
                                            "MimeType=x-scheme-handler/http;\n"
                                            "Exec=sh -c 'printf %%%%s \"$1\" > %s' browser %%u\n",
                                            opened);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (entry_path, entry, -1, NULL));
  g_assert_true (g_file_set_contents (
      list_path, "[Default Applications]\nx-scheme-handler/http=browser.desktop\n", -1, NULL));

  return opened;
}

static gboolean
is_written (gpointer data)
{
  g_autofree char *contents = NULL;

  return g_file_get_contents (data, &contents, NULL, NULL) && *contents != '\0';
}

/* The browser gets the address that is shown, even if its escapes are not UTF-8. */
static void
test_open_link (void)
{
  const char *uri = "http://www.example.org/Pourquoi+les+%E9tudiants?a=b&c=%25#d";
  g_autofree char *opened = install_browser ();
  g_autofree char *contents = NULL;
  GtkWidget *text = confab_message_text_new ();
  GtkWindow *window = test_window_new (text, 600, 100);

  confab_message_text_set_text (CONFAB_MESSAGE_TEXT (text), uri);
  gtk_window_set_focus (window, NULL);
  g_assert_true (gtk_widget_child_focus (text, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_activate_action (text, "text.open-link", NULL));
  test_wait_until (is_written, opened);
  g_assert_true (g_file_get_contents (opened, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, uri);
  gtk_window_destroy (window);
}

/* ---- selecting and copying ---- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;
  g_autoptr (GError) error = NULL;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(char **)data != NULL;
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, read_cb, &text);
  test_wait_until (is_set, &text);

  return text;
}

static void
test_copy (void)
{
  GtkWidget *text = confab_message_text_new ();
  GtkWindow *window = test_window_new (text, 400, 200);
  g_autofree char *part = NULL;
  g_autofree char *all = NULL;
  g_autofree char *link = NULL;

  confab_message_text_set_text (CONFAB_MESSAGE_TEXT (text), "größer https://example.org/€ 👍");
  confab_message_text_select (CONFAB_MESSAGE_TEXT (text), 8, 0); /* as if dragged backwards */
  gtk_widget_activate_action (text, "text.copy", NULL);
  part = read_clipboard (text);
  g_assert_cmpstr (part, ==, "größer");

  gtk_widget_activate_action (text, "text.select-all", NULL);
  gtk_widget_activate_action (text, "text.copy", NULL);
  all = read_clipboard (text);
  g_assert_cmpstr (all, ==, "größer https://example.org/€ 👍");

  gtk_widget_child_focus (text, GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (text, "text.copy-link", NULL);
  link = read_clipboard (text);
  g_assert_cmpstr (link, ==, "https://example.org/%E2%82%AC");
  gtk_window_destroy (window);
}

static void
test_nothing_selected (void)
{
  g_autoptr (ConfabMessageText) self = create ("some text");
  g_autofree char *selected = NULL;

  g_assert_null (confab_message_text_get_selected (self));
  confab_message_text_select (self, 5, 1000); /* limited to the text */
  selected = confab_message_text_get_selected (self);
  g_assert_cmpstr (selected, ==, "text");
  confab_message_text_set_text (self, "another");
  g_assert_null (confab_message_text_get_selected (self));
}

/* ---- folding ---- */

static void
test_fold (void)
{
  g_autofree char *just = lines_new (CONFAB_MESSAGE_TEXT_FOLDED_LINES);
  g_autofree char *more = lines_new (CONFAB_MESSAGE_TEXT_FOLDED_LINES + 15);
  g_autoptr (ConfabMessageText) self = create (just);
  int width, just_height, folded_height, height;

  confab_message_text_fit (self, 300, &width, &just_height);
  g_assert_false (confab_message_text_is_long (self));

  confab_message_text_set_text (self, more);
  confab_message_text_fit (self, 300, &width, &folded_height);
  g_assert_true (confab_message_text_is_long (self));
  g_assert_cmpint (folded_height, ==, just_height);

  confab_message_text_set_folded (self, FALSE);
  confab_message_text_fit (self, 300, &width, &height);
  g_assert_true (confab_message_text_is_long (self));
  g_assert_cmpint (height, >, folded_height * 3 / 2);
}

/* ---- for assistive technologies ---- */

static void
assert_contents_at (ConfabMessageText *self,
                    guint offset,
                    GtkAccessibleTextGranularity granularity,
                    const char *expected)
{
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (self);
  guint start, end;
  g_autoptr (GBytes) bytes =
      iface->get_contents_at (GTK_ACCESSIBLE_TEXT (self), offset, granularity, &start, &end);

  g_assert_cmpstr (g_bytes_get_data (bytes, NULL), ==, expected);
  g_assert_cmpuint (end - start, ==, g_utf8_strlen (expected, -1));
}

static void
test_accessible (void)
{
  g_autoptr (ConfabMessageText) self = create ("Größe zählt. Nicht immer.\nEnde");
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (self);
  GtkAccessibleText *accessible = GTK_ACCESSIBLE_TEXT (self);
  g_autoptr (GBytes) all = iface->get_contents (accessible, 0, G_MAXUINT);
  g_autofree GtkAccessibleTextRange *ranges = NULL;
  gsize n_ranges;

  g_assert_cmpstr (g_bytes_get_data (all, NULL), ==, "Größe zählt. Nicht immer.\nEnde");
  assert_contents_at (self, 1, GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER, "r");
  assert_contents_at (self, 2, GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER, "ö");
  assert_contents_at (self, 7, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, "zählt. ");
  assert_contents_at (self, 14, GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE, "Nicht immer.\n");
  assert_contents_at (self, 28, GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH, "Ende");
  assert_contents_at (self, 1000, GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH, "Ende");

  g_assert_false (iface->get_selection (accessible, &n_ranges, &ranges));
  confab_message_text_select (self, 0, strlen ("Größe"));
  g_assert_true (iface->get_selection (accessible, &n_ranges, &ranges));
  g_assert_cmpuint (n_ranges, ==, 1);
  g_assert_cmpuint (ranges[0].start, ==, 0);
  g_assert_cmpuint (ranges[0].length, ==, 5);
}

static void
test_accessible_empty (void)
{
  g_autoptr (ConfabMessageText) self = create ("");

  for (int granularity = GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER;
       granularity <= GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH; granularity++)
    assert_contents_at (self, 0, granularity, "");
}

int
main (int argc, char *argv[])
{
  test_timeline_init (&argc, &argv);
  g_test_add_func ("/timeline/text/fit", test_fit);
  g_test_add_func ("/timeline/text/fit-is-stable", test_fit_is_stable);
  g_test_add_func ("/timeline/text/constant-width", test_constant_width);
  g_test_add_func ("/timeline/text/cost", test_cost);
  g_test_add_func ("/timeline/text/cost-of-folded", test_cost_of_folded);
  g_test_add_func ("/timeline/text/cost-of-prose", test_cost_of_prose);
  g_test_add_func ("/timeline/text/cost-cut", test_cost_cut);
  g_test_add_func ("/timeline/text/pieces", test_pieces);
  g_test_add_func ("/timeline/text/changed", test_changed_text);
  g_test_add_func ("/timeline/text/markup-is-text", test_markup_is_text);
  g_test_add_func ("/timeline/text/emoji", test_emoji);
  g_test_add_func ("/timeline/text/direction", test_direction);
  g_test_add_func ("/timeline/text/link-at", test_link_at);
  g_test_add_func ("/timeline/text/link-color", test_link_color);
  g_test_add_func ("/timeline/text/link-focus", test_link_focus);
  g_test_add_func ("/timeline/text/open-link", test_open_link);
  g_test_add_func ("/timeline/text/copy", test_copy);
  g_test_add_func ("/timeline/text/nothing-selected", test_nothing_selected);
  g_test_add_func ("/timeline/text/fold", test_fold);
  g_test_add_func ("/timeline/text/accessible", test_accessible);
  g_test_add_func ("/timeline/text/accessible-empty", test_accessible_empty);

  return g_test_run ();
}
