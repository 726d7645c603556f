/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-client-private.h"

/* Requesting an item this close to the end loads the next page. */
#define NEAR_END 10

struct _ConfabPagedList
{
  GObject parent_instance;
  ConfabClient *client;
  const ConfabAdminSource *source;
  GPtrArray *items;
  char *query; /* "&name=value…" */
  char *next;  /* the key of the page after the items; NULL if there is none */
  gint64 total;
  GError *error;
  GCancellable *cancellable; /* of the page being loaded; NULL if none is */
  gboolean fresh;            /* the page being loaded replaces all items */
  guint idle;
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_ERROR,
  PROP_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void load (ConfabPagedList *self);

/* ---- the model ---- */

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_PAGED_LIST (model)->items->len;
}

static gboolean
idle_cb (gpointer user_data)
{
  ConfabPagedList *self = user_data;

  self->idle = 0;
  if (self->cancellable == NULL && self->error == NULL && self->next != NULL)
    load (self);

  return G_SOURCE_REMOVE;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ConfabPagedList *self = CONFAB_PAGED_LIST (model);

  if (position >= self->items->len)
    return NULL;
  /* The caller may be a widget during its layout, so do not change the list now. */
  if (position + NEAR_END >= self->items->len && self->next != NULL && self->cancellable == NULL
      && self->error == NULL && self->idle == 0)
    self->idle = g_idle_add (idle_cb, self);

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabPagedList,
                               confab_paged_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- fetching ---- */

static void
set_error (ConfabPagedList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_total (ConfabPagedList *self, gint64 total)
{
  if (self->total == total)
    return;
  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

static void
set_cancellable (ConfabPagedList *self, GCancellable *cancellable)
{
  gboolean was_loading = self->cancellable != NULL;

  g_set_object (&self->cancellable, cancellable);
  if (was_loading != (cancellable != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
take_page (ConfabPagedList *self, ConfabRowList *page)
{
  guint removed = self->fresh ? self->items->len : 0;
  guint position = self->items->len - removed;
  guint added = page->rows->len;

  self->fresh = FALSE;
  g_ptr_array_set_size (self->items, (int)position);
  g_ptr_array_set_free_func (page->rows, NULL);
  for (guint i = 0; i < added; i++)
    g_ptr_array_add (self->items, self->source->new_item (page->rows->pdata[i]));
  g_set_str (&self->next, page->next);
  if (page->total >= 0)
    set_total (self, page->total);
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPagedList) self = user_data;
  g_autoptr (ConfabRowList) page = NULL;
  GError *error = NULL;

  confab_transport_call_finish (CONFAB_TRANSPORT (source), result, (gpointer *)&page, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* another page is being loaded */
    {
      g_error_free (error);
      return;
    }

  /* A search examines a limited number of entries per page: an empty page is not the end. */
  if (page != NULL && page->rows->len == 0 && page->next != NULL)
    {
      take_page (self, page);
      load (self);
      return;
    }

  /* A listener may request more items at once, and one that sees "loading" end must see the
   * items. */
  g_object_freeze_notify (G_OBJECT (self));
  set_cancellable (self, NULL);
  if (error != NULL)
    set_error (self, confab_client_map_error (error));
  else
    take_page (self, page);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
load (ConfabPagedList *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  GError *error = NULL;

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (!confab_client_check_online (self->client, &error))
    {
      set_error (self, error);
      set_cancellable (self, NULL);
      return;
    }

  set_error (self, NULL);
  cancellable = g_cancellable_new ();
  set_cancellable (self, cancellable);
  path = confab_admin_source_path (self->source, self->query, self->fresh ? NULL : self->next);
  confab_transport_call_async (
      self->client->transport, "GET", path, NULL, (ConfabTransportDecoder)self->source->decode,
      (GDestroyNotify)confab_row_list_free, cancellable, loaded_cb, g_object_ref (self));
}

void
confab_paged_list_reload (ConfabPagedList *self)
{
  g_return_if_fail (CONFAB_IS_PAGED_LIST (self));

  self->fresh = TRUE;
  load (self);
}

void
confab_paged_list_retry (ConfabPagedList *self)
{
  g_return_if_fail (CONFAB_IS_PAGED_LIST (self));

  if (self->error != NULL)
    load (self);
}

void
confab_paged_list_search (ConfabPagedList *self, const char *query)
{
  if (g_set_str (&self->query, query))
    confab_paged_list_reload (self);
}

static void
connection_cb (ConfabPagedList *self)
{
  if (confab_client_is_online (self->client))
    confab_paged_list_retry (self);
}

/* ---- the object ---- */

static void
confab_paged_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabPagedList *self = CONFAB_PAGED_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_paged_list_finalize (GObject *object)
{
  ConfabPagedList *self = CONFAB_PAGED_LIST (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->query);
  g_free (self->next);

  G_OBJECT_CLASS (confab_paged_list_parent_class)->finalize (object);
}

static void
confab_paged_list_class_init (ConfabPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = confab_paged_list_finalize;
  object_class->get_property = confab_paged_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_paged_list_init (ConfabPagedList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->query = g_strdup ("");
  self->total = -1;
}

ConfabPagedList *
confab_paged_list_new (ConfabClient *client, const ConfabAdminSource *source)
{
  ConfabPagedList *self = g_object_new (CONFAB_TYPE_PAGED_LIST, NULL);

  self->client = g_object_ref (client);
  self->source = source;
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);
  confab_paged_list_reload (self);

  return self;
}

gboolean
confab_paged_list_get_loading (ConfabPagedList *self)
{
  g_return_val_if_fail (CONFAB_IS_PAGED_LIST (self), FALSE);

  return self->cancellable != NULL;
}

const GError *
confab_paged_list_get_error (ConfabPagedList *self)
{
  g_return_val_if_fail (CONFAB_IS_PAGED_LIST (self), NULL);

  return self->error;
}

gint64
confab_paged_list_get_total (ConfabPagedList *self)
{
  g_return_val_if_fail (CONFAB_IS_PAGED_LIST (self), -1);

  return self->total;
}
