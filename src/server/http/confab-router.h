/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which handler a method and path belong to. */

#pragma once

#include "confab-request.h"

G_BEGIN_DECLS

typedef struct _ConfabApi ConfabApi;

/**
 * ConfabRoute:
 * @pattern: a path; a segment in braces matches any one segment, which becomes a parameter
 * @open: whether it works without a token
 * @takes_body: whether a body in JSON belongs to it
 */
typedef struct
{
  ConfabMethod method;
  const char  *pattern;
  gboolean     open;
  gboolean     takes_body;
  void       (*handle) (ConfabApi *api, ConfabRequest *request);
} ConfabRoute;

/**
 * confab_router_find:
 * @params: (array fixed-size=CONFAB_REQUEST_MAX_PARAMS) (out): what the braces matched
 * @allowed: (out): the methods (flags) that the path knows; 0 if the path is unknown
 */
const ConfabRoute *confab_router_find (const ConfabRoute *routes, guint n_routes, ConfabMethod method,
                                       const char *path, char **params, guint *allowed);

G_END_DECLS
