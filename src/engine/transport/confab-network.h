/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Notifies when the network changed or the computer resumed, so that an attempt is worth making
 * now. The absence of a network is never a reason not to try, because the system is often wrong
 * about it. Main thread.
 *
 * Signals: ::changed (gboolean resumed): @resumed is TRUE when logind tells of a
 * resume, or after a jump in time: open connections are probably dead. */

#pragma once

#include <gio/gio.h>

#include "confab-environment.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_NETWORK (confab_network_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNetwork, confab_network, CONFAB, NETWORK, GObject)

ConfabNetwork *confab_network_new (ConfabEnvironment *environment);

G_END_DECLS
