/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bulk.h"
#include "benk-ctl.h"

G_BEGIN_DECLS

/* Which devices are meant: those that are named, or all that a question finds. */
typedef struct
{
  char *state;
  char *model;
  char *search;
  int count;
  gboolean able;
} BenkCtlWhich;

#define BENK_CTL_MAX_NAMED 10000
#define BENK_CTL_WHICH_INIT                                                              \
  {                                                                                      \
    .count = -1                                                                          \
  }
#define BENK_CTL_WHICH_ENTRIES(which)                                                    \
  { "state", 0, 0, G_OPTION_ARG_STRING, &(which)->state, NULL, NULL },                   \
    { "model", 0, 0, G_OPTION_ARG_STRING, &(which)->model, NULL, NULL },                 \
    { "search", 0, 0, G_OPTION_ARG_STRING, &(which)->search, NULL, NULL },               \
    { "count", 0, 0, G_OPTION_ARG_INT, &(which)->count, NULL, NULL },                    \
  {                                                                                      \
    "able", 0, 0, G_OPTION_ARG_NONE, &(which)->able, NULL, NULL                          \
  }

void benk_ctl_which_clear (BenkCtlWhich *which);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkCtlWhich, benk_ctl_which_clear)

gboolean benk_ctl_which_is_question (const BenkCtlWhich *which);
gboolean benk_ctl_which_check (const BenkCtlWhich *which, int n_named, GError **error);
GArray *benk_ctl_which_gather (
  BenkCtl *ctl, const BenkCtlWhich *which, int n_named, char **named, GError **error);

/* What is done with one device, with several, or with all that a question finds. */
gboolean benk_ctl_device_move (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_attest (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_set_state (BenkCtl *ctl, int argc, char **argv, GError **error);

gboolean benk_ctl_bulk_run (
  BenkCtl *ctl, BenkBulk *bulk, gboolean able, const char *owed_reason, GError **error);

/* What is written about a device, and two rows that are one. */
gboolean benk_ctl_device_edit (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_join (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_part (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean
benk_ctl_device_accessories (BenkCtl *ctl, int argc, char **argv, GError **error);

/* Ends every command that changed a device: how it is now. */
gboolean benk_ctl_device_finish (BenkCtl *ctl, const BenkId *device, GError **error);

G_END_DECLS
