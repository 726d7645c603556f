/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's configuration file; data/confabd.conf.example explains every key. */

#pragma once

#include <gio/gio.h>

#include "confab-mailer.h"
#include "confab-registration.h"

G_BEGIN_DECLS

/**
 * ConfabConfig:
 * @listen_address: an IP address
 * @listen_port: 0 for any that is free
 * @certificate: (nullable): a PEM file, with @key; without it the server speaks plain HTTP
 * @trusted_proxies: (nullable) (element-type GInetAddressMask): whose X-Forwarded-For is believed
 * @url: (nullable): where others reach the server, without a slash at the end; if it is not
 * where it listens
 * @mail_host: (nullable): with @mail_directory NULL, too, the server sends no mail
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
  guint registrations_per_hour; /* from one address */
  guint sign_ins_per_minute;    /* from one address */
  guint messages_per_hour;      /* these of one person */
  guint text_per_hour;          /* MiB */
  guint text_per_person;        /* MiB */
  guint reads_per_hour;
  guint conversation_changes_per_hour;
  guint additions_per_hour;
  guint profile_changes_per_hour;
  guint other_changes_per_hour;
  guint sessions_per_user;
  guint session_days; /* 0: any number */
  guint hash_threads;
  char *mail_host;
  guint mail_port;     /* 0: the usual one */
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
 * Unknown groups and keys, and values that make no sense, are errors that name them
 * (G_KEY_FILE_ERROR, G_FILE_ERROR).
 *
 * Returns: (transfer full)
 */
ConfabConfig *confab_config_load (const char *path, GError **error);
void confab_config_free (ConfabConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConfig, confab_config_free)

/* Where it listens, at @port (the real one, if any was to be taken); and where people reach it,
 * which is @url if that is set. (transfer full) */
char *confab_config_get_listening (const ConfabConfig *self, guint port);
char *confab_config_get_origin (const ConfabConfig *self, guint port);

/* Starts what sends mail. NULL without an error: the server sends none. (transfer full) */
ConfabMailer *confab_config_make_mailer (const ConfabConfig *self, GError **error);

G_END_DECLS
