/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The fields of a reset, for the code that stores it. Main thread. */

#pragma once

#include "confab-reset.h"

G_BEGIN_DECLS

struct _ConfabReset
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  GListStore *kept; /* the account store's list of unfinished resets */
  char *server;
  char *login;    /* (nullable): an email address or a username */
  char *token;    /* (nullable) */
  char *code;     /* (nullable): verified */
  char *username; /* (nullable) */
  gint64 expires_at;
  gint64 retry_at;
};

/* Replace a secret by a copy of @secret, and clear the old one. */
void confab_reset_set_secret (char **place, const char *secret);

/* Store the reset in memory at once, replacing another of its server. Completes when the keyring
 * has stored it, too, or its time is over. Never fails. */
void confab_reset_keep_async (ConfabReset *self, GAsyncReadyCallback callback, gpointer user_data);
void confab_reset_keep_finish (ConfabReset *self, GAsyncResult *result);

/* Return the stored reset of this server. (transfer none) (nullable) */
ConfabReset *confab_reset_find (GListStore *kept, const char *server);

G_END_DECLS
