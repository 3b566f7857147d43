/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-window.h"

G_BEGIN_DECLS

/**
 * BenkPage:
 * @name: the name in the stack and in actions, and of its icon
 * @title: the translatable title
 * @build: makes the page's widget
 * @bind_badge: (nullable): keeps a count beside the title up to date
 *
 * One page of the window.
 */
typedef struct
{
  const char *name;
  const char *title;
  GtkWidget *(*build) (BenkSession *session);
  void (*bind_badge) (BenkSession *session, GtkLabel *badge);
} BenkPage;

extern const BenkPage benk_pages[];

void benk_pages_search (GtkWidget *devices_page, const char *text);
void benk_pages_search_activate (GtkWidget *devices_page, const char *text);
void benk_pages_route (BenkWindow *window, const char *action, const char *target);

G_END_DECLS
