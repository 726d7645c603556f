/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-letters.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

#include "confab-letter-texts.h"

/* The bytes of Accept-Language that are read: ICU compares each entry with each language. */
#define ACCEPT_LANGUAGE_MAX_BYTES 200

const char *
confab_letter_language (const char *accept_language)
{
  g_autofree char *accepted =
      g_strndup (accept_language != NULL ? accept_language : "", ACCEPT_LANGUAGE_MAX_BYTES);
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *available = uenum_openCharStringsEnumeration (
      confab_letter_languages, (int32_t)g_strv_length ((char **)confab_letter_languages), &status);
  UAcceptResult result = ULOC_ACCEPT_FAILED;
  char language[ULOC_FULLNAME_CAPACITY] = "";

  /* ICU refuses a text that ends within an entry, so cut at one. */
  if (strlen (accepted) == ACCEPT_LANGUAGE_MAX_BYTES && strrchr (accepted, ',') != NULL)
    *strrchr (accepted, ',') = '\0';
  uloc_acceptLanguageFromHTTP (language, sizeof language, &result, accepted, available, &status);
  uenum_close (available);
  if (U_SUCCESS (status) && result != ULOC_ACCEPT_FAILED)
    for (const char *const *name = confab_letter_languages; *name != NULL; name++)
      if (g_str_equal (*name, language))
        return *name;

  return "en";
}

/* Return the translation of @english for the recipient. */
static G_GNUC_FORMAT (2) const char *translate (const ConfabAddressee *to, const char *english)
{
  for (const ConfabLetterText *text = confab_letter_texts; text->language != NULL; text++)
    if (g_strcmp0 (text->language, to->language) == 0 && g_str_equal (text->english, english))
      return text->translation;

  return english;
}

/* Return a duration such as “30 minutes” in the recipient's language. (transfer full) */
static char *
format_minutes (const ConfabAddressee *to, guint seconds)
{
  UChar skeleton[64];
  const char *language = to->language != NULL ? to->language : "en";
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormatter *formatter;
  UFormattedNumber *number = unumf_openResult (&status);
  UChar text[64];
  int32_t length;

  u_uastrcpy (skeleton, "unit/minute unit-width-full-name");
  formatter = unumf_openForSkeletonAndLocale (skeleton, -1, language, &status);
  unumf_formatInt (formatter, seconds / 60, number, &status);
  length = unumf_resultToString (number, text, G_N_ELEMENTS (text), &status);
  unumf_closeResult (number);
  unumf_close (formatter);

  return U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *)text, length, NULL, NULL, NULL)
                            : g_strdup_printf ("%u min", seconds / 60);
}

/* Takes ownership of @subject and @paragraphs. Paragraphs are not broken into lines: the mail
 * program does that. */
static ConfabMail *
make_letter (const char *kind, const ConfabAddressee *to, char *subject, GStrvBuilder *paragraphs)
{
  g_auto (GStrv) texts = g_strv_builder_unref_to_strv (paragraphs);
  g_autofree char *text = g_strjoinv ("\n\n", texts);
  g_autofree char *greeting = g_strdup_printf (
      /* Translators: begins a mail; %s is the person's username. */
      translate (to, N_("Hello %s,")), to->username);
  char *body = g_strdup_printf ("%s\n\n%s\n\n-- \n%s\n", greeting, text, to->server_name);

  return confab_mail_new (kind, to->user_id, to->email, to->username, subject, body);
}

ConfabMail *
confab_letter_reset (const ConfabAddressee *to, const char *link, const char *code, guint seconds)
{
  GStrvBuilder *text = g_strv_builder_new ();
  g_autofree char *duration = format_minutes (to, seconds);

  g_strv_builder_take (
      text, g_strdup_printf (
                /* Translators: in a mail; %s is the server's name, here and in the other mails. */
                translate (to, N_("Someone requested a new password for your account on %s.")),
                to->server_name));
  g_strv_builder_add (text, translate (to, N_("If this was you, open this link on a computer with "
                                               "Confab:")));
  g_strv_builder_take (text, g_strconcat ("    ", link, NULL));
  g_strv_builder_add (text, translate (to, N_("Or enter this code in Confab:")));
  g_strv_builder_take (text, g_strconcat ("    ", code, NULL));
  g_strv_builder_take (
      text, g_strdup_printf (
                /* Translators: %1$s is a duration such as “30 minutes”, %2$s the server's name. */
                translate (to, N_("The link and the code can be used once, within %1$s. Do not "
                                   "share them. No one from %2$s will ever ask you for them.")),
                duration, to->server_name));
  g_strv_builder_add (text, translate (to, N_("If this was not you, ignore this message. Your "
                                               "password stays the same.")));

  return make_letter ("password-reset", to,
                      g_strdup_printf (
                          /* Translators: a mail's subject. */
                          translate (to, N_("Choose a new password for %s")), to->server_name),
                      text);
}

ConfabMail *
confab_letter_confirm_email (const ConfabAddressee *to, const char *code, guint seconds)
{
  GStrvBuilder *text = g_strv_builder_new ();
  g_autofree char *duration = format_minutes (to, seconds);

  g_strv_builder_take (
      text, g_strdup_printf (translate (to, N_("This address was entered for your account on %s. "
                                                "To confirm that it is yours, enter this code in "
                                                "Confab:")),
                             to->server_name));
  g_strv_builder_take (text, g_strconcat ("    ", code, NULL));
  g_strv_builder_take (text,
                       g_strdup_printf (
                           /* Translators: %s is a duration such as “30 minutes”. */
                           translate (to, N_("The code can be used once, within %s.")), duration));
  g_strv_builder_add (text,
                      translate (to, N_("If you did not request this, ignore this message.")));

  return make_letter (
      "email-code", to,
      g_strdup_printf (
          /* Translators: a mail's subject. */
          translate (to, N_("Confirm your email address for %s")), to->server_name),
      text);
}

ConfabMail *
confab_letter_email_changed (const ConfabAddressee *to)
{
  GStrvBuilder *text = g_strv_builder_new ();

  g_strv_builder_take (
      text, g_strdup_printf (translate (to, N_("The email address of your account on %s has been "
                                                "changed. This is the last message to this "
                                                "address.")),
                             to->server_name));
  g_strv_builder_take (
      text, g_strdup_printf (translate (to, N_("If this was not you, contact an administrator of "
                                                "%s immediately. Someone else knows your "
                                                "password.")),
                             to->server_name));

  return make_letter (
      "email-changed", to,
      g_strdup_printf (
          /* Translators: a mail's subject. */
          translate (to, N_("Your email address on %s was changed")), to->server_name),
      text);
}

ConfabMail *
confab_letter_password_changed (const ConfabAddressee *to)
{
  GStrvBuilder *text = g_strv_builder_new ();

  g_strv_builder_take (
      text, g_strdup_printf (translate (to, N_("The password of your account on %s has been "
                                                "changed, and all other devices have been signed "
                                                "out.")),
                             to->server_name));
  g_strv_builder_take (
      text, g_strdup_printf (translate (to, N_("If this was not you, choose a new password with "
                                                "“Forgot Password?” in Confab, and contact an "
                                                "administrator of %s.")),
                             to->server_name));

  return make_letter ("password-changed", to,
                      g_strdup_printf (
                          /* Translators: a mail's subject. */
                          translate (to, N_("Your password for %s was changed")), to->server_name),
                      text);
}
