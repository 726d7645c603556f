/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs the real confabd ($CONFABD) as a process with its own directory and a port that it keeps
 * when restarted. Failures abort the test. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabTestServer ConfabTestServer;

/* Return a server that is not started yet, but has its port already. */
ConfabTestServer *confab_test_server_new (void);
/* Let the server write mail to a folder, as files NAME.eml. Call this before starting it. Return
 * the folder. (transfer none) */
const char *confab_test_server_take_mail (ConfabTestServer *self);
/* Require invitations. Call this before starting the server. */
void confab_test_server_invite_only (ConfabTestServer *self);
/* @lines: for the limits group of the configuration. Call this before starting the server. */
void confab_test_server_limit (ConfabTestServer *self, const char *lines);
/* Start the server and wait until it listens. */
void confab_test_server_start (ConfabTestServer *self);
/* Stop the server as systemd does; its exit status must be 0. */
void confab_test_server_stop (ConfabTestServer *self);
/* Kill the server with SIGKILL, which is like a power cut to it. */
void confab_test_server_kill (ConfabTestServer *self);
/* Stop the server if it runs, and remove its directory. */
void confab_test_server_free (ConfabTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabTestServer, confab_test_server_free)

/* "http://127.0.0.1:PORT" */
const char *confab_test_server_get_origin (ConfabTestServer *self);
/* Return the set-up code, by which the first administrator registers. (transfer full) */
char *confab_test_server_get_setup_code (ConfabTestServer *self);
const char *confab_test_server_get_database (ConfabTestServer *self);
/* Run `confabd user set-role` while the server runs. */
void confab_test_server_set_role (ConfabTestServer *self,
                                  const char *username,
                                  const char *rolename);
gboolean confab_test_server_is_running (ConfabTestServer *self);

G_END_DECLS
