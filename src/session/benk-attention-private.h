/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-attention.h"

G_BEGIN_DECLS

BenkAttention *benk_attention_new (BenkSession *session);
void benk_attention_set_problem (BenkAttention *self, const char *problem);
void benk_attention_set_sound_problem (BenkAttention *self, const char *problem);
void benk_attention_settle (BenkAttention *self);
void benk_attention_set_watch_problem (BenkAttention *self, const char *problem);

G_END_DECLS
