/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-accounts"

#include "confab-left-session.h"

#include "confab-account-private.h"
#include "confab-keyring.h"
#include "confab-session-end.h"

typedef struct
{
  ConfabEnvironment *environment;
  ConfabAccount *account;
  ConfabTransport *transport; /* (nullable): with the token */
} Left;

static void
left_free (Left *self)
{
  confab_environment_unref (self->environment);
  g_object_unref (self->account);
  g_clear_object (&self->transport);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Left, left_free)

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Left) self = user_data;

  confab_keyring_clear_finish (result);
  g_message ("Finished signing “%s” out", confab_account_get_username (self->account));
}

/* Without an answer the token stays, so that the next start can end the session. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Left *self = user_data;

  /* The user may have signed in meanwhile, so the token may be a new one. */
  if (!confab_session_end_finish (CONFAB_TRANSPORT (source), result)
      || !confab_account_get_signed_out (self->account))
    left_free (self);
  else
    confab_keyring_clear_async (self->account, cleared_cb, self);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Left *self = user_data;
  g_autofree char *token = NULL;
  ConfabKeyringState state;

  token = confab_keyring_lookup_finish (result, &state);
  /* The user may have signed in meanwhile, so the token may be a new one. */
  if (token == NULL || !confab_account_get_signed_out (self->account))
    {
      left_free (self);
      return;
    }

  self->transport =
      confab_transport_new (self->environment, confab_account_get_server (self->account));
  confab_transport_set_token (self->transport, token);
  confab_session_end_async (self->transport, ended_cb, self);
}

void
confab_left_session_end (ConfabEnvironment *environment, ConfabAccount *account)
{
  Left *self;

  g_return_if_fail (environment != NULL);
  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  self = g_new0 (Left, 1);
  self->environment = confab_environment_ref (environment);
  self->account = g_object_ref (account);
  confab_keyring_lookup_async (account, FALSE, NULL, looked_up_cb, self);
}
