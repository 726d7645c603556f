/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "confab-account.h"
#include "confab-appearance.h"
#include "confab-background.h"
#include "confab-environment.h"
#include "confab-export-command.h"
#include "confab-notification.h"
#include "confab-notifier.h"
#include "confab-quit-command.h"
#include "confab-locale.h"
#include "confab-shortcuts-dialog.h"
#include "confab-window-state.h"
#include "confab-window.h"

/* How long a service waits for a request to open a window. */
#define SETTLE_MS 1000

struct _ConfabApplication
{
  AdwApplication parent_instance;
  ConfabAccountStore *store;
  ConfabKeptClients *kept;
  ConfabBackground *background;
  ConfabWindowState *state; /* (nullable) set while a window is open or opening */
  guint n_saving;           /* closed windows whose data is still being saved */
  gboolean wanted;          /* open a window once saving is done */
  gboolean quitting;        /* the user quit while a window was opening or closing */
  gboolean closing_kept;
  char *link;          /* (nullable) to open in the window being opened */
  GVariant *target;    /* (nullable) of a notification, to open in that window */
  GVariant *writing;   /* (nullable) of write-to, for that window */
  gboolean terminated; /* by the system, so that no dialog can be shown */
};

G_DEFINE_FINAL_TYPE (ConfabApplication, confab_application, ADW_TYPE_APPLICATION)

/* ---- actions ---- */

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  AdwDialog *dialog = NULL;

  if (window == NULL)
    return;

  dialog = adw_about_dialog_new ();
  g_object_set (dialog, "application-icon", CONFAB_APP_ID, "application-name", _("Confab"),
                /* Translators: the name of the developers */
                "developer-name", _("The Confab authors"), "version", CONFAB_VERSION, "comments",
                _("Chat with your team or family on your own server"), "license-type",
                GTK_LICENSE_GPL_3_0, "copyright", "© 2026 The Confab authors", NULL);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    adw_dialog_present (confab_shortcuts_dialog_new (), GTK_WIDGET (window));
}

static ConfabWindow *
find_window (ConfabApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (CONFAB_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

static void
kept_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabApplication) self = user_data;

  confab_kept_clients_close_finish (CONFAB_KEPT_CLIENTS (source), result);
  self->closing_kept = FALSE;
  confab_application_end_saving (self);
}

void
confab_application_close_kept (ConfabApplication *self)
{
  g_return_if_fail (CONFAB_IS_APPLICATION (self));

  confab_background_leave (self->background);
  if (self->closing_kept)
    return;

  self->closing_kept = TRUE;
  confab_application_begin_saving (self);
  confab_kept_clients_close_async (self->kept, kept_closed_cb, g_object_ref (self));
}

/* Quit by closing the window, so that it saves its data. Without a window, the clients that run
 * save theirs. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ConfabApplication *self = user_data;
  ConfabWindow *window = find_window (self);

  if (window != NULL)
    confab_window_quit (window);
  else if (self->state != NULL)
    self->quitting = TRUE;
  else
    confab_application_close_kept (self);
  self->wanted = FALSE;
}

/* ---- notifications ---- */

/* Open the conversation of a notification, in the window if there is one. */
static void
show_target (ConfabApplication *self, GVariant *target)
{
  ConfabWindow *window = find_window (self);

  if (window == NULL)
    {
      g_clear_pointer (&self->target, g_variant_unref);
      self->target = g_variant_ref (target);
    }
  g_application_activate (G_APPLICATION (self));
  if (window != NULL)
    confab_window_open_notification (window, target);
}

static void
open_conversation_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_target (user_data, parameter);
}

static void
show_writing (ConfabWindow *window, GVariant *writing)
{
  const char *name, *text;

  g_variant_get (writing, "(&s&s)", &name, &text);
  confab_window_write_to (window, name, *text != '\0' ? text : NULL);
}

static void
write_to_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ConfabApplication *self = user_data;
  ConfabWindow *window = find_window (self);

  if (window == NULL)
    {
      g_clear_pointer (&self->writing, g_variant_unref);
      self->writing = g_variant_ref (parameter);
    }
  g_application_activate (G_APPLICATION (self));
  if (window != NULL)
    show_writing (window, parameter);
}

static void
test_notification_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  confab_notifier_send_test (user_data);
}

/* The session ends or a signal terminates Confab: close the window and save its data, as if the
 * user had closed it. */
