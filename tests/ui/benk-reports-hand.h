/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/* How many alarms of February there are after benk_reports_hand_fill(), of all, and of
 * the users 4711, 4702 and 4733. */
#define BENK_REPORTS_HAND_ALL 8
#define BENK_REPORTS_HAND_OF_USERS 6

/* A February of alarms for the three users 4711, 4702, 4733 and a device of nobody, as
 * followed up in many ways. It is March when it returns. */
void benk_reports_hand_fill (BenkStage *stage);

/* The page of reports, by keyboard, once a report is there. */
GtkWidget *benk_reports_hand_open (BenkStage *stage);
/* Until the page shows "report", "failed" … */
GtkWidget *benk_reports_hand_wait_shown (BenkStage *stage, const char *shown);
guint benk_reports_hand_count_rows (GtkWidget *page);
/* A month of the three users, by keyboard and pointer. @button: the one that saves it. */
void
benk_reports_hand_save_of_users (BenkStage *stage, const char *button, const char *path);

G_END_DECLS
