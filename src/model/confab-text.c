/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-text.h"

#include <string.h>

#include "confab-email.h"
#include "confab-limits.h"
#include "confab-normal-form.h"
#include "confab-signs.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* The Stream-Safe Text Format's limit (UAX #15 §13), which no language exceeds. Longer runs of
 * marks would make normalisation quadratic, and a message would paint over its neighbours. */
#define MAX_NON_STARTERS 30

static gboolean
is_bidi_control (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_line_break (gunichar c)
{
  return c == 0x2028 || c == 0x2029;
}

static gboolean
is_no_line (gunichar c)
{
  return g_unichar_iscntrl (c) || is_line_break (c) || is_bidi_control (c);
}

static gboolean
is_no_message (gunichar c)
{
  return g_unichar_iscntrl (c) && c != '\t' && c != '\n';
}

/* A composed text has at least one character for every nine bytes of its decomposed form: the worst
 * case is a Hangul syllable of three letters of three bytes each. A text with more bytes than that
 * is refused before it is normalised, because it is too long in any case. */
#define MAX_BYTES_PER_CHAR 9

/* Return whether @text has a longer run of marks than any language uses. */
static gboolean
has_many_marks (const char *text)
{
  guint n_marks = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar)*p < 0x80 ? (gunichar)*p : g_utf8_get_char (p);

      n_marks = c < 0x300 || g_unichar_combining_class (c) == 0 ? 0 : n_marks + 1;
      if (n_marks > MAX_NON_STARTERS)
        return TRUE;
    }

  return FALSE;
}

/* Return @text in NFC, or NULL if it is not UTF-8 or has too many marks in a row. The caller has
 * limited its length. */
static char *
compose (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || has_many_marks (text))
    return NULL;

  return confab_normal_form (text, FALSE);
}

/* Return whether @c remains a character of its own after composing and stripping. */
static gboolean
stays (gunichar c)
{
  return !confab_sign_is_padding (c)
         && !(c >= 0x1160 && c <= 0x11ff) /* vowels and finals of a Hangul syllable */
         && (c < 0x300 || !g_unichar_ismark (c));
}

/* Return whether @text certainly has more than @max_chars characters, at little cost. */
static gboolean
is_far_too_long (const char *text, gsize max_chars)
{
  gsize max_bytes = max_chars * MAX_BYTES_PER_CHAR;
  gsize n_chars = 0;

  if (strnlen (text, max_bytes + 1) > max_bytes)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE; /* not UTF-8, which compose() refuses */

  for (const char *p = text; *p != '\0' && n_chars <= max_chars; p = g_utf8_next_char (p))
    n_chars += stays (g_utf8_get_char (p));

  return n_chars > max_chars;
}

/* Reduce @text to its part from @start to @end, in place. */
static void
keep (char *text, const char *start, const char *end)
{
  gsize length = (gsize)(end - start);

  memmove (text, start, length);
  text[length] = '\0';
}

/* Strip padding from both ends, in place. */
static void
strip (char *text)
{
  const char *start = text;
  const char *end = text + strlen (text);

  while (*start != '\0' && confab_sign_is_padding (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);

  while (end > start)
    {
      const char *previous = g_utf8_prev_char (end);

      if (!confab_sign_is_padding (g_utf8_get_char (previous)))
        break;
      end = previous;
    }

  keep (text, start, end);
}

char *
confab_text_strip (const char *text)
{
  char *line = g_utf8_make_valid (text, -1);

  strip (line);

  return line;
}

gboolean
confab_text_is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!confab_sign_is_blank (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}

static char *
compose_line (const char *text, glong max_chars, ConfabProblem problem, GError **error)
{
  g_autofree char *line = is_far_too_long (text, (gsize)max_chars) ? NULL : compose (text);

  if (line == NULL)
    {
      confab_problem_set (error, problem);
      return NULL;
    }

  strip (line);
  if (confab_text_is_blank (line))
    *line = '\0';

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_no_line (c))
        {
          confab_problem_set (error, problem);
          return NULL;
        }
    }

  if (g_utf8_strlen (line, -1) > max_chars)
    {
      confab_problem_set (error, problem);
      return NULL;
    }

  return g_steal_pointer (&line);
}

