/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-error-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* By ConfabProblem. Those that say that Confab itself was wrong share one sentence: a person can do
 * nothing about "malformed-json". */
static const char *const problem_texts[CONFAB_N_PROBLEMS] = {
  [CONFAB_PROBLEM_MALFORMED_REQUEST] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_MALFORMED_JSON] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_INVALID_FIELD] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_INVALID_USERNAME] =
    N_("A username has up to 32 letters, digits, dots, hyphens or underscores, with a letter or digit at both ends."),
  [CONFAB_PROBLEM_INVALID_EMAIL] = N_("This is not an email address."),
  [CONFAB_PROBLEM_PASSWORD_TOO_SHORT] = N_("Use at least 15 characters. A few random words do well."),
  [CONFAB_PROBLEM_PASSWORD_TOO_LONG] = N_("This password is too long."),
  [CONFAB_PROBLEM_PASSWORD_TOO_COMMON] =
    N_("This password is among the first that are tried. A few random words do well."),
  [CONFAB_PROBLEM_INVALID_PASSWORD] =
    N_("This password contains a line break, a tab or another sign that you can’t see. Please type it."),
  [CONFAB_PROBLEM_INVALID_PICTURE] = N_("This picture cannot be used. Please choose another."),
  [CONFAB_PROBLEM_INVALID_TITLE] = N_("A name is one line of up to 100 characters."),
  [CONFAB_PROBLEM_MESSAGE_EMPTY] = N_("The message is empty."),
  [CONFAB_PROBLEM_MESSAGE_TOO_LONG] = N_("A message has up to 10,000 characters. Please divide it."),
  [CONFAB_PROBLEM_INVALID_TEXT] = N_("The text contains characters that cannot be sent."),
  [CONFAB_PROBLEM_USERNAME_TAKEN] = N_("Someone else has this username. Please choose another."),
  [CONFAB_PROBLEM_EMAIL_TAKEN] = N_("There is an account with this email address already."),
  [CONFAB_PROBLEM_CLIENT_ID_REUSED] = N_("This was sent before with different content."),
  [CONFAB_PROBLEM_DIRECT_CONVERSATION] = N_("A conversation of two cannot be changed. Please begin a group."),
  [CONFAB_PROBLEM_RECIPIENT_DELETED] = N_("This person has deleted their account."),
  [CONFAB_PROBLEM_TOO_MANY_MEMBERS] = N_("A group has up to 500 people."),
  [CONFAB_PROBLEM_LAST_ADMIN] = N_("Nobody would be left who can administer this server."),
  [CONFAB_PROBLEM_CONFLICT] = N_("Somebody has changed this in the meantime."),
  [CONFAB_PROBLEM_WRONG_CREDENTIALS] = N_("The name or the password is wrong."),
  [CONFAB_PROBLEM_NOT_SIGNED_IN] = N_("You have been signed out. Please sign in again."),
  [CONFAB_PROBLEM_FORBIDDEN] = N_("The server does not permit this."),
  [CONFAB_PROBLEM_REGISTRATION_CLOSED] =
    N_("This server takes no new accounts. Please ask whoever runs it."),
  [CONFAB_PROBLEM_INVITATION_REQUIRED] =
    N_("New accounts on this server need an invitation code. Please ask whoever runs it."),
  [CONFAB_PROBLEM_INVITATION_INVALID] = N_("This invitation code is wrong, used up or has expired."),
  [CONFAB_PROBLEM_ACCOUNT_SUSPENDED] = N_("An administrator has suspended this account."),
  [CONFAB_PROBLEM_ACCOUNT_DELETED] = N_("This account has been deleted."),
  [CONFAB_PROBLEM_PASSWORD_NEEDED] = N_("Please give your password again."),
  [CONFAB_PROBLEM_NOT_FOUND] = N_("This is no longer there, or no longer shared with you."),
  [CONFAB_PROBLEM_METHOD_NOT_ALLOWED] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_CURSOR_TOO_OLD] = N_("What is on this computer is too old and has to be fetched again."),
  [CONFAB_PROBLEM_RESET_INVALID] =
    N_("This is wrong, has been used before or has expired. Please ask for a new one."),
  [CONFAB_PROBLEM_CODE_INVALID] = N_("This code is wrong, has been used before or has expired."),
  [CONFAB_PROBLEM_UNDO_EXPIRED] = N_("This can no longer be undone."),
  [CONFAB_PROBLEM_BODY_TOO_LARGE] = N_("This is more than the server takes at once."),
  [CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_EXPECTATION_FAILED] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_UPGRADE_REQUIRED] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_HEAD_TOO_LARGE] = N_("This is more than the server takes at once."),
  [CONFAB_PROBLEM_THROTTLED] = N_("Too many attempts. Please wait a moment and try again."),
  [CONFAB_PROBLEM_INTERNAL] = N_("Something went wrong on the server. Please try again later."),
  [CONFAB_PROBLEM_NOT_IMPLEMENTED] = N_("The server did not understand Confab. Is one of them too old?"),
  [CONFAB_PROBLEM_UNAVAILABLE] = N_("The server is busy or restarting. Please try again in a moment."),
  [CONFAB_PROBLEM_STORAGE_FULL] =
    N_("The server keeps no more messages of yours. Please ask whoever runs it."),
  [CONFAB_PROBLEM_USERNAME_LOOK_ALIKE] =
    N_("This username looks like someone else’s. Please choose another."),
  [CONFAB_PROBLEM_USERNAME_MIXED] =
    N_("This username mixes letters of different scripts. Please use one script."),
};

