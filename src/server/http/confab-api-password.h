/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Checks a user's password, at sign-in and for confirmation. Every attempt counts, and an unknown
 * name takes as long as a known one. Attempts of strangers do not count against sessions, or
 * against devices and networks from which the user has signed in before. Loop thread only. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

/* Additional work for the hasher's thread after the password was found right. FALSE with an error,
 * which becomes the answer. */
typedef gboolean (*ConfabPasswordWork) (const ConfabCredentials *credentials,
                                        gpointer data,
                                        GError **error);

/* Called on the loop thread if the password is right. @credentials has the stored hash: a command
 * that includes it is refused if the password has changed meanwhile. */
typedef void (*ConfabPasswordDone) (ConfabApi *api,
                                    ConfabRequest *request,
                                    const ConfabCredentials *credentials,
                                    gpointer data);

/**
 * ConfabPasswordCheck:
 * @login_key: (nullable): a key, see confab_text_key(); without it, the caller's account is checked
 * @device_secret: (nullable): the device's secret from an earlier sign-in
 * @password: as received
 * @work: (nullable): called on the hasher's thread
 * @data: for @work and @done; always freed with @free_data
 */
typedef struct
{
  const char *login_key;
  const char *device_secret;
  const char *password;
  ConfabPasswordWork work;
  ConfabPasswordDone done;
  gpointer data;
  GDestroyNotify free_data;
} ConfabPasswordCheck;

/* If @done is not called, the request is answered: WRONG_CREDENTIALS, THROTTLED, UNAVAILABLE, or
 * the error of the work. */
void confab_api_check_password (ConfabApi *api,
                                ConfabRequest *request,
                                const ConfabPasswordCheck *check);

G_END_DECLS
