/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENK_TYPE_IMPORT_LIST (benk_import_list_get_type ())
G_DECLARE_FINAL_TYPE (BenkImportList, benk_import_list, BENK, IMPORT_LIST, GObject)

BenkImportList *benk_import_list_new (GPtrArray *rows);

G_END_DECLS
