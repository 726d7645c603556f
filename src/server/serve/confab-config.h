/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's configuration file; data/confabd.conf.example explains every key. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabConfig:
 * @listen_address: an IP address
 * @listen_port: 0 for any that is free
 * @certificate: (nullable): a PEM file, with @key; without it the server speaks plain HTTP
 * @trusted_proxies: (nullable): addresses whose X-Forwarded-For is believed
 */
typedef struct
{
  char    *name;
  char    *listen_address;
  guint    listen_port;
  char    *certificate;
  char    *key;
  gboolean insecure;
  char   **trusted_proxies;
  char    *database_path;
  gboolean registration_open;
  guint    connections;
  guint    connections_per_address;
  guint    streams_per_user;
  guint    registrations_per_hour; /* from one address */
  guint    sign_ins_per_minute;    /* from one address */
  guint    hash_threads;
} ConfabConfig;

/**
 * confab_config_load:
 * @path: a key file
 *
 * Unknown groups and keys, and values that make no sense, are errors that name them (G_KEY_FILE_ERROR,
 * G_FILE_ERROR).
 *
 * Returns: (transfer full)
 */
ConfabConfig *confab_config_load (const char *path, GError **error);
void          confab_config_free (ConfabConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConfig, confab_config_free)

G_END_DECLS
