/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-visit.h"

G_BEGIN_DECLS

#define BENK_TYPE_VISIT_PAGE (benk_visit_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkVisitPage, benk_visit_page, BENK, VISIT_PAGE, GtkWidget)

GtkWidget *benk_visit_page_new (BenkSession *session, BenkVisit *visit);

G_END_DECLS
