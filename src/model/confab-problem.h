/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The reasons why a request fails: the stable codes of docs/protocol.md, as a GError domain. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_PROBLEM_MALFORMED_REQUEST,
  CONFAB_PROBLEM_MALFORMED_JSON,
  CONFAB_PROBLEM_INVALID_FIELD,
  CONFAB_PROBLEM_INVALID_USERNAME,
  CONFAB_PROBLEM_INVALID_EMAIL,
  CONFAB_PROBLEM_PASSWORD_TOO_SHORT,
  CONFAB_PROBLEM_PASSWORD_TOO_LONG,
  CONFAB_PROBLEM_PASSWORD_TOO_COMMON,
  CONFAB_PROBLEM_INVALID_PASSWORD,
  CONFAB_PROBLEM_INVALID_PICTURE,
  CONFAB_PROBLEM_INVALID_TITLE,
  CONFAB_PROBLEM_MESSAGE_EMPTY,
  CONFAB_PROBLEM_MESSAGE_TOO_LONG,
  CONFAB_PROBLEM_INVALID_TEXT,
  CONFAB_PROBLEM_USERNAME_TAKEN,
  CONFAB_PROBLEM_EMAIL_TAKEN,
  CONFAB_PROBLEM_CLIENT_ID_REUSED,
  CONFAB_PROBLEM_DIRECT_CONVERSATION,
  CONFAB_PROBLEM_RECIPIENT_DELETED,
  CONFAB_PROBLEM_TOO_MANY_MEMBERS,
  CONFAB_PROBLEM_LAST_ADMIN,
  CONFAB_PROBLEM_CONFLICT,
  CONFAB_PROBLEM_WRONG_CREDENTIALS,
  CONFAB_PROBLEM_NOT_SIGNED_IN,
  CONFAB_PROBLEM_FORBIDDEN,
  CONFAB_PROBLEM_REGISTRATION_CLOSED,
  CONFAB_PROBLEM_INVITATION_REQUIRED,
  CONFAB_PROBLEM_INVITATION_INVALID,
  CONFAB_PROBLEM_ACCOUNT_SUSPENDED,
  CONFAB_PROBLEM_ACCOUNT_DELETED,
  CONFAB_PROBLEM_PASSWORD_NEEDED,
  CONFAB_PROBLEM_NOT_FOUND,
  CONFAB_PROBLEM_METHOD_NOT_ALLOWED,
  CONFAB_PROBLEM_CURSOR_TOO_OLD,
  CONFAB_PROBLEM_RESET_INVALID,
  CONFAB_PROBLEM_CODE_INVALID,
  CONFAB_PROBLEM_UNDO_EXPIRED,
  CONFAB_PROBLEM_BODY_TOO_LARGE,
  CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE,
  CONFAB_PROBLEM_EXPECTATION_FAILED,
  CONFAB_PROBLEM_UPGRADE_REQUIRED,
  CONFAB_PROBLEM_HEAD_TOO_LARGE,
  CONFAB_PROBLEM_THROTTLED,
  CONFAB_PROBLEM_INTERNAL,
  CONFAB_PROBLEM_NOT_IMPLEMENTED,
  CONFAB_PROBLEM_UNAVAILABLE,
  CONFAB_PROBLEM_STORAGE_FULL,
  CONFAB_PROBLEM_USERNAME_LOOK_ALIKE,
  CONFAB_PROBLEM_USERNAME_MIXED,
  CONFAB_N_PROBLEMS,
} ConfabProblem;

#define CONFAB_PROBLEM (confab_problem_quark ())
GQuark confab_problem_quark (void);

/* The seconds after which to try again, 0 if unknown. The value can be read from an error of any
 * domain, and copies of the error keep it; it can be set only on errors of CONFAB_PROBLEM. */
guint confab_problem_get_retry_after (const GError *error);
void confab_problem_set_retry_after (GError *error, guint seconds);

/* The code's name ("username-taken"), its HTTP status and its English title. Strings are static. */
const char *confab_problem_get_code (ConfabProblem problem);
guint confab_problem_get_status (ConfabProblem problem);
const char *confab_problem_get_title (ConfabProblem problem);

/* Return FALSE if @code is unknown, for example because the server is newer. */
gboolean confab_problem_from_code (const char *code, ConfabProblem *problem);

/* Set @error to @problem with its title as the message. Return FALSE always, so that callers can
 * write "return confab_problem_set (…)". */
gboolean confab_problem_set (GError **error, ConfabProblem problem);

G_END_DECLS
