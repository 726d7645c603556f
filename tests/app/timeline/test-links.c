/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-links.h"

#include <locale.h>
#include <string.h>

/* A text, and what is to be found in it: the visible part and the address of each link. */
typedef struct
{
  const char *text;
  const char *shown[4];
  const char *uris[4]; /* where it differs from what is shown */
} Case;

static const Case cases[] = {
  { "", { NULL } },
  { "no link: at all", { NULL } },
  { "https://example.org", { "https://example.org" } },
  { "http://example.org/path?q=1&r=2#frag", { "http://example.org/path?q=1&r=2#frag" } },
  { "HTTPS://Example.org/A", { "HTTPS://Example.org/A" }, { "https://example.org/A" } },
  { "see https://example.org.", { "https://example.org" } },
  { "see https://example.org/, then", { "https://example.org/" } },
  { "https://example.org/wait...", { "https://example.org/wait" } },
  { "https://example.org/what?!", { "https://example.org/what" } },
  { "https://example.org/a;", { "https://example.org/a" } },
  { "(https://example.org)", { "https://example.org" } },
  { "(see https://example.org/a).", { "https://example.org/a" } },
  { "https://en.wikipedia.org/wiki/C_(language)",
    { "https://en.wikipedia.org/wiki/C_(language)" } },
  { "(https://en.wikipedia.org/wiki/C_(language))",
    { "https://en.wikipedia.org/wiki/C_(language)" } },
  { "[https://example.org/a]", { "https://example.org/a" } },
  { "https://example.org/?a[]=1", { "https://example.org/?a[]=1" } },
  { "<https://example.org/a>", { "https://example.org/a" } },
  { "\"https://example.org/a\"", { "https://example.org/a" } },
  { "“https://example.org/a”", { "https://example.org/a" } },
  { "»https://example.org/a«", { "https://example.org/a" } },
  { "‘https://example.org/a’,", { "https://example.org/a" } },
  { "`https://example.org/a`", { "https://example.org/a" } },
  { "**https://example.org/a**", { "https://example.org/a" } },
  { "请看https://example.org。好", { NULL } }, /* continues a word */
  { "请看 https://example.org。", { "https://example.org" } },
  { "（https://example.org/a）", { "https://example.org/a" } },
  { "https://a.example and http://b.example", { "https://a.example", "http://b.example" } },
  { "https://a.example\nhttps://b.example", { "https://a.example", "https://b.example" } },
  { "https://a.example\u00a0b", { "https://a.example" } },
  { "https://example.org:8443/x", { "https://example.org:8443/x" } },
  { "http://127.0.0.1:80/", { "http://127.0.0.1:80/" } },
  { "http://[::1]:8080/a", { "http://[::1]:8080/a" } },
  { "http://localhost", { "http://localhost" } },
  { "https://user@example.org/", { "https://user@example.org/" } },
  { "https://example.org/%E2%82%AC", { "https://example.org/%E2%82%AC" } },
  { "https://example.org/€", { "https://example.org/€" }, { "https://example.org/%E2%82%AC" } },
  { "https://ar.wikipedia.org/wiki/لغة",
    { "https://ar.wikipedia.org/wiki/لغة" },
    { "https://ar.wikipedia.org/wiki/%D9%84%D8%BA%D8%A9" } },
  { "https://münchen.example/",
    { "https://münchen.example/" },
    { "https://xn--mnchen-3ya.example/" } },
  { "مرحبا https://example.org مرحبا", { "https://example.org" } },
  { "mailto:ada@example.org", { "mailto:ada@example.org" } },
  { "mailto:ada@example.org?subject=Hi", { "mailto:ada@example.org?subject=Hi" } },
  { "mailto:nobody", { NULL } },
  { "mailto:", { NULL } },
  { "https://", { NULL } },
  { "https:///path", { NULL } },
  { "http://.", { NULL } },
  { "https://example.org:port/", { NULL } },
  { "javascript:alert(1)", { NULL } },
  { "file:///etc/passwd", { NULL } },
  { "ftp://example.org", { NULL } },
  { "data:text/html,x", { NULL } },
  { "xhttps://example.org", { NULL } },
  { "a.https://example.org", { NULL } },
  { "see:https://example.org", { "https://example.org" } },
  { "example.org", { NULL } },
  { "www.example.org", { NULL } },
  { "ada@example.org", { NULL } },
  { "https://example.org/a|b", { "https://example.org/a" } },
  { "https://example.org/a\\b", { "https://example.org/a" } },
  { "https://example.org/<script>", { "https://example.org/" } },
  { "1) https://a.example, 2) https://b.example; 3) https://c.example!",
    { "https://a.example", "https://b.example", "https://c.example" } },
};

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      g_autoptr (GPtrArray) links = confab_links_find (one->text);
      guint n = 0;

      g_test_message ("%s", one->text);
      for (; n < 4 && one->shown[n] != NULL; n++)
        {
          const ConfabLink *link;
          g_autofree char *shown = NULL;

          g_assert_cmpuint (links->len, >, n);
          link = g_ptr_array_index (links, n);
          shown = g_strndup (one->text + link->start, link->end - link->start);
          g_assert_cmpstr (shown, ==, one->shown[n]);
          g_assert_cmpstr (link->uri, ==, one->uris[n] != NULL ? one->uris[n] : one->shown[n]);
        }
      g_assert_cmpuint (links->len, ==, n);
    }
}

/* What the tooltip says is where the link leads, whatever it looks like. */
static void
test_describe (void)
{
  static const char *const pairs[][2] = {
    { "https://example.org/a/b?c", "example.org" },
    { "https://bank.example@evil.example/", "evil.example" },
    { "https://bank.example:443@evil.example/", "evil.example" },
    { "https://münchen.example/", "münchen.example (xn--mnchen-3ya.example)" },
    { "https://раураl.example/", "раураl.example (xn--l-7sba6dbr.example)" },
    { "mailto:ada@example.org?subject=x", "ada@example.org" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GPtrArray) links = confab_links_find (pairs[i][0]);
      g_autofree char *description = NULL;

      g_assert_cmpuint (links->len, ==, 1);
      description = confab_link_describe (g_ptr_array_index (links, 0));
      g_assert_cmpstr (description, ==, pairs[i][1]);
    }
}

/* As long as a message may be, and as hostile: neither slow nor deep. */
static void
test_long (void)
{
  g_autofree char *brackets = g_strnfill (9000, ')');
  g_autofree char *text = g_strconcat ("https://example.org/", brackets, NULL);
  g_autofree char *schemes = NULL;
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) several = NULL;
  gint64 begin = g_get_monotonic_time ();

  one = confab_links_find (text);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (((ConfabLink *)one->pdata[0])->uri, ==, "https://example.org/");

  for (guint i = 0; i < 500; i++)
    g_string_append (many, "http://a.example ");
  several = confab_links_find (many->str);
  g_assert_cmpuint (several->len, ==, 500);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/links/find", test_find);
  g_test_add_func ("/timeline/links/describe", test_describe);
  g_test_add_func ("/timeline/links/long", test_long);

  return g_test_run ();
}
