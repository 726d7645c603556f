/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-problem.h"

typedef struct
{
  guint retry_after; /* seconds */
} ConfabProblemPrivate;

static void
confab_problem_private_init (ConfabProblemPrivate *self)
{
}

static void
confab_problem_private_copy (const ConfabProblemPrivate *from, ConfabProblemPrivate *to)
{
  *to = *from;
}

static void
confab_problem_private_clear (ConfabProblemPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (ConfabProblem, confab_problem)

guint
confab_problem_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == CONFAB_PROBLEM ? confab_problem_get_private (error)->retry_after : 0;
}

void
confab_problem_set_retry_after (GError *error, guint seconds)
{
  g_return_if_fail (error != NULL && error->domain == CONFAB_PROBLEM);

  confab_problem_get_private (error)->retry_after = seconds;
}

typedef struct
{
  const char *code;
  guint status;
  const char *title;
} ProblemInfo;

static const ProblemInfo problems[CONFAB_N_PROBLEMS] = {
  [CONFAB_PROBLEM_MALFORMED_REQUEST] = { "malformed-request", 400,
                                         "This is not a valid HTTP request" },
  [CONFAB_PROBLEM_MALFORMED_JSON] = { "malformed-json", 400, "This is not a valid JSON object" },
  [CONFAB_PROBLEM_INVALID_FIELD] = { "invalid-field", 422, "A value is missing or not allowed" },
  [CONFAB_PROBLEM_INVALID_USERNAME] = { "invalid-username", 422,
                                        "A username has 1 to 32 letters, digits, dots, hyphens and "
                                        "underscores, and begins and ends with a letter or digit" },
  [CONFAB_PROBLEM_INVALID_EMAIL] = { "invalid-email", 422, "This is not a valid email address" },
  [CONFAB_PROBLEM_PASSWORD_TOO_SHORT] = { "password-too-short", 422,
                                          "A password needs at least 15 characters" },
  [CONFAB_PROBLEM_PASSWORD_TOO_LONG] = { "password-too-long", 422, "This password is too long" },
  [CONFAB_PROBLEM_PASSWORD_TOO_COMMON] = { "password-too-common", 422,
                                           "This password is one of those that are guessed first" },
  [CONFAB_PROBLEM_INVALID_PASSWORD] = { "invalid-password", 422,
                                        "A password has no line breaks, tabs or invisible signs" },
  [CONFAB_PROBLEM_INVALID_PICTURE] = { "invalid-picture", 422,
                                       "A picture is a PNG of at most 512 by 512 pixels and 128 "
                                       "KiB" },
  [CONFAB_PROBLEM_INVALID_TITLE] = { "invalid-title", 422,
                                     "A title has at most 100 characters on one line" },
  [CONFAB_PROBLEM_MESSAGE_EMPTY] = { "message-empty", 422, "The message is empty" },
  [CONFAB_PROBLEM_MESSAGE_TOO_LONG] = { "message-too-long", 422,
                                        "A message has at most 10,000 characters" },
  [CONFAB_PROBLEM_INVALID_TEXT] = { "invalid-text", 422,
                                    "The text contains characters that are not allowed" },
  [CONFAB_PROBLEM_USERNAME_TAKEN] = { "username-taken", 409, "This username is already taken" },
  [CONFAB_PROBLEM_EMAIL_TAKEN] = { "email-taken", 409, "This email address is already in use" },
  [CONFAB_PROBLEM_CLIENT_ID_REUSED] = { "client-id-reused", 409,
                                        "This identifier was already used for something else" },
  [CONFAB_PROBLEM_DIRECT_CONVERSATION] = { "direct-conversation", 409,
                                           "This is not possible in a conversation of two people" },
  [CONFAB_PROBLEM_RECIPIENT_DELETED] = { "recipient-deleted", 409,
                                         "The other person’s account has been deleted" },
  [CONFAB_PROBLEM_TOO_MANY_MEMBERS] = { "too-many-members", 409,
                                        "A group has at most 500 members" },
  [CONFAB_PROBLEM_LAST_ADMIN] = { "last-admin", 409,
                                  "Nobody would be left who can administer this server" },
  [CONFAB_PROBLEM_CONFLICT] = { "conflict", 409, "Somebody has changed this in the meantime" },
  [CONFAB_PROBLEM_WRONG_CREDENTIALS] = { "wrong-credentials", 401,
                                         "The name or password is wrong" },
  [CONFAB_PROBLEM_NOT_SIGNED_IN] = { "not-signed-in", 401, "You are not signed in" },
  [CONFAB_PROBLEM_FORBIDDEN] = { "forbidden", 403, "You are not permitted to do this" },
  [CONFAB_PROBLEM_REGISTRATION_CLOSED] = { "registration-closed", 403,
                                           "This server does not accept new accounts" },
  [CONFAB_PROBLEM_INVITATION_REQUIRED] = { "invitation-required", 403,
                                           "New accounts on this server need an invitation code" },
  [CONFAB_PROBLEM_INVITATION_INVALID] = { "invitation-invalid", 403,
                                          "This invitation code is wrong, used up or expired" },
  [CONFAB_PROBLEM_ACCOUNT_SUSPENDED] = { "account-suspended", 403,
                                         "An administrator has suspended this account" },
  [CONFAB_PROBLEM_ACCOUNT_DELETED] = { "account-deleted", 403, "This account has been deleted" },
  [CONFAB_PROBLEM_PASSWORD_NEEDED] = { "password-needed", 403, "Please give your password again" },
  [CONFAB_PROBLEM_NOT_FOUND] = { "not-found", 404, "This does not exist, or not for you" },
  [CONFAB_PROBLEM_METHOD_NOT_ALLOWED] = { "method-not-allowed", 405,
                                          "This address does not support that method" },
  [CONFAB_PROBLEM_CURSOR_TOO_OLD] = { "cursor-too-old", 410, "The cursor is no longer valid" },
  [CONFAB_PROBLEM_RESET_INVALID] = { "reset-invalid", 410,
                                     "This link or code is wrong, used or expired" },
  [CONFAB_PROBLEM_CODE_INVALID] = { "code-invalid", 410, "This code is wrong, used or expired" },
  [CONFAB_PROBLEM_UNDO_EXPIRED] = { "undo-expired", 410, "This can no longer be undone" },
  [CONFAB_PROBLEM_BODY_TOO_LARGE] = { "body-too-large", 413, "The request is too large" },
  [CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE] = { "unsupported-media-type", 415,
                                              "The request is not of the type it must be" },
  [CONFAB_PROBLEM_EXPECTATION_FAILED] = { "expectation-failed", 417,
                                          "The server cannot do what the request expects of it" },
  [CONFAB_PROBLEM_UPGRADE_REQUIRED] = { "upgrade-required", 426,
                                        "This address is for websockets of version 13" },
  [CONFAB_PROBLEM_HEAD_TOO_LARGE] = { "head-too-large", 431,
                                      "The request has too long an address, or too many headers" },
  [CONFAB_PROBLEM_THROTTLED] = { "throttled", 429, "Too much at once; please try again later" },
  [CONFAB_PROBLEM_INTERNAL] = { "internal", 500, "Something went wrong on the server" },
  [CONFAB_PROBLEM_NOT_IMPLEMENTED] = { "not-implemented", 501,
                                       "The server does not know this transfer coding" },
  [CONFAB_PROBLEM_UNAVAILABLE] = { "unavailable", 503,
                                   "The server is not available at the moment" },
  [CONFAB_PROBLEM_STORAGE_FULL] = { "storage-full", 507,
                                    "The server keeps no more texts of this account" },
  [CONFAB_PROBLEM_USERNAME_LOOK_ALIKE] = { "username-look-alike", 409,
                                           "This username looks like somebody else's" },
  [CONFAB_PROBLEM_USERNAME_MIXED] = { "username-mixed", 422,
                                      "A username does not mix scripts that look alike" },
};

static const ProblemInfo *
lookup (ConfabProblem problem)
{
  g_return_val_if_fail ((guint)problem < CONFAB_N_PROBLEMS, &problems[CONFAB_PROBLEM_INTERNAL]);

  return &problems[problem];
}

const char *
confab_problem_get_code (ConfabProblem problem)
{
  return lookup (problem)->code;
}

guint
confab_problem_get_status (ConfabProblem problem)
{
  return lookup (problem)->status;
}

const char *
confab_problem_get_title (ConfabProblem problem)
{
  return lookup (problem)->title;
}

gboolean
confab_problem_from_code (const char *code, ConfabProblem *problem)
{
  for (guint i = 0; i < CONFAB_N_PROBLEMS; i++)
    {
      if (g_strcmp0 (code, problems[i].code) == 0)
        {
          *problem = (ConfabProblem)i;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
confab_problem_set (GError **error, ConfabProblem problem)
{
  g_set_error_literal (error, CONFAB_PROBLEM, problem, confab_problem_get_title (problem));

  return FALSE;
}
