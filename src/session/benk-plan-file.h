/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-plan.h"

G_BEGIN_DECLS

/**
 * BENK_PLAN_FILE_MAX:
 *
 * Octets a plan file may have; many times what the largest valid plan needs.
 */
#define BENK_PLAN_FILE_MAX (256 * 1024)

BenkPlan *benk_plan_file_parse (const char *text, gsize length, GError **error);
char *benk_plan_file_compose (const BenkPlan *plan);
BenkPlan *benk_plan_file_load (GFile *file, GCancellable *cancellable, GError **error);
void benk_plan_file_load_async (GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkPlan *benk_plan_file_load_finish (GAsyncResult *result, GError **error);
gboolean benk_plan_file_save (const BenkPlan *plan,
                              GFile *file,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
