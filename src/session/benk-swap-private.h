/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-swap.h"

#include "benk-session-private.h"
#include "benk-table-visit.h"
#include "benk-visit-settings-private.h"

G_BEGIN_DECLS

#define BENK_SWAP_BIT(part) (1u << (part))
#define BENK_SWAP_ALL (BENK_SWAP_BIT (BENK_N_SWAP_PARTS) - 1)

/* What a sheet is read from. */
typedef struct
{
  BenkId old;
  BenkId wanted; /* nil = propose one */
  gboolean demo;
  GPtrArray *models;
} BenkSwapQuestion;

BenkSwapQuestion *
benk_swap_question_new (BenkSession *session, const BenkId *old, const BenkId *wanted);
void benk_swap_question_free (BenkSwapQuestion *self);

/* Everything about a swap, as of one instant. */
typedef struct
{
  BenkVisitRow *row; /* NULL = not begun */
  BenkDevice *old;
  BenkId person;
  char *reference;
  BenkDeviceState goes_on; /* how the user was served: trial, operation or paused */
  char *plan_body;         /* (nullable): the last verified plan */
  char *times;
  guint n_times;
  GArray *alarms; /* BenkId: open ones that are ours to close */
  guint n_others; /* open ones that are somebody else's */
  gboolean medicine_out;
  gboolean returned; /* a return is open */
  char *vendor;
  BenkId named; /* what was chosen before, or asked for; nil = none */
  GListStore *choices;
} BenkSwapView;

void benk_swap_view_free (BenkSwapView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkSwapView, benk_swap_view_free)
gpointer
benk_swap_load (BenkDb *db, gpointer question, GCancellable *cancellable, GError **error);

BenkSwapChoice *benk_swap_choice_new (BenkDevice *device,
                                      const char *model_name,
                                      const char *difference,
                                      gboolean possible);
BenkVisitSettings *benk_swap_choice_get_settings (BenkSwapChoice *self);
void benk_swap_choice_set_medicine_in (BenkSwapChoice *self, gboolean medicine_in);
gboolean benk_swap_choice_get_medicine_in (BenkSwapChoice *self);

BenkSwapLine *benk_swap_line_new (BenkSwapPart part);
void benk_swap_line_say (BenkSwapLine *self, const char *label);
void benk_swap_line_set (BenkSwapLine *self, BenkSwapState state, const char *detail);

/* What the sheet shows follows from the view and the choice. */
BenkSwapView *benk_swap_get_view (BenkSwap *self);
BenkSession *benk_swap_get_session (BenkSwap *self);
void benk_swap_take (BenkSwap *self, BenkSwapView *view);
void benk_swap_set_running (BenkSwap *self, gboolean running);
void benk_swap_set_job (BenkSwap *self, BenkBenchJob *job);
const char *benk_swap_get_medicine_by (BenkSwap *self);
BenkPlan *benk_swap_load_plan (BenkSwap *self, GError **error);
BenkChecklist *benk_swap_peek_checklist (BenkSwap *self);
void benk_swap_set_checklist (BenkSwap *self, BenkChecklist *list);
guint benk_swap_get_mask (BenkSwap *self);
gboolean benk_swap_is_ready (BenkSwap *self, BenkSwapChoice *choice);
gboolean benk_swap_has_taken_over (BenkSwap *self, BenkSwapChoice *choice);
gboolean benk_swap_is_out (BenkSwap *self);
void benk_swap_update_lines (BenkSwap *self);

/* Changes, each in one scope. */
typedef struct
{
  BenkVisitRow *row; /* as it is to be; begun if its id is nil */
  guint mask;
  char *medicine_by;
  char *reason;
  BenkDeviceState goes_on;
} BenkSwapChange;

BenkSwapChange *benk_swap_change_new (BenkSwap *self);
void benk_swap_change_free (BenkSwapChange *self);
gboolean
benk_swap_change_begin (BenkDb *db, BenkScope *scope, gpointer data, GError **error);
gboolean
benk_swap_change_hand_over (BenkDb *db, BenkScope *scope, gpointer data, GError **error);
gboolean
benk_swap_change_keep (BenkDb *db, BenkScope *scope, gpointer data, GError **error);

G_END_DECLS
