/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scan-burst.h"

#include "benk-scan.h"

struct _BenkScanBurst
{
  GString *text;
  guint n_keys;
  gint64 first_ms;
  gint64 last_ms;
  gunichar first;
  gboolean differs; /* a key that is held down gives one sign again and again */
};

/**
 * benk_scan_burst_new:
 *
 * Returns: (transfer full): one that has seen no key
 */
BenkScanBurst *
benk_scan_burst_new (void)
{
  BenkScanBurst *self = g_new0 (BenkScanBurst, 1);

  self->text = g_string_new (NULL);
  return self;
}

/** benk_scan_burst_free: @self: (transfer full): what benk_scan_burst_new() gave */
void
benk_scan_burst_free (BenkScanBurst *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/** benk_scan_burst_reset: @self: forgets all keys */
void
benk_scan_burst_reset (BenkScanBurst *self)
{
  g_string_truncate (self->text, 0);
  self->n_keys = 0;
  self->differs = FALSE;
}

/**
 * benk_scan_burst_add:
 * @self: the keys so far
 * @c: the sign of a key
 * @ms: when it was pressed, in milliseconds of a clock that only runs forward
 *
 * Returns: how many keys came fast one after the other, this one counted; 1 begins anew
 */
guint
benk_scan_burst_add (BenkScanBurst *self, gunichar c, gint64 ms)
{
  if (self->n_keys > 0 && (ms < self->last_ms || ms - self->last_ms > BENK_SCAN_GAP_MS ||
                           self->text->len > BENK_SCAN_MAX))
    benk_scan_burst_reset (self);
  if (self->n_keys == 0)
    {
      self->first = c;
      self->first_ms = ms;
    }
  self->differs = self->differs || c != self->first;
  g_string_append_unichar (self->text, c);
  self->last_ms = ms;
  return ++self->n_keys;
}

/**
 * benk_scan_burst_end:
 * @self: the keys so far
 * @ms: when Enter or Tab was pressed
 *
 * Returns: (transfer full) (nullable): what a scanner typed; %NULL when it was a person.
 *   All keys are forgotten
 */
char *
benk_scan_burst_end (BenkScanBurst *self, gint64 ms)
{
  char *text = NULL;

  if (self->n_keys >= BENK_SCAN_LEAST && self->differs && ms >= self->last_ms &&
      ms - self->last_ms <= BENK_SCAN_GAP_MS &&
      ms - self->first_ms <= (gint64) self->n_keys * BENK_SCAN_MEAN_MS)
    text = g_strdup (self->text->str);
  benk_scan_burst_reset (self);
  return text;
}
