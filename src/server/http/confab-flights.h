/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How many bytes are held for people who have not read them yet, or not sent them completely: by
 * person, by address, and in all. Loop only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabFlights ConfabFlights;

/**
 * ConfabFlightLimits:
 *
 * In bytes. A person or an address that holds nothing may hold one answer, however long it is.
 */
typedef struct
{
  gsize per_user;
  gsize per_address;
  gsize in_all;
} ConfabFlightLimits;

ConfabFlights *confab_flights_new (const ConfabFlightLimits *limits);
void confab_flights_free (ConfabFlights *self);

/* Whether @length more bytes may be held for @user_id (0: nobody is signed in) at @address. */
gboolean confab_flights_has_room (ConfabFlights *self,
                                  gint64 user_id,
                                  const char *address,
                                  gsize length);

/* Counts @length bytes; negative when they are let go of, with the same @user_id and @address. */
void confab_flights_add (ConfabFlights *self, gint64 user_id, const char *address, gssize length);

/**
 * ConfabHold:
 * @address: (not nullable): borrowed
 *
 * Bytes that are counted for one person and address, and are given back together.
 */
typedef struct
{
  ConfabFlights *flights;
  gint64 user_id;
  const char *address;
  gsize length;
} ConfabHold;

/* Counts @length more bytes. Returns FALSE if there is no room for them: then nothing is counted.
 */
gboolean confab_hold_add (ConfabHold *self, gsize length);
void confab_hold_release (ConfabHold *self);

gsize confab_flights_get_total (ConfabFlights *self);

/* How many bytes have been let go of, ever. */
gsize confab_flights_get_released (ConfabFlights *self);

G_END_DECLS
