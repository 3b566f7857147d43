/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BENK_NOTE_DEVICE:
 *
 * A comment on a device.
 */
#define BENK_NOTE_DEVICE "device"

/**
 * BENK_NOTE_REASON:
 *
 * Why something was done, or was put off.
 */
#define BENK_NOTE_REASON "reason"

/**
 * BENK_NOTE_REF:
 *
 * The reference of a document, as attested with a fact.
 */
#define BENK_NOTE_REF "ref"

/**
 * BENK_NOTE_STATED_BY:
 *
 * The name of a person who stated a fact.
 */
#define BENK_NOTE_STATED_BY "stated-by"

/**
 * BENK_NOTE_CONFIRMED_BY:
 *
 * Who confirmed that an alarm of care or medicine was handled.
 */
#define BENK_NOTE_CONFIRMED_BY "confirmed-by"

/**
 * BENK_NOTE_CASE:
 *
 * The number of a case with a vendor, or what else a waiting alarm is known by.
 */
#define BENK_NOTE_CASE "case"

/**
 * BENK_NOTE_STEP:
 *
 * What was written with a step of an alarm or a return.
 */
#define BENK_NOTE_STEP "step"

/**
 * BENK_NOTE_TEMPLATE:
 *
 * What a template of a plan is called.
 */
#define BENK_NOTE_TEMPLATE "template"

/**
 * BENK_NOTE_CHECKLIST:
 *
 * A step of a checklist in the district's own words.
 */
#define BENK_NOTE_CHECKLIST "checklist"

/**
 * BENK_NOTE_ROLE:
 *
 * In which role a person decided something.
 */
#define BENK_NOTE_ROLE "role"

gboolean benk_table_note_add (BenkDb *db,
                              const char *kind,
                              const char *text,
                              const BenkId *person,
                              BenkId *out_id,
                              GError **error);
gboolean benk_table_note_add_of_device (BenkDb *db,
                                        const char *kind,
                                        const char *text,
                                        const BenkId *device,
                                        BenkId *out_id,
                                        GError **error);
char *
benk_table_note_get (BenkDb *db, const BenkId *id, gboolean *erased, GError **error);
gboolean benk_table_note_erase (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS
