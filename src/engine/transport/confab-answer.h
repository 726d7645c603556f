/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From an HTTP answer to a value or an error: pure, any thread. */

#pragma once

#include "confab-transport.h"

G_BEGIN_DECLS

/* An answer as it arrived. @content_type: (nullable), without parameters. */
typedef struct
{
  guint status;
  char *content_type;
  GBytes *body;
} ConfabAnswer;

void confab_answer_clear (ConfabAnswer *self);

/* @value is untouched without a @decoder. @retry_after: seconds, 0 if not said. */
gboolean confab_answer_decode (const ConfabAnswer *self,
                               ConfabTransportDecoder decoder,
                               gpointer *value,
                               guint *retry_after,
                               GError **error);

G_END_DECLS
