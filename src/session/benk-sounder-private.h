/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-attention.h"

G_BEGIN_DECLS

#define BENK_TYPE_SOUNDER (benk_sounder_get_type ())
G_DECLARE_FINAL_TYPE (BenkSounder, benk_sounder, BENK, SOUNDER, GObject)

/* Plays a file; in a thread. */
typedef gboolean (*BenkSoundPlayer) (const char *path, GError **error);

BenkSounder *benk_sounder_new (void);
void benk_sounder_set_player (BenkSounder *self, BenkSoundPlayer player);
void benk_sounder_play_async (BenkSounder *self,
                              BenkSoundLevel level,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean
benk_sounder_play_finish (BenkSounder *self, GAsyncResult *result, GError **error);
guint benk_sounder_get_n_played (BenkSounder *self, BenkSoundLevel level);

G_END_DECLS
