/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-config-private.h"

#include <gio/gio.h>
#include <string.h>

/* ---- the server's public address ---- */

char *
confab_config_parse_origin (const char *value)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;

  if (uri == NULL || (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http"))
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL || (*path != '\0' && !g_str_equal (path, "/")))
    return NULL;

  return g_strndup (value, strlen (value) - strlen (path));
}

char *
confab_config_get_listening (const ConfabConfig *self, guint port)
{
  gboolean bracketed = strchr (self->listen_address, ':') != NULL;

  return g_strdup_printf ("%s://%s%s%s:%u", self->certificate != NULL ? "https" : "http",
                          bracketed ? "[" : "", self->listen_address, bracketed ? "]" : "", port);
}

char *
confab_config_get_origin (const ConfabConfig *self, guint port)
{
  return self->url != NULL ? g_strdup (self->url) : confab_config_get_listening (self, port);
}

/* ---- mail ---- */

gboolean
confab_config_parse_security (const char *value, guint *security)
{
  static const char *const names[] = {
    [CONFAB_MAIL_SECURITY_STARTTLS] = "starttls",
    [CONFAB_MAIL_SECURITY_TLS] = "tls",
    [CONFAB_MAIL_SECURITY_NONE] = "none",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (value, names[i]))
        {
          *security = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_str_equal (host, "localhost");
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, why);

  return FALSE;
}

gboolean
confab_config_check_mail (const ConfabConfig *self, GError **error)
{
  if (self->mail_host != NULL && self->mail_directory != NULL)
    return refuse (error, "[mail] has a host and a directory; it can only go to one of them");
  if ((self->mail_host != NULL || self->mail_directory != NULL) && self->mail_from == NULL)
    return refuse (error, "[mail] from is missing: the address that mail comes from");
  if ((self->mail_user != NULL) != (self->mail_password_file != NULL))
    return refuse (error, "[mail] user and password_file belong together");
  if (self->mail_host != NULL && self->mail_security == CONFAB_MAIL_SECURITY_NONE
      && !self->mail_insecure && !is_this_machine (self->mail_host))
    return refuse (error, "[mail] security=none would send codes and passwords in the clear to "
                          "another machine; if the network between is trusted, say insecure=true");

  return TRUE;
}

/* The password has a file of its own, whose mode and owner can be restricted. */
static char *
read_password (const char *path, GError **error)
{
  g_autofree char *password = NULL;

  if (path == NULL || !g_file_get_contents (path, &password, NULL, error))
    return NULL;

  password[strcspn (password, "\r\n")] = '\0';

  return g_steal_pointer (&password);
}

ConfabMailer *
confab_config_make_mailer (const ConfabConfig *self, GError **error)
{
  g_autofree char *password = NULL;
  ConfabMailerOptions options = {
    .from = self->mail_from,
    .from_name = self->name,
    .directory = self->mail_directory,
    .host = self->mail_host,
    .port = self->mail_port,
    .security = self->mail_security,
    .user = self->mail_user,
    .authorities = self->mail_authorities,
  };

  if (options.host == NULL && options.directory == NULL)
    return NULL;

  options.password = password = read_password (self->mail_password_file, error);
  if (self->mail_password_file != NULL && password == NULL)
    return NULL;

  return confab_mailer_new (&options, error);
}
