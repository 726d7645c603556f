/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-stray-group.h"

#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-toast.h"

/* Limits what is shown; Copy copies all texts completely. */
#define SHOWN_TEXTS 50
#define SHOWN_CHARS 200

struct _ConfabStrayGroup
{
  AdwPreferencesGroup parent_instance;
  ConfabAccountStore *store;
  const ConfabStray *stray;
};

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabStrayGroup, confab_stray_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- content ---- */

/* Shorten @text to one line. */
static char *
shorten (const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), SHOWN_CHARS));

  return g_strdup (g_strstrip (g_strdelimit (start, "\n\t", ' ')));
}

static char *
describe (const ConfabStrayText *text)
{
  g_autofree char *name = text->name != NULL ? shorten (text->name) : NULL;

  if (name == NULL)
    /* Translators: where it was to be sent is not known */
    return g_strdup (text->draft ? _("Draft") : _("Not sent"));
  if (text->draft)
    /* Translators: a person or a group */
    return g_strdup_printf (_("Draft to %s"), name);
  /* Translators: a person or a group */
  return g_strdup_printf (_("Not sent to %s"), name);
}

static GtkWidget *
create_row (const ConfabStrayText *text)
{
  g_autofree char *title = shorten (text->text);
  g_autofree char *subtitle = describe (text);

  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "title-lines", 3,
                       "subtitle", subtitle, "subtitle-lines", 1, NULL);
}

static void
add_texts (ConfabStrayGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  const GPtrArray *texts = self->stray->texts;
  g_autofree char *more = NULL;

  for (guint i = 0; i < MIN (texts->len, SHOWN_TEXTS); i++)
    adw_preferences_group_add (group, create_row (g_ptr_array_index (texts, i)));
  if (texts->len <= SHOWN_TEXTS)
    return;
  /* Translators: below a list of texts */
  more = g_strdup_printf (ngettext ("%u more text, which is copied as well",
                                    "%u more texts, which are copied as well",
                                    texts->len - SHOWN_TEXTS),
                          texts->len - SHOWN_TEXTS);
  adw_preferences_group_add (group, g_object_new (ADW_TYPE_ACTION_ROW, "title", more, NULL));
}

/* ---- actions ---- */

static void
copy_cb (ConfabStrayGroup *self)
{
  g_autofree char *texts = confab_stray_join (self->stray);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), texts);
  confab_toast (GTK_WIDGET (self), _("Copied"));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabStrayGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (confab_account_store_remove_stray_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_signal_emit (self, signals[REMOVED], 0);
  else
    confab_toast_error (GTK_WIDGET (self), error);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabStrayGroup) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (!g_str_equal (response, "remove"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  confab_account_store_remove_stray_async (self->store, self->stray->path, removed_cb,
                                           g_object_ref (self));
}

static void
remove_cb (ConfabStrayGroup *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (confab_alert_new (
      _("Remove Unsent Text?"), _("It will be deleted from this computer, together with what is "
                                    "left here of the account.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, answered_cb, g_object_ref (self));
}

static void
add_button (ConfabStrayGroup *self, const char *title, const char *style, GCallback activated)
{
  GtkWidget *row = g_object_new (ADW_TYPE_BUTTON_ROW, "title", title, "use-underline", TRUE, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (row, style);
  g_signal_connect_object (row, "activated", activated, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

/* ---- the object ---- */

static void
confab_stray_group_dispose (GObject *object)
{
  g_clear_object (&CONFAB_STRAY_GROUP (object)->store);

  G_OBJECT_CLASS (confab_stray_group_parent_class)->dispose (object);
}

static void
confab_stray_group_class_init (ConfabStrayGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_stray_group_dispose;

  signals[REMOVED] = g_signal_new ("removed", CONFAB_TYPE_STRAY_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_stray_group_init (ConfabStrayGroup *self)
{
}

ConfabStrayGroup *
confab_stray_group_new (ConfabAccountStore *store, const ConfabStray *stray)
{
  ConfabStrayGroup *self = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (store), NULL);
  g_return_val_if_fail (stray != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_STRAY_GROUP, NULL);
  self->store = g_object_ref (store);
  self->stray = stray;
  if (stray->username != NULL)
    {
      name = g_markup_escape_text (stray->username, -1);
      /* Translators: %s is the username of the account that wrote the texts below. */
      title = g_strdup_printf (_("Written as %s"), name);
    }
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self),
                                   title != NULL ? title : _("Unknown Account"));
  add_texts (self);
  add_button (self, _("_Copy All"), NULL, G_CALLBACK (copy_cb));
  add_button (self, _("_Remove From This Computer…"), "destructive-action",
              G_CALLBACK (remove_cb));

  return self;
}

const ConfabStray *
confab_stray_group_get_stray (ConfabStrayGroup *self)
{
  g_return_val_if_fail (CONFAB_IS_STRAY_GROUP (self), NULL);

  return self->stray;
}
