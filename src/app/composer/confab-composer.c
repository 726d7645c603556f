/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-composer"

#include "confab-composer.h"

#include "confab-error-text.h"
#include "confab-focus-child.h"
#include "confab-limits.h"
#include "confab-text-pieces.h"
#include "confab-settings.h"
#include "confab-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DRAFT_DELAY_MS 500
#define MAX_LINES 8
/* Show the number of characters left once it is below this. */
#define LIMIT_NEAR 500
/* More than that is not taken from a paste: laying it out would hold the window. */
#define TAKEN_MAX_CHARS (2 * CONFAB_MESSAGE_MAX_CHARS)

struct _ConfabComposer
{
  GtkWidget parent_instance;

  char *recipient;
  gboolean picked;    /* an emoji was chosen since the chooser opened */
  gboolean over;      /* the text is longer than a message may be */
  gboolean cut;       /* a paste was too long to be taken whole */
  gboolean replacing; /* the text is set, not edited */
  guint draft_id;     /* set while the text differs from the last "draft" */

  GtkWidget *content;
  GtkWidget *scrolled_window;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *placeholder;
  GtkMenuButton *emoji_button;
  GtkWidget *remaining;
  GtkWidget *problem_revealer;
  GtkLabel *problem;
};

enum
{
  PROP_0,
  PROP_RECIPIENT,
  N_PROPS,
};

enum
{
  SIGNAL_SEND,
  SIGNAL_DRAFT,
  SIGNAL_LEAVE,
  SIGNAL_SCROLL,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabComposer, confab_composer, GTK_TYPE_WIDGET)

char *
confab_composer_dup_text (ConfabComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (CONFAB_IS_COMPOSER (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* ---- problems ---- */

static void
show_problem (ConfabComposer *self, const char *text)
{
  if (text != NULL)
    {
      gtk_label_set_text (self->problem, text);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->problem_revealer), text != NULL);
}

/* Shown while the text is too long; announced only once. */
static void
show_too_long (ConfabComposer *self, int n, gboolean announce)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: by how many characters */
      ngettext ("The message is %'d character too long. Shorten it or send it in parts.",
                "The message is %'d characters too long. Shorten it or send it in parts.", n),
      n);

  if (self->cut)
    {
      g_free (text);
      /* Translators: how many characters a message has at most */
      text = g_strdup_printf (_("The text is too long. Only its beginning was inserted: a message"
                                 " has at most %'d characters."),
                              CONFAB_MESSAGE_MAX_CHARS);
    }
  gtk_label_set_text (self->problem, text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->problem_revealer), TRUE);
  if (announce)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
update_remaining (ConfabComposer *self, const char *text)
{
  g_autofree char *trimmed = confab_text_strip_blank_lines (text);
  int remaining = CONFAB_MESSAGE_MAX_CHARS - (int)g_utf8_strlen (trimmed, -1);
  gboolean was_over = self->over;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->remaining, remaining < LIMIT_NEAR);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send",
                                 *trimmed != '\0' && remaining >= 0);
  self->over = remaining < 0;
  self->cut = self->cut && self->over;
  if (self->over)
    show_too_long (self, -remaining, !was_over);
  else if (was_over)
    show_problem (self, NULL);
  if (remaining >= LIMIT_NEAR)
    return;

  label = g_strdup_printf ("%'d", remaining);
  gtk_label_set_text (GTK_LABEL (self->remaining), label);
  g_free (label);
  if (remaining >= 0)
    {
      /* Translators: a screen reader’s words for the number beside the field */
      label = g_strdup_printf (ngettext ("%d character left", "%d characters left", remaining),
                               remaining);
      gtk_widget_remove_css_class (self->remaining, "error");
    }
  else
    {
      label = g_strdup_printf (
          /* Translators: a screen reader’s words for the number beside the field */
          ngettext ("%d character too many", "%d characters too many", -remaining), -remaining);
      gtk_widget_add_css_class (self->remaining, "error");
    }
  gtk_widget_set_tooltip_text (self->remaining, label);
}

/* GTK puts the caret of an empty line at the start of the keyboard's script. Put it at the start of
 * the placeholder, which follows the interface's direction, until text decides. */
static void
update_caret_side (ConfabComposer *self, gboolean empty)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  gboolean interface = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean script = keyboard != NULL && gdk_device_get_direction (keyboard) == PANGO_DIRECTION_RTL;

  /* "Left" means the start of the line in the line's own direction. */
  gtk_text_view_set_justification (self->view, empty && interface != script ? GTK_JUSTIFY_RIGHT
                                                                            : GTK_JUSTIFY_LEFT);
}

static void
update_empty (ConfabComposer *self, gboolean empty)
{
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), empty);
  update_caret_side (self, empty);
}

static void
update_text (ConfabComposer *self)
{
  g_autofree char *text = confab_composer_dup_text (self);

  update_empty (self, *text == '\0');
  update_remaining (self, text);
}

/* The buffer does not contain the text that an input method is composing. */
static void
preedit_changed_cb (ConfabComposer *self, const char *preedit)
{
  update_empty (self, *preedit == '\0' && gtk_text_buffer_get_char_count (self->buffer) == 0);
}

