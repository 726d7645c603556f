/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "confab-config.h"

static ConfabConfig *
load (const char *text, GError **error)
{
  g_autofree char *path = NULL;
  ConfabConfig *config;
  int fd = g_file_open_tmp ("confabd-XXXXXX.conf", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  config = confab_config_load (path, error);
  g_unlink (path);

  return config;
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConfig) config = load ("", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (config->name, ==, "Confab");
  g_assert_cmpstr (config->listen_address, ==, "127.0.0.1");
  g_assert_cmpuint (config->listen_port, ==, 8448);
  g_assert_null (config->certificate);
  g_assert_cmpint (config->registration, ==, CONFAB_REGISTRATION_OPEN);
  g_assert_cmpuint (config->streams_per_user, ==, 20);
}

static void
test_everything (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConfig) config =
      load ("[server]\nname=Our place\n[listen]\naddress=::\nport=0\ncertificate=/c\nkey=/k\n"
            "trusted_proxies=10.0.0.0/8 ::1\n[database]\npath=/d\n[registration]\npolicy=closed\n"
            "[limits]\nconnections=5\nconnections_per_address=4\nstreams_per_user=3\n"
            "registrations_per_hour=2\nsign_ins_per_minute=1\nhash_threads=1\n"
            "[mail]\nhost=mail.example.org\nport=26\nsecurity=tls\nuser=u\npassword_file=/p\n"
            "from=confab@example.org\nauthorities=/a\n",
            &error);

  g_assert_no_error (error);
  g_assert_cmpstr (config->name, ==, "Our place");
  g_assert_cmpstr (config->listen_address, ==, "::");
  g_assert_cmpuint (config->listen_port, ==, 0);
  g_assert_cmpstr (config->certificate, ==, "/c");
  g_assert_cmpstr (config->key, ==, "/k");
  g_assert_cmpuint (config->trusted_proxies->len, ==, 2);
  g_assert_cmpuint (g_inet_address_mask_get_length (config->trusted_proxies->pdata[0]), ==, 8);
  g_assert_cmpuint (g_inet_address_mask_get_length (config->trusted_proxies->pdata[1]), ==, 128);
  g_assert_cmpstr (config->database_path, ==, "/d");
  g_assert_cmpint (config->registration, ==, CONFAB_REGISTRATION_CLOSED);
  g_assert_cmpuint (config->connections, ==, 5);
  g_assert_cmpuint (config->connections_per_address, ==, 4);
  g_assert_cmpuint (config->streams_per_user, ==, 3);
  g_assert_cmpuint (config->registrations_per_hour, ==, 2);
  g_assert_cmpuint (config->sign_ins_per_minute, ==, 1);
  g_assert_cmpuint (config->hash_threads, ==, 1);
  g_assert_cmpstr (config->mail_host, ==, "mail.example.org");
  g_assert_cmpuint (config->mail_port, ==, 26);
  g_assert_cmpuint (config->mail_security, ==, CONFAB_MAIL_SECURITY_TLS);
  g_assert_cmpstr (config->mail_user, ==, "u");
  g_assert_cmpstr (config->mail_password_file, ==, "/p");
  g_assert_cmpstr (config->mail_from, ==, "confab@example.org");
  g_assert_cmpstr (config->mail_authorities, ==, "/a");
}

/* Each mistake is refused with a message that names it. */
static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *named;
  } mistakes[] = {
    { "[nonsense]\na=b\n", "nonsense" },
    { "[server]\nnmae=x\n", "nmae" },
    { "[server]\nname=\n", "name" },
    { "[listen]\naddress=nowhere\n", "nowhere" },
    { "[listen]\nport=99999\n", "99999" },
    { "[listen]\nport=-1\n", "-1" },
    { "[listen]\nport=80x\n", "80x" },
    { "[listen]\ninsecure=maybe\n", "maybe" },
    { "[listen]\ncertificate=/c\n", "certificate" },
    { "[listen]\nkey=/k\n", "key" },
    { "[listen]\ntrusted_proxies=example.org\n", "example.org" },
    { "[listen]\ntrusted_proxies=::1 10.0.0.1/8\n", "10.0.0.1/8" },
    { "[listen]\ntrusted_proxies=10.0.0.0/33\n", "10.0.0.0/33" },
    { "[listen]\ntrusted_proxies=fd00::/129\n", "fd00::/129" },
    { "[registration]\npolicy=sometimes\n", "sometimes" },
    { "[limits]\nconnections=0\n", "connections" },
    { "[limits]\nhash_threads=1000\n", "hash_threads" },
    { "[server]\nurl=chat.example.org\n", "url" },
    { "[server]\nurl=ftp://chat.example.org\n", "url" },
    { "[server]\nurl=https://chat.example.org/confab\n", "url" },
    { "[server]\nurl=https://user@chat.example.org\n", "url" },
    { "[mail]\nhost=localhost\n", "from" },
    { "[mail]\ndirectory=/d\n", "from" },
    { "[mail]\nhost=localhost\ndirectory=/d\nfrom=a@b.example\n", "directory" },
    { "[mail]\nhost=localhost\nfrom=a@b.example\nuser=u\n", "password_file" },
    { "[mail]\nfrom=Confab <a@b.example>\n", "from" },
    { "[mail]\nsecurity=ssl\n", "security" },
    { "[mail]\nport=0\n", "port" },
    { "[mail]\nhost=mail.example.org\nfrom=a@b.example\nsecurity=none\n", "insecure" },
    { "name=x\n", "group" },
    { "[server\n", "group" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabConfig) config = load (mistakes[i].text, &error);

      g_test_message ("%s", mistakes[i].text);
      g_assert_null (config);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, mistakes[i].named));
    }
}

