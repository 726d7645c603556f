/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-notice.h"

struct _ConfabNotice
{
  GObject parent_instance;

  gint64 id;
  gint64 at;
  char *action;
  char *actor;
  char *old_value;
  char *new_value;
  gboolean by_self;
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (ConfabNotice, confab_notice, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_AT,
  PROP_ACTION,
  PROP_ACTOR,
  PROP_OLD_VALUE,
  PROP_NEW_VALUE,
  PROP_BY_SELF,
  PROP_SHOWN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
confab_notice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabNotice *self = CONFAB_NOTICE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_AT:
      g_value_set_int64 (value, self->at);
      break;
    case PROP_ACTION:
      g_value_set_string (value, self->action);
      break;
    case PROP_ACTOR:
      g_value_set_string (value, self->actor);
      break;
    case PROP_OLD_VALUE:
      g_value_set_string (value, self->old_value);
      break;
    case PROP_NEW_VALUE:
      g_value_set_string (value, self->new_value);
      break;
    case PROP_BY_SELF:
      g_value_set_boolean (value, self->by_self);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, self->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_notice_finalize (GObject *object)
{
  ConfabNotice *self = CONFAB_NOTICE (object);

  g_free (self->action);
  g_free (self->actor);
  g_free (self->old_value);
  g_free (self->new_value);

  G_OBJECT_CLASS (confab_notice_parent_class)->finalize (object);
}

static void
confab_notice_class_init (ConfabNoticeClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_notice_get_property;
  object_class->finalize = confab_notice_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_AT] = g_param_spec_int64 ("at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ACTION] = g_param_spec_string ("action", NULL, NULL, NULL, flags);
  properties[PROP_ACTOR] = g_param_spec_string ("actor", NULL, NULL, NULL, flags);
  properties[PROP_OLD_VALUE] = g_param_spec_string ("old-value", NULL, NULL, NULL, flags);
  properties[PROP_NEW_VALUE] = g_param_spec_string ("new-value", NULL, NULL, NULL, flags);
  properties[PROP_BY_SELF] = g_param_spec_boolean ("by-self", NULL, NULL, FALSE, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_notice_init (ConfabNotice *self)
{
}

/**
 * confab_notice_new:
 * @row: the notice's values, which are copied
 * @shown: whether the user has seen it
 *
 * Returns: (transfer full): a notice
 */
ConfabNotice *
confab_notice_new (const ConfabNoticeRow *row, gboolean shown)
{
  ConfabNotice *self = g_object_new (CONFAB_TYPE_NOTICE, NULL);

  self->id = row->id;
  self->at = row->at;
  self->action = g_strdup (row->action);
  self->actor = g_strdup (row->actor);
  self->old_value = g_strdup (row->old_value);
  self->new_value = g_strdup (row->new_value);
  self->by_self = row->by_self;
  self->shown = shown;

  return self;
}

void
confab_notice_set_shown (ConfabNotice *self, gboolean shown)
{
  g_return_if_fail (CONFAB_IS_NOTICE (self));

  if (self->shown == shown)
    return;
  self->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

gint64
confab_notice_get_id (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), 0);

  return self->id;
}

gint64
confab_notice_get_at (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), 0);

  return self->at;
}

const char *
confab_notice_get_action (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), "");

  return self->action;
}

const char *
confab_notice_get_actor (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), NULL);

  return self->actor;
}

const char *
confab_notice_get_old_value (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), NULL);

  return self->old_value;
}

const char *
confab_notice_get_new_value (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), NULL);

  return self->new_value;
}

gboolean
confab_notice_get_by_self (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), FALSE);

  return self->by_self;
}

gboolean
confab_notice_get_shown (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), FALSE);

  return self->shown;
}
