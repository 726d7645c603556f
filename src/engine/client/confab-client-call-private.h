/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The calls about accounts have one shape: a task of the client, a call, and what to do with the
 * answer. Main thread but for the decoders. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-client.h"
#include "confab-rows.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/**
 * ConfabClientAnswered:
 * @answer: (transfer full) (nullable): what the decoder made
 *
 * Goes on with @task (transfer full) once the server has answered well.
 */
typedef void (*ConfabClientAnswered) (GTask *task, gpointer answer);

/**
 * confab_client_call:
 * @task: (transfer full): of a client; fails as the call does
 * @body: (nullable) (transfer full)
 * @decoder: (nullable): for calls whose answer has content
 * @answer_free: (nullable): for what @decoder makes
 * @answered: (nullable): else @task returns the answer, or TRUE if there is no @decoder
 */
void confab_client_call (GTask *task,
                         const char *method,
                         const char *path,
                         JsonObject *body,
                         ConfabTransportDecoder decoder,
                         GDestroyNotify answer_free,
                         ConfabClientAnswered answered);
/* The same with a @body of @content_type. @body: (transfer none) */
void confab_client_call_bytes (GTask *task,
                               const char *method,
                               const char *path,
                               GBytes *body,
                               const char *content_type,
                               ConfabTransportDecoder decoder,
                               GDestroyNotify answer_free,
                               ConfabClientAnswered answered);
/* For tasks that return TRUE. */
gboolean confab_client_call_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* For answers that hold {"user": row}: a #ConfabUserRow, ... */
gpointer confab_client_decode_user (JsonObject *answer, GError **error);
/* ... which goes into the mirror; then @task (transfer full) returns TRUE. @user: (transfer
 * full) */
void confab_client_take_user (GTask *task, gpointer user);

G_END_DECLS
