/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session.h"

#include "benk-ctl-json.h"

G_BEGIN_DECLS

/* What a command is given; exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
typedef struct
{
  gboolean json;
  char *store;
  char *as;
  char *virtual_devices;
  char *virtual_state;
  char *fault;
  char *record;

  BenkClock *clock;
  BenkSession *session;
  BenkJson *out;
  GAsyncResult *result;
} BenkCtl;

/* A command prints its answer through @ctl and returns FALSE with @error set. */
typedef gboolean (*BenkCtlFunc) (BenkCtl *ctl, int argc, char **argv, GError **error);

typedef struct
{
  const char *group;
  const char *name;
  const char *usage;
  BenkCtlFunc func;
} BenkCtlCommand;

extern const BenkCtlCommand benk_ctl_store_commands[];
extern const BenkCtlCommand benk_ctl_device_commands[];
extern const BenkCtlCommand benk_ctl_label_commands[];
extern const BenkCtlCommand benk_ctl_proof_commands[];
extern const BenkCtlCommand benk_ctl_plan_commands[];
extern const BenkCtlCommand benk_ctl_usb_commands[];
extern const BenkCtlCommand benk_ctl_checklist_commands[];
extern const BenkCtlCommand benk_ctl_phd_commands[];
extern const BenkCtlCommand benk_ctl_alarm_commands[];
extern const BenkCtlCommand benk_ctl_report_commands[];
extern const BenkCtlCommand benk_ctl_return_commands[];
extern const BenkCtlCommand benk_ctl_visit_commands[];
extern const BenkCtlCommand benk_ctl_reservation_commands[];
extern const BenkCtlCommand benk_ctl_model_commands[];
extern const BenkCtlCommand benk_ctl_stock_commands[];
extern const BenkCtlCommand benk_ctl_stocktake_commands[];
extern const BenkCtlCommand benk_ctl_duty_commands[];
extern const BenkCtlCommand benk_ctl_guidance_commands[];
extern const BenkCtlCommand benk_ctl_notify_commands[];
extern const BenkCtlCommand benk_ctl_demo_commands[];
extern const BenkCtlCommand benk_ctl_record_commands[];

gboolean benk_ctl_parse (
  int *argc, char ***argv, const GOptionEntry *entries, int min, int max, GError **error);
gboolean benk_ctl_open (BenkCtl *ctl, BenkSessionFlags flags, GError **error);
void benk_ctl_on_ready (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *benk_ctl_await (BenkCtl *ctl);
void benk_ctl_say (BenkCtl *ctl, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *benk_ctl_format_instant (gint64 ms);
gboolean benk_ctl_parse_id (const char *text, BenkId *id, GError **error);
gboolean benk_ctl_parse_instant (const char *text, gint64 *ms, GError **error);

G_END_DECLS