/* ---- drafts ---- */

static void
emit_draft (ConfabComposer *self)
{
  g_autofree char *text = confab_composer_dup_text (self);

  g_signal_emit (self, signals[SIGNAL_DRAFT], 0, text);
}

static void
draft_cb (gpointer data)
{
  ConfabComposer *self = data;

  self->draft_id = 0;
  emit_draft (self);
}

static void
changed_cb (ConfabComposer *self)
{
  show_problem (self, NULL);
  update_text (self);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  self->draft_id = g_timeout_add_once (DRAFT_DELAY_MS, draft_cb, self);
}

void
confab_composer_flush_draft (ConfabComposer *self)
{
  g_return_if_fail (CONFAB_IS_COMPOSER (self));

  if (self->draft_id == 0)
    return;

  g_clear_handle_id (&self->draft_id, g_source_remove);
  emit_draft (self);
}

/* Whatever inserts it: a paste, something dropped, an assistive technology. */
static void
insert_text_cb (ConfabComposer *self, GtkTextIter *place, const char *text, int length)
{
  int room = MAX (TAKEN_MAX_CHARS - gtk_text_buffer_get_char_count (self->buffer), 0);
  const char *end;

  if (self->replacing || g_utf8_strlen (text, length) <= room)
    return;

  g_signal_stop_emission_by_name (self->buffer, "insert-text");
  self->cut = TRUE;
  end = g_utf8_offset_to_pointer (text, room);
  gtk_text_buffer_insert (self->buffer, place, text, (int)(end - text));
  update_text (self);
}

/* Replace the text without an undo step, which would bring back another conversation's text. */
static void
replace_text (ConfabComposer *self, const char *text)
{
  self->replacing = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->replacing = FALSE;
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

void
confab_composer_set_text (ConfabComposer *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_COMPOSER (self));

  replace_text (self, text != NULL ? text : "");
  g_clear_handle_id (&self->draft_id, g_source_remove);
}

/* ---- sending ---- */

static void
send_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabComposer *self = CONFAB_COMPOSER (widget);
  g_autofree char *text = confab_composer_dup_text (self);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  content = confab_text_message (text, &error);
  if (content == NULL)
    {
      show_problem (self, confab_error_text (error));
      return;
    }

  /* The saved draft stays until the outbox has stored the message, so that a crash in between loses
   * nothing. */
  confab_composer_set_text (self, "");
  g_signal_emit (self, signals[SIGNAL_SEND], 0, content);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
confab_composer_give_back (ConfabComposer *self, const char *text, const char *reason)
{
  g_autofree char *typed = NULL;
  g_autofree char *both = NULL;

  g_return_if_fail (CONFAB_IS_COMPOSER (self));
  g_return_if_fail (text != NULL && reason != NULL);

  typed = confab_composer_dup_text (self);
  both = *typed == '\0' ? g_strdup (text) : g_strdup_printf ("%s\n%s", text, typed);
  replace_text (self, both);
  show_problem (self, reason);
}

/* Clicking the field's border also focuses it. */
static void
field_pressed_cb (ConfabComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

gboolean
confab_composer_type (ConfabComposer *self, GtkEventControllerKey *keys)
{
  g_return_val_if_fail (CONFAB_IS_COMPOSER (self), GDK_EVENT_PROPAGATE);

  /* An input method serves only the focused widget, so focus the view first. */
  gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return gtk_event_controller_key_forward (keys, GTK_WIDGET (self->view));
}

/* Return -1 for up, 1 for down, 0 for another key. */
static int
get_page_direction (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return -1;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return 1;
    default:
      return 0;
    }
}

/* Return whether Enter with the modifiers @state sends the message. Shift+Enter never does, and
 * Ctrl+Enter always. */
static gboolean
enter_sends (GdkModifierType state)
{
  if ((state & GDK_SHIFT_MASK) != 0)
    return FALSE;

  return (state & GDK_CONTROL_MASK) != 0
         || g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_ENTER_SENDS);
}

static gboolean
key_pressed_cb (ConfabComposer *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventControllerKey *key)
{
  gboolean enter =
      keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
  int pages = (state & gtk_accelerator_get_default_mod_mask ()) == 0
                      && gtk_text_buffer_get_char_count (self->buffer) == 0
                  ? get_page_direction (keyval)
                  : 0;

  if (!enter && keyval != GDK_KEY_Escape && pages == 0)
    return GDK_EVENT_PROPAGATE;

  /* An input method that is composing gets these keys first, to choose or cancel its
   * suggestions. */
  if (gtk_text_view_im_context_filter_keypress (
          self->view, gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (key))))
    return GDK_EVENT_STOP;

  if (pages != 0)
    {
      g_signal_emit (self, signals[SIGNAL_SCROLL], 0, pages);
      return GDK_EVENT_STOP;
    }
  if (!enter)
    {
      g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
      return GDK_EVENT_STOP;
    }
  if (!enter_sends (state))
    return GDK_EVENT_PROPAGATE; /* the text view inserts a line break */

  gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);

  return GDK_EVENT_STOP;
}

