/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-device.h"
#include "benk-model.h"
#include "benk-store.h"
#include "benk-visit-kind.h"

G_BEGIN_DECLS

/*
 * BenkVisitSettings:
 * @known: how it is known what the device holds
 * @at_ms: UTC ms since when; 0 = never
 * @order: the same as a place in the change log; 0 = never
 * @times: (nullable): the dose times, "08:00, 20:00"; %NULL when they are not known here
 * @n_times: how many
 *
 * What settings a device holds, as far as this store can say.
 */
typedef struct
{
  BenkSettingsKnown known;
  gint64 at_ms;
  gint64 order;
  char *times;
  guint n_times;
} BenkVisitSettings;

void benk_visit_settings_clear (BenkVisitSettings *self);
gboolean benk_visit_settings_load (BenkDb *db,
                                   gboolean demo,
                                   const BenkId *device,
                                   BenkVisitSettings *out,
                                   GError **error);
char *benk_visit_settings_describe (const BenkVisitSettings *self, gint64 now_ms);
char *benk_visit_say_times (const char *plan_body, guint *n_times, GError **error);

/* What people call it: the short number, or else the serial; with the make in front. */
const char *benk_visit_name_device (BenkDevice *device);
char *benk_visit_describe_device (BenkModel *model, BenkDevice *device);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkVisitSettings, benk_visit_settings_clear)

G_END_DECLS
