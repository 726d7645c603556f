/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-look-alike.h"

#include <string.h>
#include <unicode/uspoof.h>

#include "confab-text.h"

/* A skeleton is at most a few times as long as a name, and a name has at most 32 characters. */
#define MAX_SKELETON_BYTES 4096

static USpoofChecker *
open_checker (void)
{
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open (&status);

  uspoof_setRestrictionLevel (checker, USPOOF_HIGHLY_RESTRICTIVE);
  uspoof_setChecks (checker, USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no data on confusable characters: %s", u_errorName (status));

  return checker;
}

/* Return the checker. ICU allows all threads to use it because it never changes once open. */
static const USpoofChecker *
get_checker (void)
{
  static gsize checker = 0;

  if (g_once_init_enter (&checker))
    g_once_init_leave (&checker, (gsize)open_checker ());

  return (const USpoofChecker *)checker;
}

/* Return the skeleton of @text, or a copy of @text if ICU fails. */
static char *
get_skeleton (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  char skeleton[MAX_SKELETON_BYTES];
  int32_t length = uspoof_getSkeletonUTF8 (get_checker (), 0, text, (int32_t)strlen (text),
                                           skeleton, sizeof skeleton, &status);

  if (U_FAILURE (status) || length >= (int32_t)sizeof skeleton)
    return g_strdup (text);

  return g_strndup (skeleton, (gsize)length);
}

char *
confab_look_alike_key (const char *name)
{
  /* Take the skeleton of the name as written, because a capital I looks like an l, then that of its
   * folded form, whose letters may look like others. */
  g_autofree char *written = get_skeleton (name);
  g_autofree char *folded = confab_text_key (written);

  return get_skeleton (folded);
}

char *
confab_look_alike_username (const char *text, GError **error)
{
  g_autofree char *username = confab_text_username (text, error);
  UErrorCode status = U_ZERO_ERROR;
  int32_t found;

  if (username == NULL)
    return NULL;

  found = uspoof_check2UTF8 (get_checker (), username, (int32_t)strlen (username), NULL, &status);
  if (U_FAILURE (status) || found != 0)
    {
      confab_problem_set (error, CONFAB_PROBLEM_USERNAME_MIXED);
      return NULL;
    }

  return g_steal_pointer (&username);
}
