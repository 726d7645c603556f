/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client.h"

G_DEFINE_ENUM_TYPE (ConfabConnectionState,
                    confab_connection_state,
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_SYNCING, "syncing"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_POLLING, "polling"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (CONFAB_CONNECTION_REFUSED, "refused"))

G_DEFINE_ENUM_TYPE (ConfabKeyringState,
                    confab_keyring_state,
                    G_DEFINE_ENUM_VALUE (CONFAB_KEYRING_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (CONFAB_KEYRING_AVAILABLE, "available"),
                    G_DEFINE_ENUM_VALUE (CONFAB_KEYRING_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (CONFAB_KEYRING_ABSENT, "absent"),
                    G_DEFINE_ENUM_VALUE (CONFAB_KEYRING_SILENT, "silent"),
                    G_DEFINE_ENUM_VALUE (CONFAB_KEYRING_LOST, "lost"))

G_DEFINE_ENUM_TYPE (ConfabStorageState,
                    confab_storage_state,
                    G_DEFINE_ENUM_VALUE (CONFAB_STORAGE_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (CONFAB_STORAGE_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (CONFAB_STORAGE_REBUILDING, "rebuilding"),
                    G_DEFINE_ENUM_VALUE (CONFAB_STORAGE_FAILED, "failed"))
