/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the parts of the engine that send requests by themselves share (outbox, read positions,
 * history): they work while the server is reachable, and pause after a failure. Such a part has a
 * ConfabRepeater as a member, and a function that does the next piece of work. Main thread. */

#pragma once

#include "confab-retry.h"
#include "confab-rows.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/**
 * ConfabRepeater:
 * @environment: owned
 * @transport: owned
 * @cancellable: (nullable): for requests; set while online
 * @retry: the failures so far
 * @timer: until the next work; 0: none is planned
 * @priority: of @timer
 * @work: does the next piece of work of @owner
 * @owner: the part of the engine
 */
typedef struct
{
  ConfabEnvironment *environment;
  ConfabTransport *transport;
  GCancellable *cancellable;
  ConfabRetry retry;
  guint timer;
  int priority;
  void (*work) (gpointer owner);
  gpointer owner;
} ConfabRepeater;

void confab_repeater_init (ConfabRepeater *self,
                           ConfabEnvironment *environment,
                           ConfabTransport *transport,
                           void (*work) (gpointer owner),
                           gpointer owner);
void confab_repeater_clear (ConfabRepeater *self);

gboolean confab_repeater_set_online (ConfabRepeater *self, gboolean online);
void confab_repeater_work_in (ConfabRepeater *self, guint delay_ms);
void confab_repeater_failed (ConfabRepeater *self, guint retry_after_s);

/* Send a request whose answer is {"rows": …}. @body: (nullable). Going offline cancels it. */
void confab_repeater_call (ConfabRepeater *self,
                           const char *method,
                           const char *path,
                           JsonObject *body,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* @result: as the callback gets it. Returns: (transfer full) (nullable): the rows */
ConfabRows *confab_repeater_call_finish (ConfabRepeater *self,
                                         GAsyncResult *result,
                                         GError **error);

G_END_DECLS
