/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Limits on what a user may write: an amount at once, and as much again per hour. Each kind of
 * change has a budget per user, shared by the user's sessions. Loop only. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

/**
 * confab_budget_spend:
 * @amount: in the budget's unit: requests, people or KiB
 *
 * Returns: %FALSE if the budget does not suffice; then the request was answered (THROTTLED)
 */
gboolean confab_budget_spend (ConfabApi *api,
                              ConfabRequest *request,
                              ConfabBudget budget,
                              guint amount);

/**
 * confab_budget_spend_also:
 * @spent: the budget of the request's route
 *
 * Takes from a second budget. If that does not suffice, the request changes nothing, and its cost
 * is returned to @spent.
 *
 * Returns: %FALSE if the request was answered (THROTTLED)
 */
gboolean confab_budget_spend_also (ConfabApi *api,
                                   ConfabRequest *request,
                                   ConfabBudget spent,
                                   ConfabBudget budget,
                                   guint amount);

G_END_DECLS
