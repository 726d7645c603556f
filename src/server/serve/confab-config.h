/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's configuration file; data/confabd.conf.example documents every key. */

#pragma once

#include <gio/gio.h>

#include "confab-mailer.h"
#include "confab-registration.h"

G_BEGIN_DECLS

/**
 * ConfabConfig:
 * @listen_address: an IP address
 * @listen_port: 0 for any free port
 * @certificate: (nullable): a PEM file, requires @key; without it the server speaks plain HTTP
 * @trusted_proxies: (nullable) (element-type GInetAddressMask): proxies whose X-Forwarded-For is
 *   trusted
 * @url: (nullable): the public address without a trailing slash, if it differs from the address
 *   listened on
 * @mail_host: (nullable): if this and @mail_directory are NULL, the server sends no mail
 */
typedef struct
{
  char *name;
  char *url;
  char *listen_address;
  guint listen_port;
  char *certificate;
  char *key;
  gboolean insecure;
  GPtrArray *trusted_proxies;
  char *database_path;
  ConfabRegistration registration;
  guint connections;
  guint connections_per_address;
  guint streams_per_user;
  guint registrations_per_hour; /* per address */
  guint sign_ins_per_minute;    /* per address */
  guint messages_per_hour;      /* per user */
  guint text_per_hour;          /* MiB */
  guint text_per_person;        /* MiB */
  guint reads_per_hour;
  guint conversation_changes_per_hour;
  guint additions_per_hour;
  guint profile_changes_per_hour;
  guint other_changes_per_hour;
  guint sessions_per_user;
  guint session_days; /* 0: unlimited */
  guint hash_threads;
  char *mail_host;
  guint mail_port;     /* 0: the default port */
  guint mail_security; /* a ConfabMailSecurity */
  gboolean mail_insecure;
  char *mail_authorities;
  char *mail_user;
  char *mail_password_file;
  char *mail_from;
  char *mail_directory;
} ConfabConfig;

/**
 * confab_config_load:
 * @path: a key file
 *
 * Fails on unknown groups and keys and on invalid values, with an error that names them
 * (G_KEY_FILE_ERROR, G_FILE_ERROR).
 *
 * Returns: (transfer full) (nullable): the configuration
 */
ConfabConfig *confab_config_load (const char *path, GError **error);
void confab_config_free (ConfabConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConfig, confab_config_free)

/* Return the origin the server listens on, with @port, the port actually in use; and the origin at
 * which clients reach it, @url if that is set. (transfer full) */
char *confab_config_get_listening (const ConfabConfig *self, guint port);
char *confab_config_get_origin (const ConfabConfig *self, guint port);

/* Start the mailer. Return NULL without an error if the server sends no mail. (transfer full)
 * (nullable) */
ConfabMailer *confab_config_make_mailer (const ConfabConfig *self, GError **error);

G_END_DECLS
