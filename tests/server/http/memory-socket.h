/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* confab-socket.h in memory: a peer that takes a frame when the test says so. Linked in place of
 * the transport's. */

#pragma once

#include "confab-socket.h"

struct _ConfabSocket
{
  GPtrArray *frames; /* text, as written */
  GString *text;     /* the frame that is being written */
  gboolean wants_write;
  guint n_pings;
  guint close_code; /* 0 while open */
  gboolean aborted;
};

ConfabSocket *memory_socket_new (void);
void memory_socket_free (ConfabSocket *self);
