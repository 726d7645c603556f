/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Converts an HTTP answer to a value or an error. Without side effects; any thread. */

#pragma once

#include "confab-transport.h"

G_BEGIN_DECLS

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
