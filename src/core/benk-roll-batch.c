/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-roll-batch.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarm-code.h"
#include "benk-alarm-join.h"
#include "benk-error.h"
#include "benk-plan.h"
#include "benk-wording.h"

/**
 * benk_roll_batch_concerns:
 * @code: (nullable): code of an alarm
 *
 * Returns: whether it stops at the roll or its pouches (domain.md 4.1: 1.6, 1.7, 1.8)
 */
gboolean
benk_roll_batch_concerns (const char *code)
{
  static const char *const codes[] = { "1.6", "1.7", "1.8" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (code, codes[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
invalid (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, sentence);
  return FALSE;
}

/* One blank between words, none around them. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\r\n", -1);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);
  return g_string_free (out, FALSE);
}

static gboolean
is_made_of (const char *text, const char *signs)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && (c > 127 || strchr (signs, (int) c) == NULL))
        return FALSE;
    }
  return TRUE;
}

/* A name has no digit, and whole sentences are several words: neither is a batch. */
static gboolean
check_batch (const char *batch, GError **error)
{
  if (*batch == '\0')
    return invalid (_ ("The batch is missing."), error);
  if (g_utf8_strlen (batch, -1) > BENK_ROLL_BATCH_MAX)
    return invalid (_ ("The batch is longer than 40 characters."), error);
  if (strpbrk (batch, "0123456789") == NULL || !is_made_of (batch, "!%&'()*+-./_:;,=#"))
    return invalid (
      _ ("A batch is one word of letters and digits, as printed on the roll. "
         "Nothing else of the label is kept."),
      error);
  return TRUE;
}

static gboolean
check_packer (const char *packer, GError **error)
{
  if (g_utf8_strlen (packer, -1) > BENK_ROLL_BATCH_MAX)
    return invalid (_ ("The packer is longer than 40 characters."), error);
  if (!is_made_of (packer, " &'()+-./,"))
    return invalid (_ ("The packer is the name of a firm: letters and digits."), error);
  return TRUE;
}

/* Of a label only these two are taken: it may say whose roll it is. */
static gboolean
read_label (
  const BenkScan *scan, const char *text, char **packer, char **batch, GError **error)
{
  if (scan->findings & (BENK_SCAN_DAMAGED | BENK_SCAN_TOO_LONG))
    return invalid (benk_scan_finding_get_label (scan->findings & BENK_SCAN_DAMAGED
                                                   ? BENK_SCAN_DAMAGED
                                                   : BENK_SCAN_TOO_LONG),
                    error);
  switch (scan->kind)
    {
    case BENK_SCAN_OWN:
      return invalid (_ ("That is the label of a device, not of a roll."), error);
    case BENK_SCAN_PRODUCT:
      return invalid (_ ("That is the number of a product, the same on every roll. Type "
                         "the batch."),
                      error);
    case BENK_SCAN_GS1:
    case BENK_SCAN_NAMED:
      if (scan->batch == NULL)
        return invalid (_ ("The label names no batch. Type it."), error);
      *batch = tidy (scan->batch);
      *packer = tidy (scan->packer);
      return TRUE;
    case BENK_SCAN_TEXT:
    case BENK_SCAN_IMEI:
    case BENK_SCAN_ASSET:
    default:
      *batch = tidy (text);
      return TRUE;
    }
}

/* @text: what it is where it is no label. */
static gboolean
take (BenkRollBatch *self,
      const char *packer,
      const BenkScan *scan,
      const char *text,
      GError **error)
{
  g_autofree char *named = NULL;
  g_autofree char *read = NULL;
  g_autofree char *typed = tidy (packer);

  *self = (BenkRollBatch){ 0 };
  if (!read_label (scan, text, &named, &read, error))
    return FALSE;
  if (named == NULL || *named == '\0')
    {
      g_free (named);
      named = g_steal_pointer (&typed);
    }
  if (!check_batch (read, error) || !check_packer (named, error))
    return FALSE;
  self->batch = g_steal_pointer (&read);
  self->packer = *named != '\0' ? g_steal_pointer (&named) : NULL;
  return TRUE;
}

/**
 * benk_roll_batch_read:
 * @self: (out caller-allocates): what was read
 * @packer: (nullable): who packed the roll, as typed; a label that names another wins
 * @batch: (nullable): the batch as typed, or the text of the label
 * @error: %BENK_ERROR_INVALID
 *
 * Reads the batch of a roll. Of a label it takes packer and batch and nothing else.
 *
 * Returns: whether there is a batch
 */
gboolean
benk_roll_batch_read (BenkRollBatch *self,
                      const char *packer,
                      const char *batch,
                      GError **error)
{
  const char *text = batch != NULL ? batch : "";
  g_autoptr (BenkScan) scan = benk_scan_read (text, BENK_SCAN_CAPS_OFF);

  return take (self, packer, scan, text, error);
}

/**
 * benk_roll_batch_take_scan:
 * @self: (out caller-allocates): what was read
 * @packer: (nullable): who packed the roll, as typed; a label that names another wins
 * @scan: what a scanner read of the label
 * @error: %BENK_ERROR_INVALID
 *
 * As benk_roll_batch_read(), of what was scanned.
 *
 * Returns: whether there is a batch
 */
gboolean
benk_roll_batch_take_scan (BenkRollBatch *self,
                           const char *packer,
                           const BenkScan *scan,
                           GError **error)
{
  return take (self, packer, scan, scan->text, error);
}

/**
 * benk_roll_batch_clear:
 * @self: of what batch a roll is
 *
 * Frees what it holds.
 */
void
benk_roll_batch_clear (BenkRollBatch *self)
{
  g_clear_pointer (&self->packer, g_free);
  g_clear_pointer (&self->batch, g_free);
}

/**
 * benk_roll_batch_describe:
 * @packer: (nullable): who packed the roll
 * @batch: (nullable): its batch
 *
 * Returns: (transfer full) (nullable): the batch, and who packed it
 */
char *
benk_roll_batch_describe (const char *packer, const char *batch)
{
  if (batch == NULL)
    return NULL;
  return packer != NULL ? g_strdup_printf ("%s (%s)", batch, packer) : g_strdup (batch);
}

/**
 * benk_roll_batch_dup_key:
 * @alarm: an alarm
 *
 * Returns: (transfer full) (nullable): the same for all alarms at rolls of one batch:
 *   batch and packer, whatever the case of their letters; %NULL where none is noted
 */
char *
benk_roll_batch_dup_key (BenkAlarm *alarm)
{
  const char *packer = benk_alarm_get_roll_packer (alarm);
  g_autofree char *tidy_packer = tidy (packer);
  g_autofree char *tidy_batch = tidy (benk_alarm_get_roll_batch (alarm));
  g_autofree char *folded_packer = g_utf8_casefold (tidy_packer, -1);
  g_autofree char *folded_batch = g_utf8_casefold (tidy_batch, -1);

  if (*folded_batch == '\0' || !benk_roll_batch_concerns (benk_alarm_get_code (alarm)))
    return NULL;
  return g_strconcat (folded_batch, "|", folded_packer, NULL);
}

/**
 * benk_roll_batch_count_devices:
 * @alarms: (array length=n_alarms): alarms
 * @n_alarms: how many
 *
 * Returns: of how many devices they are
 */
guint
benk_roll_batch_count_devices (BenkAlarm *const *alarms, guint n_alarms)
{
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_alarms; i++)
    g_hash_table_add (seen, benk_alarm_dup_about (alarms[i]));
  return g_hash_table_size (seen);
}

static void
add_line (GString *text, const char *title, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, "%s: %s\n", title, value);
}

/* By the codes' own words: a source's text may say whom it is about. */
static void
add_codes (GString *text, BenkAlarm *const *alarms, guint n_alarms)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  for (gsize i = 0; i < n_codes; i++)
    {
      guint n = 0;

      for (guint k = 0; k < n_alarms; k++)
        n += g_strcmp0 (benk_alarm_get_code (alarms[k]), codes[i].code) == 0;
      if (n > 0)
        g_string_append_printf (text, "%s (%s): %u\n",
                                benk_alarm_code_get_label (&codes[i]), codes[i].code, n);
    }
}

