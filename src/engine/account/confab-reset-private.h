/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a reset knows, for the part that keeps it. Main thread. */

#pragma once

#include "confab-reset.h"

G_BEGIN_DECLS

struct _ConfabReset
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  GListStore *kept; /* the account store's, of those under way */
  char *server;
  char *login;    /* (nullable): an email address or a username */
  char *token;    /* (nullable) */
  char *code;     /* (nullable): it was right */
  char *username; /* (nullable) */
  gint64 expires_at;
  gint64 retry_at;
};

/* Puts a secret's copy in place of another, which is cleared. */
void confab_reset_set_secret (char **place, const char *secret);

/* In memory at once, in place of another of its server; ends when the keyring has it, too, or
 * has had its time. Never fails. */
void confab_reset_keep_async (ConfabReset *self, GAsyncReadyCallback callback, gpointer user_data);
void confab_reset_keep_finish (ConfabReset *self, GAsyncResult *result);

/* (transfer none) (nullable): what is kept of this server */
ConfabReset *confab_reset_find (GListStore *kept, const char *server);

G_END_DECLS
