/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-field-kind.h"

#include "confab-code-format.h"
#include "confab-error-text.h"
#include "confab-look-alike.h"
#include "confab-text.h"

G_DEFINE_ENUM_TYPE (ConfabFieldKind,
                    confab_field_kind,
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_LOGIN, "login"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_USERNAME, "username"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_EMAIL, "email"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_SERVER, "server"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_SIGN_IN_PASSWORD, "sign_in_password"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_PASSWORD, "password"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_NEW_PASSWORD, "new_password"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_CODE, "code"),
                    G_DEFINE_ENUM_VALUE (CONFAB_FIELD_INVITATION, "invitation"))

/* Accept any text but "". */
static char *
check_something (const char *text, GError **error)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static char *
check_login (const char *text, GError **error)
{
  g_autofree char *login = confab_text_strip (text);

  return *login != '\0' ? g_steal_pointer (&login) : NULL;
}

static char *
check_code (const char *text, GError **error)
{
  return confab_code_is_complete (text) ? g_strdup (text) : NULL;
}

typedef ConfabProblem Problems[6]; /* ends with 0 */

static const struct
{
  GtkInputPurpose purpose;
  ConfabFieldCheck check;   /* (nullable): NULL accepts any text */
  ConfabFieldFormat format; /* (nullable) */
  Problems problems;
} kinds[] = {
  [CONFAB_FIELD_TEXT] = { GTK_INPUT_PURPOSE_FREE_FORM, NULL, NULL, {} },
  [CONFAB_FIELD_LOGIN] = { GTK_INPUT_PURPOSE_FREE_FORM, check_login, NULL, {} },
  [CONFAB_FIELD_USERNAME] = { GTK_INPUT_PURPOSE_FREE_FORM,
                              confab_look_alike_username,
                              NULL,
                              { CONFAB_PROBLEM_INVALID_USERNAME, CONFAB_PROBLEM_USERNAME_TAKEN,
                                CONFAB_PROBLEM_USERNAME_LOOK_ALIKE,
                                CONFAB_PROBLEM_USERNAME_MIXED } },
  [CONFAB_FIELD_EMAIL] = { GTK_INPUT_PURPOSE_EMAIL,
                           confab_text_email,
                           NULL,
                           { CONFAB_PROBLEM_INVALID_EMAIL, CONFAB_PROBLEM_EMAIL_TAKEN } },
  [CONFAB_FIELD_SERVER] = { GTK_INPUT_PURPOSE_URL, check_something, NULL, {} },
  [CONFAB_FIELD_SIGN_IN_PASSWORD] = { GTK_INPUT_PURPOSE_PASSWORD,
                                      check_something,
                                      NULL,
                                      { CONFAB_PROBLEM_WRONG_CREDENTIALS } },
  [CONFAB_FIELD_PASSWORD] = { GTK_INPUT_PURPOSE_PASSWORD,
                              check_something,
                              NULL,
                              { CONFAB_PROBLEM_WRONG_CREDENTIALS } },
  [CONFAB_FIELD_NEW_PASSWORD] = { GTK_INPUT_PURPOSE_PASSWORD,
                                  confab_text_password,
                                  NULL,
                                  { CONFAB_PROBLEM_PASSWORD_TOO_SHORT,
                                    CONFAB_PROBLEM_PASSWORD_TOO_LONG,
                                    CONFAB_PROBLEM_PASSWORD_TOO_COMMON,
                                    CONFAB_PROBLEM_INVALID_PASSWORD } },
  [CONFAB_FIELD_CODE] = { GTK_INPUT_PURPOSE_FREE_FORM,
                          check_code,
                          confab_code_format,
                          { CONFAB_PROBLEM_RESET_INVALID, CONFAB_PROBLEM_CODE_INVALID } },
  /* Users with the set-up code are not told that registration is closed. */
  [CONFAB_FIELD_INVITATION] = { GTK_INPUT_PURPOSE_FREE_FORM,
                                NULL,
                                NULL,
                                { CONFAB_PROBLEM_INVITATION_REQUIRED,
                                  CONFAB_PROBLEM_INVITATION_INVALID,
                                  CONFAB_PROBLEM_REGISTRATION_CLOSED } },
};

/**
 * confab_field_kind_is_password:
 *
 * Returns: whether the text is hidden
 */
gboolean
confab_field_kind_is_password (ConfabFieldKind kind)
{
  return kinds[kind].purpose == GTK_INPUT_PURPOSE_PASSWORD;
}

/**
 * confab_field_kind_get_purpose:
 *
 * Returns: the purpose, for on-screen keyboards
 */
GtkInputPurpose
confab_field_kind_get_purpose (ConfabFieldKind kind)
{
  return kinds[kind].purpose;
}

/**
 * confab_field_kind_get_check:
 *
 * Returns: (nullable): checks a text; %NULL if any text is valid
 */
ConfabFieldCheck
confab_field_kind_get_check (ConfabFieldKind kind)
{
  return kinds[kind].check;
}

/**
 * confab_field_kind_get_format:
 *
 * Returns: (nullable): formats a text; %NULL if it is not formatted
 */
ConfabFieldFormat
confab_field_kind_get_format (ConfabFieldKind kind)
{
  return kinds[kind].format;
}

/**
 * confab_field_kind_get_hint:
 *
 * Returns: (nullable): the hint of such a field, if its page sets none
 */
const char *
confab_field_kind_get_hint (ConfabFieldKind kind)
{
  /* The hint and the error for a short password have the same text. */
  return kind == CONFAB_FIELD_NEW_PASSWORD ? confab_problem_text (CONFAB_PROBLEM_PASSWORD_TOO_SHORT)
                                           : NULL;
}

/**
 * confab_field_kind_is_about:
 * @error: (nullable): the server's error
 *
 * Returns: whether @error concerns a field of this kind
 */
gboolean
confab_field_kind_is_about (ConfabFieldKind kind, const GError *error)
{
  const ConfabProblem *problems = kinds[kind].problems;

  if (error == NULL || error->domain != CONFAB_PROBLEM)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds[kind].problems) && problems[i] != 0; i++)
    if ((ConfabProblem)error->code == problems[i])
      return TRUE;

  return FALSE;
}
