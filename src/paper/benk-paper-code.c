/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-private.h"

#include <qrencode.h>

/* Side of one module, in points: about half a millimetre, which a telephone reads. */
#define MODULE 1.5
/* ISO/IEC 18004 9.1: four light modules around the symbol. */
#define QUIET 4

/**
 * benk_paper_code_draw:
 * @payload: text
 *
 * Draws a QR code with its quiet zone; correction level M bears a fold or a stain.
 *
 * Returns: its side in points; 0 when @payload is too long for one
 */
double
benk_paper_code_draw (cairo_t *cr, const char *payload, double x, double y)
{
  QRcode *code = QRcode_encodeString8bit (payload, 0, QR_ECLEVEL_M);
  double side;

  if (code == NULL)
    return 0;
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if (code->data[row * code->width + column] & 1)
        cairo_rectangle (cr, x + (QUIET + column) * MODULE, y + (QUIET + row) * MODULE,
                         MODULE, MODULE);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
  side = (code->width + 2 * QUIET) * MODULE;
  QRcode_free (code);
  return side;
}
