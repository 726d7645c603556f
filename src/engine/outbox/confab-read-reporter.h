/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends read positions from the mirror to the server, after a short delay, so that scrolling causes
 * one request. Main thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-transport.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_READ_REPORTER (confab_read_reporter_get_type ())
G_DECLARE_FINAL_TYPE (ConfabReadReporter, confab_read_reporter, CONFAB, READ_REPORTER, GObject)

ConfabReadReporter *confab_read_reporter_new (ConfabEnvironment *environment,
                                              ConfabTransport *transport,
                                              ConfabMirror *mirror);

void confab_read_reporter_set_online (ConfabReadReporter *self, gboolean online);
/* A read position has changed. */
void confab_read_reporter_touch (ConfabReadReporter *self);

G_END_DECLS
