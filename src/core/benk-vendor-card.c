/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-vendor-card.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-plan.h"
#include "benk-wording.h"

/**
 * benk_vendor_contact_clear:
 * @self: how to reach a vendor
 *
 * Frees what it holds.
 */
void
benk_vendor_contact_clear (BenkVendorContact *self)
{
  g_clear_pointer (&self->vendor, g_free);
  g_clear_pointer (&self->customer_number, g_free);
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->hours, g_free);
}

/** benk_vendor_card_new: Returns: (transfer full): a card on which nothing is known */
BenkVendorCard *
benk_vendor_card_new (void)
{
  return g_new0 (BenkVendorCard, 1);
}

/** benk_vendor_card_free: @self: (nullable) (transfer full): a card */
void
benk_vendor_card_free (BenkVendorCard *self)
{
  if (self == NULL)
    return;
  benk_vendor_contact_clear (&self->contact);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->imei);
  g_free (self->firmware);
  g_free (self->code);
  g_free (self->fault);
  g_free (self->roll_batch);
  g_free (self->lease_end);
  g_free (self->warranty);
  g_strfreev (self->steps);
  g_free (self->case_number);
  g_free (self);
}

/* A vendor sits elsewhere and reads it later: always with the date. */
static char *
say_instant (gint64 ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  return benk_wording_instant (ms, 0, zone);
}

static char *
say_day (const char *date)
{
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00", date);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, zone);

  return day != NULL ? g_date_time_format (day, _ ("%-d %b %Y")) : g_strdup (date);
}

/**
 * benk_vendor_card_describe_fault:
 * @self: a card
 *
 * Returns: (transfer full) (nullable): what the alarm is called, with its code
 */
char *
benk_vendor_card_describe_fault (const BenkVendorCard *self)
{
  if (self->code == NULL)
    return NULL;
  /* Translators: what an alarm is called, then its code. */
  return g_strdup_printf (_ ("%s (code %s)"), self->fault, self->code);
}

/**
 * benk_vendor_card_describe_since:
 * @self: a card
 *
 * Returns: (transfer full) (nullable): since when, with the date
 */
char *
benk_vendor_card_describe_since (const BenkVendorCard *self)
{
  return self->since_ms > 0 ? say_instant (self->since_ms) : NULL;
}

/**
 * benk_vendor_card_describe_firmware:
 * @self: a card
 *
 * Returns: (transfer full) (nullable): the firmware and when it was read
 */
char *
benk_vendor_card_describe_firmware (const BenkVendorCard *self)
{
  g_autofree char *when = NULL;

  if (self->firmware == NULL)
    return NULL;
  when = say_instant (self->firmware_ms);
  /* Translators: a firmware, then when it was read from the device. */
  return g_strdup_printf (_ ("%s, read %s"), self->firmware, when);
}

static void
add_term (GString *text, const char *words)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, words);
}

static void
add_day (GString *text, const char *date, gboolean over, const char *words)
{
  g_autofree char *day = say_day (date);
  g_autofree char *said = NULL;
  g_autoptr (GString) term = g_string_new (words);

  g_string_replace (term, "%s", day, 1);
  /* Translators: "warranty until 3 Dec 2025", which is past. */
  said = over ? g_strdup_printf (_ ("%s (over)"), term->str) : g_strdup (term->str);
  add_term (text, said);
}

/**
 * benk_vendor_card_describe_terms:
 * @self: a card
 * @now_ms: the present, UTC milliseconds
 *
 * Returns: (transfer full) (nullable): whose the device is, until when its warranty and
 *   its lease last; %NULL where nothing is known
 */
char *
benk_vendor_card_describe_terms (const BenkVendorCard *self, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  GString *text = g_string_new (NULL);

  if (self->warranty != NULL)
    add_day (text, self->warranty,
             benk_ending_of (self->warranty, now_ms, zone) == BENK_ENDING_OVER,
             _ ("Warranty until %s"));
  if (self->owner != BENK_OWNER_UNKNOWN)
    add_term (text, benk_owner_get_label (self->owner));
  if (self->lease_end != NULL)
    add_day (text, self->lease_end,
             benk_ending_of (self->lease_end, now_ms, zone) == BENK_ENDING_OVER,
             _ ("Lease until %s"));
  return g_string_free (text, text->len == 0);
}

static void
add_line (GString *text, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", title, value);
}

/**
 * benk_vendor_card_compose:
 * @self: a card
 * @tried: (nullable): the steps that have been tried
 * @now_ms: the present, UTC milliseconds
 *
 * Composes what a vendor needs in a mail or a form. Nothing of the user and no name
 * stands in it; what is not known is left out.
 *
 * Returns: (transfer full): lines of text
 */
char *
benk_vendor_card_compose (const BenkVendorCard *self,
                          const char *const *tried,
                          gint64 now_ms)
{
  g_autofree char *fault = benk_vendor_card_describe_fault (self);
  g_autofree char *since = benk_vendor_card_describe_since (self);
  g_autofree char *firmware = benk_vendor_card_describe_firmware (self);
  g_autofree char *terms = benk_vendor_card_describe_terms (self, now_ms);
  GString *text = g_string_new (NULL);

  add_line (text, _ ("Customer number"), self->contact.customer_number);
  add_line (text, _ ("Model"), self->model);
  add_line (text, _ ("Serial"), self->serial);
  add_line (text, _ ("IMEI"), self->imei);
  add_line (text, _ ("Firmware"), firmware);
  add_line (text, _ ("Fault"), fault);
  add_line (text, _ ("Since"), since);
  add_line (text, _ ("Roll batch"), self->roll_batch);
  for (gsize i = 0; tried != NULL && tried[i] != NULL; i++)
    add_line (text, _ ("Tried"), tried[i]);
  add_line (text, _ ("Terms"), terms);
  add_line (text, _ ("Case number"), self->case_number);
  return g_string_free (text, FALSE);
}
