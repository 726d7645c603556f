/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Links that open Confab, which anyone can write. */

#include <string.h>

#include "confab-conversation-link.h"
#include "confab-engine-error.h"
#include "confab-invitation-link.h"
#include "confab-reset-link.h"

#define TOKEN "0123456789abcdefABCDEF-_0123456789abcdefABC"

typedef struct
{
  const char *uri;
  const char *server;
  const char *host;
} Good;

static const Good good[] = {
  { "confab://reset?server=https://chat.example.org&token=" TOKEN, "https://chat.example.org",
    "chat.example.org" },
  { "confab://reset?server=https%3A%2F%2Fchat.example.org&token=" TOKEN, "https://chat.example.org",
    "chat.example.org" },
  { "confab://reset/?server=https%3A%2F%2Fchat.example.org%2F&token=" TOKEN,
    "https://chat.example.org", "chat.example.org" },
  { "CONFAB://reset?token=" TOKEN "&server=https://Chat.Example.org:8443",
    "https://chat.example.org:8443", "chat.example.org:8443" },
  { "confab://reset?server=http://127.0.0.1:8080&token=" TOKEN, "http://127.0.0.1:8080",
    "127.0.0.1:8080" },
  { "confab://reset?server=https%3A%2F%2F%5B2001%3Adb8%3A%3A1%5D&token=" TOKEN,
    "https://[2001:db8::1]", "[2001:db8::1]" },
  /* A host that looks like another name is shown in its Punycode form. */
  { "confab://reset?server=https%3A%2F%2Fch%D0%B0t.example.org&token=" TOKEN,
    "https://xn--cht-7cd.example.org", "xn--cht-7cd.example.org" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabResetLink) link = confab_reset_link_parse (good[i].uri, &error);

      g_test_message ("%s", good[i].uri);
      g_assert_no_error (error);
      g_assert_cmpstr (link->server, ==, good[i].server);
      g_assert_cmpstr (link->host, ==, good[i].host);
      g_assert_cmpstr (link->token, ==, TOKEN);
    }
}

#define SERVER "server=https://chat.example.org"

