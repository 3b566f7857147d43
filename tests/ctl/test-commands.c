/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

#include "benk-clock.h"
#include "benk-ctl-hub.h"
#include "benk-forecast.h"

/* Exit status, error and JSON of every command; who may change what. */

typedef struct
{
  const char *line;    /* done, in this order; exit 0 */
  const char *usage;   /* exit 2 */
  const char *refused; /* exit 1 */
  gboolean changes;    /* refused without initials */
} Row;

#define TWO_DAYS_MS (2 * 24 * 60 * 60 * 1000)
#define NOWHERE " --store nowhere.db"
#define VIRTUAL " --virtual medido=V-1 --virtual-state {dir}/dispensers"

/* {alarm} and {return} are the ids that the lines before have made. */
static const Row ROWS[] = {
  { "store init {dir}/another.db", "store init", "store init {store}", FALSE },
  { "device import {sample}", "device import", "device import nowhere.csv", TRUE },
  { "device export {dir}/list.xlsx --state stock", "device export",
    "device export {dir}/no/such/list.csv", FALSE },
  { "notify quiet 30m --store {dir}/another.db", "notify quiet 30m 1h",
    "notify quiet noon", FALSE },
  { "device add R-1 --model medido --vendor Dignio --asset D-900", "device add R-2",
    "device add R-1 --model medido", TRUE },
  { "device list --limit 3", "device list --state nonsense", "device list" NOWHERE,
    FALSE },
  { "device show R-1", "device show", "device show R-404", FALSE },
  { "device find R-1", "device find", "device find R-404", FALSE },
  { "label R-1 --pdf {dir}/labels.pdf", "label R-1", "label R-404 --pdf {dir}/labels.pdf",
    TRUE },
  { "device history R-1", "device history", "device history R-404", FALSE },
  { "device move R-1 'Hylle A1'", "device move R-1", "device move R-404 'Hylle A1'",
    TRUE },
  { "device edit R-1 --owner lease --lease-end 2099-01-31", "device edit R-1 --owner me",
    "device edit R-1 --warranty 31.01.2099", TRUE },
  { "device accessories R-1 --present key --missing 'power adapter'",
    "device accessories", "device accessories R-1 --missing kite", TRUE },
  { "device accessories R-1", "device accessories", "device accessories R-404", FALSE },
  { "device accessories R-1 R-2 --able --missing key", "device accessories R-1 R-2",
    "device accessories R-1 R-2 --missing kite", TRUE },
  { "device move R-1 R-2 'Hylle A2'", "device move --search R- 'Hylle A2'",
    "device move --search R- --count 7777 'Hylle A2'", TRUE },
  { "device list --sort asset --descending", "device list --sort nonsense", NULL, FALSE },
  { NULL, "device join R-1", "device join R-1 R-1", TRUE },
  { NULL, "device part", "device part R-1", TRUE },
  { "device attest R-1 factory-new", "device attest R-1 nonsense",
    "device attest R-404 factory-new", TRUE },
  { "device attest R-1 label-read", "device attest R-1 --ref",
    "device attest R-1 decision-reference", TRUE },
  { "device set-state R-2 faulty", "device set-state R-1 nonsense",
    "device set-state R-1 operation", TRUE },
  { "undo", "undo --seq -3", "undo --seq 1", TRUE },
  { "verify", "verify --against 3", "verify --against 1 0123456789abcdef", FALSE },
  { "alarm codes", "alarm codes extra", NULL, FALSE },
  { "alarm add --device R-1 --code 1.8 --via phone",
    "alarm add --device R-1 --code 1.8 --via pigeon",
    "alarm add --device R-404 --code 1.8 --via phone" NOWHERE, TRUE },
  { "alarm import {portal} --portal Medido --code Klikkelyd=1.7", "alarm import",
    "alarm import nowhere.csv", TRUE },
  { "alarm import {portal} --dry-run", "alarm import {portal} --code Klikkelyd=9.99",
    "alarm import {sample}", FALSE },
  { "alarm list --all", "alarm list extra", "alarm list" NOWHERE, FALSE },
  { "alarm take {alarm}", "alarm take nonsense",
    "alarm take 01890000-0000-7000-8000-000000000000", TRUE },
  { "alarm wait {alarm} --for vendor --until {until}T10:00 --case 4711-A",
    "alarm wait {alarm} --for weather --until {until}T10:00",
    "alarm wait {alarm} --for vendor --until 2001-01-05T10:00", TRUE },
  { "alarm batch {alarm} --packer Pakkeriet --batch L-4711",
    "alarm batch {alarm} --packer Pakkeriet", "alarm batch {alarm} --batch Kari", TRUE },
  { "alarm batch {alarm} --clear", "alarm batch {alarm} --clear --batch 4711",
    "alarm batch 01890000-0000-7000-8000-000000000000 --batch 4711", TRUE },
  { "alarm list", "alarm list --nonsense", NULL, FALSE },
  { "alarm wait {alarm} --stop", "alarm wait {alarm} --stop --for vendor",
    "alarm wait {alarm} --stop", TRUE },
  { "alarm hand-over {alarm} --role charge-nurse --to Anne",
    "alarm hand-over {alarm} --keep --accept",
    "alarm hand-over 01890000-0000-7000-8000-000000000000 --role vendor", TRUE },
  { "alarm hand-over {alarm} --keep", "alarm hand-over {alarm} --role nobody",
    "alarm hand-over {alarm} --accept --by Anne", TRUE },
  { "call note R-1 --from home-care --about 'It clicks'",
    "call note R-1 --from Anne --about x",
    "call note R-1 --from user --about 15507600090", TRUE },
  { "call note --alarm {alarm} --from vendor --about 'A new roll is on its way'",
    "call note R-1 --alarm {alarm} --from vendor --about x",
    "call note --alarm 01890000-0000-7000-8000-000000000000 --from vendor --about x",
    TRUE },
  { "alarm close {alarm} --cause roll --action visited", "alarm close {alarm}",
    "alarm close {alarm} --cause roll --action visited", TRUE },
  { "alarm deadlines", "alarm deadlines nonsense", "alarm deadlines list --model kite",
    FALSE },
  { "alarm deadlines decide 1.8 --take 20 --resolve 2-workdays --by 'Kari Nesttun'"
    " --role head --on 2026-01-02",
    "alarm deadlines decide 1.8 --resolve soon --by Kari --role head --on 2026-01-02",
    "alarm deadlines decide 1.8 --by Kari --role head --on 2999-01-01", TRUE },
  { "alarm deadlines decide --all --model medido --by Kari --role head --on 2026-01-02",
    "alarm deadlines decide --all --take 3 --by Kari --role head --on 2026-01-02",
    "alarm deadlines decide 9.9 --by Kari --role head --on 2026-01-02", TRUE },
  { "alarm deadlines list --versions", "alarm deadlines list 1.8", NULL, FALSE },
  { "guidance list --model medido --part weekend", "guidance list 1.8",
    "guidance list --model kite", FALSE },
  { "guidance set 1.8 --model medido --step 'Ring bruker' --step 'Besøk' --by Kari",
    "guidance set 1.8", "guidance set 9.9 --step x", TRUE },
  { "guidance set 1.8 --model medido --step 'Besøk straks'",
    "guidance set 1.8 --none --by Kari", "guidance set 1.1 --none", TRUE },
  { "guidance set 1.8 --model medido --version 1", "guidance set 1.8 --step x --none",
    "guidance set 1.8 --version 77", TRUE },
  { "guidance show 1.8 --model medido --versions", "guidance show 1.8 --part noon",
    "guidance show 9.9", FALSE },
  { "guidance show --alarm {alarm}", "guidance show 1.8 --alarm {alarm}",
    "guidance show --alarm 01890000-0000-7000-8000-000000000000", FALSE },
  { "guidance decide 1.1 --by 'Kari Nesttun'", "guidance decide 1.1",
    "guidance decide 9.9 --by Kari", TRUE },
  { "guidance export {dir}/ours.dosebenk-guidance", "guidance export",
    "guidance export {dir}/no/such/ours", FALSE },
  { "guidance set 1.8 --model medido --none", "guidance set", "guidance set 9.9 --none",
    TRUE },
  { "guidance import {dir}/ours.dosebenk-guidance --dry-run", "guidance import",
    "guidance import nowhere", FALSE },
  { "guidance import {dir}/ours.dosebenk-guidance", "guidance import --nonsense",
    "guidance import {sample}", TRUE },
  { "duty team Distrikt-9", "duty team", "duty team Distrikt-9", TRUE },
  { "duty set Distrikt-9 --day-start 07:30 --phone charge-nurse=22123456 --trial "
    "--decided-by avdelingsleder",
    "duty set Distrikt-9 --owner night=nobody", "duty set Distrikt-9 --evening-end 07:00",
    TRUE },
  { "duty override Distrikt-9 --from {until} --to {until}T15:00 --supporter vendor",
    "duty override Distrikt-9 --from {until}",
    "duty override Distrikt-9 --from 2001-01-01 --to 2001-01-02 --owner vendor", TRUE },
  { "duty list", "duty list extra", "duty list" NOWHERE, FALSE },
  { "duty now --at {until}T10:00", "duty now extra", "duty now --at soon", FALSE },
  { "alarm reopen {alarm} --reason 'rang again'", "alarm reopen {alarm}",
    "alarm reopen {alarm} --reason again", TRUE },
  { "alarm away --done", "alarm away extra", "alarm away" NOWHERE, FALSE },
  { "alarm handled-by-care {alarm} --role coordinator --name Kari --at {now}",
    "alarm handled-by-care {alarm} --role coordinator --name Kari",
    "alarm handled-by-care 01890000-0000-7000-8000-000000000000 --role a --name b"
    " --at {now}",
    TRUE },
  { "alarm reopen {alarm} --reason 'was not'", "alarm reopen",
    "alarm reopen {alarm} --reason again", TRUE },
  { "alarm close {alarm} --cause roll --action dose-given --confirmed-role nurse "
    "--confirmed-by Berit"
    " --confirmed-at 2026-01-02T09:00:00Z --call-from 2026-01-02T09:00:00Z"
    " --call-to 2026-01-02T09:02:00Z",
    "alarm close {alarm} --cause roll --action visited --also nonsense",
    "alarm close {alarm} --cause roll --action visited", TRUE },
  { "alarm incident {alarm} --save {dir}/incident.pdf", "alarm incident",
    "alarm incident 01890000-0000-7000-8000-000000000000", FALSE },
  { "record text close-alarm {alarm}", "record text dance R-1",
    "record text close-alarm 01890000-0000-7000-8000-000000000000", FALSE },
  { "record text pause R-1 --until 2026-12-24 --reason 'short stay'", "record text pause",
    "record text evaluation R-1 --result maybe", FALSE },
  { "alarm sending {alarm}", "alarm sending", "alarm sending {alarm} --try-again",
    FALSE },
  { "feed add hub {hub} --token-file {token}", "feed add hub",
    "feed add hub {hub} --token-file {token}", TRUE },
  { "feed list", "feed list extra", "feed list" NOWHERE, FALSE },
  { "alarm sync", "alarm sync extra", "alarm sync" NOWHERE, FALSE },
  { NULL, "alarm watch extra", "alarm watch" NOWHERE, FALSE },
  { "return open --device R-1 --vendor Dignio --reason 'virker ikke'",
    "return open --device R-1", "return open --device R-404 --vendor D --reason x",
    TRUE },
  { "return list", "return list extra", "return list" NOWHERE, FALSE },
  { "return step {return} answered --no-rma", "return step {return} nonsense",
    "return step {return} received", TRUE },
  { "usb list" VIRTUAL, "usb list --fault silent", "usb list" NOWHERE, FALSE },
  { "usb read" VIRTUAL, "usb read extra", "usb read" NOWHERE, FALSE },
  { "usb rule", "usb rule extra", NULL, FALSE },
  { NULL, "phd read", "phd read --listen 127.0.0.1:0 --timeout 0.1", FALSE },
  { "usb items", "usb items extra", "usb items" NOWHERE, FALSE },
  { NULL, "usb bind --bus-path 9-9", "usb bind --bus-path 9-9 --device R-1", TRUE },
  { NULL, "usb unbind", "usb unbind --bus-path 9-9", TRUE },
  { NULL, "usb watch extra", "usb watch" NOWHERE, FALSE },
  { NULL, "usb record --device V-1", "usb record --device V-404 {dir}/x" VIRTUAL, FALSE },
  { NULL, "phd replay", "phd replay nowhere.txt", FALSE },
  { NULL, "phd conform", "phd conform --device V-404" VIRTUAL, FALSE },
  { NULL, "usb provision --device V-1",
    "usb provision --device V-404 --plan {plan} --user 4711" VIRTUAL, TRUE },
  { NULL, "usb reset --device V-1", "usb reset --device V-404 --confirm V-404" VIRTUAL,
    TRUE },
  { "model list", "model list extra", "model list" NOWHERE, FALSE },
  { "model show Medido", "model show", "model show no-such", FALSE },
  { "model add 'Alarm X' --kind safety-alarm --example AX-12 --phone 22000000 --imei no"
    " --guidance '1.17=Charge it' --accessory charger --hours 'Mon-Fri 8-16'",
    "model add X --kind toaster", "model add Medido", TRUE },
  { "model export {dir}/ours.dosebenk-models", "model export",
    "model export {dir}/ours.dosebenk-models no-such", FALSE },
  { "model import {dir}/ours.dosebenk-models", "model import", "model import {plan}",
    FALSE },
  { "model remove 'Alarm X'", "model remove", "model remove medido", TRUE },
  { "report followup --from 2026-01-01 --to 2030-12-31 --only R-1",
    "report followup --from 2026-02-30 --to 2030-12-31",
    "report followup --from 2026-01-01 --to 2030-12-31 --team Nowhere", FALSE },
  { "report followup --from 2026-01-01 --to 2030-12-31",
    "report followup --from 2026-01-01 --only R-1",
    "report followup --from 2026-01-01 --to 2030-12-31 --only R-404", FALSE },
  { "stock show --days 30", "stock show --days many", "stock show" NOWHERE, FALSE },
  { "stock limit medido 3", "stock limit medido many", "stock limit no-such 3", TRUE },
  { "reservation add R-2 --user 4711 --date {day}", "reservation add R-2 --user 4711",
    "reservation add R-2 --user 4712 --date {day}", TRUE },
  { "reservation list", "reservation list extra", "reservation list" NOWHERE, FALSE },
  { "reservation change R-2 --user 4712", "reservation change R-2",
    "reservation change R-2 --date 2001-01-01", TRUE },
  { "reservation give-up R-2", "reservation give-up", "reservation give-up R-404", TRUE },
  { "stocktake start --place 'Hylle A1'", "stocktake start extra",
    "stocktake start --place Nowhere", TRUE },
  { "stocktake scan R-1 R-404", "stocktake scan", "stocktake scan 15507600090", TRUE },
  { "stocktake missing", "stocktake missing extra", "stocktake missing" NOWHERE, FALSE },
  { "stocktake settle R-404 register --model medido", "stocktake settle R-404",
    "stocktake settle R-404404 leave", TRUE },
  { "stocktake show --pdf {dir}/count.pdf --csv {dir}/count.csv",
    "stocktake show nonsense", "stocktake show 01890000-0000-7000-8000-000000000000",
    FALSE },
  { "stocktake end", "stocktake end extra", "stocktake end", TRUE },
  { "stocktake drop --undo", "stocktake drop nonsense", "stocktake drop", TRUE },
  { NULL, "device swap R-1 --cable --checklist", "device swap R-1", TRUE },
  { NULL, "visit start R-1 --kind swap", "visit start R-1", TRUE },
  { NULL, "visit show", "visit show R-1", FALSE },
  { NULL, "visit tick R-1", "visit tick R-1 power", TRUE },
  { NULL, "visit end", "visit end R-1 --done", TRUE },
  { NULL, "demo extra", "demo --keep {dir}/full", FALSE },
};

