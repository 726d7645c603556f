/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Hints from the system that an attempt is worth making now: the network changed, or the
 * computer woke up. Never a reason not to try: "no network" is often wrong. Main thread.
 *
 * Signals: ::changed (gboolean resumed): TRUE if time has jumped, so that open connections
 * are likely dead without anybody knowing. */

#pragma once

#include <gio/gio.h>

#include "confab-environment.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_NETWORK (confab_network_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNetwork, confab_network, CONFAB, NETWORK, GObject)

ConfabNetwork *confab_network_new (ConfabEnvironment *environment);

G_END_DECLS
