/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one changes about one's own account. Nothing here is queued: without a connection it is
 * CONFAB_ENGINE_ERROR_OFFLINE, and what the server refuses is a CONFAB_PROBLEM. What is changed
 * shows in confab_client_get_self_user() before the call ends. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/* ---- profile ---- */

/* Whether nobody else has @username; %CONFAB_PROBLEM_INVALID_USERNAME if nobody could.
 * @available: (out) */
void confab_client_check_username_async (ConfabClient *self,
                                         const char *username,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean confab_client_check_username_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              gboolean *available,
                                              GError **error);

void confab_client_change_username_async (ConfabClient *self,
                                          const char *username,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/* @about: "" for none */
void confab_client_change_about_async (ConfabClient *self,
                                       const char *about,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @png: (nullable): a PNG within the limits of confab-limits.h; NULL removes the picture */
void confab_client_change_picture_async (ConfabClient *self,
                                         GBytes *png,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* For these three. */
gboolean confab_client_change_profile_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

/* ---- password and email ---- */

/* Ends the account's other sessions. */
void confab_client_change_password_async (ConfabClient *self,
                                          const char *current,
                                          const char *password,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean confab_client_change_password_finish (ConfabClient *self,
                                               GAsyncResult *result,
                                               GError **error);

void confab_client_change_email_async (ConfabClient *self,
                                       const char *email,
                                       const char *password,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @expires_at: (out): how long (ms) the code is good that was mailed to the new address; 0: the
 * server has no mail and took the address at once */
gboolean confab_client_change_email_finish (ConfabClient *self,
                                            GAsyncResult *result,
                                            gint64 *expires_at,
                                            GError **error);

/* @code: of that mail, as typed; %CONFAB_PROBLEM_CODE_INVALID */
void confab_client_confirm_email_async (ConfabClient *self,
                                        const char *code,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_client_confirm_email_finish (ConfabClient *self,
                                             GAsyncResult *result,
                                             GError **error);

/* ---- where one is signed in ---- */

/* All sessions but this one. */
void confab_client_end_other_sessions_async (ConfabClient *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean confab_client_end_other_sessions_finish (ConfabClient *self,
                                                  GAsyncResult *result,
                                                  GError **error);

/* ---- the end ---- */

/* The account is gone from the server afterwards; what is on this computer goes with
 * confab_client_sign_out_async() and its @wipe. */
void confab_client_delete_account_async (ConfabClient *self,
                                         const char *password,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean confab_client_delete_account_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

G_END_DECLS
