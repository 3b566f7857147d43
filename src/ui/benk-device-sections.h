/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device-card.h"

G_BEGIN_DECLS

/* The groups of rows beside the list that only say what is; each clears its rows first.
 */
void benk_device_sections_add_identity (AdwPreferencesGroup *group,
                                        GPtrArray *rows,
                                        BenkSession *session,
                                        BenkDeviceCard *card);
void benk_device_sections_add_same (AdwPreferencesGroup *group,
                                    GPtrArray *rows,
                                    BenkSession *session,
                                    BenkDeviceCard *card);
void benk_device_sections_add_owed (AdwPreferencesGroup *group,
                                    GPtrArray *rows,
                                    BenkSession *session,
                                    BenkDeviceCard *card);
void benk_device_sections_add_proofs (AdwPreferencesGroup *group,
                                      GPtrArray *rows,
                                      BenkSession *session,
                                      BenkDeviceCard *card);
void benk_device_sections_add_cases (AdwPreferencesGroup *group,
                                     GPtrArray *rows,
                                     BenkSession *session,
                                     BenkDeviceCard *card);
void benk_device_sections_add_history (AdwPreferencesGroup *group,
                                       GPtrArray *rows,
                                       BenkSession *session,
                                       BenkDeviceCard *card);

G_END_DECLS
