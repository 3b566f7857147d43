/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-bench-checklist.h"
#include "benk-session-fixture.h"

G_BEGIN_DECLS

BenkDevice *benk_checklist_fixture_put (BenkSessionFixture *self,
                                        const char *model,
                                        const char *serial,
                                        BenkDeviceState state);
BenkDeviceState benk_checklist_fixture_get_state (BenkSessionFixture *self,
                                                  const char *serial);

BenkChecklist *benk_checklist_fixture_try_start (BenkSession *session,
                                                 BenkTask task,
                                                 BenkDevice **devices,
                                                 guint n_devices,
                                                 const char *reference,
                                                 GError **error);
BenkChecklist *benk_checklist_fixture_start (BenkSession *session,
                                             BenkTask task,
                                             BenkDevice *device,
                                             const char *reference);
gboolean benk_checklist_fixture_tick (BenkChecklist *list,
                                      const BenkId *member,
                                      const BenkChecklistTick *tick,
                                      GError **error);
void benk_checklist_fixture_set (BenkChecklist *list, const char *step, gboolean done);
void benk_checklist_fixture_tick_all (BenkChecklist *list);
gboolean
benk_checklist_fixture_complete (BenkChecklist *list, char **sentence, GError **error);
char *benk_checklist_fixture_do (BenkSession *session,
                                 BenkTask task,
                                 BenkDevice *device,
                                 const char *reference);
void benk_checklist_fixture_remove_photos (BenkSessionFixture *self);

G_END_DECLS
