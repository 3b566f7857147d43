/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-staff.h"

#include "benk-record.h"

struct _BenkStaff
{
  GObject parent_instance;

  BenkId id;
  char *initials;
  char *name;
  char *account;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkStaff, id),
  BENK_FIELD (STRING, BenkStaff, initials),
  BENK_FIELD (STRING, BenkStaff, name),
  BENK_FIELD (STRING, BenkStaff, account),
};

BENK_DEFINE_RECORD (BenkStaff, benk_staff)

BENK_RECORD_ID (BenkStaff, benk_staff, id)
BENK_RECORD_STRING (BenkStaff, benk_staff, initials)
BENK_RECORD_STRING (BenkStaff, benk_staff, name)
BENK_RECORD_STRING (BenkStaff, benk_staff, account)
