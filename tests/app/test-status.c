/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>

#include "confab-engine-error.h"
#include "confab-error-text.h"
#include "confab-status.h"

typedef struct
{
  ConfabStatusFacts facts;
  ConfabStatus expected;
} Case;

/* Facts without any problem except those given. */
#define FACTS(...)                                                                                 \
  { .connection = CONFAB_CONNECTION_ONLINE,                                                        \
    .keyring = CONFAB_KEYRING_AVAILABLE,                                                           \
    .storage = CONFAB_STORAGE_GOOD,                                                                \
    __VA_ARGS__ }
#define CONNECTION(state) .connection = CONFAB_CONNECTION_##state
#define KEYRING(state) .keyring = CONFAB_KEYRING_##state
#define STORAGE(state) .storage = CONFAB_STORAGE_##state
#define LASTING .lasting = TRUE
#define NOT_SENDING .not_sending = TRUE
#define UNLOCK_FAILED .unlock_failed = TRUE

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const Case cases[] = {
  /* one problem at a time */
  { FACTS (), CONFAB_STATUS_GOOD },
  { FACTS (CONNECTION (SYNCING)), CONFAB_STATUS_GOOD },
  { FACTS (CONNECTION (STOPPED), KEYRING (UNKNOWN)), CONFAB_STATUS_GOOD },
  { FACTS (CONNECTION (OFFLINE)), CONFAB_STATUS_GOOD },
  { FACTS (CONNECTION (OFFLINE), LASTING), CONFAB_STATUS_OFFLINE },
  { FACTS (CONNECTION (CONNECTING), LASTING), CONFAB_STATUS_OFFLINE },
  { FACTS (CONNECTION (POLLING)), CONFAB_STATUS_GOOD },
  { FACTS (CONNECTION (POLLING), LASTING), CONFAB_STATUS_DELAYED },
  { FACTS (NOT_SENDING), CONFAB_STATUS_NOT_SENDING },
  { FACTS (CONNECTION (SIGNED_OUT)), CONFAB_STATUS_SIGNED_OUT },
  { FACTS (CONNECTION (REFUSED)), CONFAB_STATUS_REFUSED },
  { FACTS (CONNECTION (STOPPED), KEYRING (LOCKED)), CONFAB_STATUS_KEYRING_LOCKED },
  { FACTS (CONNECTION (STOPPED), KEYRING (LOST)), CONFAB_STATUS_NO_TOKEN },
  { FACTS (CONNECTION (STOPPED), KEYRING (ABSENT)), CONFAB_STATUS_NO_TOKEN },
  { FACTS (KEYRING (ABSENT)), CONFAB_STATUS_SESSION_ONLY },
  { FACTS (STORAGE (FULL)), CONFAB_STATUS_DISK_FULL },
  { FACTS (STORAGE (REBUILDING)), CONFAB_STATUS_REBUILDING },
  { FACTS (STORAGE (FAILED)), CONFAB_STATUS_STORAGE_FAILED },
  /* an unusable keyring: the user can sign in with the password */
  { FACTS (CONNECTION (STOPPED), KEYRING (SILENT)), CONFAB_STATUS_KEYRING_UNUSABLE },
  { FACTS (CONNECTION (STOPPED), KEYRING (LOCKED), UNLOCK_FAILED), CONFAB_STATUS_KEYRING_UNUSABLE },
  { FACTS (KEYRING (SILENT)), CONFAB_STATUS_SESSION_ONLY },
  { FACTS (KEYRING (LOCKED), UNLOCK_FAILED), CONFAB_STATUS_SESSION_ONLY },
  /* several problems: the most important is shown */
  { FACTS (CONNECTION (SIGNED_OUT), STORAGE (FULL), LASTING), CONFAB_STATUS_DISK_FULL },
  { FACTS (CONNECTION (OFFLINE), KEYRING (ABSENT), LASTING), CONFAB_STATUS_OFFLINE },
  { FACTS (CONNECTION (SIGNED_OUT), KEYRING (LOCKED), LASTING), CONFAB_STATUS_SIGNED_OUT },
  { FACTS (CONNECTION (OFFLINE), STORAGE (REBUILDING), LASTING), CONFAB_STATUS_REBUILDING },
  { FACTS (CONNECTION (REFUSED), KEYRING (ABSENT), LASTING), CONFAB_STATUS_REFUSED },
  { FACTS (CONNECTION (OFFLINE), NOT_SENDING, LASTING), CONFAB_STATUS_OFFLINE },
  { FACTS (CONNECTION (POLLING), NOT_SENDING, LASTING), CONFAB_STATUS_NOT_SENDING },
};
#pragma GCC diagnostic pop

static void
test_choose (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (confab_status_choose (&cases[i].facts), ==, cases[i].expected);
    }
}

/* Every status has a text, and every action a label. */
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

/* A server that answers wrongly is not reported as a missing network. */
static void
test_offline_says_why (void)
{
  const char *offline = confab_status_get_title (CONFAB_STATUS_OFFLINE, NULL);
  g_autoptr (GError) unreachable =
      g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE, "No route");
  g_autoptr (GError) foreign =
      g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB, "HTML");
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) broken = NULL;

  confab_problem_set (&busy, CONFAB_PROBLEM_UNAVAILABLE);
  confab_problem_set (&broken, CONFAB_PROBLEM_CURSOR_TOO_OLD);
  g_assert_cmpstr (confab_status_get_title (CONFAB_STATUS_OFFLINE, unreachable), ==, offline);
  g_assert_cmpstr (confab_status_get_title (CONFAB_STATUS_OFFLINE, foreign), !=, offline);
  g_assert_nonnull (strstr (confab_status_get_title (CONFAB_STATUS_OFFLINE, busy), "busy"));
  g_assert_nonnull (strstr (confab_status_get_title (CONFAB_STATUS_OFFLINE, broken), "wrong"));
  g_assert_nonnull (strstr (confab_status_get_title (CONFAB_STATUS_DELAYED, busy), "busy"));
  g_assert_cmpstr (confab_status_get_title (CONFAB_STATUS_DELAYED, NULL), !=,
                   confab_status_get_title (CONFAB_STATUS_DELAYED, busy));
}

static void
test_end_says_why (void)
{
  g_autoptr (GError) suspended = NULL;
  g_autoptr (GError) deleted = NULL;

  confab_problem_set (&suspended, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
  confab_problem_set (&deleted, CONFAB_PROBLEM_ACCOUNT_DELETED);
  g_assert_nonnull (
      strstr (confab_status_get_title (CONFAB_STATUS_SIGNED_OUT, suspended), "suspended"));
  g_assert_nonnull (
      strstr (confab_status_get_title (CONFAB_STATUS_SIGNED_OUT, deleted), "deleted"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/status/choose", test_choose);
  g_test_add_func ("/app/status/words", test_words);
  g_test_add_func ("/app/status/refusal-says-why", test_refusal_says_why);

  g_test_add_func ("/app/status/end-says-why", test_end_says_why);
  g_test_add_func ("/app/status/offline-says-why", test_offline_says_why);

  return g_test_run ();
}
