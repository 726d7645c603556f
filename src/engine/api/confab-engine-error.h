/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the engine's calls can fail with, besides a server's own problems (CONFAB_PROBLEM). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONFAB_ENGINE_ERROR (confab_engine_error_quark ())
GQuark confab_engine_error_quark (void);

typedef enum
{
  CONFAB_ENGINE_ERROR_BAD_ADDRESS,     /* not a server address */
  CONFAB_ENGINE_ERROR_UNREACHABLE,     /* no connection, no such host, timed out */
  CONFAB_ENGINE_ERROR_BAD_CERTIFICATE, /* TLS: unknown issuer, wrong name, expired */
  CONFAB_ENGINE_ERROR_NOT_CONFAB,      /* something answered, but no Confab server (HTML, say) */
  CONFAB_ENGINE_ERROR_NEWER_SERVER,    /* a protocol this Confab does not speak */
  CONFAB_ENGINE_ERROR_DISK_FULL,
  CONFAB_ENGINE_ERROR_MIRROR_NEWER, /* the mirror was written by a newer Confab; untouched */
  CONFAB_ENGINE_ERROR_STORAGE,      /* another failure of the disk or the database */
  CONFAB_ENGINE_ERROR_KEYRING,
  CONFAB_ENGINE_ERROR_OFFLINE,           /* needs the network just now */
  CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN, /* this account is here already */
  CONFAB_ENGINE_ERROR_BAD_LINK,          /* not a link that Confab knows */
  CONFAB_ENGINE_ERROR_INSECURE_LINK,     /* it leads to another computer without encryption */
  CONFAB_ENGINE_ERROR_ADDRESS_INSECURE,  /* plain HTTP to another computer */
  CONFAB_ENGINE_ERROR_ADDRESS_SCHEME,    /* neither HTTPS nor HTTP */
  CONFAB_ENGINE_ERROR_ADDRESS_USER,      /* a user name before the host, or an email address */
  CONFAB_ENGINE_ERROR_ADDRESS_PATH,      /* something after host and port */
  CONFAB_ENGINE_ERROR_ADDRESS_PORT,      /* no number from 1 to 65535 */
} ConfabEngineError;

G_END_DECLS
