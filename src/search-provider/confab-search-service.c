/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-search"

#include "confab-search-service.h"

#include "confab-environment.h"
#include "confab-search.h"
#include "confab-settings.h"

#define IDLE_MS 30000

struct _ConfabSearchService
{
  GApplication parent_instance;
  ConfabEnvironment *environment;
  guint registration;
};

G_DEFINE_FINAL_TYPE (ConfabSearchService, confab_search_service, G_TYPE_APPLICATION)

/* As GNOME Shell declares it. */
static const char interface_xml[] =
    "<node><interface name='org.gnome.Shell.SearchProvider2'>"
    "<method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/>"
    "<arg type='as' name='results' direction='out'/></method>"
    "<method name='GetSubsearchResultSet'><arg type='as' name='previous' direction='in'/>"
    "<arg type='as' name='terms' direction='in'/>"
    "<arg type='as' name='results' direction='out'/></method>"
    "<method name='GetResultMetas'><arg type='as' name='ids' direction='in'/>"
    "<arg type='aa{sv}' name='metas' direction='out'/></method>"
    "<method name='ActivateResult'><arg type='s' name='id' direction='in'/>"
    "<arg type='as' name='terms' direction='in'/>"
    "<arg type='u' name='timestamp' direction='in'/></method>"
    "<method name='LaunchSearch'><arg type='as' name='terms' direction='in'/>"
    "<arg type='u' name='timestamp' direction='in'/></method>"
    "</interface></node>";

/* ---- questions, answered on a thread ---- */

typedef struct
{
  ConfabEnvironment *environment;
  GStrv words; /* terms, or ids */
  gboolean describing;
  gboolean messages;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  confab_environment_unref (self->environment);
  g_strfreev (self->words);
  g_free (self);
}

static GVariant *
list_hits (const Question *question)
{
  g_autoptr (GPtrArray) hits = confab_search_run (
      question->environment->data_dir, (const char *const *)question->words, question->messages);
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  for (guint i = 0; i < hits->len; i++)
    g_variant_builder_add_value (
        &ids, g_variant_new_take_string (confab_search_hit_to_id (hits->pdata[i])));

  return g_variant_new ("(as)", &ids);
}

static void
add_meta (GVariantBuilder *metas, const char *id, const char *title, const char *text)
{
  g_auto (GVariantBuilder) meta = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&meta, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (&meta, "{sv}", "name", g_variant_new_string (title));
  g_variant_builder_add (&meta, "{sv}", "gicon", g_variant_new_string (CONFAB_APP_ID));
  if (text != NULL)
    g_variant_builder_add (&meta, "{sv}", "description", g_variant_new_string (text));
  g_variant_builder_add (metas, "a{sv}", &meta);
}

static GVariant *
list_metas (const Question *question)
{
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; question->words[i] != NULL; i++)
    {
      g_autoptr (ConfabSearchHit) hit = confab_search_hit_parse (question->words[i]);
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;

      if (hit != NULL
          && confab_search_describe (question->environment->data_dir, hit, question->messages,
                                     &title, &text))
        add_meta (&metas, question->words[i], title, text);
    }

  return g_variant_new ("(aa{sv})", &metas);
}

static void
answer_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;
  GVariant *answer = question->describing ? list_metas (question) : list_hits (question);

  g_task_return_pointer (task, g_variant_ref_sink (answer), (GDestroyNotify)g_variant_unref);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) answer = g_task_propagate_pointer (G_TASK (result), NULL);

  g_dbus_method_invocation_return_value (user_data, answer);
  g_application_release (G_APPLICATION (source));
}

/* Takes ownership of @words and answers @invocation. */
static void
ask (ConfabSearchService *self, GStrv words, gboolean describing, GDBusMethodInvocation *invocation)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, answered_cb, invocation);
  Question *question = g_new0 (Question, 1);

  *question = (Question){ confab_environment_ref (self->environment), words, describing,
                          g_settings_get_boolean (confab_settings_get (),
                                                  CONFAB_SETTINGS_SEARCH_MESSAGES) };
  g_application_hold (G_APPLICATION (self));
  g_task_set_source_tag (task, ask);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, answer_thread);
}

