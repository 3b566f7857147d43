/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "benk-checklist.h"
#include "benk-model-kind.h"

G_BEGIN_DECLS

/**
 * BenkPackaging:
 * @BENK_PACKAGING_UNKNOWN: not known.
 * @BENK_PACKAGING_MULTIDOSE_ROLL: a roll of pouches.
 * @BENK_PACKAGING_TRAY: a tray with chambers.
 * @BENK_PACKAGING_CARTRIDGE: sealed pouches in a locked cartridge.
 * @BENK_PACKAGING_POUCHES: pouches; whether on a roll is not known.
 *
 * How the medicine is in a dispenser.
 */
typedef enum
{
  BENK_PACKAGING_UNKNOWN,
  BENK_PACKAGING_MULTIDOSE_ROLL,
  BENK_PACKAGING_TRAY,
  BENK_PACKAGING_CARTRIDGE,
  BENK_PACKAGING_POUCHES,
} BenkPackaging;

#define BENK_N_PACKAGINGS (BENK_PACKAGING_POUCHES + 1)

/**
 * BenkKnown:
 * @BENK_KNOWN_UNKNOWN: not known.
 * @BENK_KNOWN_NO: known not to be so.
 * @BENK_KNOWN_YES: known to be so.
 */
typedef enum
{
  BENK_KNOWN_UNKNOWN,
  BENK_KNOWN_NO,
  BENK_KNOWN_YES,
} BenkKnown;

/**
 * BenkModel:
 *
 * A make and type of device, read from a file. What the file leaves out is not known and
 * must not be shown as known. Unchanged after loading; may be used from any thread.
 */
#define BENK_TYPE_MODEL (benk_model_get_type ())
G_DECLARE_FINAL_TYPE (BenkModel, benk_model, BENK, MODEL, GObject)

GPtrArray *benk_model_load_builtin (GError **error);
BenkModel *benk_model_load_builtin_one (const char *id, GError **error);
BenkModel *benk_model_new_from_bytes (GBytes *bytes, GError **error);
BenkModel *benk_model_new_own (GBytes *bytes, GError **error);
BenkModel *benk_model_find (GPtrArray *models, const char *id);

/**
 * BenkModelOrigin:
 * @BENK_MODEL_FROM_PROGRAM: it comes with the program
 * @BENK_MODEL_CHANGED: it comes with the program, and the district has changed it
 * @BENK_MODEL_FROM_DISTRICT: the district has added it
 *
 * Whose a model is.
 */
typedef enum
{
  BENK_MODEL_FROM_PROGRAM,
  BENK_MODEL_CHANGED,
  BENK_MODEL_FROM_DISTRICT,
} BenkModelOrigin;

BenkModelOrigin benk_model_get_origin (BenkModel *self);
gboolean benk_model_is_builtin (const char *id);
const char *benk_model_origin_to_name (BenkModelOrigin origin);
gboolean benk_model_origin_from_name (const char *name, BenkModelOrigin *out_origin);
const char *benk_model_origin_get_label (BenkModelOrigin origin);
BenkModel *benk_model_guess (GPtrArray *models, const char *serial);
BenkModel *benk_model_match (GPtrArray *models, const char *name);

gboolean benk_model_is_own (BenkModel *self);
GBytes *benk_model_get_body (BenkModel *self);
const char *benk_model_get_id (BenkModel *self);
const char *benk_model_get_name (BenkModel *self);
const char *const *benk_model_get_aliases (BenkModel *self);
const char *benk_model_get_maker (BenkModel *self);
const char *benk_model_get_vendor (BenkModel *self);
BenkModelKind benk_model_get_kind (BenkModel *self);
BenkPackaging benk_model_get_packaging (BenkModel *self);
guint benk_model_get_chambers (BenkModel *self);
BenkKnown benk_model_get_times_from_roll (BenkModel *self);
BenkKnown benk_model_get_has_imei (BenkModel *self);
const char *benk_model_get_identifier_system (BenkModel *self);
gboolean benk_model_has_serial_pattern (BenkModel *self);
gboolean benk_model_is_serial_usual (BenkModel *self, const char *serial);
BenkKnown benk_model_get_usb_standard (BenkModel *self);
BenkKnown benk_model_get_usb_extension (BenkModel *self);
gboolean benk_model_has_usb_identity (BenkModel *self,
                                      const guint8 oui[3],
                                      const char *system_model);
const char *const *benk_model_get_alarm_codes (BenkModel *self);
const char *const *benk_model_get_accessories (BenkModel *self);
gboolean benk_model_is_accessories_proposed (BenkModel *self);
const char *const *benk_model_get_guidance (BenkModel *self, const char *code);
const char *const *benk_model_get_phones (BenkModel *self);
const char *benk_model_get_hours (BenkModel *self);
const char *const *benk_model_get_serial_examples (BenkModel *self);
GPtrArray *benk_model_get_checklist (BenkModel *self, BenkTask task);

const char *benk_model_get_task_key (BenkTask task);
void benk_model_sort (GPtrArray *models);

const char *benk_packaging_to_name (BenkPackaging packaging);
gboolean benk_packaging_from_name (const char *name, BenkPackaging *out_packaging);
const char *benk_packaging_get_label (BenkPackaging packaging);

G_END_DECLS
