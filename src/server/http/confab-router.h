/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds the handler of a method and path. */

#pragma once

#include "confab-request.h"

G_BEGIN_DECLS

typedef struct _ConfabApi ConfabApi;

/* The body that a request has. */
typedef enum
{
  CONFAB_BODY_NONE,
  CONFAB_BODY_JSON,
  CONFAB_BODY_PNG,
} ConfabBody;

/* The budget that a request takes from, see confab-budget.h. */
typedef enum
{
  CONFAB_BUDGET_NONE, /* reads, or signs out */
  CONFAB_BUDGET_MESSAGES,
  CONFAB_BUDGET_TEXT, /* KiB */
  CONFAB_BUDGET_READS,
  CONFAB_BUDGET_CONVERSATIONS,
  CONFAB_BUDGET_ADDITIONS, /* people */
  CONFAB_BUDGET_PROFILE,
  CONFAB_BUDGET_OTHERS,
  CONFAB_N_BUDGETS
} ConfabBudget;

/**
 * ConfabRoute:
 * @pattern: a path; a segment in braces matches any one segment, which becomes a parameter
 * @open: whether it works without a token
 * @body: the body expected; another Content-Type is refused
 * @budget: the caller's, if they must be signed in
 * @stream: whether a websocket may be opened here
 */
typedef struct
{
  ConfabMethod method;
  const char *pattern;
  gboolean open;
  ConfabBody body;
  void (*handle) (ConfabApi *api, ConfabRequest *request);
  ConfabBudget budget;
  gboolean stream;
} ConfabRoute;

/**
 * confab_router_find:
 * @params: (array fixed-size=CONFAB_REQUEST_MAX_PARAMS) (out): the segments matched by braces
 * @allowed: (out): the methods (flags) of the path; 0 if the path is unknown
 */
const ConfabRoute *confab_router_find (const ConfabRoute *routes,
                                       guint n_routes,
                                       ConfabMethod method,
                                       const char *path,
                                       char **params,
                                       guint *allowed);

G_END_DECLS
