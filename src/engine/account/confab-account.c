/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-account-private.h"

#include <string.h>

struct _ConfabAccount
{
  GObject parent_instance;
  char *id;
  char *server;
  char *username;
  gint64 user_id;
  gint64 created_at; /* ms; 0: unknown yet */
  char *token;
  gboolean signed_out;
  gboolean forgotten;
  gboolean open;
};

G_DEFINE_FINAL_TYPE (ConfabAccount, confab_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_SERVER,
  PROP_USERNAME,
  PROP_USER_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
confab_account_finalize (GObject *object)
{
  ConfabAccount *self = CONFAB_ACCOUNT (object);

  confab_account_set_token (self, NULL);
  g_free (self->id);
  g_free (self->server);
  g_free (self->username);

  G_OBJECT_CLASS (confab_account_parent_class)->finalize (object);
}

static void
confab_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabAccount *self = CONFAB_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;
    case PROP_USER_ID:
      g_value_set_int64 (value, self->user_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_account_class_init (ConfabAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = confab_account_finalize;
  object_class->get_property = confab_account_get_property;

  properties[PROP_ID] =
      g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SERVER] =
      g_param_spec_string ("server", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USERNAME] =
      g_param_spec_string ("username", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER_ID] = g_param_spec_int64 ("user-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_account_init (ConfabAccount *self)
{
}

ConfabAccount *
confab_account_new (const char *id, const char *server, const char *username, gint64 user_id)
{
  ConfabAccount *self = g_object_new (CONFAB_TYPE_ACCOUNT, NULL);

  self->id = g_strdup (id);
  self->server = g_strdup (server);
  self->username = g_strdup (username);
  self->user_id = user_id;

  return self;
}

const char *
confab_account_get_id (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), NULL);

  return self->id;
}

const char *
confab_account_get_server (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), NULL);

  return self->server;
}

const char *
confab_account_get_username (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), NULL);

  return self->username;
}

void
confab_account_set_username (ConfabAccount *self, const char *username)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT (self));

  if (g_set_str (&self->username, username))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERNAME]);
}

gint64
confab_account_get_user_id (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), 0);

  return self->user_id;
}

gint64
confab_account_get_created_at (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), 0);

  return self->created_at;
}

void
confab_account_set_created_at (ConfabAccount *self, gint64 created_at)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT (self));

  self->created_at = created_at;
}

gboolean
confab_account_is_of (ConfabAccount *self, const char *server, gint64 user_id, gint64 created_at)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), FALSE);

  return self->user_id == user_id && g_str_equal (self->server, server)
         && (self->created_at == created_at || self->created_at == 0 || created_at == 0);
}

gboolean
confab_account_get_signed_out (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), FALSE);

  return self->signed_out;
}

void
confab_account_set_signed_out (ConfabAccount *self, gboolean signed_out)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT (self));

  self->signed_out = signed_out;
}

gboolean
confab_account_get_forgotten (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), FALSE);

  return self->forgotten;
}

void
confab_account_set_forgotten (ConfabAccount *self, gboolean forgotten)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT (self));

  self->forgotten = forgotten;
}

const char *
confab_account_get_token (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), NULL);

  return self->token;
}

void
confab_account_set_token (ConfabAccount *self, const char *token)
{
  char *copy = g_strdup (token);

  g_return_if_fail (CONFAB_IS_ACCOUNT (self));

  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = copy;
}

gboolean
confab_account_get_open (ConfabAccount *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT (self), FALSE);

  return self->open;
}

void
confab_account_set_open (ConfabAccount *self, gboolean open)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT (self));

  self->open = open;
}
