/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ctl-rig.h"

G_BEGIN_DECLS

#define BENK_CTL_HUB_TOKEN "a-token-for-tests"
/* Made up; the number of the test person of the national samples. */
#define BENK_CTL_HUB_NUMBER "13116900216"
#define BENK_CTL_HUB_NAME "Line Danser"

/* A virtual alarm hub in this process; the program under test speaks HTTP with it. */
typedef struct _BenkCtlHub BenkCtlHub;

BenkCtlHub *benk_ctl_hub_new (BenkCtlRig *rig);
void benk_ctl_hub_free (BenkCtlHub *self);
const char *benk_ctl_hub_get_url (BenkCtlHub *self);
void benk_ctl_hub_add (BenkCtlHub *self, BenkCtlRig *rig);
char *benk_ctl_hub_raise (BenkCtlHub *self,
                          const char *serial,
                          const char *code,
                          const char *text);
void benk_ctl_hub_set_fault (BenkCtlHub *self, const char *fault);
guint benk_ctl_hub_count (BenkCtlHub *self, const char *method, const char *part);
guint benk_ctl_hub_get_n_documents (BenkCtlHub *self);

G_END_DECLS
