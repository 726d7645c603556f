/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the engine's tests share: waiting without sleeping, folders of their own, clients. */

#pragma once

#include "confab-client-private.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* As g_test_init(), without the libraries' debug messages in the output. */
void confab_test_init (int *argc, char ***argv);

/* ---- waiting ---- */

/* For a call's callback and its user_data: a GAsyncResult * that is NULL before. */
void confab_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Runs the main loop until it is there. (transfer none), freed with the next */
GAsyncResult *confab_test_await (GAsyncResult **result);

/* One turn of the main loop; aborts, naming @what, when @deadline (monotonic, µs) has passed. */
void confab_test_turn (gint64 deadline, const char *what, const char *file, int line);

#define CONFAB_TEST_PATIENCE_US (60 * G_USEC_PER_SEC)

/* Runs the main loop until @condition holds. */
#define confab_test_until(condition)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 _deadline = g_get_monotonic_time () + CONFAB_TEST_PATIENCE_US;                    \
    while (!(condition))                                                                           \
      confab_test_turn (_deadline, #condition, __FILE__, __LINE__);                                \
  }                                                                                                \
  G_STMT_END

/* Runs the main loop for so long. */
void confab_test_idle_ms (guint ms);

/* ---- warnings ---- */

/* Call first thing in main() of a test that provokes warnings: they are counted instead of being
 * fatal. */
void confab_test_collect_warnings (void);
/* How many there were with @text in them, since the last time. */
guint confab_test_take_warnings (const char *text);

/* ---- folders ---- */

/* A folder under the test's own temporary folder. Returns: (transfer full) */
char *confab_test_make_folder (void);
void confab_test_remove_folder (const char *path);

/* ---- clients ---- */

#define CONFAB_TEST_PASSWORD "correct horse battery"

/* One program on one computer: an environment in a folder of its own, waits that are 5 times as
 * short, no keyring. */
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

/* Each ends with the client started. */
void confab_test_device_register (ConfabTestDevice *self, const char *origin, const char *username);
void confab_test_device_sign_in (ConfabTestDevice *self, const char *origin, const char *username);
/* Without a password: an account that is somewhere else already, with the token it has there. */
void confab_test_device_adopt (ConfabTestDevice *self, ConfabClient *other);
void confab_test_device_open (ConfabTestDevice *self);
void confab_test_device_close (ConfabTestDevice *self);

/* Returns: (transfer full): the path of its account's mirror */
char *confab_test_device_get_mirror (ConfabTestDevice *self);
/* Waits until the mirrors are complete and tell the same, or aborts with the difference. */
void confab_test_wait_same_mirrors (ConfabTestDevice *self, ConfabTestDevice *other);

void confab_test_wait_online (ConfabClient *client);
/* The conversation is in the mirror when it returns. (transfer none) */
ConfabConversation *confab_test_create_group (ConfabClient *client,
                                              const char *title,
                                              gint64 *user_ids,
                                              guint n_user_ids);
void confab_test_send (ConfabClient *client, gint64 conversation_id, const char *text);

G_END_DECLS
