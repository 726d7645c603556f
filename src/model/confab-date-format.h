/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Dates and times of day as the locale (LC_TIME) writes them, by CLDR. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The examples are those of American English. */
typedef enum
{
  CONFAB_DATE_CLOCK,            /* "2:32 PM" or "14:32", as is usual in the locale */
  CONFAB_DATE_CLOCK_12,         /* "2:32 PM" */
  CONFAB_DATE_CLOCK_24,         /* "14:32" */
  CONFAB_DATE_WEEKDAY,          /* "Monday" */
  CONFAB_DATE_WEEKDAY_SHORT,    /* "Mon" */
  CONFAB_DATE_DAY,              /* "March 3" */
  CONFAB_DATE_DAY_SHORT,        /* "Mar 3" */
  CONFAB_DATE_WEEKDAY_AND_DAY,  /* "Monday, March 3" */
  CONFAB_DATE_DATE,             /* "March 3, 2025" */
  CONFAB_DATE_DATE_SHORT,       /* "3/3/25" */
  CONFAB_DATE_WEEKDAY_AND_DATE, /* "Monday, March 3, 2025" */
} ConfabDateFormat;

#define CONFAB_N_DATE_FORMATS (CONFAB_DATE_WEEKDAY_AND_DATE + 1)

char *confab_date_format (GDateTime *time, ConfabDateFormat format);

G_END_DECLS
