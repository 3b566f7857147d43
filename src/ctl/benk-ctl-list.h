/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ctl.h"
#include "benk-inventory.h"

G_BEGIN_DECLS

/**
 * BenkCtlQuery:
 * @query: which devices, and in what order; its texts belong to this
 *
 * What is asked for with the options of `device list` and `device export`.
 */
typedef struct
{
  BenkDeviceQuery query;
  char *state;
  char *model;
  char *search;
  char *sort;
  int limit;
} BenkCtlQuery;

gboolean benk_ctl_query_parse (
  BenkCtlQuery *self, int *argc, char ***argv, int n_arguments, GError **error);
void benk_ctl_query_clear (BenkCtlQuery *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkCtlQuery, benk_ctl_query_clear)

gboolean benk_ctl_list_import (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean
benk_ctl_list_import_alarms (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_list_export (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
