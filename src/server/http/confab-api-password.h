/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whether a password is somebody's: at signing in, and where it is asked for again. Every
 * attempt counts, and an unknown name takes as long as a known one. What strangers try counts
 * neither against a session nor against a device or network that the person has signed in from
 * before. Loop only. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

/* What else needs the hasher's thread, once the password is found right. FALSE with an error,
 * which is answered. */
typedef gboolean (*ConfabPasswordWork) (const ConfabCredentials *credentials,
                                        gpointer data,
                                        GError **error);

/* On the loop, if the password is right. @credentials hold the hash as it is stored: a command
 * that takes it along is refused if the password has been changed meanwhile. */
typedef void (*ConfabPasswordDone) (ConfabApi *api,
                                    ConfabRequest *request,
                                    const ConfabCredentials *credentials,
                                    gpointer data);

/**
 * ConfabPasswordCheck:
 * @login_key: (nullable): a key, see confab_text_key(); without it, the account of who asks
 * @device_secret: (nullable): what the device was given when it signed in before
 * @password: as it was sent
 * @work: (nullable): on the hasher's thread
 * @data: for @work and @done; freed with @free_data in any case
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

/* Whatever keeps @done from being called is answered: WRONG_CREDENTIALS, THROTTLED, UNAVAILABLE,
 * or the error of the work. */
void confab_api_check_password (ConfabApi *api,
                                ConfabRequest *request,
                                const ConfabPasswordCheck *check);

G_END_DECLS