static const char *const bad[] = {
  "",
  "confab",
  "confab:",
  "confab://",
  "confab:///",
  "confab://reset",
  "confab://reset?",
  "confab:reset?" SERVER "&token=" TOKEN,
  "confab:/reset?" SERVER "&token=" TOKEN,
  "https://reset?" SERVER "&token=" TOKEN,
  "confabd://reset?" SERVER "&token=" TOKEN,
  " confab://reset?" SERVER "&token=" TOKEN,
  "confab://join?" SERVER "&token=" TOKEN,
  "confab://reset.example.org?" SERVER "&token=" TOKEN,
  "confab://reset:80?" SERVER "&token=" TOKEN,
  "confab://user@reset?" SERVER "&token=" TOKEN,
  "confab://user:secret@reset?" SERVER "&token=" TOKEN,
  "confab://reset/path?" SERVER "&token=" TOKEN,
  "confab://reset//?" SERVER "&token=" TOKEN,
  "confab://reset?" SERVER "&token=" TOKEN "#fragment",
  /* parameters */
  "confab://reset?" SERVER,
  "confab://reset?token=" TOKEN,
  "confab://reset?" SERVER "&" SERVER "&token=" TOKEN,
  "confab://reset?" SERVER "&server=https://evil.example&token=" TOKEN,
  "confab://reset?" SERVER "&token=" TOKEN "&token=" TOKEN,
  "confab://reset?" SERVER "&token=" TOKEN "&next=https://evil.example",
  "confab://reset?" SERVER "&token=" TOKEN "&&",
  "confab://reset?" SERVER "&token=" TOKEN "&=",
  "confab://reset?" SERVER ";token=" TOKEN,
  "confab://reset?Server=https://chat.example.org&token=" TOKEN,
  "confab://reset?server&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%26token%3D" TOKEN,
  /* tokens */
  "confab://reset?" SERVER "&token=",
  "confab://reset?" SERVER "&token=short",
  "confab://reset?" SERVER "&token=" TOKEN "%00",
  "confab://reset?" SERVER "&token=" TOKEN "%0d%0aX-Evil:%201",
  "confab://reset?" SERVER "&token=" TOKEN "%22",
  "confab://reset?" SERVER "&token=" TOKEN "+",
  "confab://reset?" SERVER "&token=" TOKEN "%",
  "confab://reset?" SERVER "&token=" TOKEN "%zz",
  "confab://reset?" SERVER "&token=" TOKEN "%ff",
  "confab://reset?" SERVER "&token=" TOKEN TOKEN TOKEN,
  /* servers */
  "confab://reset?server=&token=" TOKEN,
  "confab://reset?server=chat.example.org&token=" TOKEN,
  "confab://reset?server=localhost&token=" TOKEN,
  "confab://reset?server=https://&token=" TOKEN,
  "confab://reset?server=ftp://chat.example.org&token=" TOKEN,
  "confab://reset?server=file:///etc/passwd&token=" TOKEN,
  "confab://reset?server=javascript:alert(1)&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%2F@evil.example&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%40evil.example&token=" TOKEN,
  "confab://reset?server=https://chat.example.org/path&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%3Fa=b&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%23&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%00.evil.example&token=" TOKEN,
  "confab://reset?server=https://chat.example.org:0&token=" TOKEN,
  "confab://reset?server=https://two%20words&token=" TOKEN,
  "confab://reset?server=https://chat.example.org%E2%80%AE&token=" TOKEN,
  "confab://reset?server=http://&token=" TOKEN,
  "confab://reset?server=http://user@chat.example.org&token=" TOKEN,
  "\xff\xfe",
  "confab://reset?server=https://\xff&token=" TOKEN,
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabResetLink) link = confab_reset_link_parse (bad[i], &error);
      g_autofree char *shown = g_strescape (bad[i], NULL);

      g_test_message ("%s: %s", shown, link != NULL ? link->server : error->message);
      g_assert_null (link);
      g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_LINK);
      /* The error may be shown or logged, so it must not contain the token. */
      g_assert_null (strstr (error->message, TOKEN));
    }
}

static void
test_long (void)
{
  g_autofree char *zeros = g_strnfill (1024 * 1024, '0');
  g_autofree char *uri = g_strconcat ("confab://reset?" SERVER "&token=", zeros, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (confab_reset_link_parse (uri, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_LINK);
}

static const char *const insecure[] = {
  "confab://reset?server=http://chat.example.org&token=" TOKEN,
  "confab://reset?server=http://127.0.0.1.example.org&token=" TOKEN,
  "confab://reset?server=http%3A%2F%2F192.0.2.1%3A8080&token=" TOKEN,
};

static void
test_insecure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (insecure); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (confab_reset_link_parse (insecure[i], &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_INSECURE_LINK);
    }
}

/* A truncated or changed link is either refused or has a server and a token. */
static void
test_mutations (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *uri = g_strdup (good[g_test_rand_int_range (0, G_N_ELEMENTS (good))].uri);
      gsize length = strlen (uri);
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabResetLink) link = NULL;

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        uri[g_test_rand_int_range (0, (gint32)length)] = (char)g_test_rand_int_range (0, 256);
      link = confab_reset_link_parse (uri, &error);
      g_assert_true ((link == NULL) == (error != NULL));
      if (link != NULL)
        {
          g_assert_true (g_str_has_suffix (link->server, link->host));
          g_assert_cmpuint (strlen (link->token), >=, 22);
        }
    }
}

/* ---- invitations ---- */

