/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

/* libFuzzer's entry points; it brings main(). */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t length);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t length)
{
  static const BenkFuzzTarget *target;

  if (target == NULL)
    target = benk_fuzz_find (FUZZ_TARGET);
  g_assert_nonnull (target);
  target->run (data, length);
  return 0;
}
