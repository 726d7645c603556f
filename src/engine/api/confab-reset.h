/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A forgotten password, on its way to a new one: asked for by email, proved by the link or the
 * code of the mail (or by a code from an administrator), replaced. Main thread; nothing blocks.
 *
 * What a reset has come to is kept in the keyring until it is done or has expired, so that
 * closing Confab half-way loses nothing; without a keyring, in memory for as long as the account
 * store lives. There is one for each server, the newest.
 *
 * Times are milliseconds of this computer's clock, whatever the server's says: its answers carry
 * its own time (the Date header), and what counts is how far from that the expiry is. They are
 * for showing; whether something has expired the server decides. */

#pragma once

#include "confab-account.h"
#include "confab-reset-link.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_RESET (confab_reset_get_type ())
G_DECLARE_FINAL_TYPE (ConfabReset, confab_reset, CONFAB, RESET, GObject)

/* Nothing is kept or sent yet. @login: (nullable): an email address or a username */
ConfabReset *confab_reset_new (ConfabAccountStore *store, const char *server, const char *login);
/* Kept at once: call it when the person has agreed to the link. An email that was asked for on
 * this server stays with it. */
ConfabReset *confab_reset_new_for_link (ConfabAccountStore *store, const ConfabResetLink *link);

const char *confab_reset_get_server (ConfabReset *self);
/* (nullable): what was typed, or what a mail was asked for with */
const char *confab_reset_get_login (ConfabReset *self);
/* (nullable): the same if it is an email address */
const char *confab_reset_get_email (ConfabReset *self);
/* (nullable): whose password it is; known once it has been checked */
const char *confab_reset_get_username (ConfabReset *self);
/* 0 if that is not known yet. */
gint64 confab_reset_get_expires_at (ConfabReset *self);
/* From when on another mail can be asked for; 0 or past: now. */
gint64 confab_reset_get_retry_at (ConfabReset *self);
/* Whether there is a token, or a code that was right: confab_reset_check_async() needs nothing
 * more. */
gboolean confab_reset_has_proof (ConfabReset *self);

/* Asks for a mail to @email. Ends the same way whether or not there is such an account. */
void confab_reset_request_async (ConfabReset *self,
                                 const char *email,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean confab_reset_request_finish (ConfabReset *self, GAsyncResult *result, GError **error);

/* Asks the server whether the link or code is good, and whose. @login (an email address or a
 * username), @code: both %NULL for what the reset has; else what was typed, which it then has,
 * if it was right. %CONFAB_PROBLEM_RESET_INVALID */
void confab_reset_check_async (ConfabReset *self,
                               const char *login,
                               const char *code,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean confab_reset_check_finish (ConfabReset *self, GAsyncResult *result, GError **error);

/* Sets the new password, which ends all the account's sessions; sign in with it afterwards. Done
 * with, the reset is kept no longer. %CONFAB_PROBLEM_RESET_INVALID,
 * %CONFAB_PROBLEM_PASSWORD_TOO_SHORT, _LONG, _COMMON */
void confab_reset_complete_async (ConfabReset *self,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean confab_reset_complete_finish (ConfabReset *self, GAsyncResult *result, GError **error);

/* Keeps it no longer, in memory or keyring. */
void confab_reset_forget (ConfabReset *self);

/* Removes what has expired from the keyring and looks for what is still under way; asks nobody
 * to unlock anything. After the first frame. Never fails. Returns: (transfer full) (nullable):
 * the one that can be gone on with for longest */
void confab_reset_load_async (ConfabAccountStore *store,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ConfabReset *confab_reset_load_finish (ConfabAccountStore *store, GAsyncResult *result);

G_END_DECLS
