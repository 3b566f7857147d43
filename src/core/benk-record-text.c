/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-record-text.h"

#include <glib/gi18n.h>

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

static void
add_deed (GString *text, const BenkRecordText *self)
{
  g_autofree char *deed = NULL;

  switch (self->kind)
    {
    case BENK_VISIT_INSTALL:
      deed = g_strdup_printf (_ ("Electronic medication dispenser installed in the home "
                                 "(%s)."),
                              self->device);
      break;
    case BENK_VISIT_SETTINGS:
      deed = g_strdup_printf (_ ("Settings of the electronic medication dispenser "
                                 "changed (%s)."),
                              self->device);
      break;
    case BENK_VISIT_SWAP:
      deed = self->other != NULL
               ? g_strdup_printf (_ ("Electronic medication dispenser swapped: %s out, "
                                     "%s in."),
                                  self->device, self->other)
               : g_strdup_printf (_ ("Electronic medication dispenser taken out (%s)."),
                                  self->device);
      break;
    case BENK_VISIT_COLLECT:
    default:
      deed = g_strdup_printf (_ ("Electronic medication dispenser collected (%s)."),
                              self->device);
    }
  add (text, deed);
}

static void
add_settings (GString *text, const BenkRecordText *self)
{
  g_autofree char *sentence = NULL;

  if (self->kind == BENK_VISIT_COLLECT ||
      (self->kind == BENK_VISIT_SWAP && self->other == NULL))
    return;
  sentence = self->times != NULL
               ? g_strdup_printf (_ ("Dose times %s: %s."), self->times,
                                  benk_settings_known_get_label (self->known))
               : g_strdup_printf (_ ("Settings: %s."),
                                  benk_settings_known_get_label (self->known));
  add (text, sentence);
}

static const char *
get_medicine (BenkVisitKind kind)
{
  switch (kind)
    {
    case BENK_VISIT_SWAP:
      return _ ("Medicine moved by health personnel.");
    case BENK_VISIT_COLLECT:
      return _ ("Medicine taken out, counted and handed over by health personnel.");
    case BENK_VISIT_INSTALL:
    case BENK_VISIT_SETTINGS:
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
