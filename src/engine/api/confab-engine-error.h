/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The errors of the engine's functions, besides the server's problems (CONFAB_PROBLEM). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONFAB_ENGINE_ERROR (confab_engine_error_quark ())
GQuark confab_engine_error_quark (void);

typedef enum
{
  CONFAB_ENGINE_ERROR_BAD_ADDRESS,     /* not a server address */
  CONFAB_ENGINE_ERROR_UNREACHABLE,     /* no connection, unknown host, timeout */
  CONFAB_ENGINE_ERROR_BAD_CERTIFICATE, /* TLS: unknown issuer, wrong name, expired */
  CONFAB_ENGINE_ERROR_NOT_CONFAB,      /* an answer not by a Confab server (HTML, for example) */
  CONFAB_ENGINE_ERROR_NEWER_SERVER,    /* a protocol version unknown to this Confab */
  CONFAB_ENGINE_ERROR_DISK_FULL,
  CONFAB_ENGINE_ERROR_MIRROR_NEWER, /* a newer Confab wrote the mirror; unchanged */
  CONFAB_ENGINE_ERROR_STORAGE,      /* another disk or database failure */
  CONFAB_ENGINE_ERROR_KEYRING,
  CONFAB_ENGINE_ERROR_OFFLINE,           /* requires a connection */
  CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN, /* this account exists on this computer */
  CONFAB_ENGINE_ERROR_BAD_LINK,          /* not a link known to Confab */
  CONFAB_ENGINE_ERROR_INSECURE_LINK,     /* leads to another computer without encryption */
  CONFAB_ENGINE_ERROR_ADDRESS_INSECURE,  /* plain HTTP to another computer */
  CONFAB_ENGINE_ERROR_ADDRESS_SCHEME,    /* neither HTTPS nor HTTP */
  CONFAB_ENGINE_ERROR_ADDRESS_USER,      /* a user name before the host, or an email address */
  CONFAB_ENGINE_ERROR_ADDRESS_PATH,      /* more after host and port */
  CONFAB_ENGINE_ERROR_ADDRESS_PORT,      /* not a number from 1 to 65535 */
  CONFAB_ENGINE_ERROR_REWRITTEN,         /* the server answered a message with another text */
  CONFAB_ENGINE_ERROR_ANOTHER_ACCOUNT,   /* the server has another account under this username */
  CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE,    /* another Confab has the account open */
} ConfabEngineError;

G_END_DECLS
