/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Largest APDU either side accepts (PHDC, one source). */
#define BENK_APDU_MAX 64512
#define BENK_APDU_HEADER 4

#define BENK_PROTO_20601 0x5079
#define BENK_ASSOC_VERSION 0x80000000u
#define BENK_SYSTEM_AGENT 0x00800000u
#define BENK_SYSTEM_MANAGER 0x80000000u
#define BENK_ENCODING_MDER 0x8000
#define BENK_HANDLE_MDS 0

/** BenkApduTag: the six kinds of APDU of 20601. */
typedef enum
{
  BENK_APDU_AARQ = 0xe200,
  BENK_APDU_AARE = 0xe300,
  BENK_APDU_RLRQ = 0xe400,
  BENK_APDU_RLRE = 0xe500,
  BENK_APDU_ABRT = 0xe600,
  BENK_APDU_PRST = 0xe700,
} BenkApduTag;

/** BenkApduChoice: the services inside a presentation APDU. */
typedef enum
{
  BENK_CHOICE_EVENT = 0x0100,
  BENK_CHOICE_EVENT_CONFIRMED = 0x0101,
  BENK_CHOICE_GET = 0x0103,
  BENK_CHOICE_SET = 0x0104,
  BENK_CHOICE_SET_CONFIRMED = 0x0105,
  BENK_CHOICE_ACTION = 0x0106,
  BENK_CHOICE_ACTION_CONFIRMED = 0x0107,
  BENK_CHOICE_EVENT_RESPONSE = 0x0201,
  BENK_CHOICE_GET_RESPONSE = 0x0203,
  BENK_CHOICE_SET_RESPONSE = 0x0205,
  BENK_CHOICE_ACTION_RESPONSE = 0x0207,
  BENK_CHOICE_ERROR = 0x0300,
  BENK_CHOICE_REJECT = 0x0400,
} BenkApduChoice;

typedef enum
{
  BENK_ASSOC_ACCEPTED = 0,
  BENK_ASSOC_REJECTED_PERMANENT = 1,
  BENK_ASSOC_REJECTED_TRANSIENT = 2,
  BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG = 3,
  BENK_ASSOC_NO_COMMON_PROTOCOL = 4,
  BENK_ASSOC_NO_COMMON_PARAMETER = 5,
  BENK_ASSOC_REJECTED_UNKNOWN = 6,
  BENK_ASSOC_UNAUTHORIZED = 7,
  BENK_ASSOC_UNSUPPORTED_VERSION = 8,
} BenkAssocResult;

typedef enum
{
  BENK_ABORT_UNDEFINED = 0,
  BENK_ABORT_BUFFER_OVERFLOW = 1,
  BENK_ABORT_RESPONSE_TIMEOUT = 2,
  BENK_ABORT_CONFIG_TIMEOUT = 3,
} BenkAbortReason;

typedef enum
{
  BENK_ROER_NO_SUCH_OBJECT = 1,
  BENK_ROER_ACCESS_DENIED = 2,
  BENK_ROER_NO_SUCH_ACTION = 9,
  BENK_ROER_INVALID_OBJECT = 17,
  BENK_ROER_PROTOCOL_VIOLATION = 23,
  BENK_ROER_NOT_ALLOWED = 24,
  BENK_ROER_ACTION_TIMED_OUT = 25,
  BENK_ROER_ACTION_ABORTED = 26,
} BenkRoerError;

typedef enum
{
  BENK_RORJ_UNRECOGNIZED_APDU = 0,
  BENK_RORJ_BADLY_STRUCTURED = 2,
  BENK_RORJ_UNRECOGNIZED_OPERATION = 101,
  BENK_RORJ_RESOURCE_LIMITATION = 103,
  BENK_RORJ_UNEXPECTED_ERROR = 303,
} BenkRorjProblem;

/**
 * BenkAssocInfo:
 *
 * PhdAssociationInformation. Options an agent lists are checked for their lengths and
 * dropped; none is ever sent.
 */
typedef struct
{
  guint32 protocol_version;
  guint16 encoding_rules;
  guint32 nomenclature_version;
  guint32 functional_units;
  guint32 system_type;
  guint8 system_id[8];
  guint16 config_id;
  guint16 data_req_flags;
  guint8 init_agent_count;
  guint8 init_manager_count;
} BenkAssocInfo;

/**
 * BenkAttr:
 *
 * One attribute value: of a GET or SET response, or of a SET's modification list (then
 * with its operator: 0 replace, 1 add, 2 remove, 3 set to default).
 */
typedef struct
{
  guint16 operation;
  guint16 id;
  GBytes *value;
} BenkAttr;

