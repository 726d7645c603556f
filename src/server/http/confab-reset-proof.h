/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What proves that a reset is the caller's: the token from its link, or its code. The answer to a
 * wrong token or code is always RESET_INVALID, and a code always takes the time of one hash, even
 * if there is nothing to compare it with. */

#pragma once

#include "confab-errand.h"

G_BEGIN_DECLS

/**
 * ConfabResetProof:
 * @reset: (nullable): the reset that is proven; NULL if there is none
 * @network: (nullable): where the request comes from
 * @password: (nullable): the new password; NULL if the proof is only checked
 * @password_hash: (nullable): its hash
 */
typedef struct
{
  ConfabResetRow *reset;
  char *network;
  char *password;
  char *password_hash;

  /*< private >*/
  ConfabErrandDone proven;
  char *token_key; /* (nullable): NULL if there is a code */
  char *login_key;
  char *code;
  char *code_bucket; /* (nullable): set for a code, after looking for the reset */
  gboolean known;    /* the person has used the account from that network */
  guint n_pending;   /* steps: comparing, and counting the attempt */
  gboolean right;
  gboolean counted; /* counted as an attempt, to be returned if it is right */
  GError *error;    /* (nullable): of what is pending */
} ConfabResetProof;

/* Read the token or code of @body; a malformed one is answered like a wrong one. Return the errand
 * whose data is the ConfabResetProof, or NULL if the request is answered. (transfer full) */
ConfabErrand *confab_reset_proof_take (ConfabApi *api, ConfabRequest *request, JsonObject *body);

/* Check the proof of @errand: @proven is called on the loop thread if it is right, or else the
 * request is answered. */
void confab_reset_proof_check (ConfabErrand *errand, ConfabErrandDone proven);

/* Start a step that hashes, after the proof. If the hasher is too busy, the request is answered and
 * the attempt does not count. Return FALSE then. */
gboolean confab_reset_proof_hash (ConfabErrand *errand,
                                  ConfabErrandHash work,
                                  ConfabErrandDone done);

G_END_DECLS
