/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-invitation-link.h"

#include <string.h>

#include "confab-app-link-private.h"

#define KIND "invitation"
#define CODE_MIN_CHARS 8
#define CODE_MAX_CHARS 32

/* Accept letters and digits in groups; servers may use other forms of codes. */
static gboolean
code_is_good (const char *code)
{
  gsize length = strlen (code);

  if (length < CODE_MIN_CHARS || length > CODE_MAX_CHARS)
    return FALSE;
  for (const char *at = code; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-')
      return FALSE;

  return TRUE;
}

gboolean
confab_invitation_link_is (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return confab_app_link_is (text, KIND);
}

ConfabInvitationLink *
confab_invitation_link_parse (const char *text, GError **error)
{
  g_auto (ConfabAppLink) link = { NULL };
  ConfabInvitationLink *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!confab_app_link_parse (text, KIND, "code", code_is_good, &link, error))
    return NULL;

  self = g_new0 (ConfabInvitationLink, 1);
  self->server = g_steal_pointer (&link.server);
  self->host = g_steal_pointer (&link.host);
  self->code = g_steal_pointer (&link.secret);

  return self;
}

void
confab_invitation_link_free (ConfabInvitationLink *self)
{
  g_free (self->server);
  g_free (self->host);
  g_free (self->code);
  g_free (self);
}