/* ---- emoji ---- */

static void
emoji_picked_cb (ConfabComposer *self, const char *emoji)
{
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, emoji, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  self->picked = TRUE;
}

/* The user can choose several emoji before the chooser closes. */
static void
emoji_closed_cb (ConfabComposer *self)
{
  if (self->picked && !gtk_widget_is_focus (GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->picked = FALSE;
}

/* The chooser has thousands of widgets, so create it only when it is opened. */
static void
create_emoji_chooser_cb (GtkMenuButton *button, gpointer data)
{
  ConfabComposer *self = data;
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  chooser = gtk_emoji_chooser_new ();
  g_signal_connect_object (chooser, "emoji-picked", G_CALLBACK (emoji_picked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (emoji_closed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_menu_button_set_popover (button, chooser);
}

static void
insert_emoji_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (CONFAB_COMPOSER (widget)->emoji_button);
}

/* ---- object ---- */

void
confab_composer_set_recipient (ConfabComposer *self, const char *recipient)
{
  g_autofree char *placeholder = NULL;

  g_return_if_fail (CONFAB_IS_COMPOSER (self));

  if (!g_set_str (&self->recipient, recipient))
    return;

  placeholder =
      recipient != NULL && *recipient != '\0'
          ? g_strdup_printf (/* Translators: %s is the person or group that reads the message */ _ (
                                 "Message %s"),
                             recipient)
          : g_strdup (_("Message"));
  gtk_label_set_text (self->placeholder, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                  placeholder, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECIPIENT]);
}

static gboolean
confab_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONFAB_COMPOSER (widget)->view));
}

/* Let the field grow with its text, up to MAX_LINES of the current font. */
static void
update_height (ConfabComposer *self)
{
  g_autoptr (PangoLayout) line = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), "1");
  int width, height;

  pango_layout_get_size (line, &width, &height);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled_window),
                                              MAX_LINES * PANGO_PIXELS (height));
  /* GTK gives an empty text the height of a line in the desktop's font. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled_window),
                                              PANGO_PIXELS (height));
}

static void
confab_composer_map (GtkWidget *widget)
{
  update_height (CONFAB_COMPOSER (widget));
  GTK_WIDGET_CLASS (confab_composer_parent_class)->map (widget);
}

static void
direction_cb (ConfabComposer *self)
{
  update_caret_side (self, gtk_widget_get_visible (GTK_WIDGET (self->placeholder)));
}

static void
confab_composer_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (confab_composer_parent_class)->direction_changed (widget, previous);
  direction_cb (CONFAB_COMPOSER (widget));
}

static void
watch_keyboard (ConfabComposer *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  if (keyboard != NULL)
    g_signal_connect_object (keyboard, "notify::direction", G_CALLBACK (direction_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
confab_composer_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (confab_composer_parent_class)->system_setting_changed (widget, setting);
  update_height (CONFAB_COMPOSER (widget));
}

static void
confab_composer_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  ConfabComposer *self = CONFAB_COMPOSER (object);

  switch (property_id)
    {
    case PROP_RECIPIENT:
      g_value_set_string (value, self->recipient);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_composer_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  ConfabComposer *self = CONFAB_COMPOSER (object);

  switch (property_id)
    {
    case PROP_RECIPIENT:
      confab_composer_set_recipient (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
confab_composer_dispose (GObject *object)
{
  ConfabComposer *self = CONFAB_COMPOSER (object);

  g_clear_handle_id (&self->draft_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_COMPOSER);

  G_OBJECT_CLASS (confab_composer_parent_class)->dispose (object);
}

static void
confab_composer_finalize (GObject *object)
{
  g_free (CONFAB_COMPOSER (object)->recipient);

  G_OBJECT_CLASS (confab_composer_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, content);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, view);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, emoji_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, remaining);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, ConfabComposer, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preedit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
confab_composer_class_init (ConfabComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = confab_composer_get_property;
  object_class->set_property = confab_composer_set_property;
  object_class->dispose = confab_composer_dispose;
  object_class->finalize = confab_composer_finalize;
  widget_class->focus = confab_focus_child;
  widget_class->grab_focus = confab_composer_grab_focus;
  widget_class->map = confab_composer_map;
  widget_class->direction_changed = confab_composer_direction_changed;
  widget_class->system_setting_changed = confab_composer_system_setting_changed;

  properties[PROP_RECIPIENT] =
      g_param_spec_string ("recipient", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_SEND] = g_signal_new ("send", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DRAFT] = g_signal_new ("draft", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[SIGNAL_SCROLL] = g_signal_new ("scroll", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "composer.insert-emoji", NULL, insert_emoji_cb);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "composer");
}

static void
confab_composer_init (ConfabComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->emoji_button, create_emoji_chooser_cb, self, NULL);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  confab_text_pieces_watch (self->buffer);
  /* The text size may have changed in the preferences meanwhile. */
  g_signal_connect_object (self->view, "notify::has-focus", G_CALLBACK (update_height), self,
                           G_CONNECT_SWAPPED);
  watch_keyboard (self);
  update_text (self);
}
