/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a server says about itself before anyone signs in. */

#pragma once

#include <glib.h>

#include "confab-registration.h"

G_BEGIN_DECLS

/**
 * ConfabServerInfo:
 * @origin: normalised, for storing ("https://confab.example.org")
 * @registration: who may register; an unknown policy is %CONFAB_REGISTRATION_CLOSED
 * @mail: whether it sends mail
 * @insecure: plain HTTP, which is only accepted for loopback addresses
 */
typedef struct
{
  char *origin;
  char *name;
  char *version;
  ConfabRegistration registration;
  guint password_min;
  gboolean mail;
  gboolean insecure;
} ConfabServerInfo;

ConfabServerInfo *confab_server_info_copy (const ConfabServerInfo *self);
void confab_server_info_free (ConfabServerInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabServerInfo, confab_server_info_free)

G_END_DECLS
