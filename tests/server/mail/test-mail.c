/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gmime/gmime.h>
#include <string.h>

#include "confab-email.h"
#include "confab-letters.h"
#include "confab-mailer.h"

#define FROM "confab@example.org"

static char *
compose (ConfabMail *mail, const char *from_name)
{
  g_autoptr (ConfabMail) owned = mail;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = confab_mail_compose (mail, FROM, from_name, &error);

  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
}

/* Parse a message as a mail program does. (transfer full) */
static GMimeMessage *
parse (const char *text)
{
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (text, strlen (text));
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);

  g_assert_nonnull (message);
  g_object_unref (parser);
  g_object_unref (stream);

  return message;
}

static guint
count_headers (const char *text)
{
  g_autofree char *head = g_strndup (text, (gsize)(strstr (text, "\r\n\r\n") - text));
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  guint n = 0;

  for (char **line = lines; *line != NULL; line++)
    n += **line != ' ' && **line != '\t';

  return n;
}

/* Return the body with LF line ends. */
static char *
body_of (GMimeMessage *message)
{
  g_autofree char *body =
      g_mime_text_part_get_text (GMIME_TEXT_PART (g_mime_message_get_mime_part (message)));
  g_auto (GStrv) lines = g_strsplit (body, "\r\n", -1);

  return g_strjoinv ("\n", lines);
}

static void
test_plain (void)
{
  const ConfabAddressee ada = { "Our Place", 7, "ada", "ada@mail.example" };
  g_autofree char *text = compose (
      confab_letter_reset (&ada, "confab://reset?server=http%3A%2F%2Fh&token=T", "ABCD-2345", 1800),
      "Our Place");
  GMimeMessage *message = parse (text);
  g_autofree char *body = body_of (message);

  g_assert_nonnull (strstr (text, "From: Our Place <" FROM ">\r\n"));
  g_assert_nonnull (strstr (text, "To: ada <ada@mail.example>\r\n"));
  g_assert_nonnull (strstr (text, "Subject: Choose a new password for Our Place\r\n"));
  g_assert_nonnull (strstr (text, "Auto-Submitted: auto-generated\r\n"));
  g_assert_nonnull (strstr (text, "MIME-Version: 1.0\r\n"));
  g_assert_nonnull (strstr (text, "Content-Type: text/plain; charset="));
  g_assert_true (g_str_has_suffix (g_mime_message_get_message_id (message), "@example.org"));
  g_assert_cmpint (ABS (g_date_time_to_unix (g_mime_message_get_date (message))
                        - g_get_real_time () / G_USEC_PER_SEC),
                   <, 60);
  g_assert_nonnull (strstr (body, "    confab://reset?server=http%3A%2F%2Fh&token=T\n"));
  g_assert_nonnull (strstr (body, "    ABCD-2345\n"));
  g_assert_nonnull (strstr (body, "30 minutes"));
  g_object_unref (message);
}

static void
test_language (void)
{
  static const struct
  {
    const char *accepted;
    const char *language;
  } cases[] = {
    { NULL, "en" },
    { "", "en" },
    { "de", "de" },
    { "de-AT, de;q=0.8, en;q=0.5", "de" },
    { "DE-de", "de" },
    { "nl, fr;q=0.3, *;q=0.1", "fr" },
    { "en-GB, de;q=0.9", "en" },
    { "pt-BR", "pt_BR" },
    { "zh-CN", "zh_CN" },
    { "zh-Hans-CN, en;q=0.1", "zh_CN" },
    { "tlh", "en" },
    { "; ;;,,q=\xff", "en" },
    { "de;q=0", "en" },
  };
  g_autofree char *many = g_strnfill (8000, ',');
  g_autoptr (GString) long_list = g_string_new ("es");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpstr (confab_letter_language (cases[i].accepted), ==, cases[i].language);
    }

  while (long_list->len < 8000)
    g_string_append (long_list, ", x-y;q=0.1");
  g_assert_cmpstr (confab_letter_language (long_list->str), ==, "es");
  g_assert_cmpstr (confab_letter_language (many), ==, "en");
}

