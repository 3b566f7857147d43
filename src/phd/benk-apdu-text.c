/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-apdu-text.h"

#include "benk-apdu.h"
#include "benk-ext.h"
#include "benk-mds.h"
#include "benk-phd-config.h"
#include "benk-pm.h"

/* Names as the standard and the open specification write them; they are not translated,
 * because dialogues are read by makers in every country. */
typedef struct
{
  guint16 code;
  const char *name;
} CodeName;

static const CodeName type_names[] = {
  { BENK_EVT_CONFIG, "Config" },
  { BENK_EVT_SCAN_FIXED, "Scan-Report-Fixed" },
  { BENK_EVT_SCAN_VAR, "Scan-Report-Var" },
  { BENK_EVT_SCAN_MP_FIXED, "Scan-Report-MP-Fixed" },
  { BENK_EVT_SCAN_MP_VAR, "Scan-Report-MP-Var" },
  { BENK_EVT_SEGMENT_DATA, "Segment-Data" },
  { BENK_ACT_SEG_CLR, "Seg-Clr" },
  { BENK_ACT_SEG_GET_INFO, "Seg-Get-Info" },
  { BENK_ACT_SEG_TRIG_XFER, "Seg-Trig-Xfer" },
  { BENK_ACT_SET_TIME, "Set-Time" },
  { BENK_EXT_ACT_BEGIN, "Xfer-Begin" },
  { BENK_EXT_ACT_DATA, "Xfer-Data" },
  { BENK_EXT_ACT_READ, "Xfer-Read" },
  { BENK_EXT_ACT_COMMIT, "Xfer-Commit" },
  { BENK_EXT_ACT_ABORT, "Xfer-Abort" },
  { BENK_EXT_ACT_ACTIVATE, "Activate" },
  { BENK_EXT_ACT_RESET, "Factory-Reset" },
  { BENK_EXT_ACT_VERIFY, "Wipe-Verify" },
  { BENK_EXT_ACT_SELFTEST, "Self-Test" },
  { BENK_EXT_ACT_PARAM, "Param-Write" },
};

static const CodeName attr_names[] = {
  { BENK_ATTR_SYSTEM_MODEL, "System-Model" },
  { BENK_ATTR_PRODUCTION_SPEC, "Production-Specification" },
  { BENK_ATTR_POWER_STATUS, "Power-Status" },
  { BENK_ATTR_SYSTEM_ID, "System-Id" },
  { BENK_ATTR_DATE_TIME, "Date-and-Time" },
  { BENK_ATTR_BATTERY_LEVEL, "Battery-Level" },
  { BENK_ATTR_CONFIG_ID, "Dev-Configuration-Id" },
  { BENK_ATTR_TIME_INFO, "Mds-Time-Info" },
  { BENK_ATTR_TYPE_SPECS, "System-Type-Spec-List" },
  { BENK_ATTR_STORE_USAGE, "Store-Usage-Count" },
  { BENK_EXT_ATTR_PROFILE, "Ext-Profile" },
  { BENK_EXT_ATTR_PROV_STATE, "Prov-State" },
  { BENK_EXT_ATTR_WIPE_STATE, "Wipe-State" },
  { BENK_EXT_ATTR_SELFTEST, "Selftest-Result" },
  { BENK_EXT_ATTR_MODE, "Device-Mode" },
  { BENK_EXT_ATTR_ZONE, "Time-Zone" },
  { BENK_EXT_ATTR_LANGUAGE, "Language" },
  { BENK_EXT_ATTR_VOLUME, "Volume" },
  { BENK_EXT_ATTR_EVENTS, "Event-Enable" },
};

/* Xfer-Begin has no xfer-id to show yet; of these the offset is worth a look. */
static const struct
{
  guint16 action;
  guint16 choice;
  BenkExtKind kind;
} moves[] = {
  { BENK_EXT_ACT_DATA, BENK_CHOICE_ACTION_CONFIRMED, BENK_EXT_DATA_REQUEST },
  { BENK_EXT_ACT_DATA, BENK_CHOICE_ACTION_RESPONSE, BENK_EXT_DATA_RESPONSE },
  { BENK_EXT_ACT_READ, BENK_CHOICE_ACTION_CONFIRMED, BENK_EXT_READ_REQUEST },
  { BENK_EXT_ACT_READ, BENK_CHOICE_ACTION_RESPONSE, BENK_EXT_READ_RESPONSE },
};

static void
add_name (GString *text, const CodeName *names, guint n_names, guint16 code)
{
  g_string_append_printf (text, " %04x", code);
  for (guint i = 0; i < n_names; i++)
    if (names[i].code == code)
      g_string_append_printf (text, " %s", names[i].name);
}

