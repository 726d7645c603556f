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
  g_autofree char *text = g_strdup_printf (
      "somebody asked for a new password for your account on %s.\n\n"
      "If it was you, open this link on a computer with Confab:\n\n"
      "    %s\n\n"
      "or type this code where you asked:\n\n"
      "    %s\n\n"
      "Either works once, for %u minutes. Nobody from %s will ever ask you for them.\n\n"
      "If it was not you, there is nothing to do: your password stays as it is.\n",
      to->server_name, link, code, seconds / 60, to->server_name);

  return make_letter ("password-reset", to,
                      g_strdup_printf ("Your new password for %s", to->server_name), text);
}

ConfabMail *
confab_letter_confirm_email (const ConfabAddressee *to, const char *code, guint seconds)
{
  g_autofree char *text =
      g_strdup_printf ("you want to use this address for your account on %s. To confirm that it\n"
                       "is yours, type this code where you entered the address:\n\n"
                       "    %s\n\n"
                       "It works once, for %u minutes.\n\n"
                       "If you did not ask for this, somebody mistook your address for theirs;\n"
                       "there is nothing to do.\n",
                       to->server_name, code, seconds / 60);

  return make_letter ("email-code", to,
                      g_strdup_printf ("Confirm your address for %s", to->server_name), text);
}

ConfabMail *
confab_letter_email_changed (const ConfabAddressee *to)
{
  g_autofree char *text =
      g_strdup_printf ("your account on %s has another email address now. This is the last\n"
                       "message to the old one.\n\n"
                       "If it was not you, tell an administrator of %s at once: whoever changed\n"
                       "the address knows your password.\n",
                       to->server_name, to->server_name);

  return make_letter ("email-changed", to,
                      g_strdup_printf ("Your address on %s was changed", to->server_name), text);
}

ConfabMail *
confab_letter_password_changed (const ConfabAddressee *to)
{
  g_autofree char *text =
      g_strdup_printf ("the password of your account on %s was changed, and the account's other\n"
                       "sessions were ended.\n\n"
                       "If it was not you, choose a new one with “Forgot Password?” in Confab,\n"
                       "and tell an administrator of %s.\n",
                       to->server_name, to->server_name);

  return make_letter ("password-changed", to,
                      g_strdup_printf ("Your password for %s was changed", to->server_name), text);
}
