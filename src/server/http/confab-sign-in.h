/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A new session, for a person whose password or registration was good. Loop only. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

/* The device that a person signs in with. @secret: (nullable): what it has from an earlier sign-in
 */
typedef struct
{
  char *name;
  char *secret;
} ConfabApiDevice;

/* Returns: (transfer full) (nullable): the device of a request's body; NULL if it is answered */
ConfabApiDevice *confab_api_take_device (ConfabRequest *request, JsonObject *body);
void confab_api_device_free (ConfabApiDevice *self);

/**
 * confab_api_sign_in:
 * @device: without a secret it gets one
 * @password_hash: (nullable): what was verified
 *
 * Signs @user_id in: adds a session and answers with its token.
 */
void confab_api_sign_in (ConfabApi *api,
                         ConfabRequest *request,
                         gint64 user_id,
                         const ConfabApiDevice *device,
                         const char *password_hash);

G_END_DECLS