/* ---- opening Confab ---- */

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSearchService) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_warning ("Confab cannot be started: %s", error->message);
  g_application_release (G_APPLICATION (self));
}

/* The session's bus starts Confab if it does not run. */
static void
call_app (ConfabSearchService *self, const char *method, GVariant *parameters)
{
  g_autofree char *path = g_strconcat ("/", CONFAB_APP_ID, NULL);

  g_strdelimit (path, ".", '/');
  g_application_hold (G_APPLICATION (self));
  g_dbus_connection_call (g_application_get_dbus_connection (G_APPLICATION (self)), CONFAB_APP_ID,
                          path, "org.freedesktop.Application", method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, g_object_ref (self));
}

static void
activate_result (ConfabSearchService *self, const char *id)
{
  g_autoptr (ConfabSearchHit) hit = confab_search_hit_parse (id);
  g_auto (GVariantBuilder) parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  const char *action = "open-conversation";
  GVariant *target;

  if (hit == NULL)
    return;
  if (hit->username != NULL)
    {
      action = "write-to";
      target = g_variant_new ("(ss)", hit->username, "");
    }
  else
    target = g_variant_new ("(sxx)", hit->account_id, hit->conversation_id, hit->seq);
  g_variant_builder_add (&parameters, "v", target);
  call_app (self, "ActivateAction", g_variant_new ("(sava{sv})", action, &parameters, NULL));
}

/* ---- the bus ---- */

static void
method_call_cb (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  ConfabSearchService *self = user_data;
  const char *id = NULL;
  GStrv words = NULL;

  if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&sasu)", &id, NULL, NULL);
      activate_result (self, id);
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  if (g_str_equal (method, "LaunchSearch"))
    {
      call_app (self, "Activate", g_variant_new ("(a{sv})", NULL));
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  if (g_str_equal (method, "GetSubsearchResultSet"))
    g_variant_get (parameters, "(as^as)", NULL, &words);
  else
    g_variant_get (parameters, "(^as)", &words);
  ask (self, words, g_str_equal (method, "GetResultMetas"), invocation);
}

static gboolean
confab_search_service_dbus_register (GApplication *application,
                                     GDBusConnection *connection,
                                     const char *object_path,
                                     GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  ConfabSearchService *self = CONFAB_SEARCH_SERVICE (application);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);

  if (!G_APPLICATION_CLASS (confab_search_service_parent_class)
           ->dbus_register (application, connection, object_path, error))
    return FALSE;

  self->registration = g_dbus_connection_register_object (
      connection, object_path, node->interfaces[0], &vtable, self, NULL, error);
  return self->registration != 0;
}

static void
confab_search_service_dbus_unregister (GApplication *application,
                                       GDBusConnection *connection,
                                       const char *object_path)
{
  ConfabSearchService *self = CONFAB_SEARCH_SERVICE (application);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (connection, self->registration);
  self->registration = 0;

  G_APPLICATION_CLASS (confab_search_service_parent_class)
      ->dbus_unregister (application, connection, object_path);
}

static void
confab_search_service_finalize (GObject *object)
{
  confab_environment_unref (CONFAB_SEARCH_SERVICE (object)->environment);

  G_OBJECT_CLASS (confab_search_service_parent_class)->finalize (object);
}

static void
confab_search_service_class_init (ConfabSearchServiceClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = confab_search_service_finalize;
  application_class->dbus_register = confab_search_service_dbus_register;
  application_class->dbus_unregister = confab_search_service_dbus_unregister;
}

static void
confab_search_service_init (ConfabSearchService *self)
{
  self->environment = confab_environment_new (NULL);
}

ConfabSearchService *
confab_search_service_new (void)
{
  return g_object_new (CONFAB_TYPE_SEARCH_SERVICE, "application-id",
                       CONFAB_APP_ID ".SearchProvider", "flags", G_APPLICATION_IS_SERVICE,
                       "inactivity-timeout", IDLE_MS, NULL);
}
