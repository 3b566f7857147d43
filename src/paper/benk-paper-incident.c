/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-incident.h"

#include "benk-config.h"

#include <glib/gi18n.h>

static void
add_part (BenkPaper *paper, const BenkIncidentPart *part)
{
  benk_paper_add_heading (paper, part->heading);
  for (guint i = 0; i < part->lines->len; i++)
    {
      const BenkIncidentLine *line = g_ptr_array_index (part->lines, i);

      benk_paper_add_row (paper, line->name, line->value ? line->value : "…");
    }
}

/**
 * benk_paper_incident_compose:
 * @incident: the draft of an incident report
 * @zone: of the times on it
 * @error: as benk_paper_render()
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_incident_compose (const BenkIncident *incident,
                             GTimeZone *zone,
                             GError **error)
{
  g_autofree char *made = benk_followup_write_instant (incident->made_ms, zone);
  g_autofree char *footer =
    g_strdup_printf (_ ("Made with Dosebenk %s · change log row %d · %s"), made,
                     (int) incident->seq, incident->hash ? incident->hash : "");
  const BenkPaperHead head = {
    .title = _ ("Draft of an incident report"),
    .language = C_ ("language of a document", "en"),
    .made_ms = incident->made_ms,
    .footer = footer,
    .warning = incident->demo ? _ ("DEMO – this page proves nothing")
                              : _ ("DRAFT – not reported by this"),
  };
  g_autoptr (BenkPaper) paper = benk_paper_new (&head);

  benk_paper_add_title (paper, _ ("Draft of an incident report"));
  benk_paper_add_row (paper, _ ("As of"), made);
  benk_paper_add_text (paper, benk_incident_get_notice ());
  for (guint i = 0; i < incident->parts->len; i++)
    add_part (paper, g_ptr_array_index (incident->parts, i));
  return benk_paper_render (paper, NULL, error);
}
