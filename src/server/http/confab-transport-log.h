/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lines of libwebsockets in the server's log. It repeats some of them at each turn of the loop,
 * so that each kind of line is logged once a minute, with a count; no kind hides another. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on libwebsockets logs through here. */
void confab_transport_log_start (void);

G_END_DECLS
