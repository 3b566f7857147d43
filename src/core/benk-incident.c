/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-incident.h"

#include "benk-config.h"

#include <glib/gi18n.h>

static void
line_free (gpointer data)
{
  BenkIncidentLine *line = data;

  g_free (line->name);
  g_free (line->value);
  g_free (line);
}

static void
part_free (gpointer data)
{
  BenkIncidentPart *part = data;

  g_free (part->heading);
  g_ptr_array_unref (part->lines);
  g_free (part);
}

/** benk_incident_step_free: @self: (nullable) (transfer full): a step */
void
benk_incident_step_free (BenkIncidentStep *self)
{
  if (self == NULL)
    return;

  g_free (self->words);
  g_free (self);
}

/**
 * benk_incident_new:
 * @made_ms: UTC milliseconds
 *
 * Returns: (transfer full): a draft about nothing
 */
BenkIncident *
benk_incident_new (gint64 made_ms)
{
  BenkIncident *self = g_new0 (BenkIncident, 1);

  self->made_ms = made_ms;
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

/** benk_incident_free: @self: (nullable) (transfer full): a draft */
void
benk_incident_free (BenkIncident *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->parts);
  g_free (self->hash);
  g_free (self);
}

/**
 * benk_incident_add_part:
 * @self: a draft
 * @heading: what it is about
 *
 * Returns: (transfer none): the part
 */
BenkIncidentPart *
benk_incident_add_part (BenkIncident *self, const char *heading)
{
  BenkIncidentPart *part = g_new0 (BenkIncidentPart, 1);

  part->heading = g_strdup (heading);
  part->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (self->parts, part);
  return part;
}

/**
 * benk_incident_part_add:
 * @self: a part
 * @name: what is said
 * @value: (nullable): what it is; %NULL = for a person to fill in
 */
void
benk_incident_part_add (BenkIncidentPart *self, const char *name, const char *value)
{
  BenkIncidentLine *line = g_new0 (BenkIncidentLine, 1);

  line->name = g_strdup (name);
  line->value = g_strdup (value);
  g_ptr_array_add (self->lines, line);
}

static void
add_time (BenkIncidentPart *part,
          const char *name,
          const BenkFollowupRow *row,
          BenkFollowupStep step,
          GTimeZone *zone)
{
  gint64 at_ms = benk_followup_row_get_time (row, step)->at_ms;
  const char *place = benk_followup_row_describe_place (row, step);
  g_autofree char *when =
    at_ms > 0 ? benk_followup_write_instant (at_ms, zone) : g_strdup (_ ("no"));
  g_autofree char *value =
    at_ms > 0 && place != NULL ? g_strdup_printf ("%s, %s", when, place) : NULL;

  benk_incident_part_add (part, name, value ? value : when);
}

static void
add_deadline (BenkIncidentPart *part,
              const char *name,
              gint64 deadline_ms,
              BenkFollowupOutcome outcome,
              GTimeZone *zone)
{
  g_autofree char *when =
    deadline_ms > 0 ? benk_followup_write_instant (deadline_ms, zone) : NULL;
  g_autofree char *value =
    when != NULL
      ? g_strdup_printf ("%s: %s", when, benk_followup_outcome_get_label (outcome))
      : g_strdup (benk_followup_outcome_get_label (outcome));

  benk_incident_part_add (part, name, value);
}

static void
add_deadlines (BenkIncidentPart *part, const BenkFollowupRow *row, GTimeZone *zone)
{
  gboolean gap =
    row->take == BENK_FOLLOWUP_IN_GAP || row->resolve == BENK_FOLLOWUP_IN_GAP;

  add_deadline (part, _ ("Take within"), row->take_deadline_ms, row->take, zone);
  add_deadline (part, _ ("Resolve within"), row->resolve_deadline_ms, row->resolve, zone);
  benk_incident_part_add (part, _ ("Deadlines decided by"),
                          row->proposed
                            ? _ ("Proposed by the program, not decided by the district")
                            : _ ("the district"));
  if (gap)
    benk_incident_part_add (part, _ ("Not watched by this program"),
                            benk_gap_cause_get_label (row->gap));
}

