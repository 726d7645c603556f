/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The limits that both programs keep; docs/protocol.md documents them for other clients. Characters
 * are Unicode code points. */

#pragma once

#define CONFAB_PROTOCOL_VERSION 1

#define CONFAB_USERNAME_MAX_CHARS 32
#define CONFAB_EMAIL_MAX_BYTES 254 /* RFC 5321 §4.5.3.1.3, less the angle brackets */
#define CONFAB_PASSWORD_MIN_CHARS                                                                  \
  15 /* NIST SP 800-63B-4 §3.1.1.2, a password as the only factor                                 \
      */
#define CONFAB_PASSWORD_MAX_BYTES 1024
#define CONFAB_PASSWORD_MIN_GUESSES                                                                \
  1e10 /* zxcvbn's estimate of what withstands offline guessing of a slow hash */
#define CONFAB_ABOUT_MAX_CHARS 200
#define CONFAB_PICTURE_MAX_BYTES (128 * 1024)
#define CONFAB_PICTURE_MAX_PIXELS 512 /* width and height */
#define CONFAB_TITLE_MAX_CHARS 100
#define CONFAB_DEVICE_NAME_MAX_CHARS 100
#define CONFAB_MESSAGE_MAX_CHARS 10000
#define CONFAB_GROUP_MAX_MEMBERS 500
#define CONFAB_SEQ_MAX 2147483647        /* per conversation: a GListModel counts in 32 bits */
#define CONFAB_TIME_MAX 253402300799999  /* ms: the end of the year 9999, where GDateTime ends */
#define CONFAB_SERVER_TEXT_MAX_CHARS 300 /* names, codes and states that no person wrote */
#define CONFAB_LINK_MAX_CHARS 2000       /* a confab:// link with a server's address */
#define CONFAB_ROLE_LABEL_MAX_CHARS 100

#define CONFAB_RESET_MAIL_SECONDS (30 * 60)
#define CONFAB_RESET_ADMIN_SECONDS (24 * 60 * 60)
#define CONFAB_RESET_AGAIN_SECONDS 60 /* a second request within this time sends nothing */
#define CONFAB_EMAIL_CODE_SECONDS (30 * 60)
#define CONFAB_CODE_ATTEMPTS 5
#define CONFAB_VERIFICATION_SECONDS (5 * 60)
#define CONFAB_ROLE_UNDO_SECONDS (10 * 60)
#define CONFAB_MUTE_MAX_SECONDS (366 * 24 * 3600)
#define CONFAB_INVITATION_MAX_USES 1000
#define CONFAB_INVITATION_MIN_SECONDS 3600
#define CONFAB_INVITATION_MAX_SECONDS (30 * 24 * 3600)

#define CONFAB_JSON_MAX_DEPTH 32
#define CONFAB_JSON_MAX_MEMBERS 64    /* per object; ours have at most 20 */
#define CONFAB_JSON_MAX_BARE_BYTES 64 /* length of a number or word */
#define CONFAB_REQUEST_MAX_NODES 2048 /* the largest request has 500 ids */
#define CONFAB_ANSWER_MAX_NODES 500000
#define CONFAB_REQUEST_MAX_BYTES (256 * 1024)
#define CONFAB_PAGE_TARGET_BYTES (256 * 1024)     /* a page or frame is cut once it has this size */
#define CONFAB_ANSWER_MAX_BYTES (8 * 1024 * 1024) /* the largest answer a client reads */
#define CONFAB_STREAM_CLIENT_MESSAGE_MAX_BYTES 4096

#define CONFAB_SYNC_DEFAULT_ROWS 500
#define CONFAB_SYNC_MAX_ROWS 1000
#define CONFAB_HISTORY_DEFAULT_ROWS 100
#define CONFAB_HISTORY_MAX_ROWS 200
#define CONFAB_INITIAL_MESSAGES 30 /* sent along with a conversation that a user joins */
#define CONFAB_PEOPLE_MAX_ROWS 50
#define CONFAB_ADMIN_DEFAULT_ROWS 50
#define CONFAB_ADMIN_PEOPLE_MAX_ROWS 100
#define CONFAB_AUDIT_MAX_ROWS 200
