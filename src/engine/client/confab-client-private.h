/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the client's source files and sign-in. Main thread. */

#pragma once

#include "confab-account-private.h"
#include "confab-backfill.h"
#include "confab-client.h"
#include "confab-conversation-list.h"
#include "confab-keyring-watch.h"
#include "confab-mirror-lists.h"
#include "confab-network.h"
#include "confab-news-private.h"
#include "confab-outbox.h"
#include "confab-read-reporter.h"
#include "confab-sync.h"
#include "confab-transport.h"
#include "confab-user-pool.h"

G_BEGIN_DECLS

struct _ConfabClient
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  ConfabAccountStore *store;
  ConfabAccount *account;
  ConfabMirror *mirror;
  ConfabTransport *transport;
  ConfabSync *sync;
  ConfabOutbox *outbox;
  ConfabReadReporter *reads;
  ConfabBackfill *backfill;
  ConfabNetwork *network;
  ConfabUserPool *users;
  ConfabConversationList *conversations;
  ConfabMirrorList *roles;
  ConfabMirrorList *notices;
  ConfabNews *news;
  guint permissions;         /* one bit per permission */
  GCancellable *cancellable; /* for the client's own operations; cancelled on closing */
  ConfabKeyringState keyring_state;
  ConfabKeyringWatch *keyring_watch; /* (nullable): set once started, if there may be a keyring */
  guint unsent_count;
  /* gint64* → text: the newest drafts that are not on the disk yet; empty: deleted */
  GHashTable *unkept_drafts;
  guint n_saving_drafts;
  GTask *settle_task; /* (nullable): waits until no draft is being written */
  GPtrArray *closing; /* (nullable) of GTask: the calls that wait until the mirror is closed */
  gboolean closed;    /* or being closed */
};

/* Return whether a call to the server can be made; else set CONFAB_ENGINE_ERROR_OFFLINE. */
gboolean confab_client_check_online (ConfabClient *self, GError **error);
/* Take the @error of a call; return it as the app gets it. */
GError *confab_client_map_error (GError *error);

/* Completes a write to the mirror that affects only the storage state. @user_data: (transfer full):
 * the client */
void confab_client_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* Copy the username from the mirror to the list of accounts, from now on. */
void confab_client_follow_username (ConfabClient *self);
/* Call this once, after creating the parts. */
void confab_client_watch_permissions (ConfabClient *self);

void confab_client_set_keyring_state (ConfabClient *self, ConfabKeyringState state);
/* Disconnect and stop everything that needs the network; the mirror stays open. */
void confab_client_stop (ConfabClient *self, ConfabConnectionState state);

/* Use a new session: store @token in the keyring. Completes when it is stored, or when waiting for
 * the keyring is pointless; the keyring state tells which. */
void confab_client_take_token_async (ConfabClient *self,
                                     const char *token,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void confab_client_take_token_finish (ConfabClient *self, GAsyncResult *result);

G_END_DECLS
