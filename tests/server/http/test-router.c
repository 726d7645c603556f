/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The router. */

#include <string.h>

#include "confab-router.h"

static void
handle (ConfabApi *api, ConfabRequest *request)
{
  g_assert_not_reached ();
}

static const ConfabRoute routes[] = {
  { CONFAB_METHOD_GET, "/a", TRUE, FALSE, handle },
  { CONFAB_METHOD_POST, "/a", FALSE, TRUE, handle },
  { CONFAB_METHOD_GET, "/a/{id}", FALSE, FALSE, handle },
  { CONFAB_METHOD_DELETE, "/a/{id}/b/{other}", FALSE, FALSE, handle },
};

static const ConfabRoute *
find (ConfabMethod method, const char *path, char **params, guint *allowed)
{
  return confab_router_find (routes, G_N_ELEMENTS (routes), method, path, params, allowed);
}

static void
test_routes (void)
{
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };
  guint allowed;

  g_assert_true (find (CONFAB_METHOD_GET, "/a", params, &allowed) == &routes[0]);
  g_assert_true (find (CONFAB_METHOD_POST, "/a", params, &allowed) == &routes[1]);
  g_assert_true (find (CONFAB_METHOD_GET, "/a/17", params, &allowed) == &routes[2]);
  g_assert_cmpstr (params[0], ==, "17");
  g_assert_null (params[1]);
  g_clear_pointer (&params[0], g_free);
  g_assert_true (find (CONFAB_METHOD_DELETE, "/a/1/b/x-y", params, &allowed) == &routes[3]);
  g_assert_cmpstr (params[0], ==, "1");
  g_assert_cmpstr (params[1], ==, "x-y");
  g_free (params[0]);
  g_free (params[1]);
}

static void
test_no_routes (void)
{
  const char *const paths[] = { "",       "/",       "/b",        "/a/", "/A", "/a/1/",
                                "/a/1/b", "/a/1/b/", "/a/1/b/2/", "/aa", "a" };
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };
  guint allowed;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_null (find (CONFAB_METHOD_GET, paths[i], params, &allowed));
      g_assert_cmpuint (allowed, ==, 0);
      g_assert_null (params[0]);
    }

  g_assert_null (find (CONFAB_METHOD_PUT, "/a", params, &allowed));
  g_assert_cmpuint (allowed, ==, CONFAB_METHOD_GET | CONFAB_METHOD_POST);
  g_assert_null (find (CONFAB_METHOD_GET, "/a/1/b/2", params, &allowed));
  g_assert_cmpuint (allowed, ==, CONFAB_METHOD_DELETE);
  g_assert_null (params[0]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/routes", test_routes);
  g_test_add_func ("/router/no-routes", test_no_routes);

  return g_test_run ();
}
