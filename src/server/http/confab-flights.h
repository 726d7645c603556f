/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Counts the bytes buffered for clients that have not read them or not sent them completely: by
 * user, by address, and in total. Loop thread only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabFlights ConfabFlights;

/**
 * ConfabFlightLimits:
 *
 * In bytes. A user or address with nothing counted may have one answer of any length.
 */
typedef struct
{
  gsize per_user;
  gsize per_address;
  gsize in_all;
} ConfabFlightLimits;

ConfabFlights *confab_flights_new (const ConfabFlightLimits *limits);
void confab_flights_free (ConfabFlights *self);

/* Return whether @length more bytes may be buffered for @user_id (0: not signed in) at @address. */
gboolean confab_flights_has_room (ConfabFlights *self,
                                  gint64 user_id,
                                  const char *address,
                                  gsize length);

/* Count @length bytes; a negative number releases them, with the same @user_id and @address. */
void confab_flights_add (ConfabFlights *self, gint64 user_id, const char *address, gssize length);

/**
 * ConfabHold:
 * @address: (not nullable): borrowed
 *
 * Bytes counted for one user and address, which are released together.
 */
typedef struct
{
  ConfabFlights *flights;
  gint64 user_id;
  const char *address;
  gsize length;
} ConfabHold;

/* Count @length more bytes. Return FALSE, without counting, if there is no room. */
gboolean confab_hold_add (ConfabHold *self, gsize length);
void confab_hold_release (ConfabHold *self);

gsize confab_flights_get_total (ConfabFlights *self);

/* Return the total number of bytes ever released. */
gsize confab_flights_get_released (ConfabFlights *self);

G_END_DECLS
