/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "benk-json-schema.h"

G_BEGIN_DECLS

/* A plan that may be used, with these dose times. */
#define BENK_CTL_PLAN_AT(DOSES)                                                          \
  "{ \"format\": 1, \"zone\": \"Europe/Oslo\", \"language\": \"nb\", \"volume\": 60,\n"  \
  "  \"doses\": [" DOSES "],\n"                                                          \
  "  \"alarms\": [{ \"condition\": \"missed\", \"delay_min\": 15 }],\n"                  \
  "  \"recipients\": [\n"                                                                \
  "    { \"role\": \"coordinator\", \"periods\": [\"day\"] },\n"                         \
  "    { \"role\": \"charge-nurse\", \"periods\": [\"evening\", \"weekend\"] } ] }\n"
#define BENK_CTL_PLAN                                                                    \
  BENK_CTL_PLAN_AT ("{ \"time\": \"08:00\" }, { \"time\": \"20:00\" }")

/**
 * BenkCtlRig:
 * @dir: a folder of its own, which is also the home of the commands; removed at the end
 * @store: the store in it
 * @schema: what every answer is compared with
 * @debug: let the commands say everything they log; it is moved to what @err holds
 *
 * Runs the real program as another process.
 */
typedef struct
{
  char *dir;
  char *store;
  BenkJsonSchema *schema;
  gboolean debug;
} BenkCtlRig;

/**
 * BenkCtlAnswer:
 * @status: the exit status
 * @out: what came on standard output
 * @err: what came on standard error
 * @json: @out as JSON, or NULL
 *
 * What a command answered.
 */
typedef struct
{
  int status;
  char *out;
  char *err;
  JsonNode *json;
} BenkCtlAnswer;

void benk_ctl_rig_set_up (BenkCtlRig *self, gconstpointer unused);
void benk_ctl_rig_set_up_demo (BenkCtlRig *self, gconstpointer unused);
void benk_ctl_rig_tear_down (BenkCtlRig *self, gconstpointer unused);

char *benk_ctl_rig_path (BenkCtlRig *self, const char *name);
char *benk_ctl_rig_write (BenkCtlRig *self, const char *name, const char *text);
char *benk_ctl_rig_sample (void);
void benk_ctl_rig_copy (const char *from, const char *to);

void benk_ctl_answer_free (BenkCtlAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkCtlAnswer, benk_ctl_answer_free)

/* The program with these words only. */
BenkCtlAnswer *benk_ctl_rig_run_words (BenkCtlRig *self, const char *const *words);
/* A command line as for a shell, on the rig's store, as the person KA, with --json; the
 * answer has been compared with the schema. */
BenkCtlAnswer *benk_ctl_rig_run (BenkCtlRig *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
/* The same for nobody. */
BenkCtlAnswer *benk_ctl_rig_look (BenkCtlRig *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
/* The same as KA, and the command must be done. */
BenkCtlAnswer *benk_ctl_rig_do (BenkCtlRig *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);

/* Several at once: each start needs its finish. */
typedef struct _BenkCtlCall BenkCtlCall;
BenkCtlCall *benk_ctl_rig_start (BenkCtlRig *self, const char *store, const char *line);
BenkCtlAnswer *benk_ctl_call_finish (BenkCtlCall *call);
GSubprocessLauncher *benk_ctl_rig_new_launcher (BenkCtlRig *self, GSubprocessFlags flags);
const char *benk_ctl_rig_get_program (void);

const char *benk_ctl_answer_get_string (BenkCtlAnswer *answer, const char *member);
gint64 benk_ctl_answer_get_int (BenkCtlAnswer *answer, const char *member);
const char *benk_ctl_answer_get_code (BenkCtlAnswer *answer);
const char *benk_ctl_answer_get_message (BenkCtlAnswer *answer);
JsonArray *benk_ctl_answer_get_array (BenkCtlAnswer *answer);

/* Looks at a copy, so that the store's files are as the program left them. */
sqlite3 *benk_ctl_rig_open_copy (BenkCtlRig *self, const char *name);
gint64 benk_ctl_rig_count (BenkCtlRig *self, const char *sql);
char *benk_ctl_rig_text (BenkCtlRig *self, const char *sql);
/* One sum over every row of every table. */
char *benk_ctl_rig_digest (BenkCtlRig *self);
void benk_ctl_exec (sqlite3 *db, const char *sql);

char *benk_ctl_rig_read_pdf (const char *path);

G_END_DECLS
