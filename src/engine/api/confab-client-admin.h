/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What administrators do with the server. Nothing here is kept on this computer or queued:
 * without a connection it is CONFAB_ENGINE_ERROR_OFFLINE, and what may be done is the server's
 * to say (CONFAB_PROBLEM). What needs the password again fails with
 * CONFAB_PROBLEM_PASSWORD_NEEDED until confab_client_verify_async() has given it. Main thread. */

#pragma once

#include "confab-admin-rows.h"
#include "confab-client.h"
#include "confab-registration.h"

G_BEGIN_DECLS

/* ---- objects ---- */

/* Somebody with an account on the server, as of the newest answer about them. Signal: changed. */
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
/* One's own change of their role that can still be undone: to which role, and until when. 0:
 * there is none. Known after refreshing and after changing the role. */
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

/* One line of the audit: see docs/protocol.md. All texts but the action may be NULL; ids are 0
 * where there is none. */
#define CONFAB_TYPE_AUDIT_ENTRY (confab_audit_entry_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAuditEntry, confab_audit_entry, CONFAB, AUDIT_ENTRY, GObject)

gint64 confab_audit_entry_get_id (ConfabAuditEntry *self);
gint64 confab_audit_entry_get_at (ConfabAuditEntry *self);
const char *confab_audit_entry_get_actor (ConfabAuditEntry *self); /* NULL: the server's operator */
const char *confab_audit_entry_get_target (ConfabAuditEntry *self);
gint64 confab_audit_entry_get_conversation_id (ConfabAuditEntry *self);
const char *confab_audit_entry_get_action (ConfabAuditEntry *self);
const char *confab_audit_entry_get_old_value (ConfabAuditEntry *self);
const char *confab_audit_entry_get_new_value (ConfabAuditEntry *self);
const char *confab_audit_entry_get_address (ConfabAuditEntry *self);

/* ---- long lists ---- */

/* A GListModel that fetches its next page when its last items are asked for, and keeps what it
 * has fetched. After a new search the old items stay until the first page of the new ones is
 * there; an answer that comes too late is dropped. After an error it goes on when told to, and
 * by itself when the connection is back. Properties, read-only, notified: loading (gboolean),
 * error (GError boxed, nullable), total (gint64: how many there are at the server; -1 where it
 * does not say, or not yet). */
#define CONFAB_TYPE_PAGED_LIST (confab_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPagedList, confab_paged_list, CONFAB, PAGED_LIST, GObject)

gboolean confab_paged_list_get_loading (ConfabPagedList *self);
const GError *confab_paged_list_get_error (ConfabPagedList *self);
gint64 confab_paged_list_get_total (ConfabPagedList *self);
/* Fetches it anew, from its first page. */
void confab_paged_list_reload (ConfabPagedList *self);
/* Tries again what failed. */
void confab_paged_list_retry (ConfabPagedList *self);

/* Everybody, in the server's order: ConfabPerson. (transfer full) */
ConfabPagedList *confab_client_open_people (ConfabClient *self);
/* Only those with @query in their name or address (NULL: all), of one role (0: any), in one
 * state (-1: any). */
void confab_people_list_search (ConfabPagedList *people,
                                const char *query,
                                gint64 role_id,
                                int state);
/* The audit, newest first: ConfabAuditEntry. (transfer full) */
ConfabPagedList *confab_client_open_audit (ConfabClient *self);
/* Only entries with @query (NULL: all) in a name, an action or a value. */
void confab_audit_list_search (ConfabPagedList *audit, const char *query);

/* ---- one's own password again ---- */

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
/* Replaces the role that @person shows; %CONFAB_PROBLEM_CONFLICT if it is another by now:
 * refresh. A promotion needs the password. */
void confab_client_change_role_async (ConfabClient *self,
                                      ConfabPerson *person,
                                      gint64 role_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* %CONFAB_PROBLEM_UNDO_EXPIRED */
void confab_client_undo_role_async (ConfabClient *self,
                                    ConfabPerson *person,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* ACTIVE or SUSPENDED; %CONFAB_PROBLEM_CONFLICT as above. */
void confab_client_change_state_async (ConfabClient *self,
                                       ConfabPerson *person,
                                       ConfabPersonState state,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* For these four: @person is up to date. */
gboolean confab_client_person_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* What giving a role would mean: on how many devices they are signed in, and how many
 * administrators there are and would be. */
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

/* Ends all sessions of @person, which is up to date afterwards. @ended: (out): how many there
 * were */
void confab_client_end_sessions_async (ConfabClient *self,
                                       ConfabPerson *person,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean confab_client_end_sessions_finish (ConfabClient *self,
                                            GAsyncResult *result,
                                            guint *ended,
                                            GError **error);

/* What lets somebody choose a new password; it is shown once. Needs the password. */
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
/* @registration: (out) (optional): whether invitations are needed. (transfer full): GListModel
 * of ConfabInvitation */
GListModel *confab_client_list_invitations_finish (ConfabClient *self,
                                                   GAsyncResult *result,
                                                   ConfabRegistration *registration,
                                                   GError **error);

/* What lets people register; it is shown once. */
typedef struct
{
  char *code;
  char *link; /* the same with the server's address */
} ConfabInvitationCode;

void confab_invitation_code_free (ConfabInvitationCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabInvitationCode, confab_invitation_code_free)
/* Returns: (transfer full): the code, which nobody is told again */
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

/* @label: (nullable): none, the rolename serves. Ends when it is on the disk; the list of roles
 * follows. */
void confab_client_label_role_async (ConfabClient *self,
                                     gint64 role_id,
                                     const char *label,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean confab_client_label_role_finish (ConfabClient *self, GAsyncResult *result, GError **error);

/* ---- taking the audit along ---- */

typedef enum
{
  CONFAB_AUDIT_CSV,        /* RFC 4180, with a line of names; times in ISO 8601 */
  CONFAB_AUDIT_JSON_LINES, /* one object a line, members as in docs/protocol.md */
} ConfabAuditFormat;

/* Called on the main thread with how many entries have been written. */
typedef void (*ConfabAuditProgress) (guint n_entries, gpointer user_data);

/**
 * confab_client_export_audit_async:
 * @query: (nullable): as in confab_audit_list_search()
 * @progress: (nullable) (scope async): gets @user_data, as @callback does
 *
 * Writes the whole audit, page by page. What was in @file is replaced at the end; cancelled or
 * failed, it is as before.
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