static const char *const engine_texts[] = {
  [CONFAB_ENGINE_ERROR_BAD_ADDRESS] =
    N_("This is not a server address. They look like “confab.example.org”."),
  [CONFAB_ENGINE_ERROR_UNREACHABLE] =
    N_("The server cannot be reached. Check the address and your network."),
  [CONFAB_ENGINE_ERROR_BAD_CERTIFICATE] =
    N_("The server could not prove who it is. Its certificate is not trusted on this computer."),
  [CONFAB_ENGINE_ERROR_NOT_CONFAB] = N_("There is something at this address, but no Confab server."),
  [CONFAB_ENGINE_ERROR_NEWER_SERVER] = N_("The server needs a newer Confab. Please update."),
  [CONFAB_ENGINE_ERROR_DISK_FULL] = N_("The disk is full. Please free some space."),
  [CONFAB_ENGINE_ERROR_MIRROR_NEWER] =
    N_("A newer Confab has been used on this computer. Please update to go on; nothing has been changed."),
  [CONFAB_ENGINE_ERROR_STORAGE] = N_("Confab’s files on this computer could not be read or written."),
  [CONFAB_ENGINE_ERROR_KEYRING] = N_("The keyring did not answer. Please try again."),
  [CONFAB_ENGINE_ERROR_OFFLINE] = N_("This needs the server, which cannot be reached just now."),
  [CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN] = N_("You are signed in to this account already."),
  [CONFAB_ENGINE_ERROR_BAD_LINK] =
    N_("Confab does not understand this link. It may be incomplete: please copy it whole, or type the code instead."),
  [CONFAB_ENGINE_ERROR_INSECURE_LINK] =
    N_("This link leads to a server without encryption. Confab does not follow it."),
  [CONFAB_ENGINE_ERROR_ADDRESS_INSECURE] =
    N_("“http://” is not encrypted, so Confab uses it only for a server on this computer. Try “https://”."),
  [CONFAB_ENGINE_ERROR_ADDRESS_SCHEME] =
    N_("A server address begins with “https://” or directly with its name, such as “confab.example.org”."),
  [CONFAB_ENGINE_ERROR_ADDRESS_USER] =
    N_("This looks like an email address or has a name before “@”. Enter only what comes after it."),
  [CONFAB_ENGINE_ERROR_ADDRESS_PATH] =
    N_("A Confab server has no path in its address. Leave out everything from the first “/” after its name."),
  [CONFAB_ENGINE_ERROR_ADDRESS_PORT] =
    N_("The port after “:” has to be a number from 1 to 65535."),
};

const char *
confab_problem_text (ConfabProblem problem)
{
  if ((guint) problem >= CONFAB_N_PROBLEMS)
    problem = CONFAB_PROBLEM_INTERNAL;

  return _(problem_texts[problem]);
}

const char *
confab_engine_error_text (ConfabEngineError code)
{
  if ((guint) code >= G_N_ELEMENTS (engine_texts))
    code = CONFAB_ENGINE_ERROR_STORAGE;

  return _(engine_texts[code]);
}

/* A moment is what one waits for without doing something else. */
static const char *
throttled_text (guint retry_after_s)
{
  if (retry_after_s > 20 * 60)
    return _("Too many attempts. Please try again in an hour.");
  if (retry_after_s > 60)
    return _("Too many attempts. Please try again in a few minutes.");

  return confab_problem_text (CONFAB_PROBLEM_THROTTLED);
}

const char *
confab_error_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_THROTTLED))
    return throttled_text (confab_problem_get_retry_after (error));
  if (error->domain == CONFAB_PROBLEM)
    return confab_problem_text (error->code);
  if (error->domain == CONFAB_ENGINE_ERROR)
    return confab_engine_error_text (error->code);
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_NO_SPACE)
    return confab_engine_error_text (CONFAB_ENGINE_ERROR_DISK_FULL);

  g_warning ("An error without words: %s", error->message);
  return _("Something unexpected went wrong. Please try again.");
}