/* Every letter in every language has its names, its link and its codes, and none is English. */
static void
test_translated (void)
{
  static const char *const languages[] = { "ar", "de", "es", "fr", "pt_BR", "zh_CN" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      const ConfabAddressee to = { "Our Place", 7, "ada", "ada@mail.example", languages[i] };
      g_autoptr (ConfabMail) reset =
          confab_letter_reset (&to, "confab://reset?x", "ABCD-2345", 1800);
      g_autoptr (ConfabMail) confirm = confab_letter_confirm_email (&to, "ABCD-2345", 1800);
      g_autoptr (ConfabMail) email = confab_letter_email_changed (&to);
      g_autoptr (ConfabMail) password = confab_letter_password_changed (&to);
      const ConfabMail *const mails[] = { reset, confirm, email, password };

      g_test_message ("%s: %s", languages[i], reset->body);
      g_assert_nonnull (strstr (reset->body, "\n    confab://reset?x\n"));
      g_assert_nonnull (strstr (reset->body, "\n    ABCD-2345\n"));
      g_assert_nonnull (strstr (confirm->body, "\n    ABCD-2345\n"));
      for (guint j = 0; j < G_N_ELEMENTS (mails); j++)
        {
          g_assert_nonnull (strstr (mails[j]->subject, "Our Place"));
          g_assert_nonnull (strstr (mails[j]->body, "ada"));
          g_assert_true (g_str_has_suffix (mails[j]->body, "\n-- \nOur Place\n"));
          g_assert_null (strstr (mails[j]->subject, " your "));
          g_assert_null (strstr (mails[j]->body, " your "));
          g_assert_null (strstr (mails[j]->body, "minutes,"));
        }
    }
}

/* Non-ASCII text is encoded in seven bits and arrives unchanged. */
static void
test_unicode (void)
{
  const ConfabAddressee to = { "Plaza „Ñandú“ 🦤", 7, "Žofie.Ω", "zofie@mail.example" };
  g_autofree char *text = compose (confab_letter_password_changed (&to), to.server_name);
  GMimeMessage *message = parse (text);
  InternetAddressList *people = g_mime_message_get_to (message);
  g_autofree char *body = body_of (message);
  g_autofree char *subject = g_strdup_printf ("Your password for %s was changed", to.server_name);

  for (const char *p = text; *p != '\0'; p++)
    g_assert_true (g_ascii_isprint (*p) || *p == '\r' || *p == '\n');
  for (const char *line = text; line != NULL; line = strchr (line + 1, '\n'))
    g_assert_cmpuint (strcspn (line + 1, "\n"), <, 200);
  g_assert_cmpstr (g_mime_message_get_subject (message), ==, subject);
  g_assert_cmpstr (internet_address_get_name (internet_address_list_get_address (people, 0)), ==,
                   to.username);
  g_assert_nonnull (strstr (body, "Hello Žofie.Ω,\n"));
  g_assert_true (g_str_has_suffix (body, "\nPlaza „Ñandú“ 🦤\n"));
  g_object_unref (message);
}

/* Names and subjects cannot add headers or recipients, or end the headers. */
static void
test_injection (void)
{
  static const char *const names[] = {
    "x\r\nBcc: eve@evil.example",
    "x\nBcc: eve@evil.example\n\nbody",
    "x\rBcc: eve@evil.example",
    "x\xe2\x80\xa8"
    "Bcc: eve@evil.example",
    "\" <eve@evil.example>, \"",
    "x <eve@evil.example>",
    "=?utf-8?q?x=0D=0ABcc:_eve@evil.example?=",
  };
  g_autofree char *plain = compose (
      confab_mail_new ("test", 1, "ada@mail.example", "ada", g_strdup ("s"), g_strdup ("b")), "n");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = compose (confab_mail_new ("test", 1, "ada@mail.example", names[i],
                                                        g_strdup (names[i]), g_strdup ("b")),
                                       names[i]);
      GMimeMessage *message = parse (text);
      InternetAddressList *all = g_mime_message_get_all_recipients (message);
      InternetAddress *only = internet_address_list_get_address (all, 0);

      g_assert_cmpuint (count_headers (text), ==, count_headers (plain));
      g_assert_cmpint (internet_address_list_length (all), ==, 1);
      g_assert_cmpstr (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (only)), ==,
                       "ada@mail.example");
      g_assert_cmpint (internet_address_list_length (g_mime_message_get_from (message)), ==, 1);
      g_object_unref (all);
      g_object_unref (message);
    }
}