static gboolean
terminated_cb (gpointer user_data)
{
  CONFAB_APPLICATION (user_data)->terminated = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static void
add_actions (ConfabApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_action },
    { .name = "open-conversation",
      .activate = open_conversation_action,
      .parameter_type = CONFAB_NOTIFICATION_TARGET },
    { .name = "quit", .activate = quit_action },
    /* The conversation opens with the focus in the composer. */
    { .name = "reply",
      .activate = open_conversation_action,
      .parameter_type = CONFAB_NOTIFICATION_TARGET },
    { .name = "shortcuts", .activate = shortcuts_action },
    { .name = "test-notification", .activate = test_notification_action },
    { .name = "write-to", .activate = write_to_action, .parameter_type = "(ss)" },
  };
  static const struct
  {
    const char *action;
    const char *accels[3];
  } shortcuts[] = {
    { "app.quit", { "<Control>q" } },
    { "app.shortcuts", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
    { "win.new-conversation", { "<Control>n" } },
    { "win.find-conversation", { "<Control>k", "<Control>f" } },
    { "win.next-conversation", { "<Alt>Down", "<Control>Page_Down" } },
    { "win.previous-conversation", { "<Alt>Up", "<Control>Page_Up" } },
    { "win.next-unread", { "<Alt><Shift>Down" } },
    { "win.previous-unread", { "<Alt><Shift>Up" } },
    { "win.next-pane", { "F6" } },
    { "win.previous-pane", { "<Shift>F6" } },
    { "win.conversation-details", { "<Alt>Return" } },
    { "win.print-conversation", { "<Control>p" } },
    { "win.preferences", { "<Control>comma" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].accels);
}

/* ---- startup ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabApplication) self = user_data;
  ConfabWindow *window = NULL;

  confab_window_state_load_finish (self->state, result);
  if (self->quitting)
    {
      self->quitting = FALSE;
      g_clear_object (&self->state);
      confab_application_close_kept (self);
      g_application_release (G_APPLICATION (self));
      return;
    }
  window = confab_window_new (GTK_APPLICATION (self), self->store,
                              self->state); /* the window presents itself */
  if (self->target != NULL)
    confab_window_open_notification (window, self->target);
  g_clear_pointer (&self->target, g_variant_unref);
  if (self->writing != NULL)
    show_writing (window, self->writing);
  g_clear_pointer (&self->writing, g_variant_unref);
  if (self->link != NULL)
    confab_window_open_link (window, self->link);
  g_clear_pointer (&self->link, g_free);
  confab_background_leave (self->background);
  g_application_release (G_APPLICATION (self));
}

static void
confab_application_activate (GApplication *application)
{
  ConfabApplication *self = CONFAB_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GFile) file = NULL;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  self->quitting = FALSE;
  if (self->state != NULL || self->n_saving > 0) /* the window is opening, or it or others close */
    {
      self->wanted = self->n_saving > 0;
      return;
    }

  file = confab_window_state_dup_file ();
  self->state = confab_window_state_new (file);
  g_application_hold (application);
  confab_window_state_load_async (self->state, loaded_cb, g_object_ref (self));
}

/* Open a link. Of several, only the last is opened. */
static void
confab_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ConfabApplication *self = CONFAB_APPLICATION (application);
  ConfabWindow *window = find_window (self);
  g_autofree char *uri = g_file_get_uri (files[n_files - 1]);

  if (window == NULL)
    g_set_str (&self->link, uri);
  g_application_activate (application);
  if (window != NULL)
    confab_window_open_link (window, uri);
}

ConfabBackground *
confab_application_get_background (ConfabApplication *self)
{
  g_return_val_if_fail (CONFAB_IS_APPLICATION (self), NULL);

  return self->background;
}

ConfabKeptClients *
confab_application_get_kept (ConfabApplication *self)
{
  g_return_val_if_fail (CONFAB_IS_APPLICATION (self), NULL);

  return self->kept;
}

gboolean
confab_application_is_terminated (ConfabApplication *self)
{
  g_return_val_if_fail (CONFAB_IS_APPLICATION (self), FALSE);

  return self->terminated;
}

void
confab_application_begin_saving (ConfabApplication *self)
{
  g_return_if_fail (CONFAB_IS_APPLICATION (self));

  self->n_saving++;
  g_application_hold (G_APPLICATION (self));
}

void
confab_application_end_saving (ConfabApplication *self)
{
  g_return_if_fail (CONFAB_IS_APPLICATION (self));
  g_return_if_fail (self->n_saving > 0);

  if (--self->n_saving == 0)
    {
      if (find_window (self) == NULL)
        g_clear_object (&self->state);
      if (self->wanted)
        g_application_activate (G_APPLICATION (self));
      else if (self->quitting)
        confab_application_close_kept (self);
      else
        confab_background_resume (self->background);
      self->quitting = FALSE;
      self->wanted = FALSE;
    }
  g_application_release (G_APPLICATION (self));
}

/* Started at login, or by the session's bus, which asks for a window right afterwards if there is
 * to be one. */
static void
settled_cb (gpointer user_data)
{
  g_autoptr (ConfabApplication) self = user_data;

  if (find_window (self) == NULL && self->state == NULL && !self->closing_kept)
    confab_background_enter (self->background);
}

