/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-conversation-tile.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "confab-attention.h"
#include "confab-clock.h"
#include "confab-conversation-avatar.h"
#include "confab-list-time.h"

/* More than fits on a line; the mirror's previews have the same length. */
#define PREVIEW_CHARS 200
/* The clock may jump while a mute lasts. */
#define LOOK_AGAIN_MS (60 * 1000)

struct _ConfabConversationTile
{
  GtkBox parent_instance;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *time_label;
  GtkLabel *prefix_label;
  GtkLabel *preview_label;
  GtkLabel *unread_label;
  GtkWidget *muted_icon;
  ConfabClient *client; /* (nullable): without it no pictures are shown */
  GSignalGroup *signals;
  gint64 today;
  char *description;
  guint mute_timer; /* until the mute ends */
};

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_CONVERSATION,
  PROP_TODAY,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ConfabConversationTile, confab_conversation_tile, GTK_TYPE_BOX)

/* Return the name to show. A new conversation has none until its members are known. */
static const char *
shown_name (ConfabConversation *conversation)
{
  const char *name = confab_conversation_get_display_name (conversation);

  if (name != NULL && *name != '\0')
    return name;

  /* Translators: a kind of conversation, where its name is not known yet */
  return confab_conversation_get_is_group (conversation) ? _("Group") : _("Conversation");
}

/* Return the sender of the preview, or NULL if it is obvious. */
static char *
dup_prefix (ConfabConversation *conversation)
{
  const char *draft = confab_conversation_get_draft (conversation);
  const char *sender = confab_conversation_get_preview_sender (conversation);

  if (draft != NULL)
    /* Translators: stands before the text of an unsent draft, in the list of conversations */
    return g_strdup (_("Draft:"));
  if (confab_conversation_get_preview (conversation) == NULL)
    return NULL;
  if (confab_conversation_get_preview_own (conversation))
    /* Translators: stands before the last message, if it is the user’s own, in the list of
     * conversations */
    return g_strdup (_("You:"));
  if (confab_conversation_get_is_group (conversation) && sender != NULL)
    /* Translators: the sender of the message that follows. */
    return g_strdup_printf (C_("sender", "%s:"), sender);

  return NULL;
}

/* Join a draft's lines into one. */
static char *
dup_preview (ConfabConversation *conversation)
{
  const char *draft = confab_conversation_get_draft (conversation);
  const char *preview = confab_conversation_get_preview (conversation);

  if (draft != NULL)
    {
      const char *end =
          g_utf8_offset_to_pointer (draft, MIN (g_utf8_strlen (draft, -1), PREVIEW_CHARS));

      return g_strdelimit (g_strndup (draft, (gsize)(end - draft)), "\n\t", ' ');
    }

  if (confab_conversation_get_preview_removed (conversation))
    return g_strdup (_("Message removed"));

  return g_strdup (preview != NULL ? preview : _("No messages yet"));
}

/* Add a part to a screen reader's line. */
static void
add_part (GString *line, const char *part)
{
  if (line->len > 0)
    /* Translators: stands between the parts of a line that a screen reader says */
    g_string_append (line, C_("screen reader", ", "));
  g_string_append (line, part);
}

