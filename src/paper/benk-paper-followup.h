/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-followup-report.h"
#include "benk-paper.h"

G_BEGIN_DECLS

GBytes *benk_paper_followup_compose (const BenkFollowupReport *report,
                                     GTimeZone *zone,
                                     guint *n_pages,
                                     GError **error);

G_END_DECLS
