/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <sys/resource.h>

#include "benk-exchange-rig.h"

/* What a change of another laptop costs of which half no longer fits: as much a row,
 * however many rows. */

static double
get_processor_ms (void)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);

  return (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000.0 +
         (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000.0;
}

static double
measure (guint n_rows)
{
  BenkExchangeRig rig;
  g_autoptr (GPtrArray) rows = NULL;
  double before, ms;

  benk_exchange_rig_set_up (&rig, NULL);
  benk_exchange_rig_register (&rig, n_rows / 4);
  rows = benk_exchange_rig_work (&rig);
  before = get_processor_ms ();
  benk_exchange_rig_receive (&rig, rows);
  ms = get_processor_ms () - before;
  g_print ("| %u | %u | %.0f | %.1f |\n", n_rows,
           benk_exchange_get_cards (rig.exchange)->len, ms, ms * 1000.0 / n_rows);
  benk_exchange_rig_tear_down (&rig, NULL);

  return ms;
}

int
main (void)
{
  double few, many;

  setlocale (LC_ALL, "");
  g_print ("\n### A change that half fits\n\n");
  g_print ("| rows | passed over | processor, ms | a row, µs |\n|---:|---:|---:|---:|\n");
  few = measure (2000);
  many = measure (20000);
  g_print ("\nTen times the rows: %.1f times the work.\n", many / few);

  return 0;
}
