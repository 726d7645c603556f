/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The reset of a forgotten password: requested by email, proved by the link or code in the mail (or
 * by an administrator's code), completed with a new password. Main thread; no call blocks.
 *
 * The state of a reset is stored in the keyring until it is completed or expired, so that it
 * continues after Confab was closed; without a keyring it is kept in memory as long as the account
 * store. Each server has at most one, the newest.
 *
 * Times are milliseconds of this computer's clock. They are computed from the difference between
 * the expiry and the Date header of the server's answer, so the clocks may differ. They are for
 * display only: the server decides whether a reset has expired. */

#pragma once

#include "confab-account.h"
#include "confab-reset-link.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_RESET (confab_reset_get_type ())
G_DECLARE_FINAL_TYPE (ConfabReset, confab_reset, CONFAB, RESET, GObject)

/* Return a reset; nothing is stored or sent yet. @login: (nullable): an email address or a
 * username */
ConfabReset *confab_reset_new (ConfabAccountStore *store, const char *server, const char *login);
/* Return a reset for a link, and store it at once: call this when the user has agreed to the link.
 * If an email was requested from this server before, it is kept. */
ConfabReset *confab_reset_new_for_link (ConfabAccountStore *store, const ConfabResetLink *link);

const char *confab_reset_get_server (ConfabReset *self);
/* (nullable): the login that was typed, or the email a mail was requested for */
const char *confab_reset_get_login (ConfabReset *self);
/* (nullable): the login if it is an email address */
const char *confab_reset_get_email (ConfabReset *self);
/* (nullable): the user whose password is reset; known after a check */
const char *confab_reset_get_username (ConfabReset *self);
/* 0 if unknown. */
gint64 confab_reset_get_expires_at (ConfabReset *self);
/* When another mail can be requested; 0 or a past time: now. */
gint64 confab_reset_get_retry_at (ConfabReset *self);
/* Return whether the reset has a token or a verified code, so that confab_reset_check_async() needs
 * no input. */
gboolean confab_reset_has_proof (ConfabReset *self);

/* Request a mail to @email. The result is the same whether or not there is such an account. */
void confab_reset_request_async (ConfabReset *self,
                                 const char *email,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean confab_reset_request_finish (ConfabReset *self, GAsyncResult *result, GError **error);

/* Ask the server whether the link or code is valid, and for which user. @login (an email address or
 * a username) and @code are both %NULL to use the reset's own; else they are what the user typed,
 * which the reset keeps if they are right. %CONFAB_PROBLEM_RESET_INVALID */
void confab_reset_check_async (ConfabReset *self,
                               const char *login,
                               const char *code,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean confab_reset_check_finish (ConfabReset *self, GAsyncResult *result, GError **error);

/* Set the new password, which ends all sessions of the account; sign in with it afterwards. The
 * completed reset is no longer stored. %CONFAB_PROBLEM_RESET_INVALID,
 * %CONFAB_PROBLEM_PASSWORD_TOO_SHORT, _LONG, _COMMON */
void confab_reset_complete_async (ConfabReset *self,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean confab_reset_complete_finish (ConfabReset *self, GAsyncResult *result, GError **error);

/* Delete the stored state, from memory and keyring. */
void confab_reset_forget (ConfabReset *self);

/* Delete expired resets from the keyring and look for unfinished ones, without asking to unlock it.
 * Call this after the first frame. Never fails. Returns: (transfer full) (nullable): the reset that
 * remains valid longest */
void confab_reset_load_async (ConfabAccountStore *store,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ConfabReset *confab_reset_load_finish (ConfabAccountStore *store, GAsyncResult *result);

G_END_DECLS
