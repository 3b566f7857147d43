/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-id.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkSelectionEntry:
 * @name: of the action "selection.NAME"; %NULL ends the list
 * @label: what the button says; a msgid
 * @start: (nullable): asks what is still to be asked, and does it
 *
 * What can be done with several devices at once. @start is given a widget of the main
 * window and the ids of what is selected, which it keeps by a reference.
 */
typedef struct
{
  const char *name;
  const char *label;
  void (*start) (GtkWidget *widget, BenkSession *session, GArray *devices);
} BenkSelectionEntry;

/* In benk-selection-entries.c: another way to work on many is a line there. */
extern const BenkSelectionEntry benk_selection_entries[];

/* Shown while more than one device is selected. */
#define BENK_TYPE_SELECTION_BAR (benk_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkSelectionBar, benk_selection_bar, BENK, SELECTION_BAR, GtkWidget)

void benk_selection_bar_set_session (BenkSelectionBar *self, BenkSession *session);
void benk_selection_bar_set_view (BenkSelectionBar *self, GtkColumnView *view);
void benk_selection_bar_update (BenkSelectionBar *self);

G_END_DECLS
