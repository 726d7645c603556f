/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Functions for administrators. Nothing is stored on this computer or queued: offline they fail
 * with CONFAB_ENGINE_ERROR_OFFLINE. The server decides what is permitted (CONFAB_PROBLEM).
 * Functions that need the password fail with CONFAB_PROBLEM_PASSWORD_NEEDED unless
 * confab_client_verify_async() has confirmed it. Main thread. */

#pragma once

#include "confab-admin-rows.h"
#include "confab-client.h"
#include "confab-registration.h"

G_BEGIN_DECLS

/* ---- objects ---- */

/* A user of the server, as of the newest answer. Signal: changed. */
#define CONFAB_TYPE_PERSON (confab_person_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPerson, confab_person, CONFAB, PERSON, GObject)

gint64 confab_person_get_id (ConfabPerson *self);
const char *confab_person_get_username (ConfabPerson *self);
const char *confab_person_get_email (ConfabPerson *self);
const char *confab_person_get_picture (ConfabPerson *self); /* (nullable): its hash */
gint64 confab_person_get_created_at (ConfabPerson *self);
gint64 confab_person_get_role_id (ConfabPerson *self);
ConfabPersonState confab_person_get_state (ConfabPerson *self);
guint confab_person_get_sessions (ConfabPerson *self);
gint64 confab_person_get_last_seen_at (ConfabPerson *self); /* 0: never */
/* The role to which the caller can still undo their change, and until when; 0 if they cannot. Known
 * after refreshing and after changing the role. */
gint64 confab_person_get_undo_role_id (ConfabPerson *self);
gint64 confab_person_get_undo_expires_at (ConfabPerson *self);

/* An invitation that can still be used. */
#define CONFAB_TYPE_INVITATION (confab_invitation_get_type ())
G_DECLARE_FINAL_TYPE (ConfabInvitation, confab_invitation, CONFAB, INVITATION, GObject)

gint64 confab_invitation_get_id (ConfabInvitation *self);
gint64 confab_invitation_get_created_at (ConfabInvitation *self);
const char *confab_invitation_get_created_by (
    ConfabInvitation *self); /* (nullable): the server's operator */
gint64 confab_invitation_get_expires_at (ConfabInvitation *self);
guint confab_invitation_get_uses (ConfabInvitation *self);
guint confab_invitation_get_uses_left (ConfabInvitation *self);

/* An entry of the audit: see docs/protocol.md. All texts except the action may be NULL; missing ids
 * are 0. */
#define CONFAB_TYPE_AUDIT_ENTRY (confab_audit_entry_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAuditEntry, confab_audit_entry, CONFAB, AUDIT_ENTRY, GObject)

gint64 confab_audit_entry_get_at (ConfabAuditEntry *self);
const char *confab_audit_entry_get_actor (ConfabAuditEntry *self); /* NULL: the server's operator */
const char *confab_audit_entry_get_target (ConfabAuditEntry *self);
const char *confab_audit_entry_get_action (ConfabAuditEntry *self);
const char *confab_audit_entry_get_old_value (ConfabAuditEntry *self);
const char *confab_audit_entry_get_new_value (ConfabAuditEntry *self);
const char *confab_audit_entry_get_address (ConfabAuditEntry *self);

/* ---- paged lists ---- */

/* A GListModel that requests the next page when its last items are requested, and keeps all pages.
 * After a new search the old items stay until the first page arrives; late answers to older
 * searches are dropped. After an error it continues on retry, or when the connection is back.
 * Properties, read-only, notified: loading (gboolean), error (GError boxed, nullable), total
 * (gint64: the number of items on the server; -1 if unknown). */
#define CONFAB_TYPE_PAGED_LIST (confab_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPagedList, confab_paged_list, CONFAB, PAGED_LIST, GObject)

gboolean confab_paged_list_get_loading (ConfabPagedList *self);
const GError *confab_paged_list_get_error (ConfabPagedList *self);
gint64 confab_paged_list_get_total (ConfabPagedList *self);
/* Discard all pages and load the first one again. */
void confab_paged_list_reload (ConfabPagedList *self);
/* Repeat the request that failed. */
void confab_paged_list_retry (ConfabPagedList *self);

/* Open the list of users, in the server's order: ConfabPerson. (transfer full) */
ConfabPagedList *confab_client_open_people (ConfabClient *self);
/* Show only users with @query in their name or address (NULL: all), with one role (0: any), in one
 * state (-1: any). */
void confab_people_list_search (ConfabPagedList *people,
                                const char *query,
                                gint64 role_id,
                                int state);
/* Open the audit, newest first: ConfabAuditEntry. (transfer full) */
ConfabPagedList *confab_client_open_audit (ConfabClient *self);
/* Show only entries with @query (NULL: all) in a name, an action or a value. */
void confab_audit_list_search (ConfabPagedList *audit, const char *query);

