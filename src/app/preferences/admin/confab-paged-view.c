/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-paged-view.h"

#include <glib/gi18n.h>

#include "confab-banner.h"
#include "confab-clock.h"
#include "confab-error-text.h"
#include "confab-status-page-name.h"
#include "confab-text-button.h"

struct _ConfabPagedView
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwBanner *banner;
  GtkListView *view;
  AdwStatusPage *empty_page;
  AdwStatusPage *error_page;
  ConfabPagedList *list;
  ConfabTileFill fill;
  gpointer fill_data;
};

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_EMPTY_TITLE,
  PROP_EMPTY_ICON,
  N_PROPS
};

enum
{
  ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabPagedView, confab_paged_view, ADW_TYPE_BIN)

static void
update (ConfabPagedView *self)
{
  const GError *error = confab_paged_list_get_error (self->list);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  const char *page = "empty";

  if (any)
    page = "list";
  else if (error != NULL)
    page = "error";
  else if (confab_paged_list_get_loading (self->list))
    page = "loading";

  if (error != NULL)
    {
      adw_status_page_set_description (self->error_page, confab_error_text (error));
      adw_banner_set_title (self->banner, confab_error_text (error));
    }
  confab_banner_reveal (self->banner, any && error != NULL);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
retry_cb (ConfabPagedView *self)
{
  confab_paged_list_retry (self->list);
}

static void
activate_cb (ConfabPagedView *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL)
    g_signal_emit (self, signals[ACTIVATE], 0, item);
}

/* ---- rows ---- */

static void
fill_cb (ConfabAdminTile *tile, gpointer item)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (tile), CONFAB_TYPE_PAGED_VIEW);

  if (self != NULL)
    CONFAB_PAGED_VIEW (self)->fill (tile, item, CONFAB_PAGED_VIEW (self)->fill_data);
}

static void
clock_changed_cb (GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);

  if (item != NULL)
    fill_cb (CONFAB_ADMIN_TILE (gtk_list_item_get_child (list_item)), item);
}

static void
setup_cb (ConfabPagedView *self, GtkListItem *list_item)
{
  ConfabAdminTile *tile = confab_admin_tile_new ();

  g_object_bind_property (tile, "description", list_item, "accessible-label",
                          G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (list_item, GTK_WIDGET (tile));
  confab_clock_connect (G_CALLBACK (clock_changed_cb), list_item);
}

static void
bind_cb (ConfabPagedView *self, GtkListItem *list_item)
{
  ConfabAdminTile *tile = CONFAB_ADMIN_TILE (gtk_list_item_get_child (list_item));
  gpointer item = gtk_list_item_get_item (list_item);

  self->fill (tile, item, self->fill_data);
  if (CONFAB_IS_PERSON (item))
    g_signal_connect_object (item, "changed", G_CALLBACK (fill_cb), tile, G_CONNECT_SWAPPED);
}

static void
unbind_cb (ConfabPagedView *self, GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);

  g_signal_handlers_disconnect_by_func (item, fill_cb, gtk_list_item_get_child (list_item));
}

/* ---- the object ---- */

static void
confab_paged_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConfabPagedView *self = CONFAB_PAGED_VIEW (object);

  switch (id)
    {
    case PROP_LABEL:
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_EMPTY_TITLE:
      adw_status_page_set_title (self->empty_page, g_value_get_string (value));
      break;
    case PROP_EMPTY_ICON:
      adw_status_page_set_icon_name (self->empty_page, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
confab_paged_view_dispose (GObject *object)
{
  ConfabPagedView *self = CONFAB_PAGED_VIEW (object);

  /* The bin owns the child, so remove it before the template disposes it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PAGED_VIEW);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (confab_paged_view_parent_class)->dispose (object);
}

static void
confab_paged_view_class_init (ConfabPagedViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = confab_paged_view_dispose;
  object_class->set_property = confab_paged_view_set_property;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_EMPTY_TITLE] = g_param_spec_string ("empty-title", NULL, NULL, NULL, flags);
  properties[PROP_EMPTY_ICON] = g_param_spec_string ("empty-icon", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATE] = g_signal_new ("activate", CONFAB_TYPE_PAGED_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-paged-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPagedView, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabPagedView, banner);
  gtk_widget_class_bind_template_child (widget_class, ConfabPagedView, view);
  gtk_widget_class_bind_template_child (widget_class, ConfabPagedView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabPagedView, error_page);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
confab_paged_view_init (ConfabPagedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_banner_watch (self->banner);
  confab_status_page_name (self->empty_page);
}

void
confab_paged_view_start (ConfabPagedView *self,
                         ConfabPagedList *list,
                         ConfabTileFill fill,
                         gpointer fill_data)
{
  g_return_if_fail (CONFAB_IS_PAGED_VIEW (self));
  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  self->fill = fill;
  self->fill_data = fill_data;
  g_signal_connect_object (list, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (list, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (
      self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (list)))));
  update (self);
}
