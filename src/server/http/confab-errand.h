/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs what a request needs on threads that may block: a reader's, the hasher's, the writer's.
 *
 * An errand is a chain of steps. A step runs a function on its thread, then another on the loop
 * thread. That one answers the request or starts the next step. The step under way holds a
 * reference to the errand, so the errand is freed when no further step is started.
 *
 * A request whose step cannot start, because the server stops or a queue is full, is answered with
 * UNAVAILABLE; one whose step fails is answered with the error. */

#pragma once

#include "confab-api.h"

G_BEGIN_DECLS

typedef struct _ConfabErrand ConfabErrand;

/* On a reader's thread. */
typedef void (*ConfabErrandRead) (ConfabErrand *errand, ConfabDatabase *database, GError **error);
/* On a thread of the hasher. */
typedef void (*ConfabErrandHash) (ConfabErrand *errand, GError **error);
/* On the loop, unless the step failed. */
typedef void (*ConfabErrandDone) (ConfabErrand *errand);
typedef void (*ConfabErrandWritten) (ConfabErrand *errand, ConfabOutcome *outcome);
/* On the loop, in place of an answer with @error (transfer full). */
typedef void (*ConfabErrandFailed) (ConfabErrand *errand, GError *error);

/**
 * ConfabErrand:
 * @request: owned; it may be answered already
 * @data: what the errand is about; the threads may use it while their step runs
 * @failed: (nullable): called in place of an answer when a step fails
 */
struct _ConfabErrand
{
  ConfabApi *api;
  ConfabRequest *request;
  gpointer data;
  ConfabErrandFailed failed;
  GDestroyNotify free_data; /* private */
  guint ref_count;          /* private */
};

/* @data is (transfer full), and freed with @free_data (nullable). */
ConfabErrand *confab_errand_new (ConfabApi *api,
                                 ConfabRequest *request,
                                 gpointer data,
                                 GDestroyNotify free_data);
void confab_errand_unref (ConfabErrand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabErrand, confab_errand_unref)

/* Start a step. Each returns FALSE, and has answered the request, if the step cannot start. */

gboolean confab_errand_read (ConfabErrand *self, ConfabErrandRead read, ConfabErrandDone done);

/* The hasher serves askers in turn; the asker here is the request's session, or its address. */
gboolean confab_errand_hash (ConfabErrand *self, ConfabErrandHash hash, ConfabErrandDone done);

/* The same for another @asker, see confab_hasher_push(). */
gboolean confab_errand_hash_as (ConfabErrand *self,
                                ConfabHasherClass klass,
                                const char *asker,
                                ConfabErrandHash hash,
                                ConfabErrandDone done);

/* @command is (transfer full). */
gboolean confab_errand_write (ConfabErrand *self,
                              ConfabCommand *command,
                              ConfabErrandWritten written);

/* The same, but a request whose command is not taken is not answered: the caller answers it. */
gboolean confab_errand_try_write (ConfabErrand *self,
                                  ConfabCommand *command,
                                  ConfabErrandWritten written);

/* Submits @command (transfer full), whatever becomes of it. Returns FALSE if it was not taken. */
gboolean confab_errand_write_and_forget (ConfabApi *api, ConfabCommand *command);

G_END_DECLS