typedef struct
{
  BenkCtlRig rig;
  BenkCtlHub *hub;
  char *sample;
  char *portal;
  char *token;
  char *plan;
  char *alarm;
  char *return_case;
  char *day; /* of today */
  char *until;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  g_autoptr (BenkCtlAnswer) faulty = NULL;
  g_autofree char *full = NULL;

  benk_ctl_rig_set_up_demo (&self->rig, NULL);
  self->hub = benk_ctl_hub_new (&self->rig);
  self->day = benk_forecast_get_today (benk_clock_get_wall_ms (clock));
  self->until = benk_forecast_get_today (benk_clock_get_wall_ms (clock) + TWO_DAYS_MS);
  self->sample = benk_ctl_rig_sample ();
  self->portal = benk_ctl_rig_write (&self->rig, "portal.csv",
                                     "Serienr;Varsel;Utl\xc3\xb8st;Status\n"
                                     "R-1;Rull sitter fast;2.3.2026 08:05;Lukket\n"
                                     "R-1;Klikkelyd;2.3.2026 08:05;Lukket\n");
  self->token = benk_ctl_rig_write (&self->rig, "token", BENK_CTL_HUB_TOKEN);
  self->plan = benk_ctl_rig_write (&self->rig, "plan.json", BENK_CTL_PLAN);
  full = benk_ctl_rig_path (&self->rig, "full");
  g_assert_cmpint (g_mkdir_with_parents (full, 0700), ==, 0);
  g_free (benk_ctl_rig_write (&self->rig, "full/demo.db", "a file of somebody's"));
  faulty = benk_ctl_rig_do (&self->rig, "device add R-2 --model medido");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_hub_free (self->hub);
  benk_ctl_rig_tear_down (&self->rig, NULL);
  g_free (self->sample);
  g_free (self->portal);
  g_free (self->token);
  g_free (self->plan);
  g_free (self->alarm);
  g_free (self->return_case);
  g_free (self->day);
  g_free (self->until);
}

