/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A box whose content can be used only while connected; otherwise a banner above it says so. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ONLINE_GATE (confab_online_gate_get_type ())
G_DECLARE_FINAL_TYPE (ConfabOnlineGate, confab_online_gate, CONFAB, ONLINE_GATE, GtkBox)

void confab_online_gate_set_client (ConfabOnlineGate *self, ConfabClient *client);

G_END_DECLS
