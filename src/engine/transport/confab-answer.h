/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Converts an HTTP answer to a value or an error. Without side effects; any thread. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ConfabTransportDecoder:
 *
 * Decodes an answer, without side effects, possibly in another thread. Errors of other domains than
 * CONFAB_ENGINE_ERROR become %CONFAB_ENGINE_ERROR_NOT_CONFAB.
 *
 * Returns: (transfer full): never %NULL without an error
 */
typedef gpointer (*ConfabTransportDecoder) (JsonObject *answer, GError **error);

/* An answer as received. @content_type: (nullable), without parameters. */
typedef struct
{
  guint status;
  char *content_type;
  GBytes *body;
} ConfabAnswer;

void confab_answer_clear (ConfabAnswer *self);

/* Without a @decoder, @value is unchanged. @retry_after: seconds, 0 if not given. */
gboolean confab_answer_decode (const ConfabAnswer *self,
                               ConfabTransportDecoder decoder,
                               gpointer *value,
                               guint *retry_after,
                               GError **error);

G_END_DECLS