static void
test_invitation (void)
{
  static const char *const bad_invitations[] = {
    "confab://invitation",
    "confab://invitation?" SERVER,
    "confab://invitation?code=7K3M-Q9TX",
    "confab://invitation?" SERVER "&code=7K3M",
    "confab://invitation?" SERVER "&code=7K3M-Q9TX&code=7K3M-Q9TX",
    "confab://invitation?" SERVER "&code=7K3M-Q9TX&next=evil",
    "confab://invitation?" SERVER "&code=%3Cb%3E7K3MQ9TX",
    "confab://invitation?" SERVER "&token=" TOKEN,
    "confab://invitation:80?" SERVER "&code=7K3M-Q9TX",
    "confab://user@invitation?" SERVER "&code=7K3M-Q9TX",
    "confab://invitation/x?" SERVER "&code=7K3M-Q9TX",
    "confab://reset?" SERVER "&code=7K3M-Q9TX",
    "https://invitation?" SERVER "&code=7K3M-Q9TX",
  };
  g_autoptr (GError) unencrypted = NULL;
  g_autoptr (ConfabInvitationLink) link =
      confab_invitation_link_parse ("confab://invitation?" SERVER "&code=7K3M-Q9TX", NULL);

  g_assert_cmpstr (link->server, ==, "https://chat.example.org");
  g_assert_cmpstr (link->host, ==, "chat.example.org");
  g_assert_cmpstr (link->code, ==, "7K3M-Q9TX");
  for (guint i = 0; i < G_N_ELEMENTS (bad_invitations); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad_invitations[i]);
      g_assert_null (confab_invitation_link_parse (bad_invitations[i], &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_LINK);
    }
  g_assert_null (confab_invitation_link_parse (
      "confab://invitation?server=http://chat.example.org&code=7K3M-Q9TX", &unencrypted));
  g_assert_error (unencrypted, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_INSECURE_LINK);

  g_assert_true (confab_invitation_link_is (bad_invitations[0]));
  g_assert_false (confab_invitation_link_is ("confab://reset?" SERVER "&token=" TOKEN));
  g_assert_false (confab_invitation_link_is ("7K3M-Q9TX"));
}

static void
test_conversations (void)
{
  static const char *const bad_links[] = {
    "confab://conversation",
    "confab://conversation?" SERVER,
    "confab://conversation?id=12",
    "confab://conversation?" SERVER "&id=0",
    "confab://conversation?" SERVER "&id=-1",
    "confab://conversation?" SERVER "&id=+1",
    "confab://conversation?" SERVER "&id=%201",
    "confab://conversation?" SERVER "&id=12x",
    "confab://conversation?" SERVER "&id=12.5",
    "confab://conversation?" SERVER "&id=9223372036854775808",
    "confab://conversation?" SERVER "&id=12&id=12",
    "confab://conversation?" SERVER "&id=12&next=evil",
    "confab://message?" SERVER "&id=12",
    "confab://message?" SERVER "&id=12.",
    "confab://message?" SERVER "&id=.12",
    "confab://message?" SERVER "&id=12.0",
    "confab://message?" SERVER "&id=1.2.3",
  };
  g_autofree char *conversation = confab_conversation_link_dup ("http://127.0.0.1:80", 12, 0);
  g_autofree char *message = confab_conversation_link_dup ("https://chat.example.org", 12, 345);
  g_autoptr (ConfabConversationLink) first = confab_conversation_link_parse (conversation, NULL);
  g_autoptr (ConfabConversationLink) second = confab_conversation_link_parse (message, NULL);

  g_assert_cmpint (first->conversation_id, ==, 12);
  g_assert_cmpint (first->seq, ==, 0);
  g_assert_cmpstr (second->server, ==, "https://chat.example.org");
  g_assert_cmpint (second->conversation_id, ==, 12);
  g_assert_cmpint (second->seq, ==, 345);
  for (guint i = 0; i < G_N_ELEMENTS (bad_links); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad_links[i]);
      g_assert_true (confab_conversation_link_is (bad_links[i]));
      g_assert_null (confab_conversation_link_parse (bad_links[i], &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_LINK);
    }
  g_assert_false (confab_conversation_link_is ("confab://invitation?" SERVER "&code=7K3M-Q9TX"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/invitation-link", test_invitation);
  g_test_add_func ("/engine/reset-link/good", test_good);
  g_test_add_func ("/engine/reset-link/bad", test_bad);
  g_test_add_func ("/engine/reset-link/long", test_long);
  g_test_add_func ("/engine/reset-link/insecure", test_insecure);
  g_test_add_func ("/engine/reset-link/mutations", test_mutations);
  g_test_add_func ("/engine/links/conversations", test_conversations);

  return g_test_run ();
}
