/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-error-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* By ConfabProblem. Problems that only a bug in Confab causes share one sentence: "malformed-json"
 * tells a user nothing useful. */
static const char *const problem_texts[CONFAB_N_PROBLEMS] = {
  [CONFAB_PROBLEM_MALFORMED_REQUEST] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_MALFORMED_JSON] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_INVALID_FIELD] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_INVALID_USERNAME] =
      N_("Usernames can have up to 32 letters, digits, dots, hyphens and underscores, and start "
          "and end with a letter or digit."),
  [CONFAB_PROBLEM_INVALID_EMAIL] = N_("This is not an email address."),
  [CONFAB_PROBLEM_PASSWORD_TOO_SHORT] =
      N_("Use at least 15 characters. A few random words work well."),
  [CONFAB_PROBLEM_PASSWORD_TOO_LONG] = N_("This password is too long."),
  [CONFAB_PROBLEM_PASSWORD_TOO_COMMON] =
      N_("This password is too easy to guess. A few random words work well."),
  [CONFAB_PROBLEM_INVALID_PASSWORD] = N_("This password contains a line break, a tab or another "
                                          "sign that you can’t see. Please type it."),
  [CONFAB_PROBLEM_INVALID_PICTURE] = N_("This picture cannot be used. Please choose another."),
  [CONFAB_PROBLEM_INVALID_TITLE] = N_("Names can have up to 100 characters on one line."),
  [CONFAB_PROBLEM_MESSAGE_EMPTY] = N_("The message is empty."),
  [CONFAB_PROBLEM_MESSAGE_TOO_LONG] =
      N_("A message can have up to 10,000 characters. Send it in parts."),
  [CONFAB_PROBLEM_INVALID_TEXT] = N_("The text contains characters that cannot be sent."),
  [CONFAB_PROBLEM_USERNAME_TAKEN] = N_("Someone else has this username. Please choose another."),
  [CONFAB_PROBLEM_EMAIL_TAKEN] = N_("An account with this email address already exists."),
  [CONFAB_PROBLEM_CLIENT_ID_REUSED] = N_("The server has another message under the same number."),
  [CONFAB_PROBLEM_DIRECT_CONVERSATION] =
      N_("A direct conversation cannot be changed. Create a group instead."),
  [CONFAB_PROBLEM_RECIPIENT_DELETED] = N_("This person has deleted their account."),
  [CONFAB_PROBLEM_TOO_MANY_MEMBERS] = N_("A group has up to 500 people."),
  [CONFAB_PROBLEM_LAST_ADMIN] = N_("This server needs at least one administrator."),
  [CONFAB_PROBLEM_CONFLICT] = N_("Someone else has changed this in the meantime."),
  [CONFAB_PROBLEM_WRONG_CREDENTIALS] = N_("The username or password is wrong."),
  [CONFAB_PROBLEM_NOT_SIGNED_IN] = N_("You have been signed out. Please sign in again."),
  [CONFAB_PROBLEM_FORBIDDEN] = N_("You do not have permission to do this."),
  [CONFAB_PROBLEM_REGISTRATION_CLOSED] =
      N_("This server does not accept new accounts. Ask its administrator."),
  [CONFAB_PROBLEM_INVITATION_REQUIRED] =
      N_("New accounts on this server need an invitation. Ask its administrator for one."),
  [CONFAB_PROBLEM_INVITATION_INVALID] =
      N_("This invitation code is wrong, has been used or has expired."),
  [CONFAB_PROBLEM_ACCOUNT_SUSPENDED] = N_("An administrator has suspended this account."),
  [CONFAB_PROBLEM_ACCOUNT_DELETED] = N_("This account has been deleted."),
  [CONFAB_PROBLEM_PASSWORD_NEEDED] = N_("Please enter your password again."),
  [CONFAB_PROBLEM_NOT_FOUND] = N_("This no longer exists, or is no longer shared with you."),
  [CONFAB_PROBLEM_METHOD_NOT_ALLOWED] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_CURSOR_TOO_OLD] =
      N_("The messages on this computer are out of date and have to be fetched again."),
  [CONFAB_PROBLEM_RESET_INVALID] =
      N_("This code is wrong, has been used or has expired. Request a new one."),
  [CONFAB_PROBLEM_CODE_INVALID] = N_("This code is wrong, has been used or has expired."),
  [CONFAB_PROBLEM_UNDO_EXPIRED] = N_("This can no longer be undone."),
  [CONFAB_PROBLEM_BODY_TOO_LARGE] = N_("This is too large for the server."),
  [CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_EXPECTATION_FAILED] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_UPGRADE_REQUIRED] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_HEAD_TOO_LARGE] = N_("This is too large for the server."),
  [CONFAB_PROBLEM_THROTTLED] = N_("Too many attempts. Please wait a moment and try again."),
  [CONFAB_PROBLEM_INTERNAL] = N_("Something went wrong on the server. Please try again later."),
  [CONFAB_PROBLEM_NOT_IMPLEMENTED] =
      N_("The server did not understand the request. Confab or the server may need an update."),
  [CONFAB_PROBLEM_UNAVAILABLE] =
      N_("The server is busy or restarting. Please try again in a moment."),
  [CONFAB_PROBLEM_STORAGE_FULL] =
      N_("The server has no room for more messages of yours. Please ask its administrator."),
  [CONFAB_PROBLEM_USERNAME_LOOK_ALIKE] =
      N_("This username looks like someone else’s. Please choose another."),
  [CONFAB_PROBLEM_USERNAME_MIXED] =
      N_("This username mixes letters of different scripts. Please use one script."),
};

