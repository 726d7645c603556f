/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-reset-link.h"

#include <string.h>

#include "confab-app-link-private.h"

/* At least 128 bits in base64url; the servers' tokens have 256. */
#define TOKEN_MIN_BYTES 22
#define TOKEN_MAX_BYTES 128

/* Accept base64url only, which needs no escaping in a link or in JSON. */
static gboolean
token_is_good (const char *token)
{
  gsize length = strlen (token);

  if (length < TOKEN_MIN_BYTES || length > TOKEN_MAX_BYTES)
    return FALSE;
  for (const char *at = token; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;

  return TRUE;
}

ConfabResetLink *
confab_reset_link_parse (const char *text, GError **error)
{
  g_auto (ConfabAppLink) link = { NULL };
  ConfabResetLink *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!confab_app_link_parse (text, "reset", "token", token_is_good, &link, error))
    return NULL;

  self = g_new0 (ConfabResetLink, 1);
  self->server = g_steal_pointer (&link.server);
  self->host = g_steal_pointer (&link.host);
  self->token = g_steal_pointer (&link.secret);

  return self;
}

void
confab_reset_link_free (ConfabResetLink *self)
{
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self->server);
  g_free (self->host);
  g_free (self);
}
