/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-links.h"

#include <string.h>

/* A text, and the visible part and address of each link in it. */
typedef struct
{
  const char *text;
  const char *shown[4];
  const char *uris[4]; /* if it differs from the visible part */
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
  /* Scripts without spaces: their letters and punctuation directly follow an address. */
  { "请看https://example.org。好", { "https://example.org" } },
  { "看https://example.org/a，然后", { "https://example.org/a" } },
  { "请看 https://example.org/pull/343（中文说明）后", { "https://example.org/pull/343" } },
  { "见「https://example.org/a」与『https://example.org/b』。",
    { "https://example.org/a", "https://example.org/b" } },
  { "他说：“看https://example.org/a”然后", { "https://example.org/a" } },
  { "链接：https://example.org/a；https://example.org/b！",
    { "https://example.org/a", "https://example.org/b" } },
  { "https://example.org/a、https://example.org/b",
    { "https://example.org/a", "https://example.org/b" } },
  { "https://example.org/a——这是", { "https://example.org/a" } },
  { "｜https://example.org/a｜b", { "https://example.org/a" } },
  { "サイトhttps://example.jp/あ。です",
    { "https://example.jp/あ" },
    { "https://example.jp/%E3%81%82" } },
  { "https://ja.wikipedia.org/wiki/ジョン・レノン",
    { "https://ja.wikipedia.org/wiki/ジョン・レノン" },
    { "https://ja.wikipedia.org/wiki/"
      "%E3%82%B8%E3%83%A7%E3%83%B3%E3%83%BB%E3%83%AC%E3%83%8E%E3%83%B3" } },
  { "看https://example.org然后", { "https://example.org" } },
  { "ดูhttps://example.orgแล้ว", { "https://example.org" } },
  { "https://例子.中国，然后", { "https://例子.中国" }, { "https://xn--fsqu00a.xn--fiqs8s" } },
  { "இங்கேhttps://example.org/a", { "https://example.org/a" } },
  { "देखें https://example.org/a।", { "https://example.org/a" } },
  { "انظر https://example.org/a، ثم", { "https://example.org/a" } },
  { "انظر https://example.org/a؟", { "https://example.org/a" } },
  { "ကြည့်https://example.org/a။နောက်", { "https://example.org/a" } },
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
  { "https://example.org/<script>", { "https://example.org/" } },
  { "<a href=\"https://example.org/a\">here</a>", { "https://example.org/a" } },
  { "{\"url\":\"https://example.org/a\",\"n\":1}", { "https://example.org/a" } },
  { "{'a':'https://example.org/a','b':'https://example.org/b'}",
    { "https://example.org/a", "https://example.org/b" } },
  { "\\\"https://example.org/a\\\"", { "https://example.org/a" } },
  { "[text](https://example.org/a_(b))", { "https://example.org/a_(b)" } },
  { "*https://example.org/a*", { "https://example.org/a" } },
  { "_https://example.org/a_b_", { "https://example.org/a_b" } },
  { "~~https://example.org/a~~", { "https://example.org/a" } },
  { "|https://example.org/a|b|", { "https://example.org/a" } },
  { "Hier:https://example.org/a–b",
    { "https://example.org/a–b" },
    { "https://example.org/a%E2%80%93b" } },
  { "https://example.org/a—then", { "https://example.org/a" } },
  /* Characters that do not end a sentence. */
  { "https://youtu.be/abcdefghij_", { "https://youtu.be/abcdefghij_" } },
  { "https://youtu.be/abcdefghi-", { "https://youtu.be/abcdefghi-" } },
  { "https://example.org/~", { "https://example.org/~" } },
  { "https://example.org/a*", { "https://example.org/a*" } },
  { "https://example.org/a=", { "https://example.org/a=" } },
  { "https://example.org/a$&+.", { "https://example.org/a$&+" } },
  { "https://example.org/a/@b", { "https://example.org/a/@b" } },
  { "https://example.org/0,,9065,00.html", { "https://example.org/0,,9065,00.html" } },
  { "https://example.org/a...b", { "https://example.org/a...b" } },
  { "https://example.org/I'm_king", { "https://example.org/I'm_king" } },
  { "https://fr.example/L’Étranger",
    { "https://fr.example/L’Étranger" },
    { "https://fr.example/L%E2%80%99%C3%89tranger" } },
  { "https://example.org/a_\"b\"",
    { "https://example.org/a_\"b" },
    { "https://example.org/a_%22b" } },
  /* Paired brackets. */
  { "https://example.org/(foo) (bar)", { "https://example.org/(foo)" } },
  { "https://example.org/foo-(with-nested-(parens)).",
    { "https://example.org/foo-(with-nested-(parens))" } },
  { "https://example.org/a_{b}",
    { "https://example.org/a_{b}" },
    { "https://example.org/a_%7Bb%7D" } },
  { "(https://example.org/a)b", { "https://example.org/a" } },
  { "https://example.org/a(", { "https://example.org/a" } },
  { "https://example.org/a(b]", { "https://example.org/a(b" } },
  { "https://example.org/f(g(x/y),%22z%22)&t=1", { "https://example.org/f(g(x/y),%22z%22)&t=1" } },
  /* Addresses that browsers open although RFC 3986 forbids them. */
  { "https://example.org/?^x=1",
    { "https://example.org/?^x=1" },
    { "https://example.org/?%5Ex=1" } },
  { "https://example.org/a|b", { "https://example.org/a|b" }, { "https://example.org/a%7Cb" } },
  { "https://example.org/a\\b?c\\d",
    { "https://example.org/a\\b?c\\d" },
    { "https://example.org/a/b?c%5Cd" } },
  { "http://www.example.org/Pourquoi+les+%E9tudiants",
    { "http://www.example.org/Pourquoi+les+%E9tudiants" } },
  { "https://example.org/100%", { "https://example.org/100%" }, { "https://example.org/100%25" } },
  { "https://example.org/%zz", { "https://example.org/%zz" }, { "https://example.org/%25zz" } },
  { "https://example.org/#a#b", { "https://example.org/#a#b" } },
  { "https://example.org?a=b", { "https://example.org?a=b" } },
  { "https://example.org#a", { "https://example.org#a" } },
  { "https://example.org/viewer/#../a.pdf", { "https://example.org/viewer/#../a.pdf" } },
  { "https://faß.example/", { "https://faß.example/" }, { "https://xn--fa-hia.example/" } },
  { "http://✪df.example/123", { "http://✪df.example/123" }, { "http://xn--df-oiy.example/123" } },
  { "http://a_b.example/", { "http://a_b.example/" } },
  { "http://ex%61mple.org/", { "http://ex%61mple.org/" }, { "http://example.org/" } },
  { "https://a@b@example.org/", { "https://a@b@example.org/" }, { "https://a%40b@example.org/" } },
  { "https://example.org\\@evil.example/",
    { "https://example.org\\@evil.example/" },
    { "https://example.org/@evil.example/" } },
  /* Invisible characters end a link, except those that shape letters. */
  { "https://example.org/a\u200bb", { "https://example.org/a" } },
  { "https://example.org/a\u202eb", { "https://example.org/a" } },
  { "https://example.org/a\ufeff", { "https://example.org/a" } },
  { "https://example.org/می\u200cخواهم",
    { "https://example.org/می\u200cخواهم" },
    { "https://example.org/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85" } },
  { "https://example.org/😀👍🏽",
    { "https://example.org/😀👍🏽" },
    { "https://example.org/%F0%9F%98%80%F0%9F%91%8D%F0%9F%8F%BD" } },
  { "https://example.org: that", { "https://example.org" } },
  { "https://example.org:99999/", { NULL } },
  { "https://..", { NULL } },
  { "https://.example.org", { NULL } },
  { "git+https://example.org", { NULL } },
  { "web.archive.example/https://example.org", { NULL } },
  { "<mailto:ada@example.org>.", { "mailto:ada@example.org" } },
  { "写信mailto:ada@example.org，好", { "mailto:ada@example.org" } },
  { "mailto:ada..l@mail.example", { NULL } },
  { "mailto:ada@bücher.example",
    { "mailto:ada@bücher.example" },
    { "mailto:ada@b%C3%BCcher.example" } },
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
          const char *uri;

          if (n >= links->len)
            break;
          link = g_ptr_array_index (links, n);
          shown = g_strndup (one->text + link->start, link->end - link->start);
          uri = one->uris[n] != NULL ? one->uris[n] : one->shown[n];
          if (!g_str_equal (shown, one->shown[n]) || !g_str_equal (link->uri, uri))
            g_test_fail_printf ("“%s” in “%s” opens %s", shown, one->text, link->uri);
        }
      for (; n < 4 && one->shown[n] != NULL; n++)
        g_test_fail_printf ("“%s” is not found in “%s”", one->shown[n], one->text);
      if (links->len != n)
        g_test_fail_printf ("%u links in “%s”", links->len, one->text);
    }
}

