/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkFhirEvent:
 * @code: code of the national list of steps, "0" to "10" without "2"
 * @text: (nullable): in words for the record
 * @at_ms: when, UTC ms; 0 = not told
 *
 * A step of following an alarm up (vkp-composition-event-v090). A plain struct.
 */
typedef struct
{
  const char *code;
  const char *text;
  gint64 at_ms;
} BenkFhirEvent;

/**
 * BenkFhirFollowup:
 * @id: the step's id; becomes Bundle.identifier
 * @at_ms: when the document was made, UTC ms
 * @raised_ms: when the alarm was raised; 0 leaves the step out
 * @taken_ms: when it was taken; 0 leaves the step out
 * @closed_ms: when it was closed
 * @cause: (nullable): cause, in words for the record
 * @action: (nullable): what was done, in words for the record
 * @description: (nullable): free text; made of cause and action if left out
 * @author_id: id of who did it, 36 characters
 * @author_name: name of who did it
 * @device_name: (nullable): model name of the device
 * @serial: (nullable): its serial number
 * @serial_system: (nullable): what it is a serial of; %NULL takes the alarm's own
 * @call_start_ms: when a two-way call with the user began; 0: there was none
 * @call_end_ms: when it ended
 * @events: (array length=n_events) (nullable): further steps, told in order of time
 * @n_events: how many
 *
 * What a follow-up document tells. Whom it is about is not in it: that is taken from the
 * alarm, read again at the moment of sending. A plain struct.
 */
typedef struct
{
  BenkId id;
  gint64 at_ms;
  gint64 raised_ms;
  gint64 taken_ms;
  gint64 closed_ms;
  const char *cause;
  const char *action;
  const char *description;
  const char *author_id;
  const char *author_name;
  const char *device_name;
  const char *serial;
  const char *serial_system;
  gint64 call_start_ms;
  gint64 call_end_ms;
  const BenkFhirEvent *events;
  guint n_events;
} BenkFhirFollowup;

GBytes *benk_fhir_followup_compose (const BenkFhirFollowup *followup,
                                    GBytes *resource,
                                    GError **error);

G_END_DECLS
