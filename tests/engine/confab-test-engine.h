/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the engine's tests: waiting without sleeping, temporary folders, clients. */

#pragma once

#include "confab-client-private.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Like g_test_init(), without the libraries' debug messages in the output. */
void confab_test_init (int *argc, char ***argv);

/* ---- waiting ---- */

/* The callback for a call; its user_data is a GAsyncResult * that is NULL before. */
void confab_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Run the main loop until the result is there. (transfer none), freed by the next call */
GAsyncResult *confab_test_await (GAsyncResult **result);

/* Run one iteration of the main loop; abort, naming @what, when @deadline (monotonic, µs) has
 * passed. */
void confab_test_turn (gint64 deadline, const char *what, const char *file, int line);

#define CONFAB_TEST_PATIENCE_US (60 * G_USEC_PER_SEC)

/* Run the main loop until @condition holds. */
#define confab_test_until(condition)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 _deadline = g_get_monotonic_time () + CONFAB_TEST_PATIENCE_US;                    \
    while (!(condition))                                                                           \
      confab_test_turn (_deadline, #condition, __FILE__, __LINE__);                                \
  }                                                                                                \
  G_STMT_END

/* Run the main loop for @ms milliseconds. */
void confab_test_idle_ms (guint ms);

/* ---- warnings ---- */

/* Call this first in main() of a test that provokes warnings: they are counted instead of being
 * fatal. */
void confab_test_collect_warnings (void);
/* Return how many warnings contained @text since the last call. */
guint confab_test_take_warnings (const char *text);

/* ---- folders ---- */

/* Create a folder in the test's temporary folder. Returns: (transfer full) */
char *confab_test_make_folder (void);
void confab_test_remove_folder (const char *path);

/* ---- clients ---- */

#define CONFAB_TEST_PASSWORD "correct horse battery"

/* A program on a computer: an environment with its own folder, with waits shortened to a fifth,
 * without a keyring. */
typedef struct
{
  char *folder;
  ConfabEnvironment *environment;
  ConfabAccountStore *store;
  ConfabClient *client; /* (nullable) */
} ConfabTestDevice;

ConfabTestDevice *confab_test_device_new (void);
/* Closes the client and removes the folder. */
void confab_test_device_free (ConfabTestDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabTestDevice, confab_test_device_free)

/* Each function starts the client. */
void confab_test_device_register (ConfabTestDevice *self, const char *origin, const char *username);
void confab_test_device_sign_in (ConfabTestDevice *self, const char *origin, const char *username);
/* Sign in without a password: use the account and token of another device. */
void confab_test_device_adopt (ConfabTestDevice *self, ConfabClient *other);
void confab_test_device_open (ConfabTestDevice *self);
void confab_test_device_close (ConfabTestDevice *self);

/* Returns: (transfer full): the path of its account's mirror */
char *confab_test_device_get_mirror (ConfabTestDevice *self);
/* Wait until the mirrors are complete and equal; else abort with the difference. */
void confab_test_wait_same_mirrors (ConfabTestDevice *self, ConfabTestDevice *other);

void confab_test_wait_online (ConfabClient *client);
/* When this returns, the mirror has the conversation. (transfer none) */
ConfabConversation *confab_test_create_group (ConfabClient *client,
                                              const char *title,
                                              gint64 *user_ids,
                                              guint n_user_ids);
void confab_test_send (ConfabClient *client, gint64 conversation_id, const char *text);

G_END_DECLS
