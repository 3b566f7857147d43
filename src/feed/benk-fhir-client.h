/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-auth.h"
#include "benk-clock-skew.h"
#include "benk-clock.h"
#include "benk-fhir-document.h"
#include "benk-fhir-edit.h"
#include "benk-fhir.h"

G_BEGIN_DECLS

/**
 * BenkFhirReceipt:
 * @status: HTTP status of the acceptance; 200 where an earlier sending was found again
 * @location: (nullable): where the document lies
 * @etag: (nullable): its version
 * @found: whether it had arrived at an earlier try, although the answer was lost
 *
 * What shows that a document was accepted.
 */
typedef struct
{
  guint status;
  char *location;
  char *etag;
  gboolean found;
} BenkFhirReceipt;

#define BENK_TYPE_FHIR_CLIENT (benk_fhir_client_get_type ())
G_DECLARE_FINAL_TYPE (BenkFhirClient, benk_fhir_client, BENK, FHIR_CLIENT, GObject)

BenkFhirClient *benk_fhir_client_new (const char *base_url,
                                      BenkAuth *auth,
                                      BenkClock *clock,
                                      GError **error);
const char *benk_fhir_client_get_base (BenkFhirClient *self);
void
benk_fhir_client_set_limits (BenkFhirClient *self, gsize max_octets, gint64 timeout_ms);
void benk_fhir_client_set_page_size (BenkFhirClient *self, guint count);
gint64 benk_fhir_client_get_skew_ms (BenkFhirClient *self);
gboolean benk_fhir_client_get_sample (BenkFhirClient *self, BenkClockSample *sample);
gint64 benk_fhir_client_get_retry_ms (BenkFhirClient *self);
BenkId benk_fhir_client_name_alarm (BenkFhirClient *self, const BenkFhirIssue *issue);

void benk_fhir_client_search_dispenses_async (BenkFhirClient *self,
                                              gint64 newest_ms,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
void benk_fhir_client_search_async (BenkFhirClient *self,
                                    gint64 newest_ms,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void benk_fhir_client_search_next_async (BenkFhirClient *self,
                                         BenkFhirPage *page,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void benk_fhir_client_note_kept (BenkFhirClient *self, const BenkFhirPage *page);
BenkFhirPage *benk_fhir_client_search_finish (BenkFhirClient *self,
                                              GAsyncResult *result,
                                              GError **error);

void benk_fhir_client_read_async (BenkFhirClient *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
BenkFhirIssue *
benk_fhir_client_read_finish (BenkFhirClient *self, GAsyncResult *result, GError **error);

void benk_fhir_client_take_async (BenkFhirClient *self,
                                  const char *id,
                                  const BenkFhirStep *step,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
BenkFhirIssue *
benk_fhir_client_take_finish (BenkFhirClient *self, GAsyncResult *result, GError **error);

void benk_fhir_client_close_async (BenkFhirClient *self,
                                   const char *id,
                                   const BenkFhirStep *step,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
BenkFhirIssue *benk_fhir_client_close_finish (BenkFhirClient *self,
                                              GAsyncResult *result,
                                              GError **error);

void benk_fhir_client_reopen_async (BenkFhirClient *self,
                                    const char *id,
                                    const BenkFhirStep *step,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

void benk_fhir_client_send_followup_async (BenkFhirClient *self,
                                           BenkFhirClient *target,
                                           const char *id,
                                           const BenkFhirFollowup *followup,
                                           gboolean tried_before,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
BenkFhirReceipt *benk_fhir_client_send_followup_finish (BenkFhirClient *self,
                                                        GAsyncResult *result,
                                                        gboolean *maybe_arrived,
                                                        GError **error);
char *benk_fhir_words_to_keep (const GError *error);
void benk_fhir_receipt_free (BenkFhirReceipt *receipt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFhirReceipt, benk_fhir_receipt_free)

G_END_DECLS