static void
add_attr (GString *text, guint16 id, gboolean first)
{
  if (!first)
    g_string_append_c (text, ',');
  add_name (text, attr_names, G_N_ELEMENTS (attr_names), id);
}

static void
add_move (GString *text, const BenkApdu *apdu)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_auto (BenkExtMessage) message = { 0 };

      if (moves[i].action != apdu->type || moves[i].choice != apdu->choice ||
          apdu->info == NULL ||
          !benk_ext_message_parse (&message, moves[i].kind, apdu->info, NULL))
        continue;
      g_string_append_printf (text, ", offset %u", message.offset);
      if (message.data != NULL)
        g_string_append_printf (text, ", %u octets",
                                (guint) g_bytes_get_size (message.data));
      if (message.result != BENK_EXT_OK)
        g_string_append_printf (text, ", result %u", message.result);
    }
}

static const char *
get_service (guint16 choice)
{
  switch (choice)
    {
    case BENK_CHOICE_EVENT:
      return "unconfirmed event";
    case BENK_CHOICE_EVENT_CONFIRMED:
      return "event";
    case BENK_CHOICE_GET:
      return "GET";
    case BENK_CHOICE_SET:
      return "unconfirmed SET";
    case BENK_CHOICE_SET_CONFIRMED:
      return "SET";
    case BENK_CHOICE_ACTION:
      return "unconfirmed ACTION";
    case BENK_CHOICE_ACTION_CONFIRMED:
      return "ACTION";
    case BENK_CHOICE_EVENT_RESPONSE:
      return "event response";
    case BENK_CHOICE_GET_RESPONSE:
      return "GET response";
    case BENK_CHOICE_SET_RESPONSE:
      return "SET response";
    case BENK_CHOICE_ACTION_RESPONSE:
      return "ACTION response";
    case BENK_CHOICE_ERROR:
      return "error";
    case BENK_CHOICE_REJECT:
      return "reject";
    default:
      return "unknown service";
    }
}

static void
add_service (GString *text, const BenkApdu *apdu)
{
  g_string_append_printf (text, "%s #%u", get_service (apdu->choice), apdu->invoke_id);
  if (apdu->choice == BENK_CHOICE_ERROR || apdu->choice == BENK_CHOICE_REJECT)
    {
      g_string_append_printf (text, " %u", apdu->type);
      if (apdu->choice == BENK_CHOICE_ERROR && benk_apdu_return_code (apdu) != 0)
        g_string_append_printf (text, " (%04x)", benk_apdu_return_code (apdu));
      return;
    }
  if (apdu->handle != BENK_HANDLE_MDS)
    g_string_append_printf (text, " handle %u", apdu->handle);
  if (apdu->type != 0)
    add_name (text, type_names, G_N_ELEMENTS (type_names), apdu->type);
  for (guint i = 0; apdu->ids != NULL && i < apdu->ids->len; i++)
    add_attr (text, g_array_index (apdu->ids, guint16, i), i == 0);
  for (guint i = 0; apdu->attrs != NULL && i < apdu->attrs->len; i++)
    add_attr (text, ((BenkAttr *) g_ptr_array_index (apdu->attrs, i))->id, i == 0);
  add_move (text, apdu);
}

/**
 * benk_apdu_dup_text:
 * @octets: what went over a link
 *
 * Names an APDU for somebody who reads a dialogue; nothing of its payload is in it.
 *
 * Returns: (transfer full): one line of ASCII, English
 */
char *
benk_apdu_dup_text (GBytes *octets)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (octets, NULL);
  GString *text;

  if (apdu == NULL)
    return g_strdup ("not understood");
  text = g_string_new (NULL);
  switch (apdu->tag)
    {
    case BENK_APDU_AARQ:
      g_string_append_printf (text, "association request, config %04x",
                              apdu->assoc.config_id);
      break;
    case BENK_APDU_AARE:
      g_string_append_printf (text, "association response, result %u", apdu->result);
      break;
    case BENK_APDU_RLRQ:
      g_string_append_printf (text, "release request, reason %u", apdu->reason);
      break;
    case BENK_APDU_RLRE:
      g_string_append_printf (text, "release response, reason %u", apdu->reason);
      break;
    case BENK_APDU_ABRT:
      g_string_append_printf (text, "abort, reason %u", apdu->reason);
      break;
    case BENK_APDU_PRST:
    default:
      add_service (text, apdu);
      break;
    }
  return g_string_free (text, FALSE);
}