static void
test_addresses (void)
{
  static const char *const good[] = { "a@b.example", "first.last+tag@sub-domain.b.example",
                                      "o'neil_{x}@b.example", "žofie@b.example" };
  static const char *const bad[] = { "",
                                     "a",
                                     "@b.example",
                                     "a@",
                                     "a b@c.example",
                                     "a@b.example\r\nRCPT TO:<eve@evil.example>",
                                     "a\n@b.example",
                                     "a>@b.example",
                                     "<a@b.example>",
                                     "a,b@c.example",
                                     "\"a\"@b.example",
                                     "@x.example:a@b.example",
                                     "a@b@c.example",
                                     ".a@b.example",
                                     "a..b@c.example",
                                     "a.@b.example",
                                     "a@b_c.example",
                                     "a\xff@b.example",
                                     "a@b.example SIZE=1" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (confab_email_is_address (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ConfabMail) mail =
          confab_mail_new ("test", 1, bad[i], NULL, g_strdup ("s"), g_strdup ("b"));
      g_autoptr (GError) error = NULL;

      g_assert_false (confab_email_is_address (bad[i]));
      g_assert_null (confab_mail_compose (mail, FROM, "n", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

/* ---- the mailer ---- */

static ConfabMail *
some_mail (guint number)
{
  return confab_mail_new ("test", number, "ada@mail.example", "ada", g_strdup ("s"),
                          g_strdup_printf ("number %u\n", number));
}

static void
wait_until_sent (ConfabMailer *mailer)
{
  for (guint i = 0; i < 3000 && confab_mailer_get_n_waiting (mailer) > 0; i++)
    g_usleep (10 * 1000);
  g_assert_cmpuint (confab_mailer_get_n_waiting (mailer), ==, 0);
}

static void
test_directory (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("confab-mail-XXXXXX", NULL);
  g_autofree char *directory = g_build_filename (top, "made", NULL);
  const ConfabMailerOptions options = { .from = FROM, .from_name = "n", .directory = directory };
  ConfabMailer *mailer = confab_mailer_new (&options, &error);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++)
    confab_mailer_send (mailer, some_mail (i));
  wait_until_sent (mailer);
  confab_mailer_free (mailer);

  dir = g_dir_open (directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *text = NULL;
      GStatBuf info;

      g_assert_true (g_str_has_suffix (name, ".eml"));
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_nonnull (strstr (text, "\r\n\r\nnumber "));
      g_unlink (path);
      n++;
    }
  g_assert_cmpuint (n, ==, 20);
  g_rmdir (directory);
  g_rmdir (top);
}

static void
test_directory_fails (void)
{
  const ConfabMailerOptions options = { .from = FROM, .from_name = "n", .directory = "/proc/none" };
  g_autoptr (GError) error = NULL;

  g_assert_null (confab_mailer_new (&options, &error));
  g_assert_nonnull (strstr (error->message, "/proc/none"));
}

/* Without a mail server, neither sending nor stopping blocks, and the queue is limited. */
static void
test_nobody_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  const ConfabMailerOptions options = {
    .from = FROM,
    .from_name = "n",
    .host = "127.0.0.1",
    .port =
        g_socket_listener_add_any_inet_port (listener, NULL, NULL), /* accepts, but sends nothing */
    .security = CONFAB_MAIL_SECURITY_NONE,
  };
  ConfabMailer *mailer = confab_mailer_new (&options, &error);
  gint64 began = g_get_monotonic_time ();

  g_assert_no_error (error);
  for (guint i = 0; i < 1010; i++)
    confab_mailer_send (mailer, some_mail (i));
  g_assert_cmpuint (confab_mailer_get_n_waiting (mailer), ==, 1000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_usleep (200 * 1000); /* the mailer is connected and waits for the greeting */
  began = g_get_monotonic_time ();
  confab_mailer_free (mailer);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_mime_init ();
  g_test_add_func ("/mail/plain", test_plain);
  g_test_add_func ("/mail/language", test_language);
  g_test_add_func ("/mail/translated", test_translated);
  g_test_add_func ("/mail/unicode", test_unicode);
  g_test_add_func ("/mail/injection", test_injection);
  g_test_add_func ("/mail/addresses", test_addresses);
  g_test_add_func ("/mailer/directory", test_directory);
  g_test_add_func ("/mailer/directory-fails", test_directory_fails);
  g_test_add_func ("/mailer/nobody-there", test_nobody_there);

  return g_test_run ();
}
