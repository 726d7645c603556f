/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The translations of the server's mails, which make-letter-texts.py makes from po/. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabLetterText:
 * @language: a code as in po/LINGUAS
 * @english: the text in confab-letters.c
 * @translation: the text in @language
 */
typedef struct
{
  const char *language;
  const char *english;
  const char *translation;
} ConfabLetterText;

/* Ends with an entry of NULLs. */
extern const ConfabLetterText confab_letter_texts[];

/* English, and the languages that have all texts; ends with NULL. */
extern const char *const confab_letter_languages[];

G_END_DECLS
