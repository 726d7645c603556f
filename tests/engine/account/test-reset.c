/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Resetting a forgotten password, with the real server and its mails, and with misbehaving servers.
 * Without a keyring, so state is kept in memory (test-keyring.c tests the keyring). */

#include <string.h>

#include "confab-engine-error.h"
#include "confab-problem.h"
#include "confab-reset.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "foreign-server.h"

#define NEW_PASSWORD "umbrella, tuesday, nine geese"
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

/* ---- calls ---- */

static gboolean
request (ConfabReset *reset, const char *email, GError **error)
{
  GAsyncResult *result = NULL;

  confab_reset_request_async (reset, email, NULL, confab_test_result_cb, &result);

  return confab_reset_request_finish (reset, confab_test_await (&result), error);
}

static gboolean
check (ConfabReset *reset, const char *email, const char *code, GError **error)
{
  GAsyncResult *result = NULL;

  confab_reset_check_async (reset, email, code, NULL, confab_test_result_cb, &result);

  return confab_reset_check_finish (reset, confab_test_await (&result), error);
}

static gboolean
complete (ConfabReset *reset, const char *password, GError **error)
{
  GAsyncResult *result = NULL;

  confab_reset_complete_async (reset, password, NULL, confab_test_result_cb, &result);

  return confab_reset_complete_finish (reset, confab_test_await (&result), error);
}

static ConfabReset *
load (ConfabAccountStore *store)
{
  GAsyncResult *result = NULL;

  confab_reset_load_async (store, NULL, confab_test_result_cb, &result);

  return confab_reset_load_finish (store, confab_test_await (&result));
}

static ConfabClient *
sign_in (ConfabTestDevice *device, const char *origin, const char *password, GError **error)
{
  GAsyncResult *result = NULL;

  confab_sign_in_async (device->store, origin, "ann", password, NULL, confab_test_result_cb,
                        &result);

  return confab_sign_in_finish (confab_test_await (&result), error);
}

#define assert_problem(error, code)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_error (error, CONFAB_PROBLEM, code);                                                  \
    g_clear_error (&error);                                                                        \
  }                                                                                                \
  G_STMT_END

/* ---- mail ---- */

/* Decode quoted-printable as far as needed here: soft line breaks and escapes. */
static char *
read_letter (const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *raw = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &raw, NULL, &error);
  g_assert_no_error (error);
  g_string_append (text, raw);
  g_string_replace (text, "\r\n", "\n", 0);
  g_string_replace (text, "=\n", "", 0);
  g_string_replace (text, "=3D", "=", 0);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Return the first group of @pattern in the only letter that matches. (transfer full) (nullable) */
static char *
find_in_mail (const char *folder, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = g_str_has_suffix (name, ".eml") ? read_letter (path) : NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (text != NULL && g_regex_match (regex, text, 0, &match))
        {
          g_assert_null (found);
          found = g_match_info_fetch (match, 1);
        }
    }

  return found;
}

#define CODE_PATTERN "\n +([0-9A-Z]{4}-[0-9A-Z]{4})\n"
#define LINK_PATTERN "\n +(confab://\\S+)\n"

static char *
wait_for_mail (const char *folder, const char *pattern)
{
  char *found = NULL;

  confab_test_until ((found != NULL)
                     || (g_usleep (10000), (found = find_in_mail (folder, pattern)) != NULL));

  return found;
}

/* ---- with the real server ---- */

typedef struct
{
  ConfabTestServer *server;
  const char *mail;
  const char *origin;
  ConfabTestDevice *device;
  char *email;
} Fixture;

static gint64 skew_ms;

static gint64
skewed_now (gpointer user_data)
{
  return g_get_real_time () / 1000 + skew_ms;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();

  skew_ms = 0;
  self->server = confab_test_server_new ();
  self->mail = confab_test_server_take_mail (self->server);
  self->origin = confab_test_server_get_origin (self->server);
  confab_test_server_start (self->server);
  confab_test_device_register (ann, self->origin, "ann");
  confab_test_wait_online (ann->client);
  self->email = g_strdup ("ann@example.org");
  self->device = confab_test_device_new ();
  self->device->environment->now = skewed_now;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  confab_test_device_free (self->device);
  confab_test_server_free (self->server);
  g_free (self->email);
}

