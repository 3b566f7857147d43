/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-attention.h"

G_BEGIN_DECLS

/* What could not be written down. It is tried again by itself. */
typedef enum
{
  BENK_UNSAVED_OUTBOX,
  BENK_UNSAVED_WATCH,
  BENK_UNSAVED_WAIT,
  BENK_UNSAVED_DISPENSES,
} BenkUnsaved;

#define BENK_N_UNSAVED (BENK_UNSAVED_DISPENSES + 1)

BenkAttention *benk_attention_new (BenkSession *session);
void benk_attention_set_problem (BenkAttention *self, const char *problem);
void benk_attention_set_sound_problem (BenkAttention *self, const char *problem);
void benk_attention_settle (BenkAttention *self);
void benk_attention_set_watch_problem (BenkAttention *self, const char *problem);

/* @error: (nullable): why not; none: it is saved now */
void
benk_attention_set_unsaved (BenkAttention *self, BenkUnsaved what, const GError *error);

G_END_DECLS
