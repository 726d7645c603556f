/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-avatar.h"

#include "confab-picture-cache.h"

/* What an avatar shows. Attached to the avatar as data. */
typedef struct
{
  AdwAvatar *avatar;    /* the owner of this struct */
  ConfabClient *client; /* (nullable) */
  char *hash;           /* (nullable) */
  GSignalGroup *user;
  guint source;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->user);
  g_clear_object (&self->client);
  g_free (self->hash);
  g_free (self);
}

static void user_changed_cb (ConfabUser *user, GParamSpec *pspec, Shown *self);

static Shown *
get_shown (AdwAvatar *avatar)
{
  Shown *self = g_object_get_data (G_OBJECT (avatar), "confab-avatar");

  if (self != NULL)
    return self;

  self = g_new0 (Shown, 1);
  self->avatar = avatar;
  self->user = g_signal_group_new (CONFAB_TYPE_USER);
  g_signal_group_connect (self->user, "notify", G_CALLBACK (user_changed_cb), self);
  g_object_set_data_full (G_OBJECT (avatar), "confab-avatar", self, shown_free);

  return self;
}

/* ---- pictures ---- */

typedef struct
{
  AdwAvatar *avatar;
  char *hash;
} Wish;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  g_autoptr (GdkTexture) texture = confab_picture_cache_load_finish (result);

  /* The avatar may show another person by now. */
  if (texture != NULL && g_strcmp0 (get_shown (wish->avatar)->hash, wish->hash) == 0)
    adw_avatar_set_custom_image (wish->avatar, GDK_PAINTABLE (texture));
  g_object_unref (wish->avatar);
  g_free (wish->hash);
  g_free (wish);
}

/* Load after the next frame is painted. */
static gboolean
load_cb (gpointer user_data)
{
  Shown *self = user_data;
  Wish *wish = g_new0 (Wish, 1);

  self->source = 0;
  wish->avatar = g_object_ref (self->avatar);
  wish->hash = g_strdup (self->hash);
  confab_picture_cache_load_async (self->client, self->hash, loaded_cb, wish);

  return G_SOURCE_REMOVE;
}

static void
show_picture (Shown *self, const char *hash)
{
  GdkTexture *known = hash != NULL ? confab_picture_cache_lookup (hash) : NULL;

  if (!g_set_str (&self->hash, hash))
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  adw_avatar_set_custom_image (self->avatar, GDK_PAINTABLE (known));
  if (hash != NULL && known == NULL)
    self->source = g_idle_add_full (G_PRIORITY_LOW, load_cb, self, NULL);
}

void
confab_avatar_show_picture (AdwAvatar *avatar, ConfabClient *client, const char *hash)
{
  Shown *self = NULL;

  g_return_if_fail (ADW_IS_AVATAR (avatar));
  g_return_if_fail (hash == NULL || CONFAB_IS_CLIENT (client));

  self = get_shown (avatar);
  g_set_object (&self->client, client);
  show_picture (self, hash);
}

/* ---- users ---- */

static void
show_user (Shown *self, ConfabUser *user)
{
  gboolean nameless = user == NULL || confab_user_get_deleted (user);

  adw_avatar_set_text (self->avatar, user != NULL ? confab_user_get_display_name (user) : NULL);
  adw_avatar_set_show_initials (self->avatar, !nameless);
  show_picture (self, user != NULL && self->client != NULL ? confab_user_get_picture (user) : NULL);
}

static void
user_changed_cb (ConfabUser *user, GParamSpec *pspec, Shown *self)
{
  show_user (self, user);
}

void
confab_avatar_show_user (AdwAvatar *avatar, ConfabClient *client, ConfabUser *user)
{
  Shown *self = NULL;

  g_return_if_fail (ADW_IS_AVATAR (avatar));
  g_return_if_fail (client == NULL || CONFAB_IS_CLIENT (client));
  g_return_if_fail (user == NULL || CONFAB_IS_USER (user));

  self = get_shown (avatar);
  g_set_object (&self->client, client);
  g_signal_group_set_target (self->user, user);
  show_user (self, user);
}