static char *
fill_in (Fixture *self, const char *line)
{
  g_autoptr (GDateTime) utc = g_date_time_new_now_utc ();
  g_autofree char *now = g_date_time_format_iso8601 (utc);
  const char *const names[][2] = {
    { "{now}", now },
    { "{dir}", self->rig.dir },
    { "{store}", self->rig.store },
    { "{sample}", self->sample },
    { "{portal}", self->portal },
    { "{token}", self->token },
    { "{plan}", self->plan },
    { "{day}", self->day },
    { "{until}", self->until },
    { "{hub}", benk_ctl_hub_get_url (self->hub) },
    { "{alarm}", self->alarm ? self->alarm : "01890000-0000-7000-8000-000000000001" },
    { "{return}",
      self->return_case ? self->return_case : "01890000-0000-7000-8000-000000000002" },
  };
  g_autoptr (GString) text = g_string_new (line);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_replace (text, names[i][0], names[i][1], 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_status (const char *line, BenkCtlAnswer *answer, int status)
{
  g_test_message ("%d: %s %s", answer->status, line, answer->err);
  if (answer->status != status)
    g_error ("%s: exit %d instead of %d: %s", line, answer->status, status, answer->err);
}

static void
remember (Fixture *self, const Row *row, BenkCtlAnswer *answer)
{
  if (g_str_has_prefix (row->line, "alarm add"))
    self->alarm = g_strdup (benk_ctl_answer_get_string (answer, "id"));
  if (g_str_has_prefix (row->line, "return open"))
    self->return_case = g_strdup (benk_ctl_answer_get_string (answer, "id"));
}

static void
do_line (Fixture *self, const Row *row)
{
  g_autofree char *line = row->line ? fill_in (self, row->line) : NULL;
  g_autoptr (BenkCtlAnswer) answer = NULL;

  if (line == NULL)
    return;
  answer = benk_ctl_rig_run (&self->rig, "%s", line);
  assert_status (line, answer, 0);
  g_assert_cmpstr (answer->err, ==, "");
  remember (self, row, answer);
}

static void
test_done (Fixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    do_line (self, &ROWS[i]);
}

/* What is refused after the line was done is refused, and changes nothing. */
static void
test_refused (Fixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *line = ROWS[i].refused ? fill_in (self, ROWS[i].refused) : NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (BenkCtlAnswer) answer = NULL;

      do_line (self, &ROWS[i]);
      if (line == NULL)
        continue;
      g_free (line);
      line = fill_in (self, ROWS[i].refused);
      before = benk_ctl_rig_digest (&self->rig);
      answer = benk_ctl_rig_run (&self->rig, "%s", line);
      after = benk_ctl_rig_digest (&self->rig);
      assert_status (line, answer, 1);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_usage (Fixture *self, gconstpointer unused)
{
  g_autofree char *before = benk_ctl_rig_digest (&self->rig);
  g_autofree char *after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *line = fill_in (self, ROWS[i].usage);
      g_autofree char *unknown = g_strdup_printf ("%s --nonsense", line);
      g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run (&self->rig, "%s", line);
      g_autoptr (BenkCtlAnswer) option = benk_ctl_rig_run (&self->rig, "%s", unknown);

      assert_status (line, answer, 2);
      assert_status (unknown, option, 2);
    }
  after = benk_ctl_rig_digest (&self->rig);
  g_assert_cmpstr (before, ==, after);
}

static void
test_nobody (Fixture *self, gconstpointer unused)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *line = ROWS[i].line ? fill_in (self, ROWS[i].line) : NULL;
      g_autofree char *before = benk_ctl_rig_digest (&self->rig);
      g_autofree char *after = NULL;
      g_autoptr (BenkCtlAnswer) answer = NULL;

      if (line != NULL && ROWS[i].changes)
        {
          answer = benk_ctl_rig_look (&self->rig, "%s", line);
          assert_status (line, answer, 1);
          g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "refused");
          after = benk_ctl_rig_digest (&self->rig);
          g_assert_cmpstr (before, ==, after);
          n++;
        }
      do_line (self, &ROWS[i]);
    }
  g_test_message ("%u changing commands refused", n);
}

