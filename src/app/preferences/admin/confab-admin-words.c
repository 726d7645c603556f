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
  return confab_time_text_day_and_clock (time, confab_clock_now ());
}

char *
confab_admin_last_seen (ConfabPerson *person)
{
  gint64 seen = confab_person_get_last_seen_at (person);
  g_autofree char *when = NULL;

  if (seen == 0)
    return g_strdup (_("Never signed in"));
  when = confab_admin_time (seen);
  /* Translators: a day and a time, "Today, 14:32". */
  return g_strdup_printf (_("Last seen: %s"), when);
}

char *
confab_admin_badge (ConfabClient *client, ConfabPerson *person)
{
  ConfabRole *role = confab_client_get_role (client, confab_person_get_role_id (person));

  if (confab_person_get_state (person) == CONFAB_PERSON_SUSPENDED)
    /* Translators: state of an account, as a badge */
    return g_strdup (C_("account", "Suspended"));
  if (confab_person_get_state (person) == CONFAB_PERSON_DELETED)
    /* Translators: state of an account, as a badge */
    return g_strdup (C_("account", "Deleted"));
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
  { "user-added", NC_("audit", "Account created") },
  { "role-changed", NC_("audit", "Role changed") },
  { "role-change-undone", NC_("audit", "Role change undone") },
  { "suspended", NC_("audit", "Suspended") },
  { "restored", NC_("audit", "Restored") },
  { "sessions-ended", NC_("audit", "Signed out everywhere") },
  { "reset-code-issued", NC_("audit", "Reset code issued") },
  { "password-reset", NC_("audit", "Password reset") },
  { "password-changed", NC_("audit", "Password changed") },
  { "email-changed", NC_("audit", "Email address changed") },
  { "username-changed", NC_("audit", "Username changed") },
  { "account-deleted", NC_("audit", "Account deleted") },
  { "invitation-created", NC_("audit", "Invitation created") },
  { "invitation-ended", NC_("audit", "Invitation ended") },
  { "role-added", NC_("audit", "Role added") },
  { "role-labelled", NC_("audit", "Role renamed") },
  { "message-removed", NC_("audit", "Message removed") },
  { "member-removed", NC_("audit", "Removed from a conversation") },
};

/* Describe unknown actions of a newer server generically instead of hiding them. */
static const char *
action_text (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].action, action))
        return g_dpgettext2 (GETTEXT_PACKAGE, "audit", actions[i].text);
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
  return g_strdup_printf (C_("audit", "%s: %s"), what, whom);
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
    /* Translators: how many people an invitation is for */
    return g_strdup_printf (ngettext ("For %u person", "For %u people", (gulong)n), (guint)n);
  if (g_str_equal (action, "invitation-ended"))
    /* Translators: of an invitation that was ended */
    return g_strdup_printf (ngettext ("%u use left", "%u uses left", (gulong)n), (guint)n);
  if (g_str_equal (action, "sessions-ended"))
    /* Translators: how many sessions were ended; a session is a device that is signed in */
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
  g_autofree char *by = confab_admin_by (confab_audit_entry_get_actor (entry));
  const char *address = confab_audit_entry_get_address (entry);
  g_autofree char *when = confab_admin_time (confab_audit_entry_get_at (entry));

  return address != NULL ? g_strjoin (" · ", by, when, address, NULL)
                         : g_strjoin (" · ", by, when, NULL);
}

char *
confab_admin_by (const char *actor)
{
  return actor != NULL
             /* Translators: a username. */
             ? g_strdup_printf (_("By %s"), actor)
             /* Translators: what was done on the server’s own command line. */
             : g_strdup (_("By the server’s operator"));
}
