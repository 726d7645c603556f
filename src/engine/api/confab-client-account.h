/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changes to the user's own account. They are not queued: offline they fail with
 * CONFAB_ENGINE_ERROR_OFFLINE, and if the server refuses, with a CONFAB_PROBLEM. When a call
 * succeeds, confab_client_get_self_user() has the change already. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/* ---- profile ---- */

/* Check whether @username is free; %CONFAB_PROBLEM_INVALID_USERNAME if it is not a username.
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
/* For these three functions. */
gboolean confab_client_change_profile_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

/* ---- password and email ---- */

/* Change the password. This ends the account's other sessions. */
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
/* @expires_at: (out): when (ms) the code mailed to the new address expires; 0 if the server sends
 * no mail and has changed the address */
gboolean confab_client_change_email_finish (ConfabClient *self,
                                            GAsyncResult *result,
                                            gint64 *expires_at,
                                            GError **error);

/* @code: from the mail, as typed; %CONFAB_PROBLEM_CODE_INVALID if wrong */
void confab_client_confirm_email_async (ConfabClient *self,
                                        const char *code,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean confab_client_confirm_email_finish (ConfabClient *self,
                                             GAsyncResult *result,
                                             GError **error);

/* ---- sessions ---- */

/* End all sessions except this one. */
void confab_client_end_other_sessions_async (ConfabClient *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean confab_client_end_other_sessions_finish (ConfabClient *self,
                                                  GAsyncResult *result,
                                                  GError **error);

/* ---- deletion ---- */

/* Delete the account on the server. Then delete its local data by confab_client_sign_out_async()
 * with @wipe. */
void confab_client_delete_account_async (ConfabClient *self,
                                         const char *password,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean confab_client_delete_account_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

G_END_DECLS