static void
test_code (Fixture *self, gconstpointer data)
{
  g_autoptr (ConfabReset) reset = confab_reset_new (self->device->store, self->origin, NULL);
  g_autoptr (ConfabReset) kept = NULL;
  g_autoptr (ConfabReset) none = NULL;
  g_autoptr (ConfabClient) client = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (request (reset, self->email, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (confab_reset_get_email (reset), ==, self->email);
  g_assert_false (confab_reset_has_proof (reset));
  kept = load (self->device->store);
  g_assert_true (kept == reset);

  code = wait_for_mail (self->mail, CODE_PATTERN);
  g_assert_false (check (reset, self->email, "0000-0000", &error));
  assert_problem (error, CONFAB_PROBLEM_RESET_INVALID);
  g_clear_object (&kept);
  kept = load (self->device->store);
  g_assert_true (kept == reset);
  g_assert_true (check (reset, self->email, code, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (confab_reset_get_username (reset), ==, "ann");
  g_assert_true (confab_reset_has_proof (reset));

  g_assert_false (complete (reset, "too short", &error));
  assert_problem (error, CONFAB_PROBLEM_PASSWORD_TOO_SHORT);
  g_assert_false (complete (reset, "passwordpassword", &error));
  assert_problem (error, CONFAB_PROBLEM_PASSWORD_TOO_COMMON);
  g_assert_true (complete (reset, NEW_PASSWORD, &error));
  g_assert_no_error (error);
  none = load (self->device->store);
  g_assert_null (none);

  g_assert_null (sign_in (self->device, self->origin, CONFAB_TEST_PASSWORD, &error));
  assert_problem (error, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  client = sign_in (self->device, self->origin, NEW_PASSWORD, &error);
  g_assert_no_error (error);
  g_set_object (&self->device->client, client);
  confab_client_start (client);
  confab_test_wait_online (client);
}

/* The link keeps the email of the request, works once, and is deleted when it no longer works. */
static void
test_link (Fixture *self, gconstpointer data)
{
  g_autoptr (ConfabReset) asked = confab_reset_new (self->device->store, self->origin, NULL);
  g_autoptr (ConfabReset) reset = NULL;
  g_autoptr (ConfabReset) again = NULL;
  g_autoptr (ConfabReset) kept = NULL;
  g_autoptr (ConfabReset) none = NULL;
  g_autoptr (ConfabResetLink) link = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (request (asked, self->email, &error));
  uri = wait_for_mail (self->mail, LINK_PATTERN);
  link = confab_reset_link_parse (uri, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (link->server, ==, self->origin);

  reset = confab_reset_new_for_link (self->device->store, link);
  g_assert_cmpstr (confab_reset_get_email (reset), ==, self->email);
  kept = load (self->device->store);
  g_assert_true (kept == reset);
  g_assert_true (check (reset, NULL, NULL, &error));
  g_assert_cmpstr (confab_reset_get_username (reset), ==, "ann");
  g_assert_true (complete (reset, NEW_PASSWORD, &error));
  g_assert_no_error (error);

  again = confab_reset_new_for_link (self->device->store, link);
  g_assert_false (check (again, NULL, NULL, &error));
  assert_problem (error, CONFAB_PROBLEM_RESET_INVALID);
  none = load (self->device->store);
  g_assert_null (none);
}

/* No account has this address, and nothing reveals that. */
static void
test_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (ConfabReset) reset = confab_reset_new (self->device->store, self->origin, NULL);
  g_autoptr (ConfabReset) other = confab_reset_new (self->device->store, self->origin, NULL);
  g_autoptr (GError) error = NULL;
  gint64 difference;

  g_assert_true (request (reset, "nobody@mail.example", &error));
  g_assert_true (request (other, self->email, &error));
  g_assert_no_error (error);
  difference = confab_reset_get_expires_at (reset) - confab_reset_get_expires_at (other);
  g_assert_cmpint (ABS (difference), <, MINUTE_MS);
  g_assert_false (check (reset, "nobody@mail.example", "0000-0000", &error));
  assert_problem (error, CONFAB_PROBLEM_RESET_INVALID);
}

/* Half an hour is half an hour, independent of this computer's clock. */
static void
test_skew (Fixture *self, gconstpointer data)
{
  static const gint64 skews[] = { 0, -400 * 24 * 60 * MINUTE_MS, 7 * 60 * MINUTE_MS };

  for (guint i = 0; i < G_N_ELEMENTS (skews); i++)
    {
      g_autoptr (ConfabReset) reset = confab_reset_new (self->device->store, self->origin, NULL);
      g_autoptr (GError) error = NULL;
      gint64 left, wait;

      skew_ms = skews[i];
      g_assert_true (request (reset, "nobody@mail.example", &error));
      g_assert_no_error (error);
      left = confab_reset_get_expires_at (reset) - skewed_now (NULL);
      wait = confab_reset_get_retry_at (reset) - skewed_now (NULL);
      g_assert_cmpint (left, <=, 30 * MINUTE_MS);
      g_assert_cmpint (left, >, 29 * MINUTE_MS);
      g_assert_cmpint (wait, <=, MINUTE_MS);
      g_assert_cmpint (wait, >, MINUTE_MS / 2);
    }
}

static void
test_expired (Fixture *self, gconstpointer data)
{
  g_autoptr (ConfabReset) reset = confab_reset_new (self->device->store, self->origin, NULL);
  g_autoptr (ConfabReset) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (request (reset, self->email, &error));
  skew_ms = 31 * MINUTE_MS;
  none = load (self->device->store);
  g_assert_null (none);
}

/* Nothing is lost while offline. */
static void
test_unreachable (Fixture *self, gconstpointer data)
{
  g_autoptr (ConfabReset) asked = confab_reset_new (self->device->store, self->origin, NULL);
  g_autoptr (ConfabReset) kept = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (request (asked, self->email, &error));
  code = wait_for_mail (self->mail, CODE_PATTERN);
  confab_test_server_stop (self->server);
  g_assert_false (check (asked, self->email, code, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE);
  g_clear_error (&error);
  kept = load (self->device->store);
  g_assert_true (kept == asked);
  confab_test_server_start (self->server);
  g_assert_true (check (asked, self->email, code, &error));
  g_assert_no_error (error);
}

/* ---- with misbehaving servers ---- */

static void
test_strange_answers (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"expires_at\":1}",
    "{\"expires_at\":\"soon\",\"retry_after\":60}",
    "{\"expires_at\":-1,\"retry_after\":60}",
    "{\"expires_at\":1795716569291,\"retry_after\":-60}",
    "{\"expires_at\":1e30,\"retry_after\":60}",
    "[]",
  };
  g_autoptr (ForeignServer) server = foreign_server_new (NULL);
  g_autoptr (ConfabTestDevice) device = confab_test_device_new ();
  g_autoptr (ConfabReset) reset = confab_reset_new (device->store, server->origin, NULL);
  g_autoptr (GError) error = NULL;
  gint64 now;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      foreign_server_answer (server, "/v1/password-resets", 202, "application/json",
                             g_strdup (bad[i]));
      g_assert_false (request (reset, "ann@mail.example", &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB);
      g_clear_error (&error);
      g_assert_null (confab_reset_get_email (reset));
    }

  /* Absurd times are limited. */
  foreign_server_answer (server, "/v1/password-resets", 202, "application/json",
                         g_strdup ("{\"expires_at\":9000000000000000,\"retry_after\":2000000000}"));
  g_assert_true (request (reset, "ann@mail.example", &error));
  g_assert_no_error (error);
  now = g_get_real_time () / 1000;
  g_assert_cmpint (confab_reset_get_expires_at (reset), <=, now + 24 * 60 * MINUTE_MS);
  g_assert_cmpint (confab_reset_get_retry_at (reset), <=, now + 60 * MINUTE_MS);
}

static void
test_cancelled (void)
{
  g_autoptr (ForeignServer) server = foreign_server_new (NULL);
  g_autoptr (ConfabTestDevice) device = confab_test_device_new ();
  g_autoptr (ConfabReset) reset = confab_reset_new (device->store, server->origin, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ConfabReset) none = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_reset_request_async (reset, "ann@mail.example", cancellable, confab_test_result_cb,
                              &result);
  g_cancellable_cancel (cancellable);
  g_assert_false (confab_reset_request_finish (reset, confab_test_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  none = load (device->store);
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/engine/reset/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("code", test_code);
  ADD ("link", test_link);
  ADD ("unknown", test_unknown);
  ADD ("skew", test_skew);
  ADD ("expired", test_expired);
  ADD ("unreachable", test_unreachable);
#undef ADD
  g_test_add_func ("/engine/reset/strange-answers", test_strange_answers);
  g_test_add_func ("/engine/reset/cancelled", test_cancelled);

  return g_test_run ();
}
