/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fake-clock.h"
#include "benk-fhir-client.h"
#include "benk-virtual-hub.h"

G_BEGIN_DECLS

/* Monday 3 November 2025 08:05:12 in Oslo. */
#define START_MS G_GINT64_CONSTANT (1762153512000)
#define NUMBER "13116900216"
#define NAME "Line Danser"

/* A hub and a client on one context and one clock: nothing happens by itself. */
typedef struct
{
  BenkFakeClock *clock;
  BenkVirtualHub *hub;
  BenkFhirClient *client;
} Fixture;

void fixture_set_up (Fixture *f, gconstpointer data);
void fixture_tear_down (Fixture *f, gconstpointer data);

char *fixture_raise (Fixture *f, const char *code);

void fixture_note_result (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *fixture_wait (GAsyncResult **slot);

BenkFhirPage *fixture_search (Fixture *f, gint64 newest_ms, GError **error);
BenkFhirPage *fixture_next (Fixture *f, BenkFhirPage *page, GError **error);
BenkFhirIssue *fixture_step (
  Fixture *f, const char *id, const char *step, gboolean closing, GError **error);
BenkFhirReceipt *fixture_send (Fixture *f,
                               const char *id,
                               const BenkFhirFollowup *followup,
                               gboolean tried_before,
                               GError **error);

G_END_DECLS