/**
 * BenkApdu:
 * @tag: kind; says which of the other members have a meaning
 * @assoc_version: AARQ
 * @protocol: AARQ, AARE: data protocol id; 0 when 20601 is not among them
 * @assoc: AARQ, AARE, when @protocol is 20601
 * @result: AARE
 * @reason: RLRQ, RLRE, ABRT
 * @invoke_id: PRST, as all that follow
 * @choice: service
 * @handle: object handle
 * @time: event-time or currentTime, 1/8 ms
 * @type: event-type or action-type; error-value of a ROER, problem of a RORJ
 * @info: (nullable): the service's ANY; a ROER's parameter; the body of an unknown
 * service
 * @attrs: (nullable) (element-type BenkAttr): GET response, SET, SET response
 * @ids: (nullable) (element-type guint16): GET
 *
 * One whole APDU.
 */
typedef struct
{
  BenkApduTag tag;
  guint32 assoc_version;
  guint16 protocol;
  BenkAssocInfo assoc;
  guint16 result;
  guint16 reason;
  guint16 invoke_id;
  guint16 choice;
  guint16 handle;
  guint32 time;
  guint16 type;
  GBytes *info;
  GPtrArray *attrs;
  GArray *ids;
} BenkApdu;

BenkAttr *benk_attr_new (guint16 id, GBytes *value);
void benk_attr_free (BenkAttr *self);
GBytes *benk_attrs_find (GPtrArray *attrs, guint16 id);
void benk_attrs_add (GPtrArray *attrs, guint16 id, GBytes *value);
GPtrArray *benk_attrs_new (void);

BenkApdu *benk_apdu_new (BenkApduTag tag);
void benk_apdu_free (BenkApdu *self);
BenkApdu *benk_apdu_new_aarq (const BenkAssocInfo *info);
BenkApdu *benk_apdu_new_aare (BenkAssocResult result, const BenkAssocInfo *info);
BenkApdu *benk_apdu_new_reason (BenkApduTag tag, guint16 reason);
BenkApdu *benk_apdu_new_data (guint16 invoke_id, BenkApduChoice choice, guint16 handle);
BenkApdu *
benk_apdu_new_get (guint16 invoke_id, guint16 handle, const guint16 *ids, guint n_ids);
BenkApdu *
benk_apdu_new_get_response (guint16 invoke_id, guint16 handle, GPtrArray *attrs);
BenkApdu *
benk_apdu_new_set (guint16 invoke_id, guint16 handle, guint16 id, GBytes *value);
BenkApdu *
benk_apdu_new_set_response (guint16 invoke_id, guint16 handle, GPtrArray *attrs);
BenkApdu *
benk_apdu_new_action (guint16 invoke_id, guint16 handle, guint16 type, GBytes *info);
BenkApdu *benk_apdu_new_action_response (guint16 invoke_id,
                                         guint16 handle,
                                         guint16 type,
                                         GBytes *info);
BenkApdu *benk_apdu_new_event (
  guint16 invoke_id, guint16 handle, guint32 time, guint16 type, GBytes *info);
BenkApdu *benk_apdu_new_event_response (const BenkApdu *event, GBytes *info);
BenkApdu *benk_apdu_new_roer (guint16 invoke_id, guint16 error, GBytes *parameter);
BenkApdu *benk_apdu_new_rorj (guint16 invoke_id, guint16 problem);

BenkApdu *benk_apdu_parse (GBytes *bytes, GError **error);
GBytes *benk_apdu_compose (const BenkApdu *self);
gboolean
benk_apdu_peek (GBytes *bytes, guint16 *tag, guint16 *invoke_id, guint16 *choice);
gboolean benk_apdu_is_response (const BenkApdu *self);

guint16 benk_apdu_return_code (const BenkApdu *roer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAttr, benk_attr_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkApdu, benk_apdu_free)

/**
 * BenkApduStream:
 *
 * Puts APDUs together from whatever pieces a bulk pipe delivers.
 */
typedef struct _BenkApduStream BenkApduStream;

BenkApduStream *benk_apdu_stream_new (void);
void benk_apdu_stream_free (BenkApduStream *self);
void benk_apdu_stream_push (BenkApduStream *self, const guint8 *data, gsize length);
GBytes *benk_apdu_stream_next (BenkApduStream *self, GError **error);
void benk_apdu_stream_reset (BenkApduStream *self);
gsize benk_apdu_stream_pending (const BenkApduStream *self);
gsize benk_apdu_stream_missing (const BenkApduStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkApduStream, benk_apdu_stream_free)

G_END_DECLS
