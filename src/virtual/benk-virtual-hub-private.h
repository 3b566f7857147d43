/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "benk-virtual-hub.h"

G_BEGIN_DECLS

/* The resources a hub holds. Not safe for threads: the hub locks around it. */
typedef struct _BenkHubShelf BenkHubShelf;
struct _BenkHubShelf
{
  const char *type;     /* of resource */
  const char *prefix;   /* of ids */
  GPtrArray *issues;    /* of BenkHubIssue, oldest change first */
  GPtrArray *documents; /* of BenkHubDocument */
  GHashTable *gone;     /* ids that were taken away */
  BenkHubManners manners;
  gint64 last_ms;
  guint64 last_seq;
  guint last_id;
  BenkHubShelf *dispenses; /* what was handed out; NULL for a shelf of that */
};

typedef struct
{
  char *id;
  char *text; /* JSON, as it is served */
  guint version;
  char *version_id; /* how it is told */
  gint64 updated_ms;
  guint64 seq;
} BenkHubIssue;

typedef struct
{
  char *id;
  char *identifier; /* "system|value" */
  char *text;
} BenkHubDocument;

typedef struct
{
  BenkHubFault fault;
  gint64 argument;
  char *method; /* NULL: any */
  guint skip;   /* so many pass first */
  guint count;
} BenkHubFaultRow;

/* What is answered; a status of 0 means that nothing was sent. */
typedef struct
{
  guint status;
  char *body;
  gsize length; /* of @body; 0: up to its NUL */
  char *etag;
  char *location;
} BenkHubAnswer;

struct _BenkVirtualHub
{
  GObject parent_instance;

  BenkClock *clock;
  char *token;
  char *url;
  GMutex lock;
  BenkHubShelf shelf;
  GPtrArray *faults; /* of BenkHubFaultRow */
  GPtrArray *log;    /* of char* */
  GFile *log_file;

  SoupServer *server;
  GTlsCertificate *certificate; /* NULL: plain HTTP */
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GPtrArray *waiting; /* of HubWait */
  GPtrArray *held;    /* of HubHeld: lines on which little or nothing comes */

  BenkHubDoor door;
  GPtrArray *callers; /* of HubCaller, while it listens */
  guint n_subscriptions;
  guint n_knocks;
  guint64 n_octets; /* of bodies that were sent */
};

void benk_hub_shelf_init (BenkHubShelf *shelf);
void benk_hub_shelf_clear (BenkHubShelf *shelf);
BenkHubIssue *benk_hub_shelf_find (BenkHubShelf *shelf, const char *id);
BenkHubIssue *
benk_hub_shelf_add (BenkHubShelf *shelf, JsonObject *resource, gint64 now_ms);
BenkHubIssue *
benk_hub_shelf_add_text (BenkHubShelf *shelf, const char *text, gint64 now_ms);
gboolean benk_hub_shelf_remove (BenkHubShelf *shelf, const char *id);
void benk_hub_shelf_replace (BenkHubShelf *shelf,
                             BenkHubIssue *issue,
                             JsonObject *resource,
                             gint64 now_ms);
gboolean benk_hub_shelf_note (BenkHubShelf *shelf,
                              const char *id,
                              const char *event_code,
                              const char *who,
                              const char *status,
                              gint64 now_ms);
char *benk_hub_shelf_search (BenkHubShelf *shelf,
                             const char *base,
                             GHashTable *query,
                             BenkHubFault fault);

void benk_hub_answer_clear (BenkHubAnswer *answer);
void benk_hub_answer_outcome (BenkHubAnswer *answer,
                              guint status,
                              const char *code,
                              const char *text);
void benk_hub_route (BenkHubShelf *shelf,
                     const char *base,
                     const char *method,
                     const char *path,
                     GHashTable *query,
                     const char *condition,
                     const char *body,
                     gsize length,
                     gint64 now_ms,
                     BenkHubFault fault,
                     const char *door,
                     BenkHubAnswer *answer);

JsonObject *benk_hub_alarm_to_resource (const BenkVirtualAlarm *alarm,
                                        const char *uuid,
                                        gint64 now_ms);
JsonObject *benk_hub_dispense_to_resource (const BenkVirtualDispense *dispense,
                                           const char *uuid,
                                           gint64 now_ms);
char *benk_hub_instant (gint64 ms);
char *benk_hub_object_to_text (JsonObject *object);
JsonObject *benk_hub_parse_object (const char *text, gssize length);

/* Answers in the place of the hub; FALSE if the fault lets the hub do its work first. */
gboolean benk_hub_fault_answer (const BenkHubFaultRow *row,
                                BenkHubAnswer *answer,
                                SoupServerMessage *message,
                                gint64 now_ms);
const char *benk_hub_fault_get_name (BenkHubFault fault);

/* Answers by hand, against the rules of HTTP; FALSE if the fault is not of that kind. */
gboolean benk_hub_line_spoil (BenkVirtualHub *self,
                              SoupServerMessage *message,
                              const BenkHubFaultRow *row,
                              const char *body);
GPtrArray *benk_hub_line_new_held (void);
gboolean benk_hub_fault_parse (const char *spec, BenkHubFaultRow *row, GError **error);
void benk_hub_fault_row_free (BenkHubFaultRow *row);

void benk_hub_door_open (BenkVirtualHub *self);
void benk_hub_door_shut (BenkVirtualHub *self);
void benk_hub_door_ring (BenkVirtualHub *self);
char *benk_hub_door_capability (BenkVirtualHub *self);
gboolean benk_hub_door_route (BenkVirtualHub *self,
                              const char *method,
                              const char *path,
                              BenkHubAnswer *answer);

char *benk_hub_log_line (SoupServerMessage *message,
                         const char *path,
                         const BenkHubFaultRow *fault,
                         guint status,
                         gint64 now_ms);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkHubAnswer, benk_hub_answer_clear)

G_END_DECLS
