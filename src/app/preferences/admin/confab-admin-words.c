/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-words.h"

#include <glib/gi18n.h>

#include "confab-clock.h"
#include "confab-role-text.h"
#include "confab-time-text.h"

char *
confab_admin_time (gint64 time)
{
  g_autofree char *day = confab_time_text_day (time, confab_clock_now ());
  g_autofree char *clock = confab_time_text_clock (time);

  /* Translators: a day ("Today") and a time ("14:32"). */
  return g_strdup_printf (_("%s, %s"), day, clock);
}

char *
confab_admin_last_seen (ConfabPerson *person)
{
  gint64 seen = confab_person_get_last_seen_at (person);
  g_autofree char *when = NULL;

  if (seen == 0)
    return g_strdup (_("Not signed in anywhere"));
  when = confab_admin_time (seen);
  /* Translators: a day and a time, "Today, 14:32". */
  return g_strdup_printf (_("Last seen: %s"), when);
}

char *
confab_admin_badge (ConfabClient *client, ConfabPerson *person)
{
  ConfabRole *role = confab_client_get_role (client, confab_person_get_role_id (person));

  if (confab_person_get_state (person) == CONFAB_PERSON_SUSPENDED)
    return g_strdup (_("Suspended"));
  if (confab_person_get_state (person) == CONFAB_PERSON_DELETED)
    return g_strdup (_("Deleted"));
  if (role == NULL || g_str_equal (confab_role_get_rolename (role), "user"))
    return NULL;

  return confab_role_title (role);
}

/* ---- the audit ---- */

static const struct
{
  const char *action;
  const char *text;
} actions[] = {
  { "user-added", N_("Account created") },
  { "role-changed", N_("Role changed") },
  { "role-change-undone", N_("Role change undone") },
  { "suspended", N_("Suspended") },
  { "restored", N_("Restored") },
  { "sessions-ended", N_("Signed out everywhere") },
  { "reset-code-issued", N_("Reset code issued") },
  { "password-reset", N_("Password reset") },
  { "password-changed", N_("Password changed") },
  { "email-changed", N_("Email address changed") },
  { "username-changed", N_("Username changed") },
  { "account-deleted", N_("Account deleted") },
  { "invitation-created", N_("Invitation created") },
  { "invitation-ended", N_("Invitation ended") },
  { "role-added", N_("Role added") },
  { "role-labelled", N_("Role renamed") },
  { "message-removed", N_("Message removed") },
  { "member-removed", N_("Removed from a conversation") },
};

/* Describe unknown actions of a newer server generically instead of hiding them. */
static const char *
action_text (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].action, action))
        return _ (actions[i].text);
    }

  return action;
}

char *
confab_audit_title (ConfabAuditEntry *entry)
{
  const char *what = action_text (confab_audit_entry_get_action (entry));
  const char *whom = confab_audit_entry_get_target (entry);

  if (whom == NULL)
    return g_strdup (what);
  /* Translators: an action ("Role changed") and the user concerned. */
  return g_strdup_printf (_("%s: %s"), what, whom);
}

static const char *
value_text (ConfabAuditEntry *entry, GListModel *roles, const char *value)
{
  const char *action = confab_audit_entry_get_action (entry);

  if (value == NULL)
    return NULL;
  if (g_str_equal (action, "role-changed") || g_str_equal (action, "role-change-undone"))
    return confab_role_text_for_name (roles, value);

  return value;
}

/* Return the value of an entry that counts something, in words, or NULL for other entries. */
static char *
count_text (ConfabAuditEntry *entry)
{
  const char *action = confab_audit_entry_get_action (entry);
  const char *before = confab_audit_entry_get_old_value (entry);
  const char *after = confab_audit_entry_get_new_value (entry);
  guint64 n = 0;

  if (!g_ascii_string_to_unsigned (after != NULL ? after : (before != NULL ? before : ""), 10, 0,
                                   G_MAXUINT, &n, NULL))
    return NULL;
  if (g_str_equal (action, "invitation-created"))
    return g_strdup_printf (ngettext ("For %u person", "For %u people", (gulong)n), (guint)n);
  if (g_str_equal (action, "invitation-ended"))
    return g_strdup_printf (ngettext ("%u use left", "%u uses left", (gulong)n), (guint)n);
  if (g_str_equal (action, "sessions-ended"))
    return g_strdup_printf (ngettext ("%u session", "%u sessions", (gulong)n), (guint)n);

  return NULL;
}

char *
confab_audit_values (ConfabAuditEntry *entry, GListModel *roles)
{
  g_autofree char *count = count_text (entry);
  const char *before = value_text (entry, roles, confab_audit_entry_get_old_value (entry));
  const char *after = value_text (entry, roles, confab_audit_entry_get_new_value (entry));

  if (count != NULL)
    return g_steal_pointer (&count);
  /* A new account's name is in the title. */
  if (before == NULL && g_strcmp0 (after, confab_audit_entry_get_target (entry)) == 0)
    return NULL;
  if (before != NULL && after != NULL)
    /* Translators: the old and the new value. */
    return g_strdup_printf (_("%s → %s"), before, after);

  return g_strdup (before != NULL ? before : after);
}

char *
confab_audit_origin (ConfabAuditEntry *entry)
{
  const char *actor = confab_audit_entry_get_actor (entry);
  const char *address = confab_audit_entry_get_address (entry);
  g_autofree char *when = confab_admin_time (confab_audit_entry_get_at (entry));

  if (actor == NULL)
    actor = _("the server’s operator");
  if (address == NULL)
    /* Translators: the actor, and a time ("Today, 14:32"). */
    return g_strdup_printf (_("By %s, %s"), actor, when);
  /* Translators: the actor, a time ("Today, 14:32"), and the network address. */
  return g_strdup_printf (_("By %s, %s, from %s"), actor, when, address);
}
