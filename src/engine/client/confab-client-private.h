/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the client's files share with each other and with sign-in. Main thread. */

#pragma once

#include "confab-account-private.h"
#include "confab-backfill.h"
#include "confab-client.h"
#include "confab-conversation-list.h"
#include "confab-keyring-watch.h"
#include "confab-mirror-lists.h"
#include "confab-network.h"
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
  guint permissions;         /* a bit each */
  GCancellable *cancellable; /* of what the client does by itself, until it is closed */
  ConfabKeyringState keyring_state;
  ConfabKeyringWatch *keyring_watch; /* (nullable): once started, where there may be a keyring */
  guint unsent_count;
  GHashTable *unkept_drafts; /* gint64* → text: the newest, not on the disk yet */
  guint n_saving_drafts;
  GTask *settle_task; /* (nullable): waits until none is being written */
  gboolean closed;
};

/* Whether a call to the server is worth making; else sets CONFAB_ENGINE_ERROR_OFFLINE. */
gboolean confab_client_check_online (ConfabClient *self, GError **error);
/* Takes the @error of such a call; returns it as the app is to see it. */
GError *confab_client_map_error (GError *error);

/* Ends a write to the mirror whose only consequence is the state of the storage. @user_data:
 * (transfer full): the client */
void confab_client_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* From now on the list of accounts knows oneself by the name the mirror has. */
void confab_client_follow_username (ConfabClient *self);
/* Once, when the parts are there. */
void confab_client_watch_permissions (ConfabClient *self);

void confab_client_set_keyring_state (ConfabClient *self, ConfabKeyringState state);
/* Gives up the network and whatever needs it; the mirror stays open. */
void confab_client_stop (ConfabClient *self, ConfabConnectionState state);

/* Takes up a new session: @token goes to the keyring. Ends when it is there, or when waiting for
 * the keyring is no use; the keyring's state says which. */
void confab_client_take_token_async (ConfabClient *self,
                                     const char *token,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void confab_client_take_token_finish (ConfabClient *self, GAsyncResult *result);

G_END_DECLS
