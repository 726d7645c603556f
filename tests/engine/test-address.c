/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-address.h"
#include "confab-engine-error.h"

typedef struct
{
  const char *address;
  const char *origin; /* NULL: refused */
  gboolean insecure;
} Case;

static const Case cases[] = {
  { "confab.example.org", "https://confab.example.org" },
  { "  confab.example.org \n", "https://confab.example.org" },
  { "https://confab.example.org", "https://confab.example.org" },
  { "https://confab.example.org/", "https://confab.example.org" },
  { "HTTPS://Confab.Example.ORG", "https://confab.example.org" },
  { "confab.example.org.", "https://confab.example.org" },
  { "confab.example.org:8443", "https://confab.example.org:8443" },
  { "https://confab.example.org:443", "https://confab.example.org" },
  { "chat", "https://chat" },
  { "bücher.example", "https://xn--bcher-kva.example" },
  { "192.0.2.7", "https://192.0.2.7" },
  { "[2001:db8::1]:8443", "https://[2001:db8::1]:8443" },
  { "localhost", "http://localhost", TRUE },
  { "localhost:8080", "http://localhost:8080", TRUE },
  { "http://localhost:80", "http://localhost", TRUE },
  { "https://localhost:8080", "https://localhost:8080" },
  { "127.0.0.1:8080", "http://127.0.0.1:8080", TRUE },
  { "http://127.8.8.8", "http://127.8.8.8", TRUE },
  { "http://[::1]:8080", "http://[::1]:8080", TRUE },
  { "confab.localhost:8080", "http://confab.localhost:8080", TRUE },
  { "", NULL },
  { "   ", NULL },
  { "http://confab.example.org", NULL },
  { "http://127.0.0.1.example.org", NULL },
  { "http://notlocalhost", NULL },
  { "ftp://confab.example.org", NULL },
  { "none://localhost", NULL },
  { "https://", NULL },
  { "https://user@confab.example.org", NULL },
  { "https://user:secret@confab.example.org", NULL },
  { "https://confab.example.org/path", NULL },
  { "confab.example.org/path/", NULL },
  { "https://confab.example.org?query", NULL },
  { "https://confab.example.org#fragment", NULL },
  { "confab.example.org:0", NULL },
  { "confab.example.org:99999", NULL },
  { "confab.example.org:port", NULL },
  { "two words", NULL },
  { "under..dots", NULL },
  { "-dash.example", NULL },
  { "a\xff\xfe", NULL },
  { "evil.example\\.good.example", NULL },
  { "someone@example.org", NULL },
};

static void
test_normalize (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *at = &cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *origin = NULL;
      g_autofree char *shown = g_strescape (at->address, NULL);
      gboolean insecure = FALSE;

      origin = confab_address_normalize (at->address, &insecure, &error);
      g_test_message ("%s: %s", shown, origin != NULL ? origin : "refused");
      g_assert_cmpstr (origin, ==, at->origin);
      if (at->origin == NULL)
        g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_ADDRESS);
      else
        {
          g_autofree char *again = confab_address_normalize (origin, NULL, NULL);

          g_assert_no_error (error);
          g_assert_cmpint (insecure, ==, at->insecure);
          g_assert_cmpstr (again, ==, origin);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/address/normalize", test_normalize);

  return g_test_run ();
}
