/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-notice.h"

struct _ConfabNotice
{
  GObject parent_instance;

  ConfabNoticeRow *row;
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (ConfabNotice, confab_notice, G_TYPE_OBJECT)

static GParamSpec *shown_property;

static void
confab_notice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, CONFAB_NOTICE (object)->shown);
}

static void
confab_notice_finalize (GObject *object)
{
  confab_notice_row_free (CONFAB_NOTICE (object)->row);

  G_OBJECT_CLASS (confab_notice_parent_class)->finalize (object);
}

static void
confab_notice_class_init (ConfabNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_notice_get_property;
  object_class->finalize = confab_notice_finalize;

  shown_property =
      g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, 1, shown_property);
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

  self->row = confab_columns_copy (&confab_notice_columns, row);
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
  g_object_notify_by_pspec (G_OBJECT (self), shown_property);
}

gint64
confab_notice_get_id (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), 0);

  return self->row->id;
}

gint64
confab_notice_get_at (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), 0);

  return self->row->at;
}

const char *
confab_notice_get_action (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), "");

  return self->row->action;
}

const char *
confab_notice_get_actor (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), NULL);

  return self->row->actor;
}

const char *
confab_notice_get_old_value (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), NULL);

  return self->row->old_value;
}

const char *
confab_notice_get_new_value (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), NULL);

  return self->row->new_value;
}

gboolean
confab_notice_get_by_self (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), FALSE);

  return self->row->by_self;
}

gboolean
confab_notice_get_shown (ConfabNotice *self)
{
  g_return_val_if_fail (CONFAB_IS_NOTICE (self), FALSE);

  return self->shown;
}
