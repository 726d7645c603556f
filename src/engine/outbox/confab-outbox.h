/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends the messages in the mirror's outbox: one at a time per conversation, conversations in
 * parallel. A message leaves the outbox when the server's answer is in the mirror; sending it again
 * before that is harmless, because its client id is the same. Main thread.
 *
 * Signals: ::signed-out: the server does not accept the token any more.
 *          ::stored (GError *, nullable): the result of a write to the mirror.
 *          ::error-changed: see confab_outbox_get_error(). */

#pragma once

#include "confab-mirror.h"
#include "confab-transport.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_OUTBOX (confab_outbox_get_type ())
G_DECLARE_FINAL_TYPE (ConfabOutbox, confab_outbox, CONFAB, OUTBOX, GObject)

ConfabOutbox *confab_outbox_new (ConfabEnvironment *environment,
                                 ConfabTransport *transport,
                                 ConfabMirror *mirror);

/* Set whether the server is reachable. FALSE cancels requests; their messages are sent again
 * later. */
void confab_outbox_set_online (ConfabOutbox *self, gboolean online);
/* Read the outbox, which has changed: send new messages, unless sending is paused. */
void confab_outbox_pump (ConfabOutbox *self);
/* Retry now, without waiting for the next attempt. */
void confab_outbox_hurry (ConfabOutbox *self);
/* Return why messages wait although the server is reachable; NULL after the next success, or
 * when none waits any more.
 * (nullable) */
const GError *confab_outbox_get_error (ConfabOutbox *self);

G_END_DECLS
