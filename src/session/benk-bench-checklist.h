/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-checklist-version.h"
#include "benk-checklist-work.h"
#include "benk-reading.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkChecklist:
 *
 * A list that is being worked through, by one device or several of one make. All of it is
 * in the store, so that it can be resumed by anybody after any end. Signal `changed`:
 * what benk_checklist_get_work() gives is another one, from here or from another window.
 */
#define BENK_TYPE_CHECKLIST (benk_checklist_get_type ())
G_DECLARE_FINAL_TYPE (BenkChecklist, benk_checklist, BENK, CHECKLIST, GObject)

const BenkChecklistWork *benk_checklist_get_work (BenkChecklist *self);
BenkReading *benk_checklist_get_reading (BenkChecklist *self);
BenkSession *benk_checklist_get_session (BenkChecklist *self);
const char *benk_checklist_get_title (BenkChecklist *self);
char *benk_checklist_describe_plan (BenkChecklist *self);
gboolean benk_checklist_is_complete (BenkChecklist *self, GError **error);
GFile *benk_checklist_get_photo_file (BenkChecklist *self,
                                      const BenkChecklistPhoto *photo);
char *
benk_checklist_compose_title (BenkSession *session, const char *model_id, BenkTask task);

/**
 * BenkChecklistStart:
 * @model_id: the make
 * @task: what is to be done
 * @devices: (array length=n_devices): all of @model_id
 * @reference: (nullable): with making ready and swapping, the user's reference
 * @resume: whether the open list of the one device is taken up again if there is one
 *
 * What a list is started with.
 */
typedef struct
{
  const char *model_id;
  BenkTask task;
  const BenkId *devices;
  guint n_devices;
  const char *reference;
  gboolean resume;
} BenkChecklistStart;

/* Start, resume, see what is open */
void benk_checklist_start_async (BenkSession *session,
                                 const BenkChecklistStart *start,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void benk_checklist_resume_async (BenkSession *session,
                                  const BenkId *work,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* For both. */
BenkChecklist *
benk_checklist_start_finish (BenkSession *session, GAsyncResult *result, GError **error);
void benk_checklist_list_async (BenkSession *session,
                                gboolean all,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
benk_checklist_list_finish (BenkSession *session, GAsyncResult *result, GError **error);

/* Changes of a list; each is kept at once. @member: of a batch, NULL for all. */
void benk_checklist_tick_async (BenkChecklist *self,
                                const BenkId *member,
                                const BenkChecklistTick *tick,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_checklist_leave_out_async (BenkChecklist *self,
                                     const BenkId *member,
                                     gboolean left_out,
                                     const char *reason,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void benk_checklist_drop_async (BenkChecklist *self,
                                const char *reason,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_checklist_add_photo_async (BenkChecklist *self,
                                     const char *step,
                                     const BenkId *member,
                                     GFile *file,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void benk_checklist_erase_photo_async (BenkChecklist *self,
                                       const BenkId *photo,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void benk_checklist_complete_async (BenkChecklist *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* For all of them; @sentence (nullable): after completing, what is kept, for a person. */
gboolean benk_checklist_change_finish (BenkChecklist *self,
                                       GAsyncResult *result,
                                       char **sentence,
                                       GError **error);

/* Versions */
void benk_checklist_versions_async (BenkSession *session,
                                    const char *model_id,
                                    BenkTask task,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *benk_checklist_versions_finish (BenkSession *session,
                                           GAsyncResult *result,
                                           GError **error);
void benk_checklist_save_async (BenkSession *session,
                                const char *model_id,
                                const BenkChecklistForm *form,
                                const char *origin,
                                const BenkId *based_on,
                                const char *decided_by,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_checklist_decide_async (BenkSession *session,
                                  const char *model_id,
                                  BenkTask task,
                                  gint64 number,
                                  const char *decided_by,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean benk_checklist_versions_change_finish (BenkSession *session,
                                                GAsyncResult *result,
                                                GError **error);
char *benk_checklist_version_compose (const BenkChecklistVersion *version);
BenkChecklistVersion *
benk_checklist_version_parse (const char *text, gssize length, GError **error);

G_END_DECLS
