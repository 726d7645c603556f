/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-session-private.h"

struct _ConfabSession
{
  GObject parent_instance;
  ConfabSessionRow *row;
};

G_DEFINE_FINAL_TYPE (ConfabSession, confab_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_DEVICE_NAME,
  PROP_CREATED_AT,
  PROP_LAST_SEEN_AT,
  PROP_CURRENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
confab_session_finalize (GObject *object)
{
  confab_session_row_free (CONFAB_SESSION (object)->row);

  G_OBJECT_CLASS (confab_session_parent_class)->finalize (object);
}

static void
confab_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabSession *self = CONFAB_SESSION (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->row->id);
      break;
    case PROP_DEVICE_NAME:
      g_value_set_string (value, self->row->device_name);
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->row->created_at);
      break;
    case PROP_LAST_SEEN_AT:
      g_value_set_int64 (value, self->row->last_seen_at);
      break;
    case PROP_CURRENT:
      g_value_set_boolean (value, self->row->current);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_session_class_init (ConfabSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = confab_session_finalize;
  object_class->get_property = confab_session_get_property;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DEVICE_NAME] = g_param_spec_string ("device-name", NULL, NULL, NULL, flags);
  properties[PROP_CREATED_AT] =
      g_param_spec_int64 ("created-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_LAST_SEEN_AT] =
      g_param_spec_int64 ("last-seen-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_session_init (ConfabSession *self)
{
}

ConfabSession *
confab_session_new (ConfabSessionRow *row)
{
  ConfabSession *self = g_object_new (CONFAB_TYPE_SESSION, NULL);

  self->row = row;

  return self;
}

gint64
confab_session_get_id (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), 0);

  return self->row->id;
}

const char *
confab_session_get_device_name (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), NULL);

  return self->row->device_name;
}

gint64
confab_session_get_created_at (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), 0);

  return self->row->created_at;
}

gint64
confab_session_get_last_seen_at (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), 0);

  return self->row->last_seen_at;
}

gboolean
confab_session_get_current (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), FALSE);

  return self->row->current;
}