/* Passwords are not sent unencrypted over a network unless the configuration allows it. */
static void
test_plain_http_is_for_loopback (void)
{
  const char *const addresses[] = { "0.0.0.0", "::", "192.168.1.1", "2001:db8::1" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *text = g_strdup_printf ("[listen]\naddress=%s\n", addresses[i]);
      g_autofree char *insecure = g_strconcat (text, "insecure=true\n", NULL);
      g_autofree char *secure = g_strconcat (text, "certificate=/c\nkey=/k\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabConfig) refused = load (text, &error);
      g_autoptr (ConfabConfig) allowed = load (insecure, NULL);
      g_autoptr (ConfabConfig) encrypted = load (secure, NULL);

      g_assert_null (refused);
      g_assert_nonnull (strstr (error->message, "insecure"));
      g_assert_nonnull (allowed);
      g_assert_nonnull (encrypted);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ConfabConfig) loopback =
          load (i == 0 ? "[listen]\naddress=127.0.0.5\n" : "[listen]\naddress=::1\n", NULL);

      g_assert_nonnull (loopback);
    }
}

static void
test_origin (void)
{
  static const struct
  {
    const char *text;
    const char *origin;
  } cases[] = {
    { "", "http://127.0.0.1:80" },
    { "[listen]\naddress=::1\n", "http://[::1]:80" },
    { "[listen]\ncertificate=/c\nkey=/k\n", "https://127.0.0.1:80" },
    { "[server]\nurl=https://chat.example.org/\n", "https://chat.example.org" },
    { "[server]\nurl=http://[::1]:8448\n", "http://[::1]:8448" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabConfig) config = load (cases[i].text, &error);
      g_autofree char *origin = NULL;

      g_assert_no_error (error);
      origin = confab_config_get_origin (config, 80);
      g_assert_cmpstr (origin, ==, cases[i].origin);
    }
}

/* Unencrypted mail is sent to this machine only, unless the configuration allows more. */
static void
test_mail_in_the_clear (void)
{
  static const char *const allowed[] = { "host=127.0.0.1", "host=::1", "host=localhost",
                                         "insecure=true\nhost=mail.example.org" };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[mail]\n%s\nfrom=a@b.example\nsecurity=none\n", allowed[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabConfig) config = load (text, &error);

      g_assert_no_error (error);
    }
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConfig) config = confab_config_load ("/nonexistent/confabd.conf", &error);

  g_assert_null (config);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* The example must be valid with all settings uncommented, too. */
static void
test_example (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "..", "..", "data", "confabd.conf.example", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GRegex) setting = g_regex_new ("^#([a-z_]+=.+)$", G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *filled = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConfig) config = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  filled = g_regex_replace (setting, text, -1, 0, "\\1", 0, NULL);
  config = load (filled, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config->certificate, ==, "/etc/confab/certificate.pem");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/defaults", test_defaults);
  g_test_add_func ("/config/everything", test_everything);
  g_test_add_func ("/config/mistakes", test_mistakes);
  g_test_add_func ("/config/plain-http-is-for-loopback", test_plain_http_is_for_loopback);
  g_test_add_func ("/config/origin", test_origin);
  g_test_add_func ("/config/mail-in-the-clear", test_mail_in_the_clear);
  g_test_add_func ("/config/missing-file", test_missing_file);
  g_test_add_func ("/config/example", test_example);

  return g_test_run ();
}
