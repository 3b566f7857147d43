/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-record-text.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-wording.h"

#include <glib/gi18n.h>

static const BenkName record_verb_names[] = {
  [BENK_RECORD_INSTALL] = { "install", N_ ("Installation") },
  [BENK_RECORD_SETTINGS] = { "settings", N_ ("Settings changed") },
  [BENK_RECORD_SWAP] = { "swap", N_ ("Swapped") },
  [BENK_RECORD_COLLECT] = { "collect", N_ ("Collected") },
  [BENK_RECORD_CLOSE_ALARM] = { "close-alarm", N_ ("Alarm closed") },
  [BENK_RECORD_PAUSE] = { "pause", N_ ("Temporary stop") },
  [BENK_RECORD_RESUME] = { "resume", N_ ("Going on after a stop") },
  [BENK_RECORD_EVALUATION] = { "evaluation", N_ ("Evaluation") },
  [BENK_RECORD_END] = { "end", N_ ("End of service") },
};

BENK_DEFINE_NAMES (BenkRecordVerb, benk_record_verb, record_verb_names)

/**
 * benk_record_verb_from_visit:
 * @kind: what is done in a home
 *
 * Returns: what a text about that tells
 */
BenkRecordVerb
benk_record_verb_from_visit (BenkVisitKind kind)
{
  switch (kind)
    {
    case BENK_VISIT_INSTALL:
      return BENK_RECORD_INSTALL;
    case BENK_VISIT_SETTINGS:
      return BENK_RECORD_SETTINGS;
    case BENK_VISIT_SWAP:
      return BENK_RECORD_SWAP;
    case BENK_VISIT_COLLECT:
    default:
      return BENK_RECORD_COLLECT;
    }
}

static void
add (GString *text, const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

static void
add_date (GString *text, const BenkRecordText *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->at_ms / 1000);
  g_autoptr (GDateTime) local =
    utc != NULL ? g_date_time_to_timezone (utc, self->zone) : NULL;
  g_autofree char *date =
    /* Translators: date and time in a patient record, always in full. */
    local != NULL ? g_date_time_format (local, _ ("%-d %B %Y at %H:%M:")) : NULL;

  if (date != NULL)
    add (text, date);
}

/* What names only the device. */
static const char *
get_deed (const BenkRecordText *self)
{
  switch (self->kind)
    {
    case BENK_RECORD_INSTALL:
      return _ ("Electronic medication dispenser installed in the home (%s).");
    case BENK_RECORD_SETTINGS:
      return _ ("Settings of the electronic medication dispenser changed (%s).");
    case BENK_RECORD_SWAP:
      return _ ("Electronic medication dispenser taken out (%s).");
    case BENK_RECORD_PAUSE:
      return _ ("Electronic medication dispenser stopped for a time (%s).");
    case BENK_RECORD_RESUME:
      return _ ("Electronic medication dispenser in use again after a stop (%s).");
    case BENK_RECORD_EVALUATION:
      return _ ("Use of the electronic medication dispenser evaluated (%s).");
    case BENK_RECORD_END:
      return _ ("Service with electronic medication dispenser ended (%s).");
    case BENK_RECORD_CLOSE_ALARM:
    case BENK_RECORD_COLLECT:
    default:
      return _ ("Electronic medication dispenser collected (%s).");
    }
}

static void
add_deed (GString *text, const BenkRecordText *self)
{
  g_autofree char *raised = NULL;
  g_autofree char *deed = NULL;

  if (self->kind == BENK_RECORD_CLOSE_ALARM)
    {
      raised = benk_wording_instant (self->raised_ms, self->at_ms, self->zone);
      deed = g_strdup_printf (
        /* Translators: the alarm, make and number of the device, then a time. */
        _ ("Alarm “%s” from the electronic medication dispenser (%s), raised %s."),
        self->alarm, self->device, raised);
    }
  else if (self->kind == BENK_RECORD_SWAP && self->other != NULL)
    deed = g_strdup_printf (_ ("Electronic medication dispenser swapped: %s out, %s in."),
                            self->device, self->other);
  else
    {
      g_autoptr (GString) words = g_string_new (get_deed (self));

      g_string_replace (words, "%s", self->device, 1);
      deed = g_string_free (g_steal_pointer (&words), FALSE);
    }
  add (text, deed);
}

