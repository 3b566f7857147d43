/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session-fixture.h"

G_BEGIN_DECLS

/* Lists beside the store of a fixture, and what is asked of them. */

char *
benk_import_rig_write (BenkSessionFixture *fixture, const char *name, GBytes *bytes);
BenkImport *
benk_import_rig_preview (BenkSessionFixture *fixture, const char *name, const char *text);
BenkImport *benk_import_rig_preview_alarms (BenkSessionFixture *fixture,
                                            const char *name,
                                            const char *text);
BenkImport *
benk_import_rig_read (BenkSessionFixture *fixture, const char *path, const char *sheet);
gboolean
benk_import_rig_compare (BenkImport *import, GCancellable *cancellable, GError **error);
gint64
benk_import_rig_apply (BenkImport *import, GCancellable *cancellable, GError **error);
void benk_import_rig_assert (BenkImport *import, const guint *counts, const char *reason);

G_END_DECLS
