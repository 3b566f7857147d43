/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-guidance-version.h"
#include "benk-model-share.h"
#include "benk-reading.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* How the name of a file of guidance ends, and how large it may be. */
#define BENK_GUIDANCE_SUFFIX ".dosebenk-guidance"
#define BENK_GUIDANCE_MAX (1024 * 1024)
#define BENK_GUIDANCE_MAX_ENTRIES 1000

/**
 * BenkGuidances:
 *
 * What to do at an alarm, by make, code and part of the week, as the district keeps it.
 * The signal "changed" says that it is another now.
 */
#define BENK_TYPE_GUIDANCES (benk_guidances_get_type ())
G_DECLARE_FINAL_TYPE (BenkGuidances, benk_guidances, BENK, GUIDANCES, GObject)

/* As it was last read; see benk_guidance_resolve (). */
GPtrArray *benk_guidances_get_current (BenkGuidances *self);
BenkReading *benk_guidances_get_reading (BenkGuidances *self);
BenkGuidanceVersion *benk_guidances_resolve (BenkGuidances *self,
                                             const char *model_id,
                                             const char *code,
                                             BenkGuidancePart part);
BenkGuidancePart benk_guidances_get_part (BenkGuidances *self, const BenkId *team);

/* Reads it as it is now; and all that was ever kept for one place. */
void benk_guidances_load_async (BenkGuidances *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
benk_guidances_load_finish (BenkGuidances *self, GAsyncResult *result, GError **error);
void benk_guidances_versions_async (BenkGuidances *self,
                                    const char *model_id,
                                    const char *code,
                                    BenkGuidancePart part,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *benk_guidances_versions_finish (BenkGuidances *self,
                                           GAsyncResult *result,
                                           GError **error);

/* What was shown for an alarm: when it ended, or now while it is open. */
void benk_guidances_load_shown_async (BenkGuidances *self,
                                      const BenkId *alarm,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
BenkGuidanceVersion *benk_guidances_load_shown_finish (BenkGuidances *self,
                                                       GAsyncResult *result,
                                                       GError **error);

/* Changes; each is one that can be undone and ends in benk_guidances_change_finish. */
void benk_guidances_save_async (BenkGuidances *self,
                                const BenkGuidanceVersion *version,
                                const char *decided_by,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_guidances_decide_async (BenkGuidances *self,
                                  const char *model_id,
                                  const char *code,
                                  BenkGuidancePart part,
                                  const char *decided_by,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean benk_guidances_change_finish (BenkGuidances *self,
                                       GAsyncResult *result,
                                       gint64 *seq,
                                       GError **error);

/**
 * BenkSharedGuidance:
 * @entry: what it is to this district
 * @version: where it is for and its steps; without steps where it cannot be read
 *
 * One entry of a file of guidance.
 */
typedef struct
{
  BenkSharedEntry entry;
  BenkGuidanceVersion *version;
} BenkSharedGuidance;

void benk_shared_guidance_free (BenkSharedGuidance *self);
char *benk_guidance_share_compose (const GPtrArray *versions);
GPtrArray *benk_guidance_share_parse (const char *text, gsize length, GError **error);

/* All that the district keeps, without names, as one file. */
void benk_guidances_export_async (BenkGuidances *self,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean benk_guidances_export_finish (BenkGuidances *self,
                                       GAsyncResult *result,
                                       guint *n_entries,
                                       GError **error);

/* Reads such a file and compares it; nothing is written. An array of BenkSharedGuidance.
 */
void benk_guidances_preview_async (BenkGuidances *self,
                                   GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *
benk_guidances_preview_finish (BenkGuidances *self, GAsyncResult *result, GError **error);

/* Takes those that are marked, as one change; ends in benk_guidances_change_finish. */
void benk_guidances_import_async (BenkGuidances *self,
                                  GPtrArray *shared,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

G_END_DECLS
