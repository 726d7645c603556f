/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An errand is what a request needs done on threads that may wait: the readers, the hasher, the
 * writer. It goes step by step. Each step runs on its thread, and then its end is told on the loop,
 * where the next step may be taken or the request be answered.
 *
 * A step owns the errand while it runs: an errand that takes no further step ends by itself.
 * Nothing is handed to threads that are gone; a step that cannot be taken is answered
 * (UNAVAILABLE), and one that fails is answered with its error. */

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

/* The steps. Each returns FALSE if it could not be taken: then the request is answered. */

gboolean confab_errand_read (ConfabErrand *self, ConfabErrandRead read, ConfabErrandDone done);

/* In the turn of who asks: of their session, or their address. */
gboolean confab_errand_hash (ConfabErrand *self, ConfabErrandHash hash, ConfabErrandDone done);

/* In the turn of @asker, see confab_hasher_push(). */
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
