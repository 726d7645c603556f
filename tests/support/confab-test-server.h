/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The real confabd, as a process with a directory of its own, on a port of its own that it keeps
 * when it is started again. The binary is $CONFABD. Failures abort the test. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabTestServer ConfabTestServer;

/* Not started yet, but its port is its own already. */
ConfabTestServer *confab_test_server_new (void);
/* Has mail written to a folder, each a file NAME.eml. Before it is started. (transfer none) */
const char *confab_test_server_take_mail (ConfabTestServer *self);
/* Takes people by invitation only. Before it is started. */
void confab_test_server_invite_only (ConfabTestServer *self);
/* @lines: of the configuration's group of limits. Before it is started. */
void confab_test_server_limit (ConfabTestServer *self, const char *lines);
/* Starts and waits until it listens. */
void confab_test_server_start (ConfabTestServer *self);
/* As systemd would; it must end with 0. */
void confab_test_server_stop (ConfabTestServer *self);
/* As a power cut would: SIGKILL. */
void confab_test_server_kill (ConfabTestServer *self);
/* Stops it if it runs and removes its directory. */
void confab_test_server_free (ConfabTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabTestServer, confab_test_server_free)

/* "http://127.0.0.1:PORT" */
const char *confab_test_server_get_origin (ConfabTestServer *self);
/* (transfer full): what the first administrator registers with; there is none yet */
char *confab_test_server_get_setup_code (ConfabTestServer *self);
const char *confab_test_server_get_database (ConfabTestServer *self);
/* confabd user set-role, beside the server that runs. */
void confab_test_server_set_role (ConfabTestServer *self,
                                  const char *username,
                                  const char *rolename);
gboolean confab_test_server_is_running (ConfabTestServer *self);

G_END_DECLS