/* ---- confirming the password ---- */

void confab_client_verify_async (ConfabClient *self,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean confab_client_verify_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* ---- people ---- */

void confab_client_refresh_person_async (ConfabClient *self,
                                         ConfabPerson *person,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Replace the role that @person has; %CONFAB_PROBLEM_CONFLICT if it has changed meanwhile: then
 * refresh. A promotion needs the password. */
void confab_client_change_role_async (ConfabClient *self,
                                      ConfabPerson *person,
                                      gint64 role_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* May fail with %CONFAB_PROBLEM_UNDO_EXPIRED. */
void confab_client_undo_role_async (ConfabClient *self,
                                    ConfabPerson *person,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Set the state to ACTIVE or SUSPENDED; %CONFAB_PROBLEM_CONFLICT as above. */
void confab_client_change_state_async (ConfabClient *self,
                                       ConfabPerson *person,
                                       ConfabPersonState state,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* For these four functions. @person is up to date afterwards. */
gboolean confab_client_person_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* The effects of a role change: on how many devices the person is signed in, and the number of
 * administrators before and after. */
typedef struct
{
  guint sessions;
  guint admins_now;
  guint admins_after;
} ConfabRolePreview;

void confab_client_preview_role_async (ConfabClient *self,
                                       ConfabPerson *person,
                                       gint64 role_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean confab_client_preview_role_finish (ConfabClient *self,
                                            GAsyncResult *result,
                                            ConfabRolePreview *preview,
                                            GError **error);

/* End all sessions of @person, which is up to date afterwards. @ended: (out): their number */
void confab_client_end_sessions_async (ConfabClient *self,
                                       ConfabPerson *person,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean confab_client_end_sessions_finish (ConfabClient *self,
                                            GAsyncResult *result,
                                            guint *ended,
                                            GError **error);

/* The secrets of a password reset, which are shown once. Needs the password. */
typedef struct
{
  char *code;
  char *link;
  gint64 expires_at;
} ConfabResetCode;

void confab_reset_code_free (ConfabResetCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResetCode, confab_reset_code_free)

void confab_client_issue_reset_code_async (ConfabClient *self,
                                           ConfabPerson *person,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
ConfabResetCode *confab_client_issue_reset_code_finish (ConfabClient *self,
                                                        GAsyncResult *result,
                                                        GError **error);

/* ---- invitations ---- */

void confab_client_list_invitations_async (ConfabClient *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
/* @registration: (out) (optional): whether invitations are required. (transfer full): GListModel of
 * ConfabInvitation */
GListModel *confab_client_list_invitations_finish (ConfabClient *self,
                                                   GAsyncResult *result,
                                                   ConfabRegistration *registration,
                                                   GError **error);

/* The secrets of an invitation, which are shown once. */
typedef struct
{
  char *code;
  char *link; /* contains the code and the server's address */
} ConfabInvitationCode;

void confab_invitation_code_free (ConfabInvitationCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabInvitationCode, confab_invitation_code_free)
/* Returns: (transfer full): the code, which cannot be read again */
void confab_client_create_invitation_async (ConfabClient *self,
                                            guint uses,
                                            guint seconds,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
ConfabInvitationCode *confab_client_create_invitation_finish (ConfabClient *self,
                                                              GAsyncResult *result,
                                                              GError **error);
void confab_client_end_invitation_async (ConfabClient *self,
                                         ConfabInvitation *invitation,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean confab_client_end_invitation_finish (ConfabClient *self,
                                              GAsyncResult *result,
                                              GError **error);

/* ---- roles ---- */

/* @label: (nullable): NULL to remove it. When the call ends, the label is stored, and the list of
 * roles has it. */
void confab_client_label_role_async (ConfabClient *self,
                                     gint64 role_id,
                                     const char *label,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean confab_client_label_role_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* ---- exporting the audit ---- */

typedef enum
{
  CONFAB_AUDIT_CSV,        /* RFC 4180, with a header line; times in ISO 8601 */
  CONFAB_AUDIT_JSON_LINES, /* one object a line, with the members of docs/protocol.md */
} ConfabAuditFormat;

/* Called on the main thread with the number of entries written so far. */
typedef void (*ConfabAuditProgress) (guint n_entries, gpointer user_data);

/**
 * confab_client_export_audit_async:
 * @query: (nullable): as in confab_audit_list_search()
 * @progress: (nullable) (scope async): gets @user_data, as @callback does
 *
 * Writes the whole audit, page by page. Replaces @file only at the end: when cancelled or failed,
 * it is unchanged.
 */
void confab_client_export_audit_async (ConfabClient *self,
                                       const char *query,
                                       GFile *file,
                                       ConfabAuditFormat format,
                                       ConfabAuditProgress progress,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean confab_client_export_audit_finish (ConfabClient *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
