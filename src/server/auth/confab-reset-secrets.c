/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-reset-secrets.h"

#include <sodium.h>
#include <string.h>

#include "confab-code.h"
#include "confab-password.h"
#include "confab-token.h"

static void
wipe (char *secret)
{
  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  g_free (secret);
}

ConfabResetSecrets *
confab_reset_secrets_new (const char *origin, GError **error)
{
  g_autoptr (ConfabResetSecrets) self = g_new0 (ConfabResetSecrets, 1);
  g_autofree char *server = g_uri_escape_string (origin, NULL, FALSE);
  char *token = confab_token_new ();

  self->code = confab_code_new ();
  self->token_key = confab_token_key (token);
  self->link = g_strdup_printf ("confab://reset?server=%s&token=%s", server, token);
  wipe (token);
  self->code_hash = confab_password_hash (self->code, error);

  return self->code_hash != NULL ? g_steal_pointer (&self) : NULL;
}

void
confab_reset_secrets_free (ConfabResetSecrets *self)
{
  wipe (self->link);
  wipe (self->code);
  g_free (self->token_key);
  g_free (self->code_hash);
  g_free (self);
}
