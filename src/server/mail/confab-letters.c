/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-letters.h"

static ConfabMail *
make_letter (const char *kind, const ConfabAddressee *to, char *subject, const char *text)
{
  char *body = g_strdup_printf ("Hello %s,\n\n%s\n-- \n%s\n", to->username, text, to->server_name);

  return confab_mail_new (kind, to->user_id, to->email, to->username, subject, body);
}

ConfabMail *
confab_letter_reset (const ConfabAddressee *to, const char *link, const char *code, guint seconds)
{
  g_autofree char *text =
      g_strdup_printf ("Someone requested a new password for your account on %s.\n\n"
                       "If this was you, open this link on a computer with Confab:\n\n"
                       "    %s\n\n"
                       "Or enter this code in Confab:\n\n"
                       "    %s\n\n"
                       "The link and the code can be used once, within %u minutes. Do not share\n"
                       "them. No one from %s will ever ask you for them.\n\n"
                       "If this was not you, ignore this message. Your password stays the same.\n",
                       to->server_name, link, code, seconds / 60, to->server_name);

  return make_letter ("password-reset", to,
                      g_strdup_printf ("Choose a new password for %s", to->server_name), text);
}

ConfabMail *
confab_letter_confirm_email (const ConfabAddressee *to, const char *code, guint seconds)
{
  g_autofree char *text =
      g_strdup_printf ("This address was entered for your account on %s. To confirm that it\n"
                       "is yours, enter this code in Confab:\n\n"
                       "    %s\n\n"
                       "The code can be used once, within %u minutes.\n\n"
                       "If you did not request this, ignore this message.\n",
                       to->server_name, code, seconds / 60);

  return make_letter ("email-code", to,
                      g_strdup_printf ("Confirm your email address for %s", to->server_name), text);
}

ConfabMail *
confab_letter_email_changed (const ConfabAddressee *to)
{
  g_autofree char *text =
      g_strdup_printf ("The email address of your account on %s has been changed. This is the\n"
                       "last message to this address.\n\n"
                       "If this was not you, contact an administrator of %s immediately. Someone\n"
                       "else knows your password.\n",
                       to->server_name, to->server_name);

  return make_letter ("email-changed", to,
                      g_strdup_printf ("Your email address on %s was changed", to->server_name),
                      text);
}

ConfabMail *
confab_letter_password_changed (const ConfabAddressee *to)
{
  g_autofree char *text =
      g_strdup_printf ("The password of your account on %s has been changed, and all other\n"
                       "devices have been signed out.\n\n"
                       "If this was not you, choose a new password with “Forgot Password?” in\n"
                       "Confab, and contact an administrator of %s.\n",
                       to->server_name, to->server_name);

  return make_letter ("password-changed", to,
                      g_strdup_printf ("Your password for %s was changed", to->server_name), text);
}
