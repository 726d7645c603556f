/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-notice-toasts.h"

#include <adwaita.h>

#include "confab-closed-text.h"
#include "confab-notice-text.h"
#include "confab-toast.h"

/* Show at most this many toasts at once; the preferences list all notices. */
#define AT_ONCE 3
#define SECONDS 10

static void
show (AdwToastOverlay *overlay, ConfabNotice *notice, GListModel *roles)
{
  g_autofree char *text = confab_notice_text (notice, roles);
  /* A role change is important: show it first, and until the user closes it. */
  gboolean role = g_str_has_prefix (confab_notice_get_action (notice), "role-");
  AdwToast *toast = NULL;

  if (text == NULL)
    return;
  toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, "timeout",
                        role ? 0 : SECONDS, "priority",
                        role ? ADW_TOAST_PRIORITY_HIGH : ADW_TOAST_PRIORITY_NORMAL, NULL);
  adw_toast_overlay_add_toast (overlay, toast);
}

/* Return the new notices to show, oldest first. (transfer full) */
static GPtrArray *
collect_news (GListModel *notices, ConfabConversation *in_view)
{
  GPtrArray *news = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (notices) && news->len < AT_ONCE; i++)
    {
      g_autoptr (ConfabNotice) notice = g_list_model_get_item (notices, i);

      if (!confab_notice_get_shown (notice) && confab_notice_is_news (notice)
          && (in_view == NULL || !confab_closed_text_tells (in_view, notice)))
        g_ptr_array_insert (news, 0, g_steal_pointer (&notice));
    }

  return news;
}

void
confab_notice_toasts_tell (GtkWidget *widget, ConfabClient *client, ConfabConversation *in_view)
{
  AdwToastOverlay *overlay = confab_toast_find_overlay (widget);
  g_autoptr (GPtrArray) news = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (client));
  g_return_if_fail (in_view == NULL || CONFAB_IS_CONVERSATION (in_view));

  if (overlay == NULL || !gtk_widget_get_mapped (widget))
    return;
  news = collect_news (confab_client_get_notices (client), in_view);
  for (guint i = 0; i < news->len; i++)
    show (overlay, news->pdata[i], confab_client_get_roles (client));
  confab_client_mark_notices_shown (client);
}