/* Who reads it sits elsewhere, later: always with the date. */
static void
add_times (GString *text, BenkAlarm *const *alarms, guint n_alarms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 first_ms = G_MAXINT64;
  gint64 last_ms = 0;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < n_alarms; i++)
    {
      first_ms = MIN (first_ms, benk_alarm_get_raised_ms (alarms[i]));
      last_ms = MAX (last_ms, benk_alarm_get_raised_ms (alarms[i]));
    }
  first = benk_wording_instant (first_ms, 0, zone);
  last = benk_wording_instant (last_ms, 0, zone);
  add_line (text, _ ("First alarm"), first);
  add_line (text, _ ("Last alarm"), last);
}

/**
 * benk_roll_batch_compose_report:
 * @alarms: (array length=n_alarms): open alarms at rolls of one batch
 * @n_alarms: how many, one at the least
 *
 * Composes what is reported to the packer. No device, no user and no name stands in it.
 *
 * Returns: (transfer full): lines of text
 */
char *
benk_roll_batch_compose_report (BenkAlarm *const *alarms, guint n_alarms)
{
  GString *text = g_string_new (NULL);
  g_autofree char *devices =
    g_strdup_printf ("%u", benk_roll_batch_count_devices (alarms, n_alarms));

  g_return_val_if_fail (n_alarms > 0, g_string_free (text, FALSE));
  add_line (text, _ ("Packer"), benk_alarm_get_roll_packer (alarms[0]));
  add_line (text, _ ("Roll batch"), benk_alarm_get_roll_batch (alarms[0]));
  add_line (text, _ ("Dispensers with open alarms"), devices);
  add_codes (text, alarms, n_alarms);
  add_times (text, alarms, n_alarms);
  return g_string_free (text, FALSE);
}