static void
update_description (ConfabConversationTile *self, guint unread, gboolean closed, gboolean muted)
{
  g_autoptr (GString) text = g_string_new (gtk_label_get_text (self->name_label));
  g_autofree char *preview = NULL;

  if (unread > 0)
    {
      g_autofree char *count =
          /* Translators: how many messages are not read yet; a part of a screen reader’s line */
          g_strdup_printf (ngettext ("%u unread", "%u unread", unread), unread);

      add_part (text, count);
    }
  if (closed)
    /* Translators: the user is no longer in this conversation; a part of a screen reader’s line */
    add_part (text, C_("conversation", "closed"));
  if (muted)
    /* Translators: the user is not notified of its messages; a part of a screen reader’s line */
    add_part (text, C_("conversation", "muted"));
  if (gtk_widget_get_visible (GTK_WIDGET (self->prefix_label)))
    preview = g_strdup_printf ("%s %s", gtk_label_get_text (self->prefix_label),
                               gtk_label_get_text (self->preview_label));
  add_part (text, preview != NULL ? preview : gtk_label_get_text (self->preview_label));
  add_part (text, gtk_label_get_text (self->time_label));

  if (g_set_str (&self->description, text->str))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

static void
set_css_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void update (ConfabConversationTile *self);

static void
mute_ended_cb (gpointer user_data)
{
  ConfabConversationTile *self = user_data;

  self->mute_timer = 0;
  update (self);
}

/* Show a mute until it ends. */
static gboolean
update_muted (ConfabConversationTile *self, ConfabConversation *conversation)
{
  gint64 now = confab_clock_now ();
  gint64 left = confab_conversation_get_muted_until (conversation) - now;
  gboolean muted = confab_conversation_is_muted (conversation, now);

  g_clear_handle_id (&self->mute_timer, g_source_remove);
  if (muted && left > 0)
    self->mute_timer =
        g_timeout_add_once ((guint)MIN (left + 1, LOOK_AGAIN_MS), mute_ended_cb, self);
  gtk_widget_set_visible (self->muted_icon, muted);
  set_css_class (self->unread_label, "muted",
                 confab_attention (conversation, 0, FALSE, FALSE, now) == CONFAB_ATTENTION_COUNT);

  return muted;
}

static void
update (ConfabConversationTile *self)
{
  g_autoptr (ConfabConversation) conversation = g_signal_group_dup_target (self->signals);
  g_autofree char *prefix = NULL;
  g_autofree char *preview = NULL;
  g_autofree char *when = NULL;
  g_autofree char *count = NULL;
  gboolean is_draft = FALSE;
  gboolean closed = FALSE;
  gboolean muted = FALSE;
  guint unread = 0;

  if (conversation == NULL)
    return;

  prefix = dup_prefix (conversation);
  preview = dup_preview (conversation);
  when = confab_list_time (confab_conversation_get_last_at (conversation), self->today);
  unread = confab_conversation_get_unread_count (conversation);
  count = unread > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", unread);
  is_draft = confab_conversation_get_draft (conversation) != NULL;
  closed = confab_conversation_get_closed_reason (conversation) != CONFAB_CLOSED_NOT;

  gtk_label_set_text (self->name_label, shown_name (conversation));
  confab_conversation_avatar_show (self->avatar, self->client, conversation);
  gtk_label_set_text (self->time_label, when);
  gtk_label_set_text (self->prefix_label, prefix != NULL ? prefix : "");
  gtk_widget_set_visible (GTK_WIDGET (self->prefix_label), prefix != NULL);
  set_css_class (self->prefix_label, "accent", is_draft && !closed);
  gtk_label_set_text (self->preview_label, preview);
  set_css_class (self->preview_label, "removed",
                 !is_draft && confab_conversation_get_preview_removed (conversation));
  gtk_label_set_text (self->unread_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->unread_label), unread > 0);
  muted = update_muted (self, conversation);
  set_css_class (self, "unread", unread > 0);
  set_css_class (self, "closed", closed);
  update_description (self, unread, closed, muted);
}

static void
changed_cb (ConfabConversation *conversation, GParamSpec *pspec, ConfabConversationTile *self)
{
  update (self);
}

static void
confab_conversation_tile_dispose (GObject *object)
{
  ConfabConversationTile *self = CONFAB_CONVERSATION_TILE (object);

  g_clear_handle_id (&self->mute_timer, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->client);
  g_clear_pointer (&self->description, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_CONVERSATION_TILE);

  G_OBJECT_CLASS (confab_conversation_tile_parent_class)->dispose (object);
}

static void
confab_conversation_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConfabConversationTile *self = CONFAB_CONVERSATION_TILE (object);

  switch (id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_CONVERSATION:
      g_value_take_object (value, g_signal_group_dup_target (self->signals));
      break;
    case PROP_TODAY:
      g_value_set_int64 (value, self->today);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_conversation_tile_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  ConfabConversationTile *self = CONFAB_CONVERSATION_TILE (object);

  switch (id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    case PROP_CONVERSATION:
      g_signal_group_set_target (self->signals, g_value_get_object (value));
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TODAY:
      if (self->today != g_value_get_int64 (value))
        {
          self->today = g_value_get_int64 (value);
          update (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_conversation_tile_class_init (ConfabConversationTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = confab_conversation_tile_dispose;
  object_class->get_property = confab_conversation_tile_get_property;
  object_class->set_property = confab_conversation_tile_set_property;

  properties[PROP_CLIENT] =
      g_param_spec_object ("client", NULL, NULL, CONFAB_TYPE_CLIENT,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONVERSATION] = g_param_spec_object (
      "conversation", NULL, NULL, CONFAB_TYPE_CONVERSATION, G_PARAM_READWRITE | flags);
  properties[PROP_TODAY] =
      g_param_spec_int64 ("today", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READWRITE | flags);
  properties[PROP_DESCRIPTION] =
      g_param_spec_string ("description", NULL, NULL, NULL, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-conversation-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, time_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, prefix_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, preview_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, unread_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabConversationTile, muted_icon);
}

static void
confab_conversation_tile_init (ConfabConversationTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CONFAB_TYPE_CONVERSATION);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (changed_cb), self, 0);
}
