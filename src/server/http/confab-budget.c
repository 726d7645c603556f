/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-budget.h"

#define HOUR_SECONDS 3600.0
#define KIB_PER_MIB 1024

typedef struct
{
  const char *name;
  gsize per_hour; /* offset of the setting in ConfabConfig, a guint */
  guint per_unit; /* units of the budget per unit of the setting */
} Budget;

#define SETTING(member) G_STRUCT_OFFSET (ConfabConfig, member)

static const Budget budgets[CONFAB_N_BUDGETS] = {
  [CONFAB_BUDGET_MESSAGES] = { "messages", SETTING (messages_per_hour), 1 },
  [CONFAB_BUDGET_TEXT] = { "text", SETTING (text_per_hour), KIB_PER_MIB },
  [CONFAB_BUDGET_READS] = { "reads", SETTING (reads_per_hour), 1 },
  [CONFAB_BUDGET_CONVERSATIONS] = { "conversations", SETTING (conversation_changes_per_hour), 1 },
  [CONFAB_BUDGET_ADDITIONS] = { "additions", SETTING (additions_per_hour), 1 },
  [CONFAB_BUDGET_PROFILE] = { "profile", SETTING (profile_changes_per_hour), 1 },
  [CONFAB_BUDGET_OTHERS] = { "others", SETTING (other_changes_per_hour), 1 },
};

static ConfabThrottleRule
get_rule (ConfabApi *api, ConfabBudget kind)
{
  const Budget *budget = &budgets[kind];
  const guint burst = G_STRUCT_MEMBER (guint, api->config, budget->per_hour) * budget->per_unit;

  return (ConfabThrottleRule){ .burst = burst, .seconds_per_drop = HOUR_SECONDS / burst };
}

/* Return the name of the user's bucket. (transfer full) */
static char *
get_name (ConfabRequest *request, ConfabBudget kind)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, budgets[kind].name,
                          confab_request_get_user_id (request));
}

gboolean
confab_budget_spend (ConfabApi *api, ConfabRequest *request, ConfabBudget kind, guint amount)
{
  ConfabThrottleRule rule;
  g_autofree char *name = NULL;
  guint wait;

  if (kind == CONFAB_BUDGET_NONE)
    return TRUE;

  rule = get_rule (api, kind);
  name = get_name (request, kind);
  wait = confab_throttle_spend (api->throttle, &rule, name, amount, g_get_monotonic_time ());

  return !confab_api_throttled (request, wait);
}

gboolean
confab_budget_spend_also (ConfabApi *api,
                          ConfabRequest *request,
                          ConfabBudget spent,
                          ConfabBudget kind,
                          guint amount)
{
  const ConfabThrottleRule rule = get_rule (api, spent);
  g_autofree char *name = get_name (request, spent);

  if (confab_budget_spend (api, request, kind, amount))
    return TRUE;

  confab_throttle_return (api->throttle, &rule, name);

  return FALSE;
}