/* A username may end in a mark, which belongs to the letter or digit before it: many Indic and Thai
 * names do. */
static gboolean
is_username (const char *text)
{
  gboolean after_letter = FALSE;

  if (*text == '\0')
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (confab_sign_is_blank (c))
        return FALSE; /* two different names must not look the same */

      if (g_unichar_isalpha (c) || g_unichar_isdigit (c))
        after_letter = TRUE;
      else if (g_unichar_ismark (c) && after_letter)
        continue;
      else if ((c == '.' || c == '-' || c == '_') && p != text)
        after_letter = FALSE;
      else
        return FALSE;
    }

  return after_letter;
}

/**
 * confab_text_username:
 * @text: the text entered
 *
 * Returns: (transfer full) (nullable): the username, or %NULL with %CONFAB_PROBLEM_INVALID_USERNAME
 */
char *
confab_text_username (const char *text, GError **error)
{
  g_autofree char *username =
      compose_line (text, CONFAB_USERNAME_MAX_CHARS, CONFAB_PROBLEM_INVALID_USERNAME, error);

  if (username == NULL)
    return NULL;

  if (!is_username (username))
    {
      confab_problem_set (error, CONFAB_PROBLEM_INVALID_USERNAME);
      return NULL;
    }

  return g_steal_pointer (&username);
}

/**
 * confab_text_email:
 * @text: the text entered
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with %CONFAB_PROBLEM_INVALID_EMAIL
 */
char *
confab_text_email (const char *text, GError **error)
{
  g_autofree char *email =
      compose_line (text, CONFAB_EMAIL_MAX_BYTES, CONFAB_PROBLEM_INVALID_EMAIL, error);

  if (email == NULL)
    return NULL;

  if (!confab_email_is_address (email))
    {
      confab_problem_set (error, CONFAB_PROBLEM_INVALID_EMAIL);
      return NULL;
    }

  return g_steal_pointer (&email);
}

/* Strip line ends, which files and pastes add, and a byte order mark, in place. */
static void
strip_line_ends (char *text)
{
  const char *start =
      g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text;
  const char *end = start + strlen (start);

  while (*start == '\r' || *start == '\n')
    start++;
  while (end > start && (end[-1] == '\r' || end[-1] == '\n'))
    end--;

  keep (text, start, end);
}

