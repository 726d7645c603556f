/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client address behind proxies, and the limit of unfinished answers. */

#include "confab-addresses.h"
#include "confab-flights.h"
#include "confab-forwarded.h"

static GPtrArray *
networks_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  GPtrArray *networks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      GInetAddressMask *network = g_inet_address_mask_new_from_string (parts[i], NULL);

      g_assert_nonnull (network);
      g_ptr_array_add (networks, network);
    }

  return networks;
}

static void
test_networks (void)
{
  g_autoptr (GPtrArray) networks = networks_of ("10.0.0.0/8 192.0.2.7 fd00::/8 ::1");
  static const char *const inside[] = { "10.0.0.0", "10.255.255.255", "192.0.2.7", "fd12::1",
                                        "::1" };
  static const char *const outside[] = { "11.0.0.0", "192.0.2.8", "fe80::1", "::2", "unknown", "" };

  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    g_assert_true (confab_forwarded_is_proxy (networks, inside[i]));
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_false (confab_forwarded_is_proxy (networks, outside[i]));
}

static void
test_find (void)
{
  g_autoptr (GPtrArray) networks = networks_of ("10.0.0.0/8 fd00::/8");
  static const struct
  {
    const char *x_forwarded_for;
    const char *forwarded;
    const char *address;
  } cases[] = {
    { NULL, NULL, "10.0.0.1" },
    { "198.51.100.1", NULL, "198.51.100.1" },
    { "198.51.100.1:4711", NULL, "198.51.100.1" },
    { "2001:db8::1", NULL, "2001:db8::1" },
    { "[2001:db8::1]", NULL, "2001:db8::1" },
    { "[2001:DB8:0::1]:443", NULL, "2001:db8::1" },
    { "::ffff:198.51.100.1", NULL, "198.51.100.1" },
    { "[::ffff:198.51.100.1]:1", NULL, "198.51.100.1" },
    { "203.0.113.9, 198.51.100.1", NULL,
      "198.51.100.1" }, /* the first address is not trustworthy */
    { "203.0.113.9,198.51.100.1 , 10.2.3.4", NULL, "198.51.100.1" }, /* through two proxies */
    { "203.0.113.9, fd00::7, 10.2.3.4", NULL, "203.0.113.9" },
    { "10.9.9.9, 10.2.3.4", NULL, "10.9.9.9" },
    { "unknown", NULL, "10.0.0.1" },
    { "198.51.100.1, unknown, 10.2.3.4", NULL, "10.2.3.4" },
    { "", NULL, "10.0.0.1" },
    { "198.51.100.1:", NULL, "10.0.0.1" },
    { "198.51.100.1:x", NULL, "10.0.0.1" },
    { "198.51.100.1:99999", NULL, "10.0.0.1" },
    { "[198.51.100.1]", NULL, "10.0.0.1" },
    { "[2001:db8::1", NULL, "10.0.0.1" },
    { "[2001:db8::1]x", NULL, "10.0.0.1" },
    { "2001:db8::1:x", NULL, "10.0.0.1" },
    { "0x7f.1", NULL, "10.0.0.1" },
    { NULL, "for=198.51.100.1", "198.51.100.1" },
    { NULL, "for=\"198.51.100.1:80\";proto=https", "198.51.100.1" },
    { NULL, "proto=https; For=\"[2001:db8::1]:4711\"", "2001:db8::1" },
    { NULL, "for=203.0.113.9, for=198.51.100.1;by=10.0.0.2", "198.51.100.1" },
    { NULL, "for=\"203.0.113.9, for=x\", for=198.51.100.1, for=10.1.1.1", "198.51.100.1" },
    { NULL, "for=_hidden", "10.0.0.1" },
    { NULL, "for=\"", "10.0.0.1" },
    { NULL, "by=198.51.100.1", "10.0.0.1" },
    { "198.51.100.1", "for=203.0.113.9", "198.51.100.1" },
    /* A proxy's entry does not continue what the client began. */
    { "\"203.0.113.9, 198.51.100.1", NULL, "198.51.100.1" },
    { "\", 198.51.100.1, 10.2.3.4", NULL, "198.51.100.1" },
    { NULL, "for=\"x, for=198.51.100.1", "198.51.100.1" },
    { NULL, "for=\"x\\\", for=\"[2001:db8::1]:80\", for=10.1.1.1", "2001:db8::1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char address[INET6_ADDRSTRLEN];

      g_test_message ("%u", i);
      confab_forwarded_find (networks, "10.0.0.1", cases[i].x_forwarded_for, cases[i].forwarded,
                             address);
      g_assert_cmpstr (address, ==, cases[i].address);
    }
}

static void
test_use_network (void)
{
  static const char *const cases[][2] = {
    { "198.51.100.1", "198.51.100.1" },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
    { "::ffff:198.51.100.1", "198.51.100.1" },
    { "::1", "::" },
    { "unknown", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[INET6_ADDRSTRLEN];

      g_strlcpy (text, cases[i][0], sizeof text);
      confab_forwarded_use_network (text);
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_flights (void)
{
  const ConfabFlightLimits limits = { .per_user = 100, .per_address = 200, .in_all = 300 };
  ConfabFlights *flights = confab_flights_new (&limits);

  g_assert_true (
      confab_flights_has_room (flights, 1, "a", 150)); /* one answer is permitted at any length */
  g_assert_false (confab_flights_has_room (flights, 1, "a", 301));
  confab_flights_add (flights, 1, "a", 60);
  g_assert_true (confab_flights_has_room (flights, 1, "b", 40));
  g_assert_false (confab_flights_has_room (flights, 1, "b", 41));
  confab_flights_add (flights, 2, "a", 100);
  g_assert_true (confab_flights_has_room (flights, 3, "a", 40));
  g_assert_false (confab_flights_has_room (flights, 3, "a", 41));
  g_assert_false (confab_flights_has_room (flights, 0, "a", 41)); /* user 0 has a limit, too */
  g_assert_true (confab_flights_has_room (flights, 3, "b", 140));
  g_assert_false (confab_flights_has_room (flights, 3, "b", 141));
  confab_flights_add (flights, 1, "a", -60);
  confab_flights_add (flights, 2, "a", -100);
  g_assert_cmpuint (confab_flights_get_total (flights), ==, 0);
  g_assert_true (confab_flights_has_room (flights, 1, "a", 300));
  confab_flights_free (flights);
}

/* A hold is released as a whole, and bytes without room are not counted. */
static void
test_hold (void)
{
  const ConfabFlightLimits limits = { .per_user = 100, .per_address = 200, .in_all = 300 };
  ConfabFlights *flights = confab_flights_new (&limits);
  ConfabHold hold = { .flights = flights, .user_id = 1, .address = "a" };

  g_assert_true (confab_hold_add (&hold, 60));
  g_assert_true (confab_hold_add (&hold, 40));
  g_assert_false (confab_hold_add (&hold, 1));
  g_assert_cmpuint (confab_flights_get_total (flights), ==, 100);
  confab_hold_release (&hold);
  confab_hold_release (&hold);
  g_assert_cmpuint (confab_flights_get_total (flights), ==, 0);
  g_assert_cmpuint (confab_flights_get_released (flights), ==, 100);
  confab_flights_free (flights);
}

static void
test_addresses (void)
{
  ConfabAddresses *addresses = confab_addresses_new (2);
  ConfabAddress *first = confab_addresses_take (addresses, "a");
  ConfabAddress *second = confab_addresses_take (addresses, "a");

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_false (confab_addresses_has_room (addresses, "a"));
  g_assert_null (confab_addresses_take (addresses, "a"));
  g_assert_true (confab_addresses_has_room (addresses, "b"));
  confab_address_return (first);
  g_assert_true (confab_addresses_has_room (addresses, "a"));
  confab_address_return (second);
  confab_address_return (NULL);
  second = confab_addresses_take (addresses, "a");
  g_assert_nonnull (second);
  confab_address_return (second);
  confab_addresses_free (addresses);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forwarded/networks", test_networks);
  g_test_add_func ("/forwarded/find", test_find);
  g_test_add_func ("/forwarded/use-network", test_use_network);
  g_test_add_func ("/forwarded/flights", test_flights);
  g_test_add_func ("/forwarded/hold", test_hold);
  g_test_add_func ("/forwarded/addresses", test_addresses);

  return g_test_run ();
}
