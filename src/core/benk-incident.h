/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-followup-row.h"

G_BEGIN_DECLS

/**
 * BenkIncidentLine:
 * @name: what it says
 * @value: (nullable): what it is; %NULL = for a person to fill in
 */
typedef struct
{
  char *name;
  char *value;
} BenkIncidentLine;

/**
 * BenkIncidentPart:
 * @heading: what it is about
 * @lines: (element-type BenkIncidentLine): what is said
 */
typedef struct
{
  char *heading;
  GPtrArray *lines;
} BenkIncidentPart;

/**
 * BenkIncident:
 * @made_ms: UTC milliseconds it was made
 * @parts: (element-type BenkIncidentPart): an alarm each, then what a person fills in
 * @demo: it was made of a demo store
 * @seq: the newest row of the change log
 * @hash: (nullable): hash of that row
 *
 * A draft of an incident report. It names no person, and nothing that was typed freely
 * stands in it.
 */
typedef struct
{
  gint64 made_ms;
  GPtrArray *parts;
  gboolean demo;
  gint64 seq;
  char *hash;
} BenkIncident;

BenkIncident *benk_incident_new (gint64 made_ms);
void benk_incident_free (BenkIncident *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkIncident, benk_incident_free)

BenkIncidentPart *benk_incident_add_part (BenkIncident *self, const char *heading);
void benk_incident_part_add (BenkIncidentPart *self, const char *name, const char *value);
void benk_incident_add_alarm (BenkIncident *self,
                              const BenkFollowupRow *row,
                              const GPtrArray *steps,
                              GTimeZone *zone);
void benk_incident_add_questions (BenkIncident *self);

const char *benk_incident_get_notice (void);
char *benk_incident_to_text (const BenkIncident *self, GTimeZone *zone);

/**
 * BenkIncidentStep:
 * @at_ms: UTC milliseconds
 * @words: what was done, translated
 *
 * A step of an alarm, without who did it.
 */
typedef struct
{
  gint64 at_ms;
  char *words;
} BenkIncidentStep;

void benk_incident_step_free (BenkIncidentStep *self);

G_END_DECLS
