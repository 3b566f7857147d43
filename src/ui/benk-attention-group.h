/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* The part of Preferences on how a person is called to alarms. */
#define BENK_TYPE_ATTENTION_GROUP (benk_attention_group_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAttentionGroup, benk_attention_group, BENK, ATTENTION_GROUP, AdwPreferencesGroup)

void benk_attention_group_set_session (BenkAttentionGroup *self, BenkSession *session);

G_END_DECLS