static void
confab_application_startup (GApplication *application)
{
  ConfabApplication *self = CONFAB_APPLICATION (application);
  g_autoptr (ConfabEnvironment) environment = confab_environment_new (NULL);
  gboolean rtl;

  G_APPLICATION_CLASS (confab_application_parent_class)->startup (application);

  /* GTK takes the direction from the locale, whose language need not be that of the texts. */
  if (confab_locale_get_rtl (&rtl))
    gtk_widget_set_default_direction (rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  self->store = confab_account_store_new (environment);
  self->kept = confab_kept_clients_new (self->store, application);
  self->background = confab_background_new (application, self->store, self->kept);
  gtk_window_set_default_icon_name (CONFAB_APP_ID);
  confab_appearance_follow_settings ();
  add_actions (self);
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_timeout_add_once (SETTLE_MS, settled_cb, g_object_ref (self));
}

/* ---- the command line ---- */

/* Become the application, or find the one that runs. */
static gboolean
find_running (ConfabApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (g_application_register (G_APPLICATION (self), NULL, &error))
    return TRUE;

  g_printerr ("confab: %s\n", error->message);
  return FALSE;
}

/* Return the exit status if another Confab does what was asked for, or -1 if this one does. */
static int
finish_remote (ConfabApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  if (!g_application_get_is_remote (G_APPLICATION (self)))
    return -1;
  g_dbus_connection_flush_sync (bus, NULL, NULL);
  return 0;
}

static int
write_to_command (ConfabApplication *self, const char *name, char **words)
{
  g_autofree char *text = words != NULL ? g_strjoinv (" ", words) : g_strdup ("");

  if (!g_utf8_validate (name, -1, NULL) || !g_utf8_validate (text, -1, NULL))
    {
      g_printerr ("confab: %s\n", _("The text is not valid UTF-8"));
      return 1;
    }
  if (!find_running (self))
    return 1;
  g_action_group_activate_action (G_ACTION_GROUP (self), "write-to",
                                  g_variant_new ("(ss)", name, text));
  return finish_remote (self);
}

static int
open_command (ConfabApplication *self, char **links)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; links[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (links[i]));
  if (!find_running (self))
    return 1;
  g_application_open (G_APPLICATION (self), (GFile **)files->pdata, (int)files->len, "");
  return finish_remote (self);
}

static int
confab_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  ConfabApplication *self = CONFAB_APPLICATION (application);
  const char *folder = NULL, *name = NULL;
  g_autofree const char **words = NULL;

  if (g_variant_dict_lookup (options, "export", "^&ay", &folder))
    return confab_export_command (folder);
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &words);
  if (g_variant_dict_lookup (options, "send-to", "&s", &name))
    return write_to_command (self, name, (char **)words);
  if (g_variant_dict_lookup (options, "new-conversation", "&s", &name))
    return write_to_command (self, name, NULL);
  if (g_variant_dict_contains (options, "quit"))
    return confab_quit_command (g_application_get_application_id (application));
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("confab %s\n", CONFAB_VERSION);
      return 0;
    }

  if (words != NULL)
    return open_command (self, (char **)words);

  return G_APPLICATION_CLASS (confab_application_parent_class)
      ->handle_local_options (application, options);
}

static void
confab_application_dispose (GObject *object)
{
  ConfabApplication *self = CONFAB_APPLICATION (object);

  g_clear_object (&self->background);
  g_clear_object (&self->kept);
  g_clear_object (&self->store);
  g_clear_pointer (&self->target, g_variant_unref);
  g_clear_pointer (&self->writing, g_variant_unref);
  g_clear_object (&self->state);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (confab_application_parent_class)->dispose (object);
}

static void
confab_application_class_init (ConfabApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_application_dispose;
  application_class->activate = confab_application_activate;
  application_class->open = confab_application_open;
  application_class->startup = confab_application_startup;
  application_class->handle_local_options = confab_application_handle_local_options;
}

static void
confab_application_init (ConfabApplication *self)
{
  const GOptionEntry rest[] = {
    { .long_name = G_OPTION_REMAINING,
      .arg = G_OPTION_ARG_FILENAME_ARRAY,
      /* Translators: in the help on the command line: a link to open, or the text of --send-to */
      .arg_description = _("[LINK | TEXT]") },
    { 0 },
  };

  g_application_add_main_option (
      G_APPLICATION (self), "new-conversation", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING,
      /* Translators: stands for the argument of an option, in the help on the command line */
      _("Open the conversation with a person or a group"), _("NAME"));
  g_application_add_main_option (
      G_APPLICATION (self), "send-to", 's', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING,
      _("Write the text that follows into the message field of that conversation"), _("NAME"));
  g_application_add_main_option (G_APPLICATION (self), "version", 'v', G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _("Print the version and exit"), NULL);
  g_application_add_main_option (G_APPLICATION (self), "quit", 'q', G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE,
                                 _("Quit Confab, also when it runs in the background"), NULL);
  g_application_add_main_option (
      G_APPLICATION (self), "export", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME,
      /* Translators: stands for the argument of an option, in the help on the command line */
      _("Export all conversations on this computer into a folder and exit"), _("FOLDER"));
  g_application_add_main_option_entries (G_APPLICATION (self), rest);
}

ConfabApplication *
confab_application_new (void)
{
  /* Keep the resource path when a build uses another application id. */
  return g_object_new (CONFAB_TYPE_APPLICATION, "application-id", CONFAB_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_CAN_OVERRIDE_APP_ID,
                       "resource-base-path", "/chat/confab/Confab", NULL);
}