static const char *const engine_texts[] = {
  [CONFAB_ENGINE_ERROR_BAD_ADDRESS] =
      N_("This is not a server address. Server addresses look like “confab.example.org”."),
  [CONFAB_ENGINE_ERROR_UNREACHABLE] =
      N_("The server cannot be reached. Check the address and your network."),
  [CONFAB_ENGINE_ERROR_BAD_CERTIFICATE] = N_("The identity of the server could not be verified. "
                                              "Its certificate is not trusted on this computer."),
  [CONFAB_ENGINE_ERROR_NOT_CONFAB] = N_("There is no Confab server at this address."),
  [CONFAB_ENGINE_ERROR_NEWER_SERVER] =
      N_("The server needs a newer version of Confab. Please update."),
  [CONFAB_ENGINE_ERROR_DISK_FULL] = N_("The disk is full. Please free some space."),
  [CONFAB_ENGINE_ERROR_MIRROR_NEWER] =
      N_("A newer version of Confab has been used on this computer. Update Confab to continue. "
          "Nothing has been changed."),
  [CONFAB_ENGINE_ERROR_STORAGE] = N_("Confab could not read or write its files on this computer."),
  [CONFAB_ENGINE_ERROR_KEYRING] = N_("The keyring did not answer. Please try again."),
  [CONFAB_ENGINE_ERROR_OFFLINE] =
      N_("The server cannot be reached right now. Please try again later."),
  [CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN] = N_("You are signed in to this account already."),
  [CONFAB_ENGINE_ERROR_BAD_LINK] = N_("Confab cannot open this link. It may be incomplete. Copy "
                                       "the whole link, or enter the code instead."),
  [CONFAB_ENGINE_ERROR_INSECURE_LINK] =
      N_("This link leads to a server without encryption. Confab does not follow it."),
  [CONFAB_ENGINE_ERROR_ADDRESS_INSECURE] = N_("“http://” is not encrypted, so Confab uses it only "
                                               "for a server on this computer. Try “https://”."),
  [CONFAB_ENGINE_ERROR_ADDRESS_SCHEME] = N_("Server addresses start with “https://” or directly "
                                             "with a name, such as “confab.example.org”."),
  [CONFAB_ENGINE_ERROR_ADDRESS_USER] = N_ (
      "This looks like an email address or has a name before “@”. Enter only what comes after it."),
  [CONFAB_ENGINE_ERROR_ADDRESS_PATH] = N_("A Confab server has no path in its address. Leave out "
                                           "everything from the first “/” after its name."),
  [CONFAB_ENGINE_ERROR_ADDRESS_PORT] =
      N_("The port after “:” has to be a number from 1 to 65535."),
  [CONFAB_ENGINE_ERROR_REWRITTEN] =
      N_("The server changes the text of a message. The message stays here and is not sent."),
  [CONFAB_ENGINE_ERROR_ANOTHER_ACCOUNT] =
      N_("This server now has another account under your username. Add it as an account of its "
          "own. The messages on this computer stay here."),
  [CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE] = N_ (
      "Your account is open in another Confab on this computer. Close that one, then try again."),
};

const char *
confab_problem_text (ConfabProblem problem)
{
  if ((guint)problem >= CONFAB_N_PROBLEMS)
    problem = CONFAB_PROBLEM_INTERNAL;

  return _ (problem_texts[problem]);
}

const char *
confab_engine_error_text (ConfabEngineError code)
{
  if ((guint)code >= G_N_ELEMENTS (engine_texts))
    code = CONFAB_ENGINE_ERROR_STORAGE;

  return _ (engine_texts[code]);
}

/* Short waits are described as "a moment". */
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
