/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-engine-error.h"

G_DEFINE_QUARK (confab - engine - error, confab_engine_error)
