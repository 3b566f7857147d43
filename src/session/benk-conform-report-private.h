/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-conform-run.h"
#include "benk-conform.h"

G_BEGIN_DECLS

BenkConformReport *benk_conform_report_new (BenkConform *conform,
                                            BenkLinkKind kind,
                                            gint64 at_ms,
                                            gboolean destructive);

G_END_DECLS