/* The description shows where the link really leads. */
static void
test_describe (void)
{
  static const char *const pairs[][2] = {
    { "https://example.org/a/b?c", "example.org" },
    { "https://bank.example@evil.example/", "evil.example" },
    { "https://bank.example:443@evil.example/", "evil.example" },
    { "https://a@b.example@evil.example/", "evil.example" },
    { "https://example.org\\@evil.example/", "example.org" },
    { "http://[::1]:8080/", "[::1]" },
    { "https://faß.example/", "faß.example (xn--fa-hia.example)" },
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

/* The longest message with hostile text: each character is examined only a few times. The test's
 * timeout fails if not. */
static void
test_long (void)
{
  static const char *const pieces[] = {
    "http://a.example ",  "https://", "http://-", "mailto:a@", "mailto:", "https://a@", "http://[",
    "https://x.example/", "(",        "（",       "http://x:", "hhhh",    "https://例",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) links = NULL;

      while (g_utf8_strlen (text->str, -1) < 10000)
        g_string_append (text, pieces[i]);
      for (guint n = 0; n < 20; n++)
        {
          g_clear_pointer (&links, g_ptr_array_unref);
          links = confab_links_find (text->str);
        }
      if (i == 0)
        g_assert_cmpuint (links->len, ==, text->len / strlen (pieces[i]));
    }
}

static void
test_many_brackets (void)
{
  g_autofree char *open = g_strnfill (500, '(');
  g_autofree char *close = g_strnfill (500, ')');
  g_autofree char *text = g_strconcat ("https://example.org/", open, "a", close, NULL);
  g_autoptr (GPtrArray) links = confab_links_find (text);

  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpstr (((ConfabLink *)links->pdata[0])->uri, ==, "https://example.org/");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/find", test_find);
  g_test_add_func ("/links/describe", test_describe);
  g_test_add_func ("/links/long", test_long);
  g_test_add_func ("/links/many-brackets", test_many_brackets);

  return g_test_run ();
}
