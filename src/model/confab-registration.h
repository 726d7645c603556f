/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may make an account on a server, in its settings and in what it says of itself. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Under any policy, who has the set-up code may become the first administrator. */
typedef enum
{
  CONFAB_REGISTRATION_OPEN,
  CONFAB_REGISTRATION_INVITATION,
  CONFAB_REGISTRATION_CLOSED,
} ConfabRegistration;

const char *confab_registration_to_string (ConfabRegistration registration);
/* Returns: whether @text is a policy; else @registration stays as it is */
gboolean confab_registration_from_string (const char *text, ConfabRegistration *registration);

G_END_DECLS
