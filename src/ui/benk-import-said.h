/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-import.h"

G_BEGIN_DECLS

/* What a preview says of a list. */
guint benk_import_said_n_written (BenkImport *import);
char *benk_import_said_counts (BenkImport *import);
char *benk_import_said_row (BenkImportRow *row);

G_END_DECLS