/* (transfer full) @sentence */
static void
add_made (GString *text, char *sentence)
{
  add (text, sentence);
  g_free (sentence);
}

static void
add_closing (GString *text, const BenkRecordText *self)
{
  g_autofree char *when = NULL;

  if (self->cause != NULL)
    add_made (text, g_strdup_printf (_ ("Cause: %s."), self->cause));
  if (self->action != NULL)
    add_made (text, g_strdup_printf (_ ("What was done: %s."), self->action));
  if (self->called)
    add (text, _ ("Spoke with the user by telephone."));
  if (self->confirmed_by == NULL)
    return;
  if (self->confirmed_ms == 0)
    add_made (text, g_strdup_printf (_ ("Confirmed by %s, time not told."),
                                     self->confirmed_by));
  else
    {
      when = benk_wording_instant (self->confirmed_ms, self->at_ms, self->zone);
      add_made (text,
                g_strdup_printf (_ ("Confirmed by %s, %s."), self->confirmed_by, when));
    }
}

static char *
describe_day (const char *date)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00Z", date);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, utc);

  return day != NULL ? g_date_time_format (day, _ ("%-d %B %Y")) : g_strdup (date);
}

static void
add_service (GString *text, const BenkRecordText *self)
{
  g_autofree char *until = self->until != NULL ? describe_day (self->until) : NULL;

  if (until != NULL)
    add_made (text, g_strdup_printf (_ ("Planned until %s."), until));
  if (self->result != NULL)
    add_made (text, g_strdup_printf (_ ("Result: %s."), self->result));
  if (self->reason != NULL && *self->reason != '\0')
    add_made (text, g_strdup_printf (_ ("Reason: %s"), self->reason));
}

static void
add_settings (GString *text, const BenkRecordText *self)
{
  g_autofree char *sentence = NULL;

  if (self->kind >= BENK_RECORD_COLLECT ||
      (self->kind == BENK_RECORD_SWAP && self->other == NULL))
    return;
  sentence = self->times != NULL
               ? g_strdup_printf (_ ("Dose times %s: %s."), self->times,
                                  benk_settings_known_get_label (self->known))
               : g_strdup_printf (_ ("Settings: %s."),
                                  benk_settings_known_get_label (self->known));
  add (text, sentence);
}

static const char *
get_medicine (BenkRecordVerb kind)
{
  switch (kind)
    {
    case BENK_RECORD_SWAP:
      return _ ("Medicine moved by health personnel.");
    case BENK_RECORD_COLLECT:
      return _ ("Medicine taken out, counted and handed over by health personnel.");
    default:
      return _ ("Medicine loaded by health personnel.");
    }
}

/**
 * benk_record_text_compose:
 * @self: what was done
 *
 * The one composer of what is copied into a patient record. Who signs it is known there;
 * no name, reference or medicine stands in it.
 *
 * Returns: (transfer full): a paragraph, translated
 */
char *
benk_record_text_compose (const BenkRecordText *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_date (text, self);
  add_deed (text, self);
  if (self->unchecked)
    add (text, _ ("It was not checked by its number that this was the device in hand."));
  add_closing (text, self);
  add_service (text, self);
  add_settings (text, self);
  if (self->medicine)
    add (text, get_medicine (self->kind));
  if (self->trained)
    add (text, _ ("The user has had training."));
  if (self->collected)
    add (text, _ ("The accessories were counted."));
  if (self->goes_on != NULL)
    {
      g_autofree char *sentence =
        /* Translators: the state of the service, such as "In use". */
        g_strdup_printf (_ ("From now on: %s."), self->goes_on);

      add (text, sentence);
    }
  if (self->owed != NULL && *self->owed != '\0')
    {
      g_autofree char *sentence =
        g_strdup_printf (_ ("To be done afterwards: %s"), self->owed);

      add (text, sentence);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
