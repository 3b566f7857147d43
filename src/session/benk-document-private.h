/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-document.h"

#include "benk-journal.h"
#include "benk-paper-reset.h"

G_BEGIN_DECLS

BenkPaperReset *benk_document_read_reset (BenkDb *db,
                                          const BenkId *device,
                                          const BenkJournalHead *head,
                                          GError **error);

gboolean benk_document_write_file (GFile *file,
                                   GBytes *bytes,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