/* What only looks needs nobody. */
static void
test_looking (Fixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *line = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (BenkCtlAnswer) answer = NULL;

      if (ROWS[i].changes)
        do_line (self, &ROWS[i]);
      if (ROWS[i].changes || ROWS[i].line == NULL)
        continue;
      line = fill_in (self, ROWS[i].line);
      before = benk_ctl_rig_digest (&self->rig);
      answer = benk_ctl_rig_look (&self->rig, "%s", line);
      assert_status (line, answer, 0);
      after = benk_ctl_rig_digest (&self->rig);
      /* To ask a source is no change, but when it answered is kept. */
      if (!g_str_equal (line, "alarm sync"))
        g_assert_cmpstr (before, ==, after);
    }
}

/* The store that a command names is never made by the way. */
static void
test_nowhere (Fixture *self, gconstpointer unused)
{
  g_autofree char *nowhere = benk_ctl_rig_path (&self->rig, "nowhere.db");

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *line = ROWS[i].line ? fill_in (self, ROWS[i].line) : NULL;
      g_autofree char *moved = g_strconcat (line ? line : "", NOWHERE, NULL);
      g_autoptr (BenkCtlAnswer) answer = NULL;

      if (line == NULL || g_str_has_prefix (line, "store init") ||
          g_str_equal (line, "alarm codes") || g_str_equal (line, "usb rule"))
        continue;
      answer = benk_ctl_rig_run (&self->rig, "%s", moved);
      assert_status (moved, answer, 1);
      g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "not-found");
      g_assert_false (g_file_test (nowhere, G_FILE_TEST_EXISTS));
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/commands/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("done-is-exit-0-and-fits-the-schema", test_done);
  ADD ("refused-is-exit-1-and-changes-nothing", test_refused);
  ADD ("wrong-usage-is-exit-2-and-changes-nothing", test_usage);
  ADD ("without-initials-no-change-is-made", test_nobody);
  ADD ("looking-needs-no-initials-and-changes-nothing", test_looking);
  ADD ("a-store-that-is-not-there-is-not-made", test_nowhere);

  return g_test_run ();
}
