/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-text.h"

#include "confab-limits.h"

typedef char *(*TextFunc) (const char *text, GError **error);

typedef struct
{
  const char *text;
  const char *stored; /* NULL if refused */
} Case;

static char *
repeat (const char *unit, guint n)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (string, unit);

  return g_string_free (string, FALSE);
}

static void
assert_stored (TextFunc func, const char *text, const char *stored)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = func (text, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (result, ==, stored);

  /* Normalising a stored text again does not change it. */
  again = func (result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, stored);
}

static void
assert_refused (TextFunc func, const char *text, ConfabProblem problem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = func (text, &error);

  g_assert_error (error, CONFAB_PROBLEM, (int)problem);
  g_assert_cmpstr (error->message, ==, confab_problem_get_title (problem));
  g_assert_null (result);
}

static void
run_cases (TextFunc func, const Case *cases, gsize n_cases, ConfabProblem problem)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_test_message ("“%s”", cases[i].text);

      if (cases[i].stored != NULL)
        assert_stored (func, cases[i].text, cases[i].stored);
      else
        assert_refused (func, cases[i].text, problem);
    }
}

/* Invalid UTF-8: a stray byte, a truncated sequence, a surrogate, an overlong form, beyond
 * U+10FFFF. */
static const char *const not_utf8[] = {
  "\xff",   "ann\xc3",  "a\xed\xa0\x80z", "a\xc0\xafz", "a\xf4\x90\x80\x80z",
  "a\x80z", "\xfe\xff", "a\xe2\x82",
};

static const TextFunc all_funcs[] = {
  confab_text_username, confab_text_email,       confab_text_password,
  confab_text_title,    confab_text_device_name, confab_text_message,
};

static const ConfabProblem all_problems[] = {
  CONFAB_PROBLEM_INVALID_USERNAME, CONFAB_PROBLEM_INVALID_EMAIL, CONFAB_PROBLEM_INVALID_TEXT,
  CONFAB_PROBLEM_INVALID_TITLE,    CONFAB_PROBLEM_INVALID_FIELD, CONFAB_PROBLEM_INVALID_TEXT,
};

static void
test_not_utf8 (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (all_funcs); f++)
    for (guint i = 0; i < G_N_ELEMENTS (not_utf8); i++)
      assert_refused (all_funcs[f], not_utf8[i], all_problems[f]);
}

/* Thirty marks on a letter are allowed, thirty-one are not. */
static void
test_many_marks (void)
{
  g_autofree char *thirty = repeat ("\u0323", 30);
  g_autofree char *allowed = g_strconcat ("b", thirty, NULL);
  g_autofree char *refused = g_strconcat ("b", thirty, "\u0323", NULL);
  g_autofree char *long_run = repeat ("\u0323\u0301", 20000);
  g_autofree char *long_one = g_strconcat ("b", long_run, NULL);

  g_assert_true (g_utf8_validate (allowed, -1, NULL));
  {
    g_autoptr (GError) error = NULL;
    g_autofree char *stored = confab_text_message (allowed, &error);

    g_assert_no_error (error);
    g_assert_cmpint (g_utf8_strlen (stored, -1), ==, 30); /* b and the first mark compose */
  }

  for (guint f = 0; f < G_N_ELEMENTS (all_funcs); f++)
    assert_refused (all_funcs[f], refused, all_problems[f]);

  /* Sorting these would take minutes. */
  assert_refused (confab_text_message, long_one, CONFAB_PROBLEM_INVALID_TEXT);
}

