/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-config.h"

#include <gio/gio.h>
#include <string.h>

#include "confab-config-private.h"
#include "confab-email.h"

#define DEFAULT_DATABASE "/var/lib/confab/confab.db"

typedef enum
{
  VALUE_STRING,
  VALUE_NETWORKS,
  VALUE_BOOLEAN,
  VALUE_NUMBER,
  VALUE_ADDRESS,
  VALUE_POLICY,
  VALUE_ORIGIN,
  VALUE_SECURITY,
  VALUE_EMAIL,
} ValueKind;

typedef struct
{
  const char *group;
  const char *key;
  ValueKind kind;
  gsize offset;
  guint min;
  guint max;
} Setting;

#define AT(member) G_STRUCT_OFFSET (ConfabConfig, member)

static const Setting settings[] = {
  { "server", "name", VALUE_STRING, AT (name) },
  { "server", "url", VALUE_ORIGIN, AT (url) },
  { "listen", "address", VALUE_ADDRESS, AT (listen_address) },
  { "listen", "port", VALUE_NUMBER, AT (listen_port), 0, G_MAXUINT16 },
  { "listen", "certificate", VALUE_STRING, AT (certificate) },
  { "listen", "key", VALUE_STRING, AT (key) },
  { "listen", "insecure", VALUE_BOOLEAN, AT (insecure) },
  { "listen", "trusted_proxies", VALUE_NETWORKS, AT (trusted_proxies) },
  { "database", "path", VALUE_STRING, AT (database_path) },
  { "registration", "policy", VALUE_POLICY, AT (registration) },
  { "limits", "connections", VALUE_NUMBER, AT (connections), 1, 65000 },
  { "limits", "connections_per_address", VALUE_NUMBER, AT (connections_per_address), 1, 65000 },
  { "limits", "streams_per_user", VALUE_NUMBER, AT (streams_per_user), 1, 1000 },
  { "limits", "registrations_per_hour", VALUE_NUMBER, AT (registrations_per_hour), 1, 1000000 },
  { "limits", "sign_ins_per_minute", VALUE_NUMBER, AT (sign_ins_per_minute), 1, 1000000 },
  { "limits", "messages_per_hour", VALUE_NUMBER, AT (messages_per_hour), 1, 1000000000 },
  { "limits", "text_per_hour", VALUE_NUMBER, AT (text_per_hour), 1, 1000000 },
  { "limits", "text_per_person", VALUE_NUMBER, AT (text_per_person), 1, 1000000000 },
  { "limits", "reads_per_hour", VALUE_NUMBER, AT (reads_per_hour), 1, 1000000000 },
  { "limits", "conversation_changes_per_hour", VALUE_NUMBER, AT (conversation_changes_per_hour), 1,
    1000000000 },
  { "limits", "additions_per_hour", VALUE_NUMBER, AT (additions_per_hour), 1, 1000000000 },
  { "limits", "profile_changes_per_hour", VALUE_NUMBER, AT (profile_changes_per_hour), 1,
    1000000000 },
  { "limits", "other_changes_per_hour", VALUE_NUMBER, AT (other_changes_per_hour), 1, 1000000000 },
  { "limits", "session_days", VALUE_NUMBER, AT (session_days), 0, 36500 },
  { "limits", "sessions_per_user", VALUE_NUMBER, AT (sessions_per_user), 1, 100000 },
  { "limits", "hash_threads", VALUE_NUMBER, AT (hash_threads), 1, 64 },
  { "mail", "host", VALUE_STRING, AT (mail_host) },
  { "mail", "port", VALUE_NUMBER, AT (mail_port), 1, G_MAXUINT16 },
  { "mail", "security", VALUE_SECURITY, AT (mail_security) },
  { "mail", "insecure", VALUE_BOOLEAN, AT (mail_insecure) },
  { "mail", "authorities", VALUE_STRING, AT (mail_authorities) },
  { "mail", "user", VALUE_STRING, AT (mail_user) },
  { "mail", "password_file", VALUE_STRING, AT (mail_password_file) },
  { "mail", "from", VALUE_EMAIL, AT (mail_from) },
  { "mail", "directory", VALUE_STRING, AT (mail_directory) },
};

static const Setting *
find_setting (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].group, group)
        && (key == NULL || g_str_equal (settings[i].key, key)))
      return &settings[i];

  return NULL;
}

static gboolean
set_invalid (GError **error, const Setting *setting, const char *value, const char *wanted)
{
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s] %s: “%s” is not %s",
               setting->group, setting->key, value, wanted);

  return FALSE;
}

static gboolean
parse_policy (ConfabConfig *self, const Setting *setting, const char *value, GError **error)
{
  if (confab_registration_from_string (value, &self->registration))
    return TRUE;

  return set_invalid (error, setting, value, "open, invitation or closed");
}

/* GLib treats a prefix longer than the address as a programming error, so check it first. */
static GInetAddressMask *
parse_network (const char *text)
{
  const char *slash = strchr (text, '/');
  guint max_length = strchr (text, ':') != NULL ? 128 : 32;

  if (slash != NULL && !g_ascii_string_to_unsigned (slash + 1, 10, 0, max_length, NULL, NULL))
    return NULL;

  return g_inet_address_mask_new_from_string (text, NULL);
}

