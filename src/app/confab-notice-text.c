/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-notice-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "confab-role-text.h"

/* The first matching entry is used. {actor}, {old} and {new} stand for names and values. */
typedef struct
{
  const char *action;
  const char *new_value; /* (nullable): match only this value */
  const char *by_other;  /* (nullable) */
  const char *by_self;   /* (nullable) */
} Words;

static const Words table[] = {
  { "role-changed", "admin", N_("{actor} made you an administrator."),
    N_("You became an administrator.") },
  { "role-changed", "moderator", N_("{actor} made you a moderator."),
    N_("You became a moderator.") },
  { "role-changed", NULL, N_("{actor} changed your role from {old} to {new}."),
    N_("You changed your role from {old} to {new}.") },
  { "role-change-undone", NULL, N_("{actor} undid a role change. Your role is {new} again."),
    N_("You undid a role change. Your role is {new} again.") },
  { "suspended", NULL, N_("{actor} suspended your account."), NULL },
  { "restored", NULL, N_("{actor} restored your account."), NULL },
  { "sessions-ended", NULL, N_("{actor} signed you out everywhere."),
    N_("You signed out your other devices.") },
  { "reset-code-issued", NULL, N_("{actor} issued a code to reset your password."),
    N_("You requested a code to reset your password.") },
  { "password-reset", NULL, N_("Your password was reset."), N_("Your password was reset.") },
  { "password-changed", NULL, N_("{actor} changed your password."),
    N_("You changed your password.") },
  { "email-changed", NULL, N_("{actor} changed your email address to {new}."),
    N_("You changed your email address to {new}.") },
  { "username-changed", NULL, N_("{actor} changed your username from {old} to {new}."),
    N_("You changed your username from {old} to {new}.") },
  { "user-added", NULL, N_("{actor} created your account."), N_("You created this account.") },
  { "message-removed", NULL, N_("{actor} removed a message of yours."),
    N_("You removed a message of yours.") },
  { "member-removed", "", N_("{actor} removed you from a group."), N_("You left a group.") },
  { "member-removed", NULL, N_("{actor} removed you from “{new}”."), N_("You left “{new}”.") },
};

/* In the table, "" matches a notice without a value. */
static gboolean
fits (const Words *words, ConfabNotice *notice)
{
  const char *value = confab_notice_get_new_value (notice);

  return g_str_equal (words->action, confab_notice_get_action (notice))
         && (words->new_value == NULL
             || g_str_equal (words->new_value, value != NULL ? value : ""));
}

static const char *
find_words (ConfabNotice *notice)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (fits (&table[i], notice))
        return confab_notice_get_by_self (notice) ? table[i].by_self : table[i].by_other;
    }

  return NULL;
}

static const char *
show_value (ConfabNotice *notice, const char *value, GListModel *roles)
{
  if (value == NULL)
    return "";

  return g_str_has_prefix (confab_notice_get_action (notice), "role-")
             ? confab_role_text_for_name (roles, value)
             : value;
}

/* Return the value for the placeholder at the start of @text, or NULL if there is none. */
static const char *
find_value (ConfabNotice *notice, GListModel *roles, const char *text, gsize *length)
{
  static const char *const names[] = { "{actor}", "{old}", "{new}" };
  const char *actor = confab_notice_get_actor (notice);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!g_str_has_prefix (text, names[i]))
        continue;
      *length = strlen (names[i]);
      if (i == 0)
        /* Translators: who did something on the server’s own command line; stands for {actor} */
        return actor != NULL ? actor : C_("actor", "The server’s operator");
      return show_value (notice,
                         i == 1 ? confab_notice_get_old_value (notice)
                                : confab_notice_get_new_value (notice),
                         roles);
    }

  return NULL;
}

char *
confab_notice_text (ConfabNotice *notice, GListModel *roles)
{
  const char *words = NULL;
  GString *text = NULL;

  g_return_val_if_fail (CONFAB_IS_NOTICE (notice), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (roles), NULL);

  words = find_words (notice);
  if (words == NULL)
    return NULL;

  text = g_string_new (NULL);
  words = _ (words);
  while (*words != '\0')
    {
      gsize length = 1;
      const char *value = *words == '{' ? find_value (notice, roles, words, &length) : NULL;

      if (value != NULL)
        g_string_append (text, value);
      else
        g_string_append_c (text, *words);
      words += length;
    }

  return g_string_free_and_steal (text);
}

gboolean
confab_notice_is_news (ConfabNotice *notice)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (notice), FALSE);

  return !confab_notice_get_by_self (notice)
         || g_str_equal (confab_notice_get_action (notice), "password-reset");
}
