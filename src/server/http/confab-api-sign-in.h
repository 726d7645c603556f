/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creates the session after a sign-in or registration. Loop thread only. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

/* The device of a sign-in. @secret: (nullable): its secret from an earlier sign-in */
typedef struct
{
  char *name;
  char *secret;
} ConfabApiDevice;

/* Read the device from a request's body. If it is invalid, answer and return NULL. (transfer full)
 * (nullable) */
ConfabApiDevice *confab_api_take_device (ConfabRequest *request, JsonObject *body);
void confab_api_device_free (ConfabApiDevice *self);

/**
 * confab_api_sign_in:
 * @device: gets a secret if it has none
 * @password_hash: (nullable): the hash that was verified
 *
 * Signs in @user_id: adds a session and answers with its token.
 */
void confab_api_sign_in (ConfabApi *api,
                         ConfabRequest *request,
                         gint64 user_id,
                         const ConfabApiDevice *device,
                         const char *password_hash);

G_END_DECLS