/* Parse addresses, and networks such as 10.0.0.0/8 or fd00::/8. */
static gboolean
parse_networks (GPtrArray **networks, const Setting *setting, const char *value, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (value, " ;,", -1);

  g_clear_pointer (networks, g_ptr_array_unref);
  *networks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      GInetAddressMask *network;

      if (*parts[i] == '\0')
        continue;
      network = parse_network (parts[i]);
      if (network == NULL)
        return set_invalid (
            error, setting, parts[i],
            "an IP address or network (such as 10.0.0.0/8, with no bits beyond its length)");
      g_ptr_array_add (*networks, network);
    }

  return TRUE;
}

static gboolean
apply (ConfabConfig *self, const Setting *setting, const char *value, GError **error)
{
  gpointer target = G_STRUCT_MEMBER_P (self, setting->offset);
  guint64 number;

  if (value[0] == '\0')
    return set_invalid (error, setting, value, "a value");

  switch (setting->kind)
    {
    case VALUE_STRING:
      g_free (*(char **)target);
      *(char **)target = g_strdup (value);
      return TRUE;

    case VALUE_NETWORKS:
      return parse_networks (target, setting, value, error);

    case VALUE_BOOLEAN:
      if (!g_str_equal (value, "true") && !g_str_equal (value, "false"))
        return set_invalid (error, setting, value, "true or false");
      *(gboolean *)target = g_str_equal (value, "true");
      return TRUE;

    case VALUE_NUMBER:
      if (!g_ascii_string_to_unsigned (value, 10, setting->min, setting->max, &number, NULL))
        {
          g_autofree char *wanted =
              g_strdup_printf ("a number from %u to %u", setting->min, setting->max);

          return set_invalid (error, setting, value, wanted);
        }
      *(guint *)target = (guint)number;
      return TRUE;

    case VALUE_ADDRESS:
      if (!g_hostname_is_ip_address (value))
        return set_invalid (error, setting, value, "an IP address");
      g_free (*(char **)target);
      *(char **)target = g_strdup (value);
      return TRUE;

    case VALUE_POLICY:
      return parse_policy (self, setting, value, error);

    case VALUE_ORIGIN:
      g_free (*(char **)target);
      *(char **)target = confab_config_parse_origin (value);
      return *(char **)target != NULL
             || set_invalid (error, setting, value, "an address such as https://chat.example.org");

    case VALUE_SECURITY:
      return confab_config_parse_security (value, target)
             || set_invalid (error, setting, value, "starttls, tls or none");

    case VALUE_EMAIL:
      if (!confab_email_is_address (value))
        return set_invalid (error, setting, value, "an email address");
      g_free (*(char **)target);
      *(char **)target = g_strdup (value);
      return TRUE;

    default:
      g_assert_not_reached ();
    }
}

static gboolean
apply_group (ConfabConfig *self, GKeyFile *file, const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, error);

  if (keys == NULL)
    return FALSE;
  if (find_setting (group, NULL) == NULL)
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
                   "there is no group [%s]", group);
      return FALSE;
    }

  for (char **key = keys; *key != NULL; key++)
    {
      const Setting *setting = find_setting (group, *key);
      g_autofree char *value = g_key_file_get_string (file, group, *key, error);

      if (value == NULL)
        return FALSE;
      if (setting == NULL)
        {
          g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
                       "[%s] has no key “%s”", group, *key);
          return FALSE;
        }
      if (!apply (self, setting, g_strstrip (value), error))
        return FALSE;
    }

  return TRUE;
}

/* Check settings that depend on each other. */
static gboolean
check (ConfabConfig *self, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->listen_address);

  if ((self->certificate == NULL) != (self->key == NULL))
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                   "[listen] certificate and key belong together");
      return FALSE;
    }
  if (self->certificate == NULL && !self->insecure && !g_inet_address_get_is_loopback (address))
    {
      g_set_error (
          error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
          "[listen] address: %s can be reached by others, so certificate and key are needed; "
          "behind a proxy that has them, say insecure=true",
          self->listen_address);
      return FALSE;
    }

  return confab_config_check_mail (self, error);
}

ConfabConfig *
confab_config_load (const char *path, GError **error)
{
  g_autoptr (ConfabConfig) self = g_new0 (ConfabConfig, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  self->name = g_strdup ("Confab");
  self->listen_address = g_strdup ("127.0.0.1");
  self->listen_port = 8448;
  self->database_path = g_strdup (DEFAULT_DATABASE);
  self->connections = 20000;
  self->connections_per_address = 1100;
  self->streams_per_user = 20;
  self->registrations_per_hour = 100;
  self->sign_ins_per_minute = 60;
  self->messages_per_hour = 3600;
  self->text_per_hour = 16;
  self->text_per_person = 1024;
  self->reads_per_hour = 7200;
  self->conversation_changes_per_hour = 600;
  self->additions_per_hour = 3000;
  self->profile_changes_per_hour = 120;
  self->other_changes_per_hour = 600;
  self->sessions_per_user = 100;
  self->hash_threads = 2;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    if (!apply_group (self, file, *group, error))
      {
        g_prefix_error (error, "%s: ", path);
        return NULL;
      }
  if (!check (self, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
confab_config_free (ConfabConfig *self)
{
  g_free (self->name);
  g_free (self->listen_address);
  g_free (self->certificate);
  g_free (self->key);
  g_clear_pointer (&self->trusted_proxies, g_ptr_array_unref);
  g_free (self->database_path);
  g_free (self->url);
  g_free (self->mail_host);
  g_free (self->mail_authorities);
  g_free (self->mail_user);
  g_free (self->mail_password_file);
  g_free (self->mail_from);
  g_free (self->mail_directory);
  g_free (self);
}