static gboolean
has_unseen_sign (const char *password)
{
  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (confab_sign_is_unseen_in_password (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/**
 * confab_text_password:
 * @text: the text entered
 *
 * Drops line ends around the password but keeps white space. Refuses characters that cannot be
 * typed: the user could never enter such a password by hand.
 *
 * Returns: (transfer full) (nullable): the password in NFC, or %NULL with one of the PASSWORD
 * problems or %CONFAB_PROBLEM_INVALID_TEXT
 */
char *
confab_text_password (const char *text, GError **error)
{
  g_autofree char *password = NULL;

  if (is_far_too_long (text, CONFAB_PASSWORD_MAX_BYTES))
    {
      confab_problem_set (error, CONFAB_PROBLEM_PASSWORD_TOO_LONG);
      return NULL;
    }

  password = compose (text);
  if (password == NULL)
    {
      confab_problem_set (error, CONFAB_PROBLEM_INVALID_TEXT);
      return NULL;
    }

  strip_line_ends (password);
  if (has_unseen_sign (password))
    {
      confab_problem_set (error, CONFAB_PROBLEM_INVALID_PASSWORD);
      return NULL;
    }

  if (g_utf8_strlen (password, -1) < CONFAB_PASSWORD_MIN_CHARS)
    {
      confab_problem_set (error, CONFAB_PROBLEM_PASSWORD_TOO_SHORT);
      return NULL;
    }

  if (strlen (password) > CONFAB_PASSWORD_MAX_BYTES)
    {
      confab_problem_set (error, CONFAB_PROBLEM_PASSWORD_TOO_LONG);
      return NULL;
    }

  return g_steal_pointer (&password);
}

/**
 * confab_text_title:
 * @text: the text entered
 *
 * Returns: (transfer full) (nullable): the title, "" for none, or %NULL with
 * %CONFAB_PROBLEM_INVALID_TITLE
 */
char *
confab_text_title (const char *text, GError **error)
{
  return compose_line (text, CONFAB_TITLE_MAX_CHARS, CONFAB_PROBLEM_INVALID_TITLE, error);
}

/**
 * confab_text_device_name:
 * @text: the name that a client sent for its device
 *
 * Returns: (transfer full) (nullable): the name, or %NULL with %CONFAB_PROBLEM_INVALID_FIELD
 */
char *
confab_text_device_name (const char *text, GError **error)
{
  return compose_line (text, CONFAB_DEVICE_NAME_MAX_CHARS, CONFAB_PROBLEM_INVALID_FIELD, error);
}

/**
 * confab_text_about:
 * @text: the text entered for the line about a user
 *
 * Returns: (transfer full) (nullable): the line, "" for none, or %NULL with
 * %CONFAB_PROBLEM_INVALID_FIELD
 */
char *
confab_text_about (const char *text, GError **error)
{
  return compose_line (text, CONFAB_ABOUT_MAX_CHARS, CONFAB_PROBLEM_INVALID_FIELD, error);
}

/**
 * confab_text_role_label:
 * @text: the text entered for a role's label
 *
 * Returns: (transfer full) (nullable): the label, "" for none, or %NULL with
 * %CONFAB_PROBLEM_INVALID_FIELD
 */
char *
confab_text_role_label (const char *text, GError **error)
{
  return compose_line (text, CONFAB_ROLE_LABEL_MAX_CHARS, CONFAB_PROBLEM_INVALID_FIELD, error);
}

/* Turn CR LF into LF, in place. */
static void
unify_line_ends (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (from[0] != '\r' || from[1] != '\n')
        *to++ = *from;
    }

  *to = '\0';
}

/* Return whether the line at @line is blank. @next: (out): the start of the following line. */
static gboolean
is_blank_line (const char *line, const char **next)
{
  gboolean blank = TRUE;
  const char *p = line;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || is_line_break (c))
        {
          *next = g_utf8_next_char (p);
          return blank;
        }
      blank = blank && confab_sign_is_blank (c);
    }
  *next = p;

  return blank;
}

/* Remove blank lines at both ends, in place. The indentation of the first line stays. */
static void
strip_blank_lines (char *text)
{
  const char *start = NULL;
  const char *end = text;
  const char *next;

  for (const char *line = text; *line != '\0'; line = next)
    {
      if (is_blank_line (line, &next))
        continue;
      if (start == NULL)
        start = line;
      end = next;
    }
  if (start == NULL)
    start = end;
  else if (end > start
           && (end[-1] == '\n' || is_line_break (g_utf8_get_char (g_utf8_prev_char (end)))))
    end = g_utf8_prev_char (end);

  keep (text, start, end);
}

char *
confab_text_strip_blank_lines (const char *text)
{
  char *message = g_strdup (text);

  strip_blank_lines (message);

  return message;
}

/**
 * confab_text_message:
 * @text: the text entered
 *
 * Drops blank lines around the message; the first line keeps its indentation.
 *
 * Returns: (transfer full) (nullable): the message, or %NULL with one of the MESSAGE problems or
 * %CONFAB_PROBLEM_INVALID_TEXT
 */
