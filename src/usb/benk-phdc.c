/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phdc.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"

#define DESCRIPTOR_FUNCTION 0x20
#define DESCRIPTOR_QOS 0x21
#define DESCRIPTOR_11073_EXTENSION 0x30

#define CAPABILITY_PREAMBLE 0x01

typedef struct
{
  const guint8 *data;
  gsize left;
} Chain;

/* Gives the next descriptor of the chain; a length that lies ends the walk, because
 * nothing behind it can be found any more. */
static gboolean
chain_next (Chain *chain, const guint8 **descriptor, guint *length)
{
  if (chain->left < 2 || chain->data[0] < 2 || chain->data[0] > chain->left)
    return FALSE;

  *descriptor = chain->data;
  *length = chain->data[0];
  chain->data += *length;
  chain->left -= *length;
  return TRUE;
}

static gboolean
read_specs (const guint8 *descriptor,
            guint length,
            BenkPhdcFunction *function,
            GError **error)
{
  guint n_specs;

  if (length < 4 || length != 4 + 2u * descriptor[3])
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The list of specialisations has a wrong length (%u)."), length);
      return FALSE;
    }

  n_specs = descriptor[3];
  function->n_specs = n_specs;
  for (guint i = 0; i < n_specs; i++)
    function->specs[i] = (guint16) (descriptor[4 + 2 * i] | descriptor[5 + 2 * i] << 8);
  return TRUE;
}

/**
 * benk_phdc_parse_function:
 * @extra: (array length=length) (nullable): octets behind the interface descriptor
 * @length: how many
 * @function: (out caller-allocates): what was found
 * @error: return location for an error
 *
 * Reads the class function descriptor (0x20) and the 11073-20601 extension (0x30) of
 * USB PHDC 1.0. Descriptors of other types are skipped. A device that uses another data
 * code than 11073-20601 is read without its extension; the caller decides.
 *
 * Returns: %FALSE with %BENK_ERROR_PROTOCOL if there is no function descriptor or one of
 *   the two has a length it cannot have
 */
gboolean
benk_phdc_parse_function (const guint8 *extra,
                          gsize length,
                          BenkPhdcFunction *function,
                          GError **error)
{
  Chain chain = { extra, extra != NULL ? length : 0 };
  const guint8 *descriptor;
  guint descriptor_length;
  gboolean found = FALSE;

  g_return_val_if_fail (function != NULL, FALSE);

  memset (function, 0, sizeof *function);
  while (chain_next (&chain, &descriptor, &descriptor_length))
    {
      if (descriptor[1] == DESCRIPTOR_FUNCTION && !found)
        {
          if (descriptor_length != 4)
            {
              g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                           _ ("The class function descriptor has a wrong length (%u)."),
                           descriptor_length);
              return FALSE;
            }
          found = TRUE;
          function->data_code = descriptor[2];
          function->preamble = (descriptor[3] & CAPABILITY_PREAMBLE) != 0;
        }
      else if (descriptor[1] == DESCRIPTOR_11073_EXTENSION && found &&
               function->data_code == BENK_PHDC_DATA_11073 && function->n_specs == 0)
        {
          if (!read_specs (descriptor, descriptor_length, function, error))
            return FALSE;
        }
    }

  if (!found)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                         _ ("The device does not say what it is used for."));
  return found;
}

/**
 * benk_phdc_function_lists:
 * @function: a function
 * @spec: a specialisation as a term code of partition 8
 *
 * Returns: whether the device lists @spec
 */
gboolean
benk_phdc_function_lists (const BenkPhdcFunction *function, guint16 spec)
{
  g_return_val_if_fail (function != NULL, FALSE);

  for (guint i = 0; i < MIN (function->n_specs, BENK_PHDC_MAX_SPECS); i++)
    if (function->specs[i] == spec)
      return TRUE;
  return FALSE;
}

/**
 * benk_phdc_parse_qos:
 * @extra: (array length=length) (nullable): octets behind an endpoint descriptor
 * @length: how many
 * @qos: (out): bits of #BenkPhdcQos
 *
 * Reads the QoS descriptor (0x21) of an endpoint, encoding version 1.
 *
 * Returns: %FALSE if there is none that can be read
 */
gboolean
benk_phdc_parse_qos (const guint8 *extra, gsize length, guint8 *qos)
{
  Chain chain = { extra, extra != NULL ? length : 0 };
  const guint8 *descriptor;
  guint descriptor_length;

  g_return_val_if_fail (qos != NULL, FALSE);

  *qos = 0;
  while (chain_next (&chain, &descriptor, &descriptor_length))
    if (descriptor[1] == DESCRIPTOR_QOS && descriptor_length == 4 && descriptor[2] == 1)
      {
        *qos = descriptor[3];
        return TRUE;
      }
  return FALSE;
}
