/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench-checklist.h"
#include "benk-checklist-row.h"

G_BEGIN_DECLS

/* Picture files: choosing, loading small, and the window with one. */
typedef void (*BenkPhotoFunc) (GFile *file, gpointer user_data);

void benk_checklist_photo_choose (GtkWindow *parent, BenkPhotoFunc func, GObject *target);
void benk_checklist_photo_load_async (GFile *file,
                                      int size,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GdkPaintable *benk_checklist_photo_load_finish (GAsyncResult *result, GError **error);
void benk_checklist_photo_show (BenkChecklist *list,
                                BenkChecklistRow *row,
                                GCancellable *cancellable);
GtkWidget *benk_checklist_photo_dialog_new (GtkWindow *parent,
                                            BenkChecklist *list,
                                            const BenkChecklistPhoto *photo);

G_END_DECLS