/* Marks in any order are stored in Unicode's canonical order. */
static void
test_order_of_marks (void)
{
  static const char *const marks[] = { "\u0315", "\u0300", "\u05ae", "\u0323", "\u0334", "\u0345" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new ("x");
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *stored = NULL;

      for (guint run = 0; run < 3; run++)
        {
          guint n_marks = (guint)g_rand_int_range (rand, 0, 29);

          g_string_append (text, run == 1 ? "\u01d6" : "a");
          for (guint i = 0; i < n_marks; i++)
            g_string_append (text, marks[g_rand_int_range (rand, 0, G_N_ELEMENTS (marks))]);
        }
      expected = g_utf8_normalize (text->str, -1, G_NORMALIZE_NFC);
      stored = confab_text_message (text->str, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (stored, ==, expected);
    }
}

/* The longest text of each kind may arrive decomposed; longer ones are refused by their bytes. */
static void
test_bytes_first (void)
{
  g_autofree char *decomposed = repeat ("\u1112\u1161\u11ab", CONFAB_MESSAGE_MAX_CHARS);
  g_autofree char *one_more = g_strconcat (decomposed, "x", NULL);
  g_autofree char *endless = repeat (" ", 200000);
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = confab_text_message (decomposed, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_utf8_strlen (stored, -1), ==, CONFAB_MESSAGE_MAX_CHARS);
  assert_refused (confab_text_message, one_more, CONFAB_PROBLEM_MESSAGE_TOO_LONG);
  assert_refused (confab_text_message, endless, CONFAB_PROBLEM_MESSAGE_TOO_LONG);
  assert_refused (confab_text_password, endless, CONFAB_PROBLEM_PASSWORD_TOO_LONG);
  assert_refused (confab_text_title, endless, CONFAB_PROBLEM_INVALID_TITLE);
  assert_refused (confab_text_username, endless, CONFAB_PROBLEM_INVALID_USERNAME);
}

/* A name of maximum length may be pasted with invisible characters around it, which are
 * stripped. */
static void
test_padding_is_not_counted (void)
{
  g_autofree char *name = repeat ("a", CONFAB_USERNAME_MAX_CHARS);
  g_autofree char *title = repeat ("a", CONFAB_TITLE_MAX_CHARS);
  g_autofree char *pasted_name = g_strconcat ("\u202a", name, "\u202c\u200b", NULL);
  g_autofree char *pasted_title = g_strconcat ("\ufeff", title, "\u200e", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *stored_name = confab_text_username (pasted_name, &error);
  g_autofree char *stored_title = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (stored_name, ==, name);
  stored_title = confab_text_title (pasted_title, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stored_title, ==, title);
}

static void
test_username (void)
{
  static const Case cases[] = {
    { "a", "a" },
    { "7", "7" },
    { "Ann", "Ann" },
    { "  ann ", "ann" },
    { "\u3000ann\u00a0", "ann" },
    { "ann\n", "ann" },
    { "ann\t", "ann" },
    { "\tann", "ann" },
    { "ann\r\n", "ann" },
    { "ann\u2028", "ann" },
    { "\u202aann\u202c", "ann" },
    { "\ufeffann\u200b\u2060\u00ad", "ann" },
    { "\u200e ann \u200f", "ann" },
    { "\u202eann", NULL },
    { "\u2800", NULL },
    { "\U00013441", NULL },
    { "a\U00016fe4", NULL },
    { "ann\177", NULL },
    { "a.b-c_d", "a.b-c_d" },
    { "a..b", "a..b" },
    { "Jose\u0301", "Jos\u00e9" },
    { "\u212bngstro\u0308m", "\u00c5ngstr\u00f6m" },
    { "Ærøskøbing", "Ærøskøbing" },
    { "Дмитрий", "Дмитрий" },
    { "Ελένη", "Ελένη" },
    { "李雷", "李雷" },
    { "さくら", "さくら" },
    { "김철수", "김철수" },
    { "\u1100\u1161", "\uac00" },
    { "محمد", "محمد" },
    { "שרה", "שרה" },
    { "नरेंद्र", "नरेंद्र" },
    { "अनीता", "अनीता" },
    { "ศรี", "ศรี" },
    { "தமிழ்", "தமிழ்" },
    { "\u0663\u0664\u0665", "\u0663\u0664\u0665" },
    { "\U00010400\U00010401", "\U00010400\U00010401" },
    { "", NULL },
    { "   ", NULL },
    { ".a", NULL },
    { "a.", NULL },
    { "-a", NULL },
    { "a-", NULL },
    { "_a", NULL },
    { "a_", NULL },
    { "a b", NULL },
    { "a\u00a0b", NULL },
    { "a\tb", NULL },
    { "a\nb", NULL },
    { "a\x7f", NULL },
    { "a\xc2\x85"
      "z",
      NULL },
    { "a@b", NULL },
    { "a/b", NULL },
    { "a+b", NULL },
    { "a'b", NULL },
    { "\u0301a", NULL },
    { ".\u0301", NULL },
    { "a.\u0301z", NULL },
    { "\u20dda", NULL },
    { "a😀", NULL },
    { "½", NULL },
    { "Ⅷ", NULL },
    { "a\u200bz", NULL },
    { "ann\u200d", NULL },
    { "a\u200dz", NULL },
    { "a\u00adz", NULL },
    { "a\ufeffz", NULL },
    { "a\u202ez", NULL },
    { "a\u202az", NULL },
    { "a\u2066z", NULL },
    { "a\u2069z", NULL },
    { "a\u200ez", NULL },
    { "a\u2028z", NULL },
    { "a\u3164z", NULL },
    { "a\u115fz", NULL },
    { "a\u034fz", NULL },
    { "a\ufe0f", NULL },
    { "a\U000e0100", NULL },
    { "a\ue000", NULL },
    { "a\U0010ffff", NULL },
  };
  g_autofree char *longest = repeat ("z", CONFAB_USERNAME_MAX_CHARS);
  g_autofree char *too_long = repeat ("z", CONFAB_USERNAME_MAX_CHARS + 1);
  g_autofree char *decomposed = repeat ("e\u0301", CONFAB_USERNAME_MAX_CHARS);
  g_autofree char *composed = repeat ("\u00e9", CONFAB_USERNAME_MAX_CHARS);

  run_cases (confab_text_username, cases, G_N_ELEMENTS (cases), CONFAB_PROBLEM_INVALID_USERNAME);
  assert_stored (confab_text_username, longest, longest);
  assert_stored (confab_text_username, decomposed, composed);
  assert_refused (confab_text_username, too_long, CONFAB_PROBLEM_INVALID_USERNAME);
}

static void
test_email (void)
{
  static const Case cases[] = {
    { "ann@example.org", "ann@example.org" },
    { " ann@example.org ", "ann@example.org" },
    { "ann@example.org\n", "ann@example.org" },
    { "\u202aann@example.org\u202c\r\n", "ann@example.org" },
    { "\u200bann@example.org\ufeff", "ann@example.org" },
    { "Ann.B+tag@mail.example.co.uk", "Ann.B+tag@mail.example.co.uk" },
    { "o'hara_x@ex-ample.org", "o'hara_x@ex-ample.org" },
    { "a@b.c", "a@b.c" },
    { "1@2.example", "1@2.example" },
    { "first.last+tag@sub-domain.b.example", "first.last+tag@sub-domain.b.example" },
    { "o'neil_{x}@b.example", "o'neil_{x}@b.example" },
    { "अनीता@b.example", "अनीता@b.example" },
    { "jose\u0301@bu\u0308cher.example", "jos\u00e9@b\u00fccher.example" },
    { "用户@例子.中国", "用户@例子.中国" },
    { "", NULL },
    { "   ", NULL },
    { "ann", NULL },
    { "@", NULL },
    { "@example.org", NULL },
    { "ann@", NULL },
    { "ann@@example.org", NULL },
    { "a@b@example.org", NULL },
    { "ann@example", NULL },
    { "ann@.org", NULL },
    { "ann@example.", NULL },
    { "ann@example..org", NULL },
    { "ann@-example.org", NULL },
    { "ann@example-.org", NULL },
    { "ann@example.org-", NULL },
    { "ann@exam_ple.org", NULL },
    { "ann@example.org,bob@example.org", NULL },
    { "ann b@example.org", NULL },
    { "ann\u00a0b@example.org", NULL },
    { "ann@exam ple.org", NULL },
    { "ann\tb@example.org", NULL },
    { "ann\r\nBcc: x@example.org", NULL },
    { "ann\x01@example.org", NULL },
    { "ann\x7f@example.org", NULL },
    { "ann\u202e@example.org", NULL },
    { "ann@[127.0.0.1]", NULL },
    { "ann@[IPv6:::1]", NULL },
    { "mailto:ann@example.org", NULL },
    { "a..b@example.org", NULL },
    { ".a@example.org", NULL },
    { "a.@example.org", NULL },
    { "ann;b@example.org", NULL },
    { "ann:b@example.org", NULL },
    { "\"ann\"@example.org", NULL },
    { "(ann)@example.org", NULL },
    { "ann\\@example.org", NULL },
    { "ann，b@example.org", NULL },
    { "😀@example.org", NULL },
    { "ann@😀.example", NULL },
    { "ann@192.0.2.1", NULL },
    { "1@2.3", NULL },
    { "ann@a\u200db.example", NULL },
    { "a\u200bnn@example.org", NULL },
    { "<ann@example.org>", NULL },
  };
  g_autofree char *local = repeat ("x", 64);
  g_autofree char *long_local = g_strconcat ("x", local, "@example.org", NULL);
  g_autofree char *label = repeat ("y", 61);
  g_autofree char *longest = g_strconcat (local, "@", label, ".", label, ".", label, ".abc", NULL);
  g_autofree char *too_long =
      g_strconcat (local, "@", label, ".", label, ".", label, ".abcd", NULL);
  g_autofree char *long_label = g_strconcat ("a@zzz", label, ".example", NULL);
  g_autofree char *wide_local = repeat ("é", CONFAB_EMAIL_MAX_BYTES / 2);
  g_autofree char *too_wide = g_strconcat (wide_local, "@example.org", NULL);

  run_cases (confab_text_email, cases, G_N_ELEMENTS (cases), CONFAB_PROBLEM_INVALID_EMAIL);
  g_assert_cmpuint (strlen (longest), ==, CONFAB_EMAIL_MAX_BYTES);
  assert_stored (confab_text_email, longest, longest);
  assert_refused (confab_text_email, long_local, CONFAB_PROBLEM_INVALID_EMAIL);
  assert_refused (confab_text_email, long_label, CONFAB_PROBLEM_INVALID_EMAIL);
  assert_refused (confab_text_email, too_long, CONFAB_PROBLEM_INVALID_EMAIL);
  assert_refused (confab_text_email, too_wide, CONFAB_PROBLEM_INVALID_EMAIL);
}

static void
test_password (void)
{
  static const Case cases[] = {
    { "correct horse battery", "correct horse battery" },
    { "  white space stays  ", "  white space stays  " },
    { "               ", "               " },
    { "fifteen-letters", "fifteen-letters" },
    { "correct horse battery\n", "correct horse battery" },
    { "correct horse battery\r\n", "correct horse battery" },
    { "\r\n\ncorrect horse battery\n\n", "correct horse battery" },
    { "\xef\xbb\xbf"
      "correct horse battery\r",
      "correct horse battery" },
    { "correct horse battery \n", "correct horse battery " },
    { "می\u200cخواهم رمز بلند", "می\u200cخواهم رمز بلند" },
    { "👨‍👩‍👧❤️🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽 and more letters",
      "👨‍👩‍👧❤️🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽 and more letters" },
    { "пароль из пятнадцати", "пароль из пятнадцати" },
    { "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" },
    { "cafe\u0301 cafe\u0301 cafe\u0301 c", "caf\u00e9 caf\u00e9 caf\u00e9 c" },
    { "", NULL },
    { "fourteen-chars", NULL },
    { "😀😀😀😀😀😀😀😀😀😀😀😀😀😀", NULL },
    { "fourteen-chars\n", NULL },
    { "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", NULL },
    /* Fifteen code points as typed, fourteen once composed. */
    { "cafe\u0301 cafe caf", NULL },
  };
  static const Case unseen[] = {
    { "tabs\tin a password", NULL },         { "correct horse\nbattery staple", NULL },
    { "correct horse battery\t", NULL },     { "correct horse\rbattery staple", NULL },
    { "correct horse battery\u200b", NULL }, { "correct\u00ad horse battery", NULL },
    { "\u202acorrect horse battery", NULL }, { "correct horse battery\u200e", NULL },
    { "correct horse battery\u2028", NULL }, { "correct horse \ufeff battery", NULL },
    { "correct horse battery\x1b", NULL },   { "correct horse battery\x7f", NULL },
    { "\u2060correct horse battery", NULL }, { "short\t", NULL },
  };
  g_autofree char *longest = repeat ("p", CONFAB_PASSWORD_MAX_BYTES);
  g_autofree char *too_long = repeat ("p", CONFAB_PASSWORD_MAX_BYTES + 1);
  g_autofree char *too_wide = repeat ("é", CONFAB_PASSWORD_MAX_BYTES / 2 + 1);

  run_cases (confab_text_password, cases, G_N_ELEMENTS (cases), CONFAB_PROBLEM_PASSWORD_TOO_SHORT);
  run_cases (confab_text_password, unseen, G_N_ELEMENTS (unseen), CONFAB_PROBLEM_INVALID_PASSWORD);
  assert_stored (confab_text_password, longest, longest);
  assert_refused (confab_text_password, too_long, CONFAB_PROBLEM_PASSWORD_TOO_LONG);
  assert_refused (confab_text_password, too_wide, CONFAB_PROBLEM_PASSWORD_TOO_LONG);
}

static void
test_lines (void)
{
  static const Case cases[] = {
    { "", "" },
    { " \u3000 ", "" },
    { "Friday’s plans", "Friday’s plans" },
    { "  trimmed  ", "trimmed" },
    { "line\n", "line" },
    { "\tindented", "indented" },
    { "\r\n line \u2028", "line" },
    { "\u2067line\u2069", "line" },
    { "\u200b\ufeffline\u200e", "line" },
    { "❤️", "❤️" },
    { "🏴󠁧󠁢󠁥󠁮󠁧󠁿\n", "🏴󠁧󠁢󠁥󠁮󠁧󠁿" },
    { "\u2800", "" },
    { "\u200b", "" },
    { "\u200d\ufe0f", "" },
    { "\u3164\u115f\u2800 \u00ad", "" },
    { "\u2800x", "\u2800x" },
    { "two  spaces", "two  spaces" },
    { "e\u0301te\u0301", "\u00e9t\u00e9" },
    { "👩‍👩‍👧 family", "👩‍👩‍👧 family" },
    { "with\u200emark", "with\u200emark" },
    { "two\nlines", NULL },
    { "two\r\nlines", NULL },
    { "a\ttab", NULL },
    { "a\x1b[31mred", NULL },
    { "a\x7f", NULL },
    { "a\xc2\x85"
      "b",
      NULL },
    { "a\xc2\x9f"
      "b",
      NULL },
    { "two\u2028lines", NULL },
    { "two\u2029lines", NULL },
    { "a\u202eb", NULL },
    { "a\u202ab\u202c", NULL },
    { "a\u2066b\u2069", NULL },
  };
  g_autofree char *longest = repeat ("界", CONFAB_TITLE_MAX_CHARS);
  g_autofree char *too_long = repeat ("界", CONFAB_TITLE_MAX_CHARS + 1);
  g_autofree char *padded = g_strconcat ("  ", longest, "  ", NULL);

  G_STATIC_ASSERT (CONFAB_TITLE_MAX_CHARS == CONFAB_DEVICE_NAME_MAX_CHARS);

  run_cases (confab_text_title, cases, G_N_ELEMENTS (cases), CONFAB_PROBLEM_INVALID_TITLE);
  assert_stored (confab_text_title, padded, longest);
  assert_refused (confab_text_title, too_long, CONFAB_PROBLEM_INVALID_TITLE);

  run_cases (confab_text_device_name, cases, G_N_ELEMENTS (cases), CONFAB_PROBLEM_INVALID_FIELD);
  assert_stored (confab_text_device_name, padded, longest);
  assert_refused (confab_text_device_name, too_long, CONFAB_PROBLEM_INVALID_FIELD);
}

static void
test_message (void)
{
  static const Case cases[] = {
    { "x", "x" },
    { "  Hello\n", "  Hello" },
    { "\n\n    int x;\n  y\n\n  \n", "    int x;\n  y" },
    { " \t\n\tx", "\tx" },
    { "x  ", "x  " },
    { "\u200b\n\u2800\nx\n\ufeff", "x" },
    { "x\u2028", "x" },
    { "\u2029x", "x" },
    { "x\u200by", "x\u200by" },
    { "one\ntwo\n\nthree", "one\ntwo\n\nthree" },
    { "one\r\ntwo\r\n", "one\ntwo" },
    { "\r\n x", " x" },
    { "a\tb", "a\tb" },
    { "\u3000x\u2003", "\u3000x\u2003" },
    { "e\u0301", "\u00e9" },
    { "\ufb01", "\ufb01" }, /* NFC, not NFKC */
    { "مرحبا \u2067שלום\u2069 hi", "مرحبا \u2067שלום\u2069 hi" },
    { "a\u202eb", "a\u202eb" },
    { "👩🏽‍🚀 🏳️‍🌈 🇩🇪", "👩🏽‍🚀 🏳️‍🌈 🇩🇪" },
    { "a\u2028b", "a\u2028b" },
    { "<b>&amp;</b>", "<b>&amp;</b>" },
    { "a\rb", NULL },
    { "a\r\r\nb", NULL },
    { "a\x01", NULL },
    { "\x08x", NULL },
    { "a\vb", NULL },
    { "a\fb", NULL },
    { "\x1b[2J", NULL },
    { "a\x7f", NULL },
    { "a\xc2\x80"
      "b",
      NULL },
    { "a\xc2\x85"
      "b",
      NULL },
    { "a\xc2\x9f"
      "b",
      NULL },
  };
  static const char *const empty[] = { "",
                                       " ",
                                       "\n\n\t",
                                       "\r\n",
                                       "\u3000\u00a0\u2003\u2028",
                                       "\u2800",
                                       "\u200b",
                                       "\u2800\n\u200b\ufeff",
                                       "\u200d",
                                       "\ufe0f",
                                       "\u3164",
                                       "\u115f\u1160",
                                       "\u00ad",
                                       "\u202e\u2066",
                                       "\U000e0041",
                                       "\U0001d159",
                                       "\ufff9\ufffa" };
  g_autofree char *longest = repeat ("界", CONFAB_MESSAGE_MAX_CHARS);
  g_autofree char *too_long = repeat ("界", CONFAB_MESSAGE_MAX_CHARS + 1);
  g_autofree char *padded = g_strconcat ("\n", longest, "\n \n", NULL);
  g_autofree char *decomposed = repeat ("e\u0301", CONFAB_MESSAGE_MAX_CHARS);
  g_autofree char *composed = repeat ("\u00e9", CONFAB_MESSAGE_MAX_CHARS);

  run_cases (confab_text_message, cases, G_N_ELEMENTS (cases), CONFAB_PROBLEM_INVALID_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    assert_refused (confab_text_message, empty[i], CONFAB_PROBLEM_MESSAGE_EMPTY);
  assert_stored (confab_text_message, padded, longest);
  assert_stored (confab_text_message, decomposed, composed);
  assert_refused (confab_text_message, too_long, CONFAB_PROBLEM_MESSAGE_TOO_LONG);
}

/* Random text from problematic characters, some of it invalid UTF-8: accepted text is valid, and
 * normalising it again does not change it. GLib prints the seed. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "a",      "Z",
    "9",      ".",
    "-",      "_",
    "@",      " ",
    "\t",     "\n",
    "\r",     "\r\n",
    "\x01",   "\u0301",
    "\u0323", "\u0344",
    "\u0345", "\u1100",
    "\u1161", "\u11a8",
    "\u212b", "\ufb01",
    "\u0130", "ß",
    "ς",      "\u200d",
    "\u202e", "\u2028",
    "\u3000", "\u00a0",
    "\u0958", "\u2000",
    "\u1fb3", "\u0f73",
    "界",     "😀",
    "\xff",   "\xed\xa0\x80",
    "\u0390", "\u13a0",
  };
  guint n_taken = 0;

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint length = (guint)g_test_rand_int_range (1, 24);

      for (guint i = 0; i < length; i++)
        g_string_append (
            text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces) - (round % 8 != 0) * 12)]);

      for (guint f = 0; f < G_N_ELEMENTS (all_funcs); f++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *stored = all_funcs[f](text->str, &error);

          g_assert_true ((stored == NULL) == (error != NULL));
          if (stored == NULL)
            continue;
          g_assert_true (g_utf8_validate (stored, -1, NULL));
          assert_stored (all_funcs[f], stored, stored);
          n_taken++;
        }
    }

  g_assert_cmpuint (n_taken, >, 1000);
}

static void
assert_same_key (const char *a, const char *b)
{
  g_autofree char *key_a = confab_text_key (a);
  g_autofree char *key_b = confab_text_key (b);

  g_assert_cmpstr (key_a, ==, key_b);
}

static void
test_key (void)
{
  g_autofree char *latin = confab_text_key ("paypa");
  g_autofree char *cyrillic = confab_text_key ("\u0440\u0430\u0443\u0440\u0430");
  g_autofree char *longer = confab_text_key ("anne");
  g_autofree char *shorter = confab_text_key ("ann");

  assert_same_key ("Ann", "aNN");
  assert_same_key ("STRASSE", "straße");
  assert_same_key ("\ufb01nn", "FINN");
  assert_same_key ("\u212bsa", "a\u030asa");
  assert_same_key ("ＦＵＬＬ", "full");
  assert_same_key ("ΣΊΣΥΦΟΣ", "Σίσυφος");
  assert_same_key ("ДМИТРИЙ", "дмитрий");
  assert_same_key ("\u1e9e", "ss");
  assert_same_key ("\u13a0\u13f0", "\uab70\u13f8");
  assert_same_key ("Ann@Example.ORG", "ann@example.org");

  assert_same_key ("\u200e ada\r\n", "Ada");

  g_assert_cmpstr (latin, !=, cyrillic);
  g_assert_cmpstr (shorter, !=, longer);
}

/* For every character allowed in usernames, the key of the key is the key. */
static void
test_key_is_stable (void)
{
  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      char text[7] = { 0 };
      g_autofree char *username = NULL, *key = NULL, *again = NULL;

      if (!g_unichar_isalnum (c))
        continue;

      g_unichar_to_utf8 (c, text);
      username = confab_text_username (text, NULL);
      if (username == NULL)
        continue;

      key = confab_text_key (username);
      again = confab_text_key (key);
      if (!g_str_equal (key, again))
        {
          g_test_message ("U+%04X: “%s” and “%s”", c, key, again);
          g_test_fail ();
        }
    }
}

static void
test_blank (void)
{
  static const char *const blank[] = { "", " \n\t", "\u2800", "\u200b",
                                       "\u00ad\u200d\ufe0f\u2060" };
  static const char *const seen[] = {
    "a", ".", "\u200b.", "👍", "\u0301", "\ufffc", "\u0600", "ㅤx"
  };

  for (guint i = 0; i < G_N_ELEMENTS (blank); i++)
    g_assert_true (confab_text_is_blank (blank[i]));
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_false (confab_text_is_blank (seen[i]));
}

static void
test_uuid (void)
{
  g_autofree char *random = g_uuid_string_random ();

  g_assert_true (confab_text_is_uuid (random));
  g_assert_true (confab_text_is_uuid ("0b1c2d3e-4f50-4a61-8b72-9c83ad94be05"));
  g_assert_false (confab_text_is_uuid (""));
  g_assert_false (confab_text_is_uuid ("0B1C2D3E-4F50-4A61-8B72-9C83AD94BE05"));
  g_assert_false (confab_text_is_uuid ("0b1c2d3e-4f50-4a61-8b72-9c83ad94be0"));
  g_assert_false (confab_text_is_uuid ("0b1c2d3e-4f50-4a61-8b72-9c83ad94be055"));
  g_assert_false (confab_text_is_uuid ("0b1c2d3e4f504a618b729c83ad94be05"));
  g_assert_false (confab_text_is_uuid ("0b1c2d3e-4f50-4a61-8b72-9c83ad94be0g"));
  g_assert_false (confab_text_is_uuid ("{0b1c2d3e-4f50-4a61-8b72-9c83ad94be05}"));
  g_assert_false (confab_text_is_uuid ("0b1c2d3e-4f50-4a61-8b729-c83ad94be05"));
  g_assert_false (confab_text_is_uuid (" 0b1c2d3e-4f50-4a61-8b72-9c83ad94be05"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/not-utf8", test_not_utf8);
  g_test_add_func ("/text/many-marks", test_many_marks);
  g_test_add_func ("/text/order-of-marks", test_order_of_marks);
  g_test_add_func ("/text/bytes-first", test_bytes_first);
  g_test_add_func ("/text/padding-is-not-counted", test_padding_is_not_counted);
  g_test_add_func ("/text/username", test_username);
  g_test_add_func ("/text/email", test_email);
  g_test_add_func ("/text/password", test_password);
  g_test_add_func ("/text/lines", test_lines);
  g_test_add_func ("/text/message", test_message);
  g_test_add_func ("/text/random", test_random);
  g_test_add_func ("/text/key", test_key);
  g_test_add_func ("/text/key-is-stable", test_key_is_stable);
  g_test_add_func ("/text/blank", test_blank);
  g_test_add_func ("/text/uuid", test_uuid);

  return g_test_run ();
}