char *
confab_text_message (const char *text, GError **error)
{
  g_autofree char *message = NULL;

  if (is_far_too_long (text, CONFAB_MESSAGE_MAX_CHARS))
    {
      confab_problem_set (error, CONFAB_PROBLEM_MESSAGE_TOO_LONG);
      return NULL;
    }

  message = compose (text);
  if (message == NULL)
    {
      confab_problem_set (error, CONFAB_PROBLEM_INVALID_TEXT);
      return NULL;
    }

  unify_line_ends (message);

  for (const char *p = message; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_no_message (c))
        {
          confab_problem_set (error, CONFAB_PROBLEM_INVALID_TEXT);
          return NULL;
        }
    }

  strip_blank_lines (message);

  if (*message == '\0')
    {
      confab_problem_set (error, CONFAB_PROBLEM_MESSAGE_EMPTY);
      return NULL;
    }

  if (g_utf8_strlen (message, -1) > CONFAB_MESSAGE_MAX_CHARS)
    {
      confab_problem_set (error, CONFAB_PROBLEM_MESSAGE_TOO_LONG);
      return NULL;
    }

  return g_steal_pointer (&message);
}

/* GLib folds capital Cherokee letters to small ones and small ones to capitals (Unicode folds both
 * to capitals). Lower-casing the result unifies them and changes no other folded text. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *lower = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (lower, g_unichar_tolower (g_utf8_get_char (p)));

  return g_string_free_and_steal (lower);
}

/* A key that no name or address can have: a noncharacter, which all rules above refuse. */
#define UNUSED_KEY "\uFFFF"

char *
confab_text_key (const char *text)
{
  g_autofree char *compatible = NULL;
  g_autofree char *folded = NULL;

  if (has_many_marks (text))
    return g_strdup (UNUSED_KEY);

  compatible = confab_normal_form (text, TRUE);
  g_return_val_if_fail (compatible != NULL, NULL);

  strip (compatible);
  folded = fold (compatible);

  return confab_normal_form (folded, TRUE);
}

static gboolean
fits (const char *text, gsize max_chars, gboolean (*is_refused) (gunichar c))
{
  gsize n_chars = 0;
  guint n_marks = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_marks = c >= 0x300 && g_unichar_combining_class (c) != 0 ? n_marks + 1 : 0;
      if (++n_chars > max_chars || n_marks > MAX_NON_STARTERS || is_refused (c))
        return FALSE;
    }

  return TRUE;
}

gboolean
confab_text_fits_line (const char *text, gsize max_chars)
{
  return fits (text, max_chars, is_no_line);
}

gboolean
confab_text_fits_message (const char *text)
{
  return fits (text, CONFAB_MESSAGE_MAX_CHARS, is_no_message);
}

/* @stand_in: replaces each refused character */
static char *
mend (const char *text, gsize max_chars, gboolean (*is_refused) (gunichar c), const char *stand_in)
{
  GString *mended = g_string_new (NULL);
  gsize n_chars = 0;
  guint n_marks = 0;

  for (const char *p = text; *p != '\0' && n_chars < max_chars; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_mark = c >= 0x300 && g_unichar_combining_class (c) != 0;

      if (is_mark && n_marks == MAX_NON_STARTERS)
        continue;
      if (is_refused (c) && *stand_in == '\0')
        continue;
      n_marks = is_mark ? n_marks + 1 : 0;
      n_chars++;
      if (is_refused (c))
        g_string_append (mended, stand_in);
      else
        g_string_append_len (mended, p, g_utf8_next_char (p) - p);
    }

  return g_string_free (mended, FALSE);
}

char *
confab_text_mend_line (const char *text, gsize max_chars)
{
  return mend (text, max_chars, is_no_line, "");
}

char *
confab_text_mend_message (const char *text)
{
  return mend (text, CONFAB_MESSAGE_MAX_CHARS, is_no_message, CONFAB_TEXT_STAND_IN);
}

gboolean
confab_text_is_uuid (const char *text)
{
  static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  for (guint i = 0; i < sizeof form; i++)
    {
      gboolean fits = form[i] == 'x' ? g_ascii_isxdigit (text[i]) && !g_ascii_isupper (text[i])
                                     : text[i] == form[i];

      if (!fits)
        return FALSE;
    }

  return TRUE;
}
