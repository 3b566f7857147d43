/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-fact.h"
#include "benk-store-fixture.h"
#include "benk-table-alarm.h"
#include "benk-table-device.h"

G_BEGIN_DECLS

/* What somebody wrote, and where it must never be. */
#define REFERENCE "Ref-Zebra-4711"
#define NOTE "knekt lokk hos Olga Ukjent"
#define REASON "Hasteretur for Kari Nesttun"
#define DOCUMENT "Vedtak-2026-Qxyz"
#define STATED_BY "Sykepleier Wxyz Hansen"
#define CONFIRMED_BY "Ansvarsvakt Vwxy Olsen"
#define SOURCE_TEXT "Ikke utlevert til Bestemor Uvwx"

BenkScope *benk_table_fixture_begin (BenkStoreFixture *fixture, BenkVerb verb);
gint64 benk_table_fixture_commit (BenkScope *scope);
BenkDevice *benk_table_fixture_new_device (const char *serial, BenkDeviceState state);
BenkDevice *benk_table_fixture_add_device (BenkStoreFixture *fixture,
                                           const char *serial,
                                           BenkDeviceState state);
BenkDevice *benk_table_fixture_read_device (BenkStoreFixture *fixture,
                                            const char *serial);
void benk_table_fixture_attest (BenkStoreFixture *fixture,
                                BenkDevice *device,
                                BenkFactKind kind);
void benk_table_fixture_prove_ready (BenkStoreFixture *fixture, BenkDevice *device);
BenkAlarm *benk_table_fixture_add_alarm (BenkStoreFixture *fixture, BenkDevice *device);
guint benk_table_fixture_count_found (BenkStoreFixture *fixture, const char *search);

G_END_DECLS
