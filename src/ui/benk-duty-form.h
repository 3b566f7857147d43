/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-duty-roster.h"

G_BEGIN_DECLS

/* The lines in which the rules of a team are typed. */
typedef struct _BenkDutyForm BenkDutyForm;

BenkDutyForm *benk_duty_form_new (AdwPreferencesGroup *hours,
                                  AdwPreferencesGroup *roles,
                                  AdwPreferencesGroup *phones,
                                  GCallback changed,
                                  gpointer user_data);
void benk_duty_form_free (BenkDutyForm *self);
void benk_duty_form_show (BenkDutyForm *self, const BenkDutyTeam *team);
gboolean benk_duty_form_read (BenkDutyForm *self, BenkDutyTeam *team, GError **error);

GListModel *benk_duty_form_list_roles (const char *first);

G_END_DECLS
