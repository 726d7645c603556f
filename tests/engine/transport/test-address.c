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
  ConfabEngineError reason; /* the reason for refusing */
} Case;

#define REFUSED(address, reason) { address, NULL, FALSE, CONFAB_ENGINE_ERROR_##reason }

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
  { "confab.example.org/", "https://confab.example.org" },
  { "2001:db8::1", "https://[2001:db8::1]" },
  { "::1", "http://[::1]", TRUE },
  REFUSED ("", BAD_ADDRESS),
  REFUSED ("   ", BAD_ADDRESS),
  REFUSED ("https://", BAD_ADDRESS),
  REFUSED ("two words", BAD_ADDRESS),
  REFUSED ("under..dots", BAD_ADDRESS),
  REFUSED ("-dash.example", BAD_ADDRESS),
  REFUSED ("a\xff\xfe", BAD_ADDRESS),
  REFUSED ("evil.example\\.good.example", BAD_ADDRESS),
  REFUSED ("exa%6Dple.org", BAD_ADDRESS),
  REFUSED ("[2001:db8::1", BAD_ADDRESS),
  REFUSED ("http://confab.example.org", ADDRESS_INSECURE),
  REFUSED ("http://confab.example.org:8080", ADDRESS_INSECURE),
  REFUSED ("HTTP://192.0.2.7", ADDRESS_INSECURE),
  REFUSED ("http://example.org/chat", ADDRESS_INSECURE),
  REFUSED ("http://127.0.0.1.example.org", ADDRESS_INSECURE),
  REFUSED ("http://notlocalhost", ADDRESS_INSECURE),
  REFUSED ("ftp://confab.example.org", ADDRESS_SCHEME),
  REFUSED ("none://localhost", ADDRESS_SCHEME),
  REFUSED ("confab://reset?server=https://chat.example.org", ADDRESS_SCHEME),
  REFUSED ("wss://confab.example.org", ADDRESS_SCHEME),
  REFUSED ("://confab.example.org", ADDRESS_SCHEME),
  REFUSED ("https://user@confab.example.org", ADDRESS_USER),
  REFUSED ("https://user:secret@confab.example.org", ADDRESS_USER),
  REFUSED ("someone@example.org", ADDRESS_USER),
  REFUSED ("https://confab.example.org/path", ADDRESS_PATH),
  REFUSED ("confab.example.org/path/", ADDRESS_PATH),
  REFUSED ("confab.example.org:8443/path", ADDRESS_PATH),
  REFUSED ("example.org/chat", ADDRESS_PATH),
  REFUSED ("localhost:8080/chat", ADDRESS_PATH),
  REFUSED ("https//confab.example.org", ADDRESS_PATH),
  REFUSED ("https://confab.example.org?query", ADDRESS_PATH),
  REFUSED ("https://confab.example.org#fragment", ADDRESS_PATH),
  REFUSED ("confab.example.org:0", ADDRESS_PORT),
  REFUSED ("confab.example.org:99999", ADDRESS_PORT),
  REFUSED ("confab.example.org:port", ADDRESS_PORT),
  REFUSED ("confab.example.org:", ADDRESS_PORT),
  REFUSED ("confab.example.org:-1", ADDRESS_PORT),
  REFUSED ("[2001:db8::1]:", ADDRESS_PORT),
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
        g_assert_error (error, CONFAB_ENGINE_ERROR, (int)at->reason);
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
