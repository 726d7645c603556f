/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may register an account. The server keeps it in its settings and announces it. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Under every policy, the set-up code allows the first administrator to register. */
typedef enum
{
  CONFAB_REGISTRATION_OPEN,
  CONFAB_REGISTRATION_INVITATION,
  CONFAB_REGISTRATION_CLOSED,
} ConfabRegistration;

const char *confab_registration_to_string (ConfabRegistration registration);
/**
 * confab_registration_from_string:
 * @text: a policy's name
 * @registration: (out): the policy; unchanged on failure
 *
 * Returns: whether @text names a policy
 */
gboolean confab_registration_from_string (const char *text, ConfabRegistration *registration);

G_END_DECLS
