/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-guard-oracle.h"
#include "benk-import.h"
#include "benk-session-fixture.h"

G_BEGIN_DECLS

/**
 * BenkWork:
 *
 * The kinds of work with the shelf. Undo is told apart by what it takes back.
 */
typedef enum
{
  BENK_WORK_REGISTER,
  BENK_WORK_EDIT,
  BENK_WORK_MOVE,
  BENK_WORK_STATE,
  BENK_WORK_ATTEST,
  BENK_WORK_LABEL,
  BENK_WORK_BULK,
  BENK_WORK_LINK,
  BENK_WORK_ERASE,
  BENK_WORK_JOIN,
  BENK_WORK_PART,
  BENK_WORK_LIMIT,
  BENK_WORK_IMPORT,
  BENK_WORK_UNDO_NEWEST,
  BENK_WORK_UNDO_OLDER,
  BENK_WORK_UNDO_IMPORT,
  BENK_WORK_COUNT_START,
  BENK_WORK_COUNT_SCAN,
  BENK_WORK_COUNT_SETTLE,
  BENK_WORK_COUNT_END,
  BENK_WORK_COUNT_BACK,
  BENK_WORK_RETURN_OPEN,
  BENK_WORK_RETURN_STEP,
  BENK_WORK_ALARM_ADD,
  BENK_WORK_ALARM_CLOSE,
  BENK_WORK_BENCH,
  BENK_WORK_ACCESSORY,
  BENK_WORK_RESERVE,
  BENK_WORK_GIVE_UP,
  BENK_WORK_MODEL_ADD,
  BENK_WORK_MODEL_REMOVE,
} BenkWork;

#define BENK_N_WORKS (BENK_WORK_MODEL_REMOVE + 1)

/**
 * BenkRandomWork:
 * @f: the store that is worked on
 * @db: for looking
 * @rand: what is drawn
 * @n_serials: serials given out so far
 * @done, @refused: how often work of each kind was done and refused
 * @verdicts: what rows of lists were
 * @n_held: undo refused because of later changes
 * @n_steps: changes of state that were looked at again
 * @tells: whether each piece of work is told
 *
 * A person who works on a shelf at random.
 */
typedef struct
{
  BenkSessionFixture *f;
  BenkDb *db;
  GRand *rand;
  guint n_serials;
  guint done[BENK_N_WORKS];
  guint refused[BENK_N_WORKS];
  guint verdicts[BENK_N_IMPORT_VERDICTS];
  guint n_held;
  guint n_steps;
  gboolean tells;
} BenkRandomWork;

typedef gboolean (*BenkRandomFunc) (BenkRandomWork *work, GError **error);

void benk_random_work_init (BenkRandomWork *work, BenkSessionFixture *f, guint32 seed);
void benk_random_work_clear (BenkRandomWork *work);
void benk_random_work_step (BenkRandomWork *work);
const char *benk_random_work_get_name (BenkWork kind);

/* For the kinds. @most: less than this is drawn. */
guint benk_random_draw (BenkRandomWork *work, guint most);
#define BENK_DRAW_FROM(work, list)                                                       \
  ((list)[benk_random_draw (work, (guint) G_N_ELEMENTS (list))])
gboolean benk_random_pick (BenkRandomWork *work, const char *from, BenkId *out_id);
char *benk_random_pick_text (BenkRandomWork *work, const char *what, const BenkId *id);
char *benk_random_draw_serial (BenkRandomWork *work);
gboolean benk_random_finish (BenkRandomWork *work, GAsyncResult **result, GError **error);
gboolean benk_random_nothing (GError **error);

extern const BenkRandomFunc benk_random_shelf[BENK_N_WORKS];
extern const BenkRandomFunc benk_random_lists[BENK_N_WORKS];
extern const BenkRandomFunc benk_random_kept[BENK_N_WORKS];

G_END_DECLS
