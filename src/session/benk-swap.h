/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-bench.h"
#include "benk-device.h"
#include "benk-plan.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkSwapPart:
 * @BENK_SWAP_SETTINGS: the last verified settings of the user go into the new device
 * @BENK_SWAP_MEDICINE: named health personnel move the medicine
 * @BENK_SWAP_TAKE_OVER: the new device takes over, without a new trial
 * @BENK_SWAP_QUARANTINE: the old device goes to quarantine
 * @BENK_SWAP_ALARMS: the open alarms of the old device are closed
 * @BENK_SWAP_RETURN: a return of the old device is registered
 * @BENK_SWAP_RECORD: the text for the patient record is copied
 *
 * What a swap is made of. The numbers are bits of a stored mask and never change.
 */
typedef enum
{
  BENK_SWAP_SETTINGS = 0,
  BENK_SWAP_MEDICINE = 1,
  BENK_SWAP_TAKE_OVER = 2,
  BENK_SWAP_QUARANTINE = 3,
  BENK_SWAP_ALARMS = 4,
  BENK_SWAP_RETURN = 5,
  BENK_SWAP_RECORD = 6,
} BenkSwapPart;

#define BENK_N_SWAP_PARTS (BENK_SWAP_RECORD + 1)

/**
 * BenkSwapState:
 * @BENK_SWAP_WILL: will be done
 * @BENK_SWAP_UNDER_WAY: is being done
 * @BENK_SWAP_DONE: is done
 * @BENK_SWAP_NOT_DONE: was tried and is not done; the detail says why
 * @BENK_SWAP_OWED: is done in part, or waits for somebody; the detail says what is left
 * @BENK_SWAP_NOTHING: there is nothing to do
 *
 * How far a line of the sheet is.
 */
typedef enum
{
  BENK_SWAP_WILL,
  BENK_SWAP_UNDER_WAY,
  BENK_SWAP_DONE,
  BENK_SWAP_NOT_DONE,
  BENK_SWAP_OWED,
  BENK_SWAP_NOTHING,
} BenkSwapState;

/* A line: what will be done, and then what was. Properties: "label", "state", "detail",
 * "ticked". */
#define BENK_TYPE_SWAP_LINE (benk_swap_line_get_type ())
G_DECLARE_FINAL_TYPE (BenkSwapLine, benk_swap_line, BENK, SWAP_LINE, GObject)
BenkSwapPart benk_swap_line_get_part (BenkSwapLine *self);
const char *benk_swap_line_get_name (BenkSwapLine *self);
const char *benk_swap_line_get_label (BenkSwapLine *self);
BenkSwapState benk_swap_line_get_state (BenkSwapLine *self);
const char *benk_swap_line_get_state_name (BenkSwapLine *self);
const char *benk_swap_line_get_detail (BenkSwapLine *self);
gboolean benk_swap_line_is_ticked (BenkSwapLine *self);
void benk_swap_line_set_ticked (BenkSwapLine *self, gboolean ticked);

/* A device that could take over. */
#define BENK_TYPE_SWAP_CHOICE (benk_swap_choice_get_type ())
G_DECLARE_FINAL_TYPE (BenkSwapChoice, benk_swap_choice, BENK, SWAP_CHOICE, GObject)
BenkDevice *benk_swap_choice_get_device (BenkSwapChoice *self);
/* "Medido D-052 · In stock" */
const char *benk_swap_choice_get_label (BenkSwapChoice *self);
/* What differs from the old one, or why it cannot take over; NULL: nothing. */
const char *benk_swap_choice_get_difference (BenkSwapChoice *self);
gboolean benk_swap_choice_is_possible (BenkSwapChoice *self);

/* The sheet. Properties: "running", "chosen". */
#define BENK_TYPE_SWAP (benk_swap_get_type ())
G_DECLARE_FINAL_TYPE (BenkSwap, benk_swap, BENK, SWAP, GObject)

/* Reads what is there; a swap of @old that was begun is gone on with. @new_device, a
 * serial, asset number or IMEI, is looked up too, or NULL. */
void benk_swap_open_async (BenkSession *session,
                           const BenkId *old,
                           const BenkId *wanted,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
BenkSwap *benk_swap_open_finish (GAsyncResult *result, GError **error);

BenkDevice *benk_swap_get_old (BenkSwap *self);
const char *benk_swap_get_old_name (BenkSwap *self);
const char *benk_swap_get_reference (BenkSwap *self);
gboolean benk_swap_is_begun (BenkSwap *self);
gboolean benk_swap_is_running (BenkSwap *self);
gboolean benk_swap_is_finished (BenkSwap *self);
GListModel *benk_swap_get_lines (BenkSwap *self);
BenkSwapLine *benk_swap_get_line (BenkSwap *self, BenkSwapPart part);

/* Same make first; the first that is possible is chosen until another one is. */
GListModel *benk_swap_get_choices (BenkSwap *self);
BenkSwapChoice *benk_swap_get_chosen (BenkSwap *self);
void benk_swap_choose (BenkSwap *self, BenkSwapChoice *choice);

/* By cable unless told otherwise. */
gboolean benk_swap_get_by_checklist (BenkSwap *self);
void benk_swap_set_by_checklist (BenkSwap *self, gboolean by_checklist);
/* The list for making the new device ready, started or taken up again; it is ticked with
 * benk_checklist_tick_async and completed by the swap. */
void benk_swap_open_checklist_async (BenkSwap *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
BenkChecklist *
benk_swap_open_checklist_finish (BenkSwap *self, GAsyncResult *result, GError **error);
/* The new device at the bench, or NULL. */
BenkBenchDevice *benk_swap_find_plugged (BenkSwap *self);
BenkBenchJob *benk_swap_get_job (BenkSwap *self);
void benk_swap_set_medicine_by (BenkSwap *self, const char *who);
/* Another plan than the last verified one. */
void benk_swap_set_plan (BenkSwap *self, BenkPlan *plan);

/* Does what is ticked and not done; then the lines say what happened. */
void benk_swap_run_async (BenkSwap *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean benk_swap_run_finish (BenkSwap *self, GAsyncResult *result, GError **error);

/* NULL before anything was done. */
char *benk_swap_dup_record_text (BenkSwap *self);
void benk_swap_mark_copied_async (BenkSwap *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean
benk_swap_mark_copied_finish (BenkSwap *self, GAsyncResult *result, GError **error);

G_END_DECLS
