/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarm.h"
#include "benk-bench.h"
#include "benk-ctl.h"
#include "benk-device.h"
#include "benk-history-item.h"
#include "benk-return-case.h"

G_BEGIN_DECLS

void benk_ctl_print_device (BenkCtl *ctl, const char *key, BenkDevice *device);
void benk_ctl_print_alarm (BenkCtl *ctl, BenkAlarm *alarm);
void benk_ctl_print_return (BenkCtl *ctl, BenkReturnCase *return_case);
void benk_ctl_print_history (BenkCtl *ctl, BenkHistoryItem *item);

/* Prints an item of a list. */
typedef void (*BenkCtlPrint) (BenkCtl *ctl, gpointer item);

void
benk_ctl_print_list (BenkCtl *ctl, const char *key, GListModel *list, BenkCtlPrint print);
/* Reads a list, with what is closed too where @all. */
typedef GListModel *(*BenkCtlLoad) (BenkCtl *ctl, gboolean all, GError **error);

gboolean benk_ctl_run_list (BenkCtl *ctl,
                            int argc,
                            char **argv,
                            BenkCtlLoad load,
                            BenkCtlPrint print,
                            GError **error);
void benk_ctl_print_step (BenkCtl *ctl, BenkStep *step);

G_END_DECLS
