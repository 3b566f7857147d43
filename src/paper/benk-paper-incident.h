/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-incident.h"
#include "benk-paper.h"

G_BEGIN_DECLS

GBytes *benk_paper_incident_compose (const BenkIncident *incident,
                                     GTimeZone *zone,
                                     GError **error);

G_END_DECLS
