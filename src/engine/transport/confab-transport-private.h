/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the transport and its calls. Main thread. */

#pragma once

#include "confab-transport.h"

G_BEGIN_DECLS

struct _ConfabTransport
{
  GObject parent_instance;
  SoupSession *session;
  ConfabEnvironment *environment;
  char *origin;
  char *token;
};

G_END_DECLS
