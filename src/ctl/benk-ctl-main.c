/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include <glib.h>

int
main (int argc, char **argv)
{
  g_printerr ("dosebenkctl %s: no command\n", BENK_VERSION);
  return 2;
}
