/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-label-format.h"

G_BEGIN_DECLS

/* cairo's own; who hands one through needs no more of it. */
struct _cairo;

/**
 * BenkPaperLabel:
 * @code: what the QR code holds
 * @asset: (nullable): the short asset number, in big type
 * @model: name of the model
 * @serial: serial as it was given
 * @simulated: says so on the label
 *
 * What stands on a label. Nobody's name, no user, no place.
 */
typedef struct
{
  char *code;
  char *asset;
  char *model;
  char *serial;
  gboolean simulated;
} BenkPaperLabel;

BenkPaperLabel *benk_paper_label_new (const char *code,
                                      const char *asset,
                                      const char *model,
                                      const char *serial,
                                      gboolean simulated);
void benk_paper_label_free (BenkPaperLabel *self);

void benk_paper_label_draw (
  struct _cairo *cr, GPtrArray *labels, BenkLabelFormat format, guint start, guint page);
GBytes *benk_paper_label_compose (GPtrArray *labels,
                                  BenkLabelFormat format,
                                  guint start,
                                  gint64 made_ms,
                                  guint *n_pages,
                                  GError **error);

G_END_DECLS
