/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>

#include "confab-engine-error.h"
#include "confab-error-text.h"
#include "confab-status.h"

typedef struct
{
  ConfabConnectionState connection;
  ConfabKeyringState    keyring;
  ConfabStorageState    storage;
  gboolean              offline;
  ConfabStatus          expected;
} Case;

#define ONLINE CONFAB_CONNECTION_ONLINE
#define OFFLINE CONFAB_CONNECTION_OFFLINE
#define STOPPED CONFAB_CONNECTION_STOPPED
#define KEYRING CONFAB_KEYRING_AVAILABLE
#define STORAGE CONFAB_STORAGE_GOOD

static const Case cases[] = {
  /* one thing at a time */
  { ONLINE, KEYRING, STORAGE, FALSE, CONFAB_STATUS_GOOD },
  { CONFAB_CONNECTION_SYNCING, KEYRING, STORAGE, FALSE, CONFAB_STATUS_GOOD },
  { STOPPED, CONFAB_KEYRING_UNKNOWN, STORAGE, FALSE, CONFAB_STATUS_GOOD },
  { OFFLINE, KEYRING, STORAGE, FALSE, CONFAB_STATUS_GOOD },
  { OFFLINE, KEYRING, STORAGE, TRUE, CONFAB_STATUS_OFFLINE },
  { CONFAB_CONNECTION_SIGNED_OUT, KEYRING, STORAGE, FALSE, CONFAB_STATUS_SIGNED_OUT },
  { CONFAB_CONNECTION_REFUSED, KEYRING, STORAGE, FALSE, CONFAB_STATUS_REFUSED },
  { STOPPED, CONFAB_KEYRING_LOCKED, STORAGE, FALSE, CONFAB_STATUS_KEYRING_LOCKED },
  { STOPPED, CONFAB_KEYRING_LOST, STORAGE, FALSE, CONFAB_STATUS_NO_TOKEN },
  { STOPPED, CONFAB_KEYRING_ABSENT, STORAGE, FALSE, CONFAB_STATUS_NO_TOKEN },
  { ONLINE, CONFAB_KEYRING_ABSENT, STORAGE, FALSE, CONFAB_STATUS_SESSION_ONLY },
  { ONLINE, KEYRING, CONFAB_STORAGE_FULL, FALSE, CONFAB_STATUS_DISK_FULL },
  { ONLINE, KEYRING, CONFAB_STORAGE_REBUILDING, FALSE, CONFAB_STATUS_REBUILDING },
  { ONLINE, KEYRING, CONFAB_STORAGE_FAILED, FALSE, CONFAB_STATUS_STORAGE_FAILED },
  /* several: the weightier */
  { CONFAB_CONNECTION_SIGNED_OUT, KEYRING, CONFAB_STORAGE_FULL, TRUE, CONFAB_STATUS_DISK_FULL },
  { OFFLINE, CONFAB_KEYRING_ABSENT, STORAGE, TRUE, CONFAB_STATUS_OFFLINE },
  { CONFAB_CONNECTION_SIGNED_OUT, CONFAB_KEYRING_LOCKED, STORAGE, TRUE, CONFAB_STATUS_SIGNED_OUT },
  { OFFLINE, KEYRING, CONFAB_STORAGE_REBUILDING, TRUE, CONFAB_STATUS_REBUILDING },
  { CONFAB_CONNECTION_REFUSED, CONFAB_KEYRING_ABSENT, STORAGE, TRUE, CONFAB_STATUS_REFUSED },
};

static void
test_choose (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];

      g_test_message ("case %u", i);
      g_assert_cmpint (confab_status_choose (c->connection, c->keyring, c->storage, c->offline), ==,
                       c->expected);
    }
}

/* Everything that is told has words, and every button has a label. */
static void
test_words (void)
{
  for (int i = 0; i < CONFAB_STATUS_GOOD; i++)
    {
      ConfabStatusAction action = confab_status_get_action (i);

      g_assert_cmpuint (strlen (confab_status_get_title (i, NULL)), >, 10);
      if (action == CONFAB_STATUS_ACTION_NONE)
        g_assert_null (confab_status_action_label (action));
      else
        g_assert_cmpuint (strlen (confab_status_action_label (action)), >, 2);
    }
  g_assert_cmpstr (confab_status_get_title (CONFAB_STATUS_GOOD, NULL), ==, "");
}

static void
test_refusal_says_why (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_CERTIFICATE, "TLS");

  g_assert_cmpstr (confab_status_get_title (CONFAB_STATUS_REFUSED, error), ==,
                   confab_error_text (error));
  g_assert_cmpstr (confab_status_get_title (CONFAB_STATUS_REFUSED, NULL), !=,
                   confab_error_text (error));
}

static void
test_end_says_why (void)
{
  g_autoptr (GError) suspended = NULL;
  g_autoptr (GError) deleted = NULL;

  confab_problem_set (&suspended, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
  confab_problem_set (&deleted, CONFAB_PROBLEM_ACCOUNT_DELETED);
  g_assert_nonnull (strstr (confab_status_get_title (CONFAB_STATUS_SIGNED_OUT, suspended), "suspended"));
  g_assert_nonnull (strstr (confab_status_get_title (CONFAB_STATUS_SIGNED_OUT, deleted), "deleted"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/status/choose", test_choose);
  g_test_add_func ("/app/status/words", test_words);
  g_test_add_func ("/app/status/refusal-says-why", test_refusal_says_why);

  g_test_add_func ("/app/status/end-says-why", test_end_says_why);

  return g_test_run ();
}
