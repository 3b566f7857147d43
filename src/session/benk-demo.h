/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-plan.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* The surroundings of a demo store: a list, simulated dispensers of the four makes, and a
 * virtual alarm hub on this machine. */
#define BENK_TYPE_DEMO (benk_demo_get_type ())
G_DECLARE_FINAL_TYPE (BenkDemo, benk_demo, BENK, DEMO, GObject)

/* The dispensers that are plugged in, by model. */
typedef struct
{
  const char *model_id;
  const char *serial;
} BenkDemoDevice;

#define BENK_N_DEMO_DEVICES 4

BenkDemo *benk_demo_new (BenkSession *session, const char *dir, GError **error);
const BenkDemoDevice *benk_demo_get_devices (void);
void benk_demo_write_list_async (BenkDemo *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GFile *benk_demo_write_list_finish (BenkDemo *self, GAsyncResult *result, GError **error);
BenkPlan *benk_demo_make_plan (void);
void benk_demo_plug_in_async (BenkDemo *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_demo_plug_in_finish (BenkDemo *self, GAsyncResult *result, GError **error);

void benk_demo_connect_async (BenkDemo *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_demo_connect_finish (BenkDemo *self, GAsyncResult *result, GError **error);
const char *benk_demo_get_hub_url (BenkDemo *self);
gboolean benk_demo_raise (
  BenkDemo *self, const char *serial, const char *code, const char *text, GError **error);
guint benk_demo_get_n_documents (BenkDemo *self);
void benk_demo_make_folder_async (GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *benk_demo_make_folder_finish (GAsyncResult *result, GError **error);
void benk_demo_remove_folder (const char *path);

/* Everything at once, for the desktop: list, dispensers, hub, and an alarm now and then.
 */
void benk_demo_run_async (BenkDemo *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean benk_demo_run_finish (BenkDemo *self, GAsyncResult *result, GError **error);

G_END_DECLS
