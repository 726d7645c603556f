/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends what waits in the mirror's outbox: the messages of one conversation one after the other,
 * conversations side by side. A message leaves the outbox when the server's answer is in the
 * mirror; sending it again before that is harmless, because its client id is the same. Main thread.
 *
 * Signals: ::signed-out: the server does not know our token any more.
 *          ::stored (GError *, nullable): what became of a write to the mirror.
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

/* Whether there is a server to send to. FALSE gives up what is under way; it is sent again
 * later. */
void confab_outbox_set_online (ConfabOutbox *self, gboolean online);
/* Something new is in the outbox. */
void confab_outbox_pump (ConfabOutbox *self);
/* Sends now what waits for a later attempt. */
void confab_outbox_hurry (ConfabOutbox *self);
/* (nullable): why messages wait although the server can be reached; cleared by the next one it
 * takes. */
const GError *confab_outbox_get_error (ConfabOutbox *self);

G_END_DECLS
