/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-import-list.h"
#include "benk-import-rows-private.h"
#include "benk-list.h"

G_BEGIN_DECLS

struct _BenkImport
{
  GObject parent_instance;

  BenkInventory *inventory;
  GFile *file;
  BenkImportPlan plan;
  BenkListInfo info;
  char *name;
  char *format;
  gboolean remembered;
  GCancellable *applying;
  BenkImportList *rows;
  BenkImportList *telling; /* of rows, those that a person has to look at */
  guint counts[BENK_N_IMPORT_VERDICTS];
  char *digest; /* of what was shown of every row */
};

G_END_DECLS
