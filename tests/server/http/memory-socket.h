/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An implementation of confab-socket.h in memory: the test decides when the peer reads a frame.
 * Linked instead of the transport's. */

#pragma once

#include "confab-socket.h"

struct _ConfabSocket
{
  GPtrArray *frames; /* text, as written */
  GString *text;     /* the frame being written */
  gboolean wants_write;
  guint n_pings;
  guint close_code; /* 0 while it is open */
  gboolean aborted;
};

ConfabSocket *memory_socket_new (void);
void memory_socket_free (ConfabSocket *self);