/**
 * benk_incident_add_alarm:
 * @self: a draft
 * @row: an alarm, judged
 * @steps: (element-type BenkIncidentStep): what was done, oldest first
 * @zone: of the district
 *
 * Adds an alarm: when it was raised, received, opened, taken and closed, where, and
 * against which deadlines.
 */
void
benk_incident_add_alarm (BenkIncident *self,
                         const BenkFollowupRow *row,
                         const GPtrArray *steps,
                         GTimeZone *zone)
{
  g_autofree char *alarm = benk_followup_row_describe_alarm (row);
  g_autofree char *device = benk_followup_row_describe_device (row);
  g_autofree char *heading = g_strdup_printf ("%s · %s", alarm, device);
  g_autofree char *raised = benk_followup_write_instant (row->raised_ms, zone);
  BenkIncidentPart *part = benk_incident_add_part (self, heading);

  benk_incident_part_add (part, _ ("Team"), row->team ? row->team : _ ("not known"));
  benk_incident_part_add (part, _ ("Responsibility"),
                          benk_responsibility_get_label (row->responsibility));
  benk_incident_part_add (part, _ ("Raised"), raised);
  add_time (part, _ ("Received by this program"), row, BENK_FOLLOWUP_RECEIVED, zone);
  add_time (part, _ ("Opened by a person"), row, BENK_FOLLOWUP_OPENED, zone);
  add_time (part, _ ("Taken"), row, BENK_FOLLOWUP_TAKEN, zone);
  add_time (part, _ ("Closed"), row, BENK_FOLLOWUP_CLOSED, zone);
  add_deadlines (part, row, zone);
  if (row->has_reason)
    benk_incident_part_add (part, _ ("Reason for the delay"),
                            _ ("written down with the alarm"));
  for (guint i = 0; i < steps->len; i++)
    {
      const BenkIncidentStep *step = g_ptr_array_index (steps, i);
      g_autofree char *when = benk_followup_write_instant (step->at_ms, zone);

      benk_incident_part_add (part, when, step->words);
    }
}

/**
 * benk_incident_add_questions:
 * @self: a draft
 *
 * Adds what only a person can say.
 */
void
benk_incident_add_questions (BenkIncident *self)
{
  BenkIncidentPart *part = benk_incident_add_part (self, _ ("To be filled in"));

  benk_incident_part_add (part, _ ("What happened"), NULL);
  benk_incident_part_add (part, _ ("What it meant for the user"), NULL);
  benk_incident_part_add (part, _ ("What was done at once"), NULL);
  benk_incident_part_add (part, _ ("What is proposed, so that it does not happen again"),
                          NULL);
}

/**
 * benk_incident_get_notice:
 *
 * Returns: (transfer none): what it is and what it is not
 */
const char *
benk_incident_get_notice (void)
{
  return _ (
    "This is a draft. Dosebenk sends nothing to the incident system: check it, fill "
    "in the rest and report it there yourself. It names no user and nobody of the "
    "staff, and what was typed freely is left out, as it may name somebody.");
}

/**
 * benk_incident_to_text:
 * @self: a draft
 * @zone: of the district
 *
 * Returns: (transfer full): the draft as text, a line each
 */
char *
benk_incident_to_text (const BenkIncident *self, GTimeZone *zone)
{
  GString *text = g_string_new (_ ("Draft of an incident report"));
  g_autofree char *made = benk_followup_write_instant (self->made_ms, zone);

  g_string_append_printf (text, "\n%s: %s\n%s\n", _ ("As of"), made,
                          benk_incident_get_notice ());
  for (guint i = 0; i < self->parts->len; i++)
    {
      const BenkIncidentPart *part = g_ptr_array_index (self->parts, i);

      g_string_append_printf (text, "\n%s\n", part->heading);
      for (guint k = 0; k < part->lines->len; k++)
        {
          const BenkIncidentLine *line = g_ptr_array_index (part->lines, k);

          g_string_append_printf (text, "%s: %s\n", line->name,
                                  line->value ? line->value : "…");
        }
    }
  return g_string_free (text, FALSE);
}
